"""Applies what differs between two forms of a table, as part of a release that is being made."""

from collections.abc import Mapping

from psycopg import sql

import contracts
from contracts import Contract
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.publication import TableChange
from warehouse.queries import names, template
from warehouse.tables import RELEASE


def data_tables() -> tuple[Contract, ...]:
    """The published tables that a release is made of: all but the list of releases itself."""
    return tuple(each for each in contracts.published().values() if each.dataset != RELEASE)


def lock_tables(conn: Connection) -> None:
    """Keeps other writers out of the published tables until the transaction ends."""
    tables = (sql.Identifier("published", each.dataset) for each in data_tables())
    conn.execute(template("publish/lock", tables=sql.SQL(", ").join(tables)))


def apply_table(conn: Connection, contract: Contract, source: sql.Identifier, release: int) -> TableChange:
    """Makes the published table equal to `source`; each row that differs gets the release and a line of the feed."""
    columns = tuple(each for each in contract.names if each != RELEASE)
    parts: Mapping[str, sql.Composable] = {
        "target": sql.Identifier("published", contract.dataset),
        "source": source,
        "same_key": same_key(contract.key),
        "key": names(contract.key, "p"),
        "columns": names(columns),
        "old": names(columns, "p"),
        "new": names(columns, "c"),
    }
    values = {"table": contract.dataset, "release": release}
    # Removing first: what follows has fewer rows to look at.
    removed, changed, added = (
        conn.execute(template(f"publish/{step}", **parts), values).rowcount for step in ("remove", "change", "add")
    )
    return TableChange(contract.dataset, added, changed, removed)


def analyze(conn: Connection, changes: tuple[TableChange, ...]) -> None:
    """Statistics of the tables that a release changed, once it is there."""
    keys = {each.dataset: each.key for each in data_tables()}
    with translated("analyze the published tables"):
        for each in changes:
            if not each.is_empty:
                table = sql.Identifier("published", each.table)
                conn.execute(template("publish/analyze", table=table, key=names(keys[each.table])))


def same_key(key: tuple[str, ...]) -> sql.Composed:
    """The condition that row `p` and row `c` are the same one."""
    equals = (sql.SQL("{} = {}").format(sql.Identifier("p", each), sql.Identifier("c", each)) for each in key)
    return sql.SQL(" AND ").join(equals)
