"""Where views of a department lie and of which release they are; the rest of a view is the same for every release.

Row-level security holds for the rows of a published table that have not changed since a release. What the others were
lies as JSON in the change feed, whose policy knows tables only. For these the view itself asks what the table's policy
asks, of the same functions. The view is a barrier and belongs to a role of its own, so no client reads around it.
"""

from dataclasses import dataclass

from psycopg import sql

from contracts import Contract
from warehouse.access.roles import role_of
from warehouse.pins import schema_of_department
from warehouse.queries import template
from warehouse.retention import as_of


@dataclass(frozen=True, slots=True)
class Place:
    """A schema of a department, with views of the present release or of a pinned one."""

    schema: str
    role: str
    release: int | None
    """None for the present one, whichever it is."""

    @classmethod
    def present(cls, name: str) -> "Place":
        """The department's own schema."""
        return cls(role_of(name), role_of(name), None)

    @classmethod
    def pinned(cls, name: str, release: int) -> "Place":
        """The schema of the release on which it stays."""
        return cls(schema_of_department(name), role_of(name), release)

    def rows(self, contract: Contract) -> sql.Composable:
        """What stands for a table behind FROM; of its rows, those that the reader's live grants show."""
        if self.release is None:
            return table_of(contract)
        table_name = sql.Literal(contract.dataset)
        if contract.row_scope == "unit":
            is_seen = template("access/seen_units", table_name=table_name, unit=sql.Literal(contract.unit_property))
        else:
            is_seen = template("access/seen_by_grant", table_name=table_name)
        return sql.SQL("({})").format(as_of(contract, self.release, is_seen))

    def asked(self, contract: Contract) -> sql.Composable:
        """What the gate of a view is asked: for a table, and for a release if it is not the present one."""
        words = [contract.dataset] if self.release is None else [contract.dataset, self.release]
        return sql.SQL(", ").join(sql.Literal(each) for each in words)


def table_of(contract: Contract) -> sql.Identifier:
    """The published table of a contract."""
    return sql.Identifier("published", contract.dataset)
