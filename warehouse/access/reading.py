"""What there is to show: departments, their grants, and the log of their uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Literal

from warehouse.access.roles import check_known, role_of, sequence_of
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.pins import Pin
from warehouse.queries import query, template


@dataclass(frozen=True, slots=True)
class Department:
    """A department, how many tables it may read today, and when it last did."""

    name: str
    title: str
    role: str
    created_at: datetime
    closed_at: datetime | None
    grants: int
    last_use: datetime | None


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant, in force or not."""

    grant_id: int
    table: str
    purpose: str
    legal_basis: str
    ceiling: str
    columns: Sequence[str]
    is_every_unit: bool
    units: Sequence[str]
    unit_prefixes: Sequence[str]
    granted_by: str
    granted_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    standing: Literal["in_force", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Use:
    """One time a department read a table."""

    number: int
    used_at: datetime
    table: str
    client: IPv4Address | IPv6Address | None
    purpose: str | None


@dataclass(frozen=True, slots=True)
class Uses:
    """The last uses of a department, newest first, and how many there were."""

    last: Sequence[Use]
    lines: int
    numbers: int

    @property
    def without_line(self) -> int:
        """Uses whose transaction was rolled back, or still runs."""
        return self.numbers - self.lines


def departments(conn: Connection) -> list[Department]:
    """All departments by name."""
    with translated("read the departments"):
        return [Department(*row) for row in conn.execute(query("access/departments")).fetchall()]


def grants_of(conn: Connection, name: str) -> list[Grant]:
    """The grants of a department, those not revoked first."""
    role_of(name)
    with translated("read the grants"):
        check_known(conn, name)
        return [Grant(*row) for row in conn.execute(query("access/grants"), {"name": name}).fetchall()]


def pin_of(conn: Connection, name: str) -> Pin | None:
    """The release on which a department stays; None if it reads the present one only."""
    role_of(name)
    with translated("read a department's pin"):
        check_known(conn, name)
        row = conn.execute(query("access/pin_of"), {"name": name}).fetchone()
    return Pin(*row) if row else None


def uses_of(conn: Connection, name: str, limit: int) -> Uses:
    """The last uses of a department."""
    role_of(name)
    with translated("read the log of uses"):
        check_known(conn, name)
        rows = conn.execute(query("access/uses"), {"name": name, "limit": limit}).fetchall()
        counts = conn.execute(template("access/use_counts", sequence=sequence_of(name)), {"name": name}).fetchone()
    lines, numbers = counts or (0, 0)
    return Uses([Use(*row) for row in rows], lines, numbers)
