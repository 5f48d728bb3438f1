"""Past releases: which can still be shown, how each table was, and when what rows were before is forgotten."""

from dataclasses import dataclass

from psycopg import sql

from contracts import Contract
from warehouse import audit
from warehouse.connection import Connection
from warehouse.errors import ReleaseNotKeptError, translated
from warehouse.pins import pins
from warehouse.queries import names, query, template
from warehouse.tables import RELEASE


@dataclass(frozen=True, slots=True)
class Kept:
    """The releases that can be shown and restored."""

    oldest: int | None
    """None before the first release, like the next."""
    current: int | None


def kept(conn: Connection) -> Kept:
    """Which releases can be shown and restored."""
    with translated("read the releases kept"):
        row = conn.execute(query("retention/kept")).fetchone()
    # Without a release there is no oldest either, whatever the function of the ledger says.
    return Kept(row[0], row[1]) if row and row[1] is not None else Kept(None, None)


def check_kept(conn: Connection, release: int) -> Kept:
    """Which releases are kept; ReleaseNotKeptError if `release` is none of them."""
    found = kept(conn)
    if found.oldest is None or found.current is None or not found.oldest <= release <= found.current:
        raise ReleaseNotKeptError(release, found.oldest, found.current)
    return found


def as_of(contract: Contract, release: int, is_seen: sql.Composable | None = None) -> sql.Composed:
    """The query of a published table as it was at a release that is kept.

    `is_seen` is the condition that the images `first.before` of rows changed since must meet; rows not changed since
    are subject to the table's own policy.
    """
    return template(
        "retention/releases_as_of" if contract.dataset == RELEASE else "retention/as_of",
        target=sql.Identifier("published", contract.dataset),
        columns=names(contract.names, "p"),
        old_columns=names(contract.names, "o"),
        table=sql.Literal(contract.dataset),
        release=sql.Literal(release),
        is_seen=is_seen or sql.SQL("true"),
    )


def retain(conn: Connection, keep: int) -> frozenset[int]:
    """Forgets what is older than the last `keep` releases and no pin needs; the releases whose files are to stay.

    A pin keeps what lies between it and the present too: the way back leads through every release.
    """
    with translated("forget old releases"), conn.transaction():
        conn.execute(query("pins/lock"))
        row = conn.execute(query("retention/oldest"), {"keep": keep}).fetchone()
        oldest = row[0] if row else None
        if oldest is not None:
            rows = conn.execute(query("retention/forget"), {"oldest": oldest}).rowcount
            if rows:
                audit.append(conn, "doisoat", "releases_forgotten", f"before release {oldest}", {"rows": rows})
    current = kept(conn).current or 0
    pinned = {each.release for each in pins(conn)}
    return frozenset(range(max(1, current - keep + 1), current + 1)) | pinned
