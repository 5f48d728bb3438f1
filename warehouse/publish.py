"""Publishes a release candidate in one transaction, as the difference to what is published.

A difference and not a swap of tables: readers are never blocked, and what departments were granted stays granted.
"""

from collections.abc import Mapping

import polars as pl
from psycopg import sql
from psycopg.types.json import Jsonb

import contracts
from contracts import Contract
from warehouse.connection import Connection
from warehouse.copy import copy_frame, postgres_type
from warehouse.errors import CandidateError, FrameMismatchError, translated
from warehouse.publication import INCOMING, Publication, Published, TableChange, incoming_frames
from warehouse.queries import names, query, template
from warehouse.tables import RELEASE, create_candidate, definitions


def load_candidate(conn: Connection, contract: Contract, frame: pl.DataFrame) -> int:
    """Makes `candidate.<table>` anew from a frame with the contract's columns (`release` may be left out)."""
    wanted = tuple(each for each in contract.names if each != RELEASE)
    missing = [each for each in wanted if each not in frame.columns]
    unknown = [each for each in frame.columns if each not in contract.names]
    if missing or unknown:
        raise FrameMismatchError(f"candidate.{contract.dataset}", missing=missing, unknown=unknown)
    with translated(f"load candidate {contract.dataset}"), conn.transaction():
        create_candidate(conn, contract)
        rows = copy_frame(conn, "candidate", contract.dataset, frame.select(wanted))
        _analyze(conn, sql.Identifier("candidate", contract.dataset), contract.key)
        conn.execute(query("publish/record_candidate"), {"table": contract.dataset, "rows": rows})
    return rows


def publish(conn: Connection, publication: Publication) -> Published:
    """Publishes the loaded candidate; a repeat of what is published makes no new release."""
    tables = [each for each in contracts.published().values() if each.dataset != RELEASE]
    with translated("publish"), conn.transaction():
        conn.execute(template("publish/lock", tables=_qualified(tables)))
        for each in tables:
            _check_candidate(conn, each)
        _take_in(conn, publication)
        current = _number(conn, query("publish/current_release"))
        upcoming = (current or 0) + 1
        changes = tuple(_apply(conn, each, upcoming) for each in tables)
        links = _apply_links(conn, publication.run_id, upcoming)
        is_new = not (links.is_empty and all(each.is_empty for each in changes))
        release = upcoming if is_new else current
        _record(conn, publication, release, is_new=is_new)
    with translated("analyze the published tables"):
        for each, change in zip(tables, changes, strict=True):
            if not change.is_empty:
                _analyze(conn, sql.Identifier("published", each.dataset), each.key)
    return Published(release, is_new, changes, links)


def _check_candidate(conn: Connection, contract: Contract) -> None:
    statement = template(
        "publish/check_candidate", table=sql.Identifier("candidate", contract.dataset), key=names(contract.key)
    )
    row = conn.execute(statement, {"table": contract.dataset}).fetchone()
    loaded, present, repeated, keyless = row or (None, 0, 0, 0)
    if loaded != present:
        vi, en = "chưa được nạp đầy đủ", "was not loaded, or was lost in a crash of the server"
        raise CandidateError(contract.dataset, vi, en)
    if repeated or keyless:
        vi = f"có {repeated} khóa trùng và {keyless} dòng thiếu khóa"
        raise CandidateError(contract.dataset, vi, f"has {repeated} repeated keys and {keyless} rows without key")


def _take_in(conn: Connection, publication: Publication) -> None:
    for table, frame in incoming_frames(publication).items():
        columns = INCOMING[table]
        missing = [each for each in columns if each not in frame.columns]
        if missing:
            raise FrameMismatchError(table, missing=missing)
        types = {name: postgres_type(dtype) for name, dtype in columns.items()}
        place = sql.Identifier("pg_temp", table)
        conn.execute(template("publish/incoming", table=place, columns=definitions(types)))
        copy_frame(conn, "pg_temp", table, frame.select(list(columns)))
        _analyze(conn, place, tuple(columns)[:3])


def _apply(conn: Connection, contract: Contract, release: int) -> TableChange:
    columns = tuple(each for each in contract.names if each != RELEASE)
    parts: Mapping[str, sql.Composable] = {
        "target": sql.Identifier("published", contract.dataset),
        "source": sql.Identifier("candidate", contract.dataset),
        "same_key": _same_key(contract.key),
        "key": names(contract.key, "p"),
        "columns": names(columns),
        "old": names(columns, "p"),
        "new": names(columns, "c"),
    }
    values = {"table": contract.dataset, "release": release}
    # Removing first: what follows has fewer rows to look at.
    removed, changed, added = (
        conn.execute(template(f"publish/{step}", **parts), values).rowcount for step in ("remove", "change", "add")
    )
    return TableChange(contract.dataset, added, changed, removed)


def _apply_links(conn: Connection, run_id: str, release: int) -> TableChange:
    values = {"release": release, "run_id": run_id}
    closed = conn.execute(query("publish/close_links"), values).rowcount
    conn.execute(query("publish/refresh_links"))
    opened = conn.execute(query("publish/open_links"), values).rowcount
    replaced = _number(conn, query("publish/replaced_links"), values) or 0
    return TableChange("link", opened - replaced, replaced, closed - replaced)


def _record(conn: Connection, publication: Publication, release: int | None, *, is_new: bool) -> None:
    values = {
        "release": release,
        "run_id": publication.run_id,
        "state": publication.state,
        "quality_index": publication.quality_index,
        "holdings": Jsonb(dict(publication.holdings)),
    }
    steps = ["take_entities", "note_reopened", "take_quarantine", "resolve_quarantine"]
    steps += ["forget_lineage", "take_lineage"]
    steps += ["take_deliveries", "forget_holdings", "take_holdings", "take_state"]
    for step in [*steps, "take_release"] if is_new else steps:
        conn.execute(query(f"publish/{step}"), values)


def _analyze(conn: Connection, table: sql.Identifier, key: tuple[str, ...]) -> None:
    conn.execute(template("publish/analyze", table=table, key=names(key)))


def _number(conn: Connection, statement: bytes, values: Mapping[str, object] | None = None) -> int | None:
    row = conn.execute(statement, values).fetchone()
    return row[0] if row else None


def _same_key(key: tuple[str, ...]) -> sql.Composed:
    equals = (sql.SQL("{} = {}").format(sql.Identifier("p", each), sql.Identifier("c", each)) for each in key)
    return sql.SQL(" AND ").join(equals)


def _qualified(tables: list[Contract]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier("published", each.dataset) for each in tables)
