"""The catalogue for machines: DCAT 3 as JSON-LD, with the properties that DCAT-AP asks for.

One dataset a published table; a distribution for the table in PostgreSQL and one for its Parquet export where there is
one. Everything is named below the catalogue's address, or in a name space of its own where it has none.
"""

import json
from collections.abc import Mapping
from typing import Any

from contracts import Contract
from review.catalogue import words
from review.catalogue.snapshot import Snapshot
from review.catalogue.sources import Catalogue
from review.report.language import Label

NAMESPACE = "urn:doisoat:catalogue:"
FILE = "catalog.jsonld"

_EU = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_PARQUET = "https://www.iana.org/assignments/media-types/application/vnd.apache.parquet"
_RIGHTS = {"public": "PUBLIC", "internal": "RESTRICTED", "personal": "RESTRICTED", "sensitive": "NON_PUBLIC"}
Node = dict[str, Any]


def document(catalogue: Catalogue) -> str:
    """The whole catalogue as JSON-LD."""
    root = catalogue.publisher.home or NAMESPACE
    snapshot = catalogue.snapshot
    node: Node = {
        "@context": _CONTEXT,
        "@id": f"{root}catalog",
        "@type": "dcat:Catalog",
        "dct:title": _text(catalogue.publisher.title),
        "dct:description": _text(
            Label(
                "Các bảng dữ liệu địa phương đã đối soát với các cơ sở dữ liệu quốc gia.",
                "Local data tables, reconciled with the national databases.",
            )
        ),
        "dct:publisher": _publisher(catalogue, root),
        "dct:language": [_link(f"{_EU}language/VIE"), _link(f"{_EU}language/ENG")],
        "dcat:themeTaxonomy": _link(f"{_EU}data-theme"),
        "dcat:dataset": [_dataset(catalogue, each, root) for each in catalogue.published.values()],
    }
    if catalogue.publisher.home:
        node["foaf:homepage"] = _link(catalogue.publisher.home)
    if snapshot:
        node["dct:issued"] = _moment(snapshot.facts.releases[-1].published_at.isoformat())
        node["dct:modified"] = _moment(snapshot.release.published_at.isoformat())
    return json.dumps(node, ensure_ascii=False, indent=1) + "\n"


def _dataset(catalogue: Catalogue, table: Contract, root: str) -> Node:
    node: Node = {
        "@id": f"{root}dataset/{table.dataset}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"published.{table.dataset}",
        "dct:title": _text(words.title(table)),
        "dct:description": _text(_description(table)),
        "dcat:keyword": _keywords(table, catalogue.received),
        "dcat:theme": _link(f"{_EU}data-theme/GOVE"),
        "dct:language": _link(f"{_EU}language/VIE"),
        "dct:publisher": _link(f"{root}publisher"),
        "dcat:contactPoint": _contact(catalogue, root),
        "dct:accrualPeriodicity": _link(f"{_EU}frequency/DAILY"),
        "dct:accessRights": _link(f"{_EU}access-right/{_RIGHTS.get(words.strictest(table), 'NON_PUBLIC')}"),
        "dct:rights": _rights(table),
        "dct:conformsTo": _standard(table),
        "dcat:version": table.version,
        "dcat:distribution": _distributions(catalogue, table, root),
    }
    if catalogue.publisher.home:
        node["dcat:landingPage"] = _link(f"{root}tables/{table.dataset}.html")
    return node | (_history(table, catalogue.snapshot) if catalogue.snapshot else {})


def _description(table: Contract) -> Label:
    columns = len(table.properties)
    return Label(f"{table.title_vi}. Bảng có {columns} cột.", f"{table.description}. The table has {columns} columns.")


def _keywords(table: Contract, received: Mapping[str, Contract]) -> list[Node]:
    found = {words.short(table): None, Label("đối soát dữ liệu", "record reconciliation"): None}
    if table.dataset in received:
        found[words.known(words.SOURCES, received[table.dataset].usual_source)] = None
    return [each for label in found for each in _text(label)]


