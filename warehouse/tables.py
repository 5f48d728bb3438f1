"""Tables made from the contracts: a field added to a contract is a column after the next start."""

from collections.abc import Mapping

from psycopg import sql

import contracts
from contracts import Contract
from warehouse.connection import Connection
from warehouse.copy import column_types
from warehouse.errors import SchemaDriftError
from warehouse.locks import patient
from warehouse.queries import names, template

RELEASE = "release"
"""Column that names the release a row last changed in, and the table that lists the releases."""


def create_tables(conn: Connection) -> None:
    """Makes the published and candidate tables that are missing, and adds missing columns. Never drops one."""
    with patient(conn, "make the tables of the contracts"):
        for contract in contracts.published().values():
            _create_published(conn, contract)
            # A loaded candidate stays: a run that was killed after loading it goes on from there.
            wanted = {each.name: each.physical_type for each in contract.properties}
            if contract.dataset != RELEASE and column_types(conn, "candidate", contract.dataset) != wanted:
                create_candidate(conn, contract)


def create_candidate(conn: Connection, contract: Contract) -> None:
    """Makes an empty candidate table. Without constraints: what is wrong with it, gate two says."""
    table = sql.Identifier("candidate", contract.dataset)
    columns = definitions({each.name: each.physical_type for each in contract.properties})
    conn.execute(template("tables/create_candidate", table=table, columns=columns))


def _create_published(conn: Connection, contract: Contract) -> None:
    table = sql.Identifier("published", contract.dataset)
    present = column_types(conn, "published", contract.dataset)
    if not present:
        columns = definitions({each.name: each.physical_type for each in contract.properties})
        conn.execute(template("tables/create_published", table=table, columns=columns, key=names(contract.key)))
    for each in contract.properties:
        found = present.get(each.name, each.physical_type)
        if found != each.physical_type:
            raise SchemaDriftError(f"published.{contract.dataset}", each.name, found=found, wanted=each.physical_type)
        if present and each.name not in present:
            column = definitions({each.name: each.physical_type})
            conn.execute(template("tables/add_column", table=table, column=column))
    _describe(conn, table, contract)


def _describe(conn: Connection, table: sql.Identifier, contract: Contract) -> None:
    comment = sql.Literal(f"{contract.title_vi}\n{contract.description}")
    conn.execute(template("tables/comment_table", table=table, comment=comment))
    for each in contract.properties:
        column = sql.SQL("{}.{}").format(table, sql.Identifier(each.name))
        comment = sql.Literal(f"{each.title_vi}\n{each.description}")
        conn.execute(template("tables/comment_column", column=column, comment=comment))


def definitions(types: Mapping[str, str]) -> sql.Composed:
    """Column definitions of a CREATE TABLE."""
    parts = (sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in types.items())
    return sql.SQL(", ").join(parts)
