"""The release candidate: rows held and decisions turned into the tables that departments read, by their contracts.

Pure polars; nothing here depends on the run, the clock or the order of rows, so the same records give the same tables.
"""

from collections.abc import Mapping

import polars as pl

from contracts import Contract, published, received
from warehouse.identity import Kind, entity_ids
from warehouse.publication import INCOMING

_REGISTER_OF: Mapping[Kind, str] = {"person": "population", "enterprise": "enterprise"}
_KEY_OF = {"person": "citizen_id", "enterprise": "enterprise_code"}
_LINK_COLUMNS = ("status", "reason")
"""The weight stays in the ledger: it moves with every delivery of the register and would mark each row as changed."""


def linked_entities(decisions: pl.DataFrame) -> pl.DataFrame:
    """The linked decisions with the stable id of whom they are linked to: columns of DECISIONS plus `entity_id`."""
    linked = decisions.filter(pl.col("status") == "linked")
    parts = []
    for kind, register in _REGISTER_OF.items():
        rows = linked.filter(pl.col("reference") == register)
        parts.append(rows.with_columns(entity_id=entity_ids(kind, rows["reference_id"]), kind=pl.lit(kind)))
    return pl.concat(parts).sort("dataset", "record_id", "role")


def local_table(dataset: str, held: pl.LazyFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The published table of a local dataset: standard values, the link of each role, and where the row came from."""
    contract = published()[dataset]
    columns = [pl.col("record_id").alias(contract.key[0])]
    for each in received()[dataset].properties:
        columns.append(pl.col(f"{each.name}__std").alias(each.name))
        columns += [
            pl.col(f"{each.name}__{form}").alias(f"{each.name}_{form}")
            for form in ("precision", "kind")
            if f"{each.name}_{form}" in contract.names
        ]
    columns += [pl.col("repairs"), pl.col("failed_rules"), pl.col("_delivery_id").alias("delivery_id")]
    table = held.select(columns).collect()
    for role in received()[dataset].roles:
        table = table.join(_links_of(dataset, role, decisions), on=contract.key[0], how="left", validate="1:1")
    return _in_contract_order(table, contract)


def _links_of(dataset: str, role: str, decisions: pl.DataFrame) -> pl.DataFrame:
    key = published()[dataset].key[0]
    own = decisions.filter((pl.col("dataset") == dataset) & (pl.col("role") == role))
    ids = linked_entities(own).select("record_id", "entity_id", "kind")
    joined = own.join(ids, on="record_id", how="left")
    return joined.select(
        pl.col("record_id").alias(key),
        *(pl.col(each).alias(f"{role}_link_{each}") for each in _LINK_COLUMNS),
        *(
            pl.when(pl.col("kind") == kind).then(pl.col("entity_id")).alias(f"{role}_{kind}_id")
            for kind in _REGISTER_OF
            if f"{role}_{kind}_id" in published()[dataset].names
        ),
    )


def person_table(register: pl.LazyFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The published persons: those of the population register whom a local record is linked to."""
    links = linked_entities(decisions).filter(pl.col("kind") == "person")
    is_dossier = pl.col("dataset") == "dossier"
    counts = links.group_by("reference_id", "entity_id").agg(
        dossier_count=is_dossier.sum().cast(pl.Int32),
        event_count=(~is_dossier).sum().cast(pl.Int32),
        death_id=pl.col("record_id").filter(pl.col("role") == "deceased").min(),
    )
    return _entity_table("person", register, counts.rename({"entity_id": "person_id"}))


def enterprise_table(register: pl.LazyFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The published enterprises: those of the business register that a local dossier is linked to."""
    links = linked_entities(decisions).filter(pl.col("kind") == "enterprise")
    counts = links.group_by("reference_id", "entity_id").agg(dossier_count=pl.len().cast(pl.Int32))
    return _entity_table("enterprise", register, counts.rename({"entity_id": "enterprise_id"}))


def _entity_table(kind: Kind, register: pl.LazyFrame, counts: pl.DataFrame) -> pl.DataFrame:
    contract = published()[kind]
    known = received()[_REGISTER_OF[kind]]
    columns = [pl.col(f"{each}__std").alias(each) for each in contract.names if each in known.names]
    columns += [
        pl.col(f"{each.name}__precision").alias(f"{each.name}_precision")
        for each in known.of_kind("date")
        if f"{each.name}_precision" in contract.names
    ]
    rows = register.select(columns).collect()
    table = rows.join(counts, left_on=_KEY_OF[kind], right_on="reference_id", how="inner", validate="1:1")
    return _in_contract_order(table, contract)


def entities(register: pl.LazyFrame | None, decisions: pl.DataFrame) -> pl.DataFrame:
    """Stable ids of all who are linked, and the forwarding of ids that a re-issued citizen ID retired.

    Columns: entity_id, kind, reference_id, successor_id (null while the id is the present one).
    """
    current = (
        linked_entities(decisions)
        .select("entity_id", "kind", "reference_id", successor_id=pl.lit(None, pl.String))
        .unique(maintain_order=False)
    )
    if register is None:
        return current.sort("kind", "entity_id")
    renewed = (
        register.select(reference_id="former_citizen_id__std", successor="citizen_id__std")
        .drop_nulls()
        .collect()
        .join(current, left_on="successor", right_on="reference_id", how="inner")
    )
    retired = renewed.select(
        entity_id=entity_ids("person", renewed["reference_id"]),
        kind=pl.lit("person"),
        reference_id="reference_id",
        successor_id="entity_id",
    )
    retired = retired.join(current, on="entity_id", how="anti").sort("successor_id").unique("entity_id", keep="first")
    return pl.concat([current, retired]).sort("kind", "entity_id")


def lineage(held: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """Where each row held came from: record_id, dataset, delivery_id, file, row."""
    empty = pl.DataFrame(schema=INCOMING["incoming_lineage"])
    parts = [
        rows.select(
            "record_id", dataset=pl.lit(dataset), delivery_id="_delivery_id", file="_file", row="_row"
        ).collect()
        for dataset, rows in held.items()
    ]
    return pl.concat([empty, *parts]).sort("record_id")


def empty_table(contract: Contract) -> pl.DataFrame:
    """The table of a dataset that was never delivered."""
    return pl.DataFrame(schema={each: pl.Null for each in contract.names if each != "release"})


def _in_contract_order(table: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    names = [each for each in contract.names if each != "release"]
    return table.select(names).sort(contract.key)
