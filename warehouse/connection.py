"""Connections to the warehouse, all set alike: UTF-8, our time zone, each statement its own transaction."""

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow

from warehouse.errors import DatabaseUnreachableError, UnsupportedServerError, translated
from warehouse.queries import query

Connection = psycopg.Connection[TupleRow]
"""A connection of this package; the other packages only pass it on."""

OLDEST_VERSION = 150000


def connect(url: str) -> Connection:
    """Opens a connection; close it, or use it as a context manager."""
    conn = open_connection(url)
    try:
        _check_server(conn)
        with translated("set the session"):
            conn.execute(query("session"))
    except BaseException:
        conn.close()
        raise
    return conn


def open_connection(url: str) -> Connection:
    """Connects to any PostgreSQL, whatever its version; each statement is its own transaction."""
    try:
        given = conninfo_to_dict(url)
        defaults: dict[str, str | int] = {"connect_timeout": 10, "application_name": "doisoat"}
        missing = {name: value for name, value in defaults.items() if name not in given}
        return psycopg.connect(make_conninfo(url, **missing), autocommit=True, client_encoding="UTF8")
    except psycopg.Error as exc:
        raise DatabaseUnreachableError(place_of(url)) from exc


def place_of(url: str) -> str:
    """Host and database of a URL, for messages: never its user or password."""
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        return "?"
    return f"{given.get('host', 'localhost')}/{given.get('dbname', '')}"


def _check_server(conn: Connection) -> None:
    version, encoding = conn.info.server_version, conn.info.parameter_status("server_encoding")
    if version < OLDEST_VERSION or encoding != "UTF8":
        raise UnsupportedServerError(f"PostgreSQL {version // 10000}, {encoding}")
