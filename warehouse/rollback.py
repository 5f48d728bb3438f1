"""Restores a former release: a new release whose tables, links and forwarding are those of the former one.

What it does not undo: the rows held, the deliveries known, quarantine and lineage, stewards' verdicts, and the ids of
persons and enterprises given since, which never die. So the next run would publish the same again; therefore all
releases are held.
"""

from dataclasses import dataclass

from psycopg import sql

from contracts import Contract
from warehouse import audit, tickets
from warehouse.connection import Connection
from warehouse.difference import analyze, apply_table, data_tables, lock_tables
from warehouse.errors import ReleaseNotKeptError
from warehouse.locks import PATIENCE_SECONDS, patient
from warehouse.publication import Published, TableChange
from warehouse.publish import sums
from warehouse.queries import query, template
from warehouse.retention import as_of, check_kept, kept


@dataclass(frozen=True, slots=True)
class Order:
    """Who asks for a rollback, and why."""

    by: str
    reason: str


def rollback(
    conn: Connection, to: int | None, order: Order, *, patience_seconds: float = PATIENCE_SECONDS
) -> Published:
    """Makes the tables equal to release `to` (by default the one before the present) and holds all releases.

    ReleaseNotKeptError names the releases that can be restored.
    """
    with patient(conn, "roll back", patience_seconds=patience_seconds):
        lock_tables(conn)
        target, current = _target(conn, to)
        upcoming = current + 1
        changes = tuple(_restore(conn, each, target, upcoming) for each in data_tables())
        links = _restore_links(conn, target, upcoming)
        forwarded = _restore_forwarding(conn, target, upcoming)
        is_new = forwarded > 0 or not (links.is_empty and all(each.is_empty for each in changes))
        release = upcoming if is_new else current
        if is_new:
            _take_release(conn, target, release, changes, order)
        values = {"rolled_back": f"release {release} restores {target}", "release": release}
        conn.execute(query("rollback/take_state"), values)
        conn.execute(query("hold/hold"), {"held_by": order.by, "reason": order.reason})
        tickets.settle(conn, release, is_rollback=True)
        detail = {"restored": target, "reason": order.reason}
        audit.append(conn, order.by, "release_rolled_back", f"release {release}", detail)
    analyze(conn, changes)
    return Published(release, is_new, changes, links)


def _target(conn: Connection, to: int | None) -> tuple[int, int]:
    found = kept(conn)
    if to is None:
        to = (found.current or 0) - 1
    found = check_kept(conn, to)
    if found.current is None or to == found.current:
        raise ReleaseNotKeptError(to, found.oldest, None if found.current is None else found.current - 1)
    return to, found.current


def _restore(conn: Connection, contract: Contract, target: int, release: int) -> TableChange:
    restored = sql.Identifier("pg_temp", f"restored_{contract.dataset}")
    conn.execute(template("rollback/source", restored=restored, as_of=as_of(contract, target)))
    return apply_table(conn, contract, restored, release)


def _restore_links(conn: Connection, target: int, release: int) -> TableChange:
    values = {"to": target, "release": release}
    closed = conn.execute(query("rollback/close_links"), values).rowcount
    opened = conn.execute(query("rollback/open_links"), values).rowcount
    row = conn.execute(query("publish/replaced_links"), values).fetchone()
    replaced = row[0] if row else 0
    return TableChange("link", opened - replaced, replaced, closed - replaced)


def _restore_forwarding(conn: Connection, target: int, release: int) -> int:
    """Lets ids forward as they did; an id given since stays, and what forwards of it ends. How many forward anew."""
    values = {"to": target, "release": release}
    steps = ("close_forwarding", "open_forwarding")
    return sum(conn.execute(query(f"rollback/{step}"), values).rowcount for step in steps)


def _take_release(conn: Connection, target: int, release: int, changes: tuple[TableChange, ...], order: Order) -> None:
    run_id, state, quality_index = conn.execute(query("rollback/restored"), {"to": target}).fetchone() or (None,) * 3
    values = {
        "release": release,
        "run_id": run_id,
        "state": state,
        "quality_index": quality_index,
        "kind": "rollback",
        "approved_by": order.by,
        "restored_release": target,
        **sums(changes),
    }
    conn.execute(query("publish/take_release"), values)
