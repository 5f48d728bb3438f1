"""What a catalogue tells of the published tables besides their contracts: releases, changes, rows, time covered."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from psycopg import sql

import contracts
from contracts import Contract
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.publication import TableChange
from warehouse.queries import query, template

EVENT_DAYS = ("received_at", "registered_on")
"""Columns that say when the event of a row took place; a table has at most one."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release and what it changed, by table."""

    number: int
    published_at: datetime
    run_id: str
    quality_index: float | None
    changes: tuple[TableChange, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is published now and how it came to be; everything empty before the first release."""

    releases: tuple[Release, ...]
    """Newest first."""
    rows: Mapping[str, int]
    """By table."""
    spans: Mapping[str, tuple[date, date]]
    """First and last day of the events, for tables that have such days."""


def facts(conn: Connection) -> Facts:
    """The facts of one moment; counting reads every published table once."""
    # One transaction, so that a publication by another process is seen entirely or not at all.
    with translated("read the catalogue"), conn.transaction():
        conn.execute(query("reading/snapshot"))
        releases = _releases(conn)
        tables = contracts.published() if releases else {}
        rows = {name: _rows(conn, name) for name in tables}
        spans = {name: span for name, each in tables.items() if (span := _span(conn, each))}
    return Facts(releases, rows, spans)


def _releases(conn: Connection) -> tuple[Release, ...]:
    changes: dict[int, list[TableChange]] = defaultdict(list)
    for release, table, added, changed, removed in conn.execute(query("catalogue/changes")).fetchall():
        changes[release].append(TableChange(table, added, changed, removed))
    rows = conn.execute(query("catalogue/releases")).fetchall()
    return tuple(Release(number, at, run_id, index, tuple(changes[number])) for number, at, run_id, index in rows)


def _rows(conn: Connection, table: str) -> int:
    row = conn.execute(template("catalogue/rows", table=sql.Identifier("published", table))).fetchone()
    return int(row[0]) if row else 0


def _span(conn: Connection, contract: Contract) -> tuple[date, date] | None:
    column = next((each for each in EVENT_DAYS if each in contract.names), None)
    if column is None:
        return None
    place = {"table": sql.Identifier("published", contract.dataset), "column": sql.Identifier(column)}
    row = conn.execute(template("catalogue/span", **place)).fetchone()
    return (row[0], row[1]) if row and row[0] else None
