"""The release candidate: rows held and decisions turned into the tables that departments read, by their contracts.

Pure polars; nothing here depends on the run, the clock or the order of rows, so the same records give the same tables.
"""

from collections.abc import Mapping

import polars as pl

from contracts import Contract, published, received
from warehouse.identity import REGISTERS
from warehouse.publication import INCOMING

_LINK_COLUMNS = ("status", "reason")
"""The weight stays in the ledger: it moves with every delivery of the register and would mark each row as changed."""


def local_table(dataset: str, held: pl.LazyFrame, identified: pl.DataFrame) -> pl.DataFrame:
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
        table = table.join(_links_of(dataset, role, identified), on=contract.key[0], how="left", validate="1:1")
    return in_contract_order(table, contract)


def _links_of(dataset: str, role: str, identified: pl.DataFrame) -> pl.DataFrame:
    key = published()[dataset].key[0]
    own = identified.filter((pl.col("dataset") == dataset) & (pl.col("role") == role))
    return own.select(
        pl.col("record_id").alias(key),
        *(pl.col(each).alias(f"{role}_link_{each}") for each in _LINK_COLUMNS),
        *(
            pl.when(pl.col("kind") == kind).then(pl.col("entity_id")).alias(f"{role}_{kind}_id")
            for kind in REGISTERS
            if f"{role}_{kind}_id" in published()[dataset].names
        ),
    )


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


def in_contract_order(table: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The table with the columns of its contract, which need no `release` yet, in the order of its key."""
    names = [each for each in contract.names if each != "release"]
    return table.select(names).sort(contract.key)