def _rights(table: Contract) -> Node:
    classes = dict.fromkeys(each.classification for each in table.properties)
    counts = {each: sum(prop.classification == each for prop in table.properties) for each in classes}
    told = [words.class_of(each) for each in words.CLASSES if each in counts]
    numbers = [counts[each] for each in words.CLASSES if each in counts]
    vi = ", ".join(f"{each.name.vi}: {count}" for each, count in zip(told, numbers, strict=True))
    en = ", ".join(f"{each.name.en}: {count}" for each, count in zip(told, numbers, strict=True))
    return {"@type": "dct:RightsStatement", "dct:description": _text(Label(f"Cột theo lớp – {vi}", f"Columns – {en}"))}


def _standard(table: Contract) -> Node:
    return {
        "@id": f"urn:doisoat:contract:doisoat.{table.stage}.{table.dataset}:{table.version}",
        "@type": "dct:Standard",
        "dct:title": _text(
            Label(f"Hợp đồng dữ liệu {table.dataset} {table.version}", f"Data contract {table.dataset} {table.version}")
        ),
    }


def _history(table: Contract, snapshot: Snapshot) -> Node:
    touching = [
        release for release in snapshot.facts.releases if any(each.table == table.dataset for each in release.changes)
    ]
    node: Node = {}
    if touching:
        node["dct:issued"] = _moment(touching[-1].published_at.isoformat())
        node["dct:modified"] = _moment(touching[0].published_at.isoformat())
    if table.dataset in snapshot.facts.spans:
        start, end = ({"@value": each.isoformat(), "@type": "xsd:date"} for each in snapshot.facts.spans[table.dataset])
        node["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": start, "dcat:endDate": end}
    return node


def _distributions(catalogue: Catalogue, table: Contract, root: str) -> list[Node]:
    name = table.dataset
    how = _link(f"{root}access.html")
    database: Node = {
        "@id": f"{root}distribution/{name}/postgresql",
        "@type": "dcat:Distribution",
        "dct:title": _text(Label(f"Bảng published.{name} trong PostgreSQL", f"Table published.{name} in PostgreSQL")),
        "dcat:accessURL": how,
        "dct:format": {"@type": "dct:MediaTypeOrExtent", "dct:title": "PostgreSQL"},
    }
    export = catalogue.snapshot.exports.get(name) if catalogue.snapshot else None
    if export is None:
        return [database]
    parquet: Node = {
        "@id": f"{root}distribution/{name}/parquet",
        "@type": "dcat:Distribution",
        "dct:title": _text(Label(f"Tệp Parquet {export.file}", f"Parquet file {export.file}")),
        "dcat:accessURL": how,
        "dcat:mediaType": _link(_PARQUET),
        "dcat:byteSize": {"@value": str(export.byte_size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _link("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@value": export.sha256, "@type": "xsd:hexBinary"},
        },
    }
    return [database, parquet]


def _publisher(catalogue: Catalogue, root: str) -> Node:
    name = catalogue.publisher.name or catalogue.publisher.title
    return {"@id": f"{root}publisher", "@type": "foaf:Agent", "foaf:name": _text(name)}


def _contact(catalogue: Catalogue, root: str) -> Node:
    publisher = catalogue.publisher
    name = publisher.name or publisher.title
    node: Node = {"@id": f"{root}contact", "@type": "vcard:Organization"}
    node["vcard:fn"] = publisher.contact or name.vi
    if publisher.email:
        node["vcard:hasEmail"] = _link(f"mailto:{publisher.email}")
    if publisher.phone:
        node["vcard:hasTelephone"] = _link("tel:" + publisher.phone.replace(" ", ""))
    return node


def _text(label: Label) -> list[Node]:
    return [{"@value": label.vi, "@language": "vi"}, {"@value": label.en, "@language": "en"}]


def _link(address: str) -> Node:
    return {"@id": address}


def _moment(iso: str) -> Node:
    return {"@value": iso, "@type": "xsd:dateTime"}
