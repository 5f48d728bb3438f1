"""The quarantine as people work on it: what waits, what was answered, and the history of each row.

Events are only added; what a row's state is follows from the last of them. Runs read answers and obey them.
"""

import datetime as dt
from collections.abc import Iterable

import polars as pl
from psycopg import sql

from warehouse import audit
from warehouse.connection import Connection
from warehouse.copy import copy_frame, postgres_type
from warehouse.copy_out import fetch
from warehouse.errors import translated
from warehouse.queries import bare, query, template
from warehouse.tables import definitions

EVENTS = pl.Schema(
    {
        "quarantine_id": pl.String,
        "event": pl.String,
        "actor": pl.String,
        "batch": pl.String,
        "place": pl.String,
        "reason": pl.String,
        "due_on": pl.Date,
        "original_hash": pl.String,
        "answer_hash": pl.String,
        "answer": pl.String,
    }
)
"""What was done with quarantined rows; `answer` is JSON, the texts of the row that is handed in instead."""


def open_rows(conn: Connection) -> pl.DataFrame:
    """Rows that are not settled: what `expectations` kept of each, since when, its `state`, its last event and by whom.

    `state` is open, exported, answered or returned (until `returned_until`).
    """
    return fetch(conn, bare("quarantine/open"))


def answers(conn: Connection) -> pl.DataFrame:
    """The answers that hold, first given first: quarantine_id, dataset, delivery_id, answer, hashes, texts, batch.

    `answer` is corrected, accepted_as_is or withdrawn; `original_hash` that of the row as it came, `answer_hash` that
    of the row handed in instead.
    """
    return fetch(conn, bare("quarantine/answers"))


def settled(conn: Connection, ids: Iterable[str]) -> dict[str, tuple[str, dt.datetime]]:
    """Of these rows, how and when those were settled that are."""
    with translated("read the quarantine"):
        found = conn.execute(query("quarantine/settled"), {"ids": list(ids)}).fetchall()
    return {row[0]: (row[1], row[2]) for row in found}


def installation_id(conn: Connection) -> str:
    """What tells this installation's sheets from another's."""
    with translated("read the installation"):
        row = conn.execute(query("quarantine/installation")).fetchone()
    return str(row[0]) if row else ""


def record_export(conn: Connection, events: pl.DataFrame, actor: str, batch: str) -> None:
    """Notes that rows were written into sheets."""
    with translated("note the export"), conn.transaction():
        _take(conn, events)
        audit.append(conn, actor, "quarantine_exported", batch, _counts(events))


def record_answers(conn: Connection, events: pl.DataFrame, actor: str, batch: str) -> None:
    """Keeps what people said of quarantined rows, all or nothing; withdrawn rows are settled at once."""
    with translated("keep the answers"), conn.transaction():
        _take(conn, events)
        conn.execute(query("quarantine/withdraw"))
        audit.append(conn, actor, "quarantine_answered", batch, _counts(events))


def record_return(conn: Connection, events: pl.DataFrame, actor: str, batch: str) -> None:
    """Keeps that rows were given back to their source, with a deadline."""
    with translated("note the return"), conn.transaction():
        _take(conn, events)
        audit.append(conn, actor, "quarantine_returned", batch, _counts(events))


def _take(conn: Connection, events: pl.DataFrame) -> None:
    types = {name: postgres_type(dtype) for name, dtype in EVENTS.items()}
    place = sql.Identifier("pg_temp", "incoming_event")
    conn.execute(template("quarantine/incoming", table=place, columns=definitions(types)))
    copy_frame(conn, "pg_temp", "incoming_event", events.select(EVENTS.names()))
    conn.execute(query("quarantine/record"))


def _counts(events: pl.DataFrame) -> dict[str, int]:
    return dict(events["event"].value_counts().sort("event").iter_rows())
