"""Holding all releases, and letting them go on: while somebody holds them, no run publishes by itself."""

from dataclasses import dataclass
from datetime import datetime

from warehouse import audit
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.queries import query


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds all releases."""

    held_by: str
    reason: str
    held_at: datetime


def hold(conn: Connection) -> Hold | None:
    """The hold in force, if there is one."""
    with translated("read the hold"):
        row = conn.execute(query("hold/current")).fetchone()
    return Hold(*row) if row else None


def hold_releases(conn: Connection, held_by: str, reason: str) -> None:
    """From now on every release waits, until `resume_releases`."""
    with translated("hold the releases"), conn.transaction():
        conn.execute(query("hold/hold"), {"held_by": held_by, "reason": reason})
        audit.append(conn, held_by, "releases_held", "releases", {"reason": reason})


def resume_releases(conn: Connection, resumed_by: str) -> bool:
    """Lets releases go on; whether they were held."""
    with translated("resume the releases"), conn.transaction():
        was_held = bool(conn.execute(query("hold/resume")).rowcount)
        if was_held:
            audit.append(conn, resumed_by, "releases_resumed", "releases")
    return was_held
