"""Pins: the names under which a release is kept, whatever the retention says."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.queries import query


@dataclass(frozen=True, slots=True)
class Pin:
    """A release that somebody reads by name, in the schema `release_<name>`."""

    name: str
    release: int
    pinned_by: str
    pinned_at: datetime

    @property
    def schema(self) -> str:
        """The schema with the views."""
        return schema_of(self.name)


def schema_of(name: str) -> str:
    """The schema of a pin of that name."""
    return f"release_{name}"


def pins(conn: Connection) -> list[Pin]:
    """All pins, by name."""
    with translated("read the pins"):
        return [Pin(*row) for row in conn.execute(query("pins/pins")).fetchall()]
