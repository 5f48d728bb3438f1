"""Catalogues to look at: with figures, without, and one whose texts are hostile."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import contracts
from review.catalogue import Catalogue, Export, Publisher, Snapshot
from review.report.language import Label
from review.report.summary import Run
from tests.review import summaries
from warehouse.catalogue import Facts, Release
from warehouse.publication import TableChange

HOME = "https://data.example.vn/"
HOSTILE = "<script>alert('đ')</script><img src=x onerror=alert(1)>\"&'\u2028"
PUBLISHER = Publisher(
    title=Label("Danh mục dữ liệu", "Data catalogue"),
    name=Label("Sở Khoa học và Công nghệ", "Department of Science and Technology"),
    contact="Phòng Dữ liệu",
    email="dulieu@example.vn",
    phone="0274 000 0000",
    home=HOME,
)


def figures() -> Snapshot:
    """Two releases, the quality of the report's first run, and an export of one table."""
    at = datetime(2026, 11, 20, 2, 0, tzinfo=timezone(timedelta(hours=7)))
    first = Release(1, at, "run-1", 91.5, (TableChange("dossier", 6000, 0, 0), TableChange("birth", 800, 0, 0)))
    second = Release(2, at + timedelta(days=1), "run-2", 92.0, (TableChange("dossier", 12, 3, 1),))
    rows = {**dict.fromkeys(contracts.published(), 0), "dossier": 6011, "birth": 800}
    spans = {"dossier": (date(2026, 1, 2), date(2026, 11, 19))}
    exports = {"dossier": Export("dossier.parquet", 6011, "ab" * 32, 1234)}
    return Snapshot(Facts((second, first), rows, spans), Run.model_validate(summaries.published()), exports)


def full() -> Catalogue:
    """The house's contracts with figures."""
    return Catalogue(PUBLISHER, figures())


def bare() -> Catalogue:
    """The house's contracts alone, and a publisher who tells nothing."""
    return Catalogue(Publisher(title=Label("Danh mục dữ liệu", "Data catalogue")))


def hostile() -> Catalogue:
    """Every text of a contract and of the publisher tries to break out."""
    catalogue = full()
    return replace(
        catalogue,
        publisher=replace(PUBLISHER, title=Label(HOSTILE, HOSTILE), name=Label(HOSTILE, HOSTILE), contact=HOSTILE),
        received={name: _hostile(each) for name, each in catalogue.received.items()},
        published={name: _hostile(each) for name, each in catalogue.published.items()},
    )


def _hostile(contract: contracts.Contract) -> contracts.Contract:
    properties = tuple(
        replace(each, title_vi=HOSTILE, description=HOSTILE, description_vi=HOSTILE) for each in contract.properties
    )
    return replace(contract, title_vi=HOSTILE, description=HOSTILE, properties=properties)
