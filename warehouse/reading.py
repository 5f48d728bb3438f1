"""What the warehouse knows: the state, the links, the verdicts, the runs, the open quarantine, checksums."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import polars as pl
from psycopg import sql
from psycopg.types.json import Jsonb

import contracts
from warehouse import audit
from warehouse.connection import Connection
from warehouse.copy_out import fetch
from warehouse.errors import IdentityKeyError, translated
from warehouse.queries import bare, names, query, template
from warehouse.tables import RELEASE

NOT_REPRODUCIBLE = frozenset({"published_at", "run_id", "kind", "approved_by"})
"""Columns of the table of releases that tell when, how and by whom, not what."""


@dataclass(frozen=True, slots=True)
class State:
    """What the published tables stand for."""

    release: int | None
    """None before the first release."""
    state: str | None
    holdings: Mapping[str, str]
    deliveries: frozenset[tuple[str, str]]
    """Delivery id and fingerprint of all deliveries taken in."""
    latest: Mapping[str, str]
    """Fingerprint of the delivery that was applied last, by source."""


def state(conn: Connection) -> State:
    """The release, the fingerprints it was made from, and the deliveries taken in so far."""
    # One transaction, so that a publication by another process is seen entirely or not at all.
    with translated("read the state"), conn.transaction():
        conn.execute(query("reading/snapshot"))
        current = conn.execute(query("reading/state")).fetchone() or (None, None)
        holdings: dict[str, str] = dict(conn.execute(query("reading/holdings")).fetchall())
        deliveries = conn.execute(query("reading/deliveries")).fetchall()
    seen = frozenset((delivery_id, fingerprint) for delivery_id, _, fingerprint in deliveries)
    latest = {source: fingerprint for _, source, fingerprint in deliveries}
    return State(current[0], current[1], MappingProxyType(holdings), seen, MappingProxyType(latest))


def links(conn: Connection) -> pl.DataFrame:
    """The decisions that hold now, of every status, as a DECISIONS frame."""
    return fetch(conn, bare("reading/links"))


def verdicts(conn: Connection) -> pl.DataFrame:
    """The stewards' latest verdict on each pair: record_id, role, reference, reference_id, verdict."""
    return fetch(conn, bare("reading/verdicts"))


def indicators(conn: Connection) -> pl.DataFrame:
    """The published indicators, without the release."""
    return fetch(conn, bare("reading/indicators"))


def indicator_definitions(conn: Connection) -> pl.DataFrame:
    """The published definitions of the indicators, without the release."""
    return fetch(conn, bare("reading/indicator_definitions"))


def identity_key(conn: Connection) -> bytes:
    """The secret key that ids are made with (`identity.entity_ids`): 32 bytes, this installation's own."""
    with translated("read the key of ids"):
        row = conn.execute(query("reading/identity_key")).fetchone()
    if row is None:
        raise IdentityKeyError
    return bytes(row[0])


def open_quarantine(conn: Connection) -> pl.DataFrame:
    """Rows in quarantine that were not replaced by an accepted one."""
    return fetch(conn, bare("reading/open_quarantine"))


def runs(conn: Connection, limit: int) -> list[dict[str, Any]]:
    """The summaries of the last runs, newest first."""
    with translated("read the runs"):
        return [row[0] for row in conn.execute(query("reading/runs"), {"limit": limit}).fetchall()]


def releases(conn: Connection, limit: int) -> list[dict[str, Any]]:
    """The last releases, newest first, as their table tells them."""
    columns = contracts.published()[RELEASE].names
    with translated("read the releases"):
        found = conn.execute(template("reading/releases", columns=names(columns)), {"limit": limit}).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in found]


def record_run(conn: Connection, summary: Mapping[str, Any]) -> None:
    """Keeps a run's summary; a later one of the same run replaces it."""
    columns = ("run_id", "started_at", "finished_at", "status", "release")
    values = {each: summary.get(each) for each in columns} | {"summary": Jsonb(dict(summary))}
    with translated("record the run"), conn.transaction():
        conn.execute(query("reading/record_run"), values)
        if values["finished_at"] is not None:
            audit.append(conn, "doisoat", "run_ended", str(values["run_id"]), {"status": values["status"]})


def checksums(conn: Connection) -> dict[str, str]:
    """A checksum of each published table: equal for equal rows, whenever and by whichever run they were published."""
    found = {}
    with translated("compute checksums"), conn.transaction():
        conn.execute(query("reading/snapshot"))
        for table, contract in contracts.published().items():
            skipped = NOT_REPRODUCIBLE if table == RELEASE else frozenset()
            statement = template(
                "reading/checksum",
                table=sql.Identifier("published", table),
                columns=names(tuple(each for each in contract.names if each not in skipped)),
                key=names(contract.key),
            )
            row = conn.execute(statement).fetchone()
            found[table] = str(row[0]) if row else ""
    return found
