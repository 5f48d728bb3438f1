"""Small frames in the shapes the warehouse takes."""

from typing import Any

import polars as pl

import contracts
from warehouse.connection import Connection
from warehouse.copy import POLARS_TYPES
from warehouse.offer import load_candidate
from warehouse.publication import INCOMING, Publication


def empty_table(table: str) -> pl.DataFrame:
    """An empty frame of a published table."""
    properties = contracts.published()[table].properties
    return pl.DataFrame(schema={p.name: POLARS_TYPES[p.physical_type] for p in properties if p.name != "release"})


def load_tables(conn: Connection, **frames: pl.DataFrame) -> None:
    """Loads every candidate table: the frames given, the others empty."""
    for table, contract in contracts.published().items():
        if table != "release":
            load_candidate(conn, contract, frames.get(table, empty_table(table)))


def rows_of(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    """A frame of a published table; what a row does not name is null."""
    schema = empty_table(table).schema
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def persons(**names: str) -> pl.DataFrame:
    """Rows of the table of persons: id and name."""
    return rows_of(
        "person",
        *(
            {"person_id": key, "citizen_id": f"0{key}", "full_name": name, "dossier_count": 1, "event_count": 0}
            for key, name in names.items()
        ),
    )


def incoming(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    """A frame of a publication; what a row does not name is null."""
    schema = INCOMING[table]
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=dict(schema))


def link(record_id: str, **values: Any) -> dict[str, Any]:
    """A decision, linked unless said otherwise."""
    usual = {"dataset": record_id.split(":", maxsplit=1)[0], "record_id": record_id, "role": "owner"}
    verdict = {
        "reference": "population",
        "reference_id": "001",
        "status": "linked",
        "reason": "id_and_name",
        "weight": 20.5,
        "model": "m1",
    }
    return usual | verdict | {"evidence": "{}"} | values


def lineage(record_id: str, delivery_id: str = "one-stop/d1", row: int = 2) -> dict[str, Any]:
    """Where a record comes from."""
    source = {"delivery_id": delivery_id, "file": "dossier.csv", "row": row}
    return {"record_id": record_id, "dataset": record_id.split(":", maxsplit=1)[0]} | source


def held_back(record_id: str, delivery_id: str = "one-stop/d1", row: int = 9) -> dict[str, Any]:
    """A row in quarantine."""
    key = f"{delivery_id}/{row}"
    return lineage(record_id, delivery_id, row) | {"quarantine_id": key, "rules": ["name_present"], "original": "{}"}


def publication(run_id: str = "run-1", state: str = "state-1", **frames: pl.DataFrame) -> Publication:
    """A publication with the frames given, the others empty."""
    names = {"decisions": "link", "lineage": "lineage", "entities": "entity", "quarantine": "quarantine"}
    names |= {"deliveries": "delivery", "flags": "flag"}
    filled = {name: frames.get(name, incoming(f"incoming_{table}")) for name, table in names.items()}
    return Publication(run_id, state, {"dossier": f"held-{state}"}, quality_index=98.5, **filled)
