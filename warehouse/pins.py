"""Pins: the names under which a release is kept, whatever the retention says."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.queries import query

PINNED = "_pinned"
"""No department's name may end so: its schema would be that of another's pin."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A release that is read in a schema of its own: `release_<name>`, or a department's `dept_<name>_pinned`."""

    name: str | None
    """None for that of a department."""
    department: str | None
    release: int
    pinned_by: str
    pinned_at: datetime

    @property
    def schema(self) -> str:
        """The schema with the views."""
        return schema_of(self.name) if self.name is not None else schema_of_department(str(self.department))


def schema_of(name: str) -> str:
    """The schema of a pin of that name."""
    return f"release_{name}"


def schema_of_department(name: str) -> str:
    """The schema in which a department reads the release it stays on."""
    return f"dept_{name}{PINNED}"


def pins(conn: Connection) -> list[Pin]:
    """All pins: those with a name, by name, then those of departments."""
    with translated("read the pins"):
        return [Pin(*row) for row in conn.execute(query("pins/pins")).fetchall()]


def pin_names(conn: Connection) -> list[str]:
    """The names of the pins that have one."""
    return [each.name for each in pins(conn) if each.name is not None]
