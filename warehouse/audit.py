"""The audit log: runs, releases, approvals, decisions and grants, each entry chained to the one before by its hash.

The chain shows an entry that was changed, removed or moved. That the newest entries were cut off, or all written anew,
it cannot show by itself: for that its head is noted outside the database (`Anchor`) and held against it later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.types.json import Jsonb

from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.queries import query

Fault = Literal["changed", "missing", "out_of_order", "cut_off"]
"""What is wrong at a position: the entry's content, a gap before it, its place, or it is not what was noted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is shown."""

    position: int
    recorded_at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain at some moment, to be kept outside the database."""

    position: int
    hash: str


def append(conn: Connection, actor: str, action: str, subject: str, detail: Mapping[str, Any] | None = None) -> int:
    """Adds an entry within the caller's transaction, as its last step: others wait for it; the entry's position.

    `action` is a word of `docs/audit.md`; no name or number of a person belongs into `subject` or `detail`, ids do.
    """
    values = {"actor": actor, "action": action, "subject": subject, "detail": Jsonb(dict(detail or {}))}
    with translated("write the audit log"):
        row = conn.execute(query("audit/append"), values).fetchone()
    return int(row[0]) if row else 0


def head(conn: Connection) -> Anchor | None:
    """The newest entry; None while there is none."""
    with translated("read the audit log"):
        row = conn.execute(query("audit/head")).fetchone()
    return Anchor(row[0], row[1]) if row else None


def entries(conn: Connection, limit: int) -> list[Entry]:
    """The last entries, newest first."""
    with translated("read the audit log"):
        return [Entry(*row) for row in conn.execute(query("audit/entries"), {"limit": limit}).fetchall()]


def faults(conn: Connection, anchors: Iterable[Anchor] = ()) -> list[tuple[int, Fault]]:
    """Where the log was tampered with, by position: the first twenty faults, none if the chain and the anchors hold."""
    noted = {each.position: each.hash for each in anchors}
    with translated("verify the audit log"):
        found: list[tuple[int, Fault]] = list(conn.execute(query("audit/faults")).fetchall())
        present: dict[int, str] = dict(conn.execute(query("audit/at"), {"positions": list(noted)}).fetchall())
    lost = sorted(position for position, digest in noted.items() if present.get(position) != digest)
    known = {position for position, _ in found}
    return found + [(position, "cut_off") for position in lost if position not in known][:20]
