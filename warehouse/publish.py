"""Publishes a release candidate in one transaction, as the difference to what is published.

A difference and not a swap of tables: readers are never blocked, and what departments were granted stays granted.
All of it is in the database already, so a candidate that was held is published by whoever approves it, without its run.
"""

from collections.abc import Mapping

from psycopg import sql
from psycopg.types.json import Jsonb

from contracts import Contract
from warehouse import audit, tickets
from warehouse.connection import Connection
from warehouse.difference import analyze, apply_table, data_tables, lock_tables
from warehouse.errors import CandidateError, RefusedCandidateError, StaleCandidateError
from warehouse.locks import PATIENCE_SECONDS, patient
from warehouse.offer import Candidate, load_candidate, offer, offered
from warehouse.publication import INCOMING, Publication, Published, TableChange
from warehouse.queries import names, query, template

__all__ = ["load_candidate", "publish", "publish_candidate"]


def publish(conn: Connection, publication: Publication) -> Published:
    """Offers what is loaded and publishes it at once, where nobody has to look at it first."""
    return publish_candidate(conn, offer(conn, publication))


def publish_candidate(
    conn: Connection,
    candidate_id: str | None,
    *,
    approved_by: str | None = None,
    patience_seconds: float = PATIENCE_SECONDS,
) -> Published:
    """Publishes the candidate of that id; a repeat of what is published makes no new release.

    `approved_by` names who approves one that is held (whichever waits, if `candidate_id` is None).
    StaleCandidateError or RefusedCandidateError if that one is not to be published, CandidateError if its tables are
    not as they were loaded, TablesLockedError if another session keeps the tables.
    """
    with patient(conn, "publish", patience_seconds=patience_seconds):
        lock_tables(conn)
        found = _to_be_published(offered(conn), candidate_id, is_approved=approved_by is not None)
        _check_tables(conn)
        current = _number(conn, query("publish/current_release"))
        upcoming = (current or 0) + 1
        changes = tuple(
            apply_table(conn, each, sql.Identifier("candidate", each.dataset), upcoming) for each in data_tables()
        )
        links = _apply_links(conn, found.run_id, upcoming)
        forwarded = _apply_forwarding(conn, upcoming)
        is_new = forwarded > 0 or not (links.is_empty and all(each.is_empty for each in changes))
        release = upcoming if is_new else current
        _record(conn, found, release)
        if is_new:
            _take_release(conn, found, upcoming, changes, approved_by)
        tickets.settle(conn, release)
        if approved_by is not None:
            audit.append(conn, approved_by, "release_approved", found.candidate_id, {"release": release})
        if is_new:
            audit.append(conn, "doisoat", "release_published", f"release {release}", {"run": found.run_id})
    analyze(conn, changes)
    return Published(release, is_new, changes, links)


def _to_be_published(found: Candidate | None, asked: str | None, *, is_approved: bool) -> Candidate:
    if found is None:
        raise StaleCandidateError(asked, "replaced" if asked else "none")
    if asked not in (None, found.candidate_id):
        raise StaleCandidateError(asked, "replaced")
    if found.status == "published":
        raise StaleCandidateError(found.candidate_id, "published")
    if found.is_outdated:
        raise StaleCandidateError(found.candidate_id, "outdated")
    if found.status != ("held" if is_approved else "loaded"):
        raise RefusedCandidateError(found.candidate_id, found.status)
    return found


def _check_tables(conn: Connection) -> None:
    for each in data_tables():
        _check_table(conn, each)
    for table in INCOMING:
        statement = template("publish/check_incoming", table=sql.Identifier("candidate", table))
        loaded, present = conn.execute(statement, {"table": table}).fetchone() or (None, 0)
        _check_rows(table, loaded, present)


def _check_table(conn: Connection, contract: Contract) -> None:
    statement = template(
        "publish/check_candidate", table=sql.Identifier("candidate", contract.dataset), key=names(contract.key)
    )
    row = conn.execute(statement, {"table": contract.dataset}).fetchone()
    loaded, present, repeated, keyless = row or (None, 0, 0, 0)
    _check_rows(contract.dataset, loaded, present)
    if repeated or keyless:
        vi = f"có {repeated} khóa trùng và {keyless} dòng thiếu khóa"
        raise CandidateError(contract.dataset, vi, f"has {repeated} repeated keys and {keyless} rows without key")


def _check_rows(table: str, loaded: int | None, present: int) -> None:
    if loaded != present:
        vi, en = "chưa được nạp đầy đủ", "was not loaded, or was lost in a crash of the server"
        raise CandidateError(table, vi, en)


def _apply_links(conn: Connection, run_id: str, release: int) -> TableChange:
    values = {"release": release, "run_id": run_id}
    closed = conn.execute(query("publish/close_links"), values).rowcount
    conn.execute(query("publish/keep_first_figures"))
    conn.execute(query("publish/refresh_links"))
    opened = conn.execute(query("publish/open_links"), values).rowcount
    replaced = _number(conn, query("publish/replaced_links"), values) or 0
    return TableChange("link", opened - replaced, replaced, closed - replaced)


def _apply_forwarding(conn: Connection, release: int) -> int:
    """Gives new ids and forwards old ones, by the links just applied; how many forward otherwise than before."""
    values = {"release": release}
    for step in ("take_entities", "forward", "given_successors"):
        conn.execute(query(f"publish/{step}"), values)
    steps = ("close_forwarding", "open_forwarding")
    return sum(conn.execute(query(f"publish/{step}"), values).rowcount for step in steps)


def _record(conn: Connection, found: Candidate, release: int | None) -> None:
    values = {
        "release": release,
        "run_id": found.run_id,
        "state": found.state,
        "holdings": Jsonb(dict(found.holdings)),
    }
    # A row in quarantine must be taken in before what it replaces is resolved, and both before lineage.
    steps = ["note_reopened", "take_quarantine", "resolve_quarantine", "forget_lineage", "take_lineage"]
    steps += ["take_profiles", "forget_profiles", "take_deliveries", "forget_holdings", "take_holdings", "take_state"]
    for step in [*steps, "close_flags", "raise_flags"]:
        conn.execute(query(f"publish/{step}"), values)
    conn.execute(query("offer/published"))


def _take_release(
    conn: Connection, found: Candidate, release: int, changes: tuple[TableChange, ...], approved_by: str | None
) -> None:
    values: Mapping[str, object] = {
        "release": release,
        "run_id": found.run_id,
        "state": found.state,
        "quality_index": found.quality_index,
        "kind": "run" if approved_by is None else "approval",
        "approved_by": approved_by,
        "restored_release": None,
        **sums(changes),
    }
    conn.execute(query("publish/take_release"), values)


def sums(changes: tuple[TableChange, ...]) -> dict[str, int]:
    """Rows added, changed and removed in all tables."""
    return {each: sum(getattr(change, each) for change in changes) for each in ("added", "changed", "removed")}


def _number(conn: Connection, statement: bytes, values: Mapping[str, object] | None = None) -> int | None:
    row = conn.execute(statement, values).fetchone()
    return row[0] if row else None
