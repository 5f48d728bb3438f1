"""The SQL of this package: one statement (or script) a file under `sql/`, loaded by name."""

from functools import cache
from importlib.resources import files

from psycopg import sql


@cache
def text(name: str) -> str:
    """The SQL file `sql/<name>.sql`."""
    return files("warehouse").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def query(name: str) -> bytes:
    """A statement whose values are `%(name)s` parameters."""
    return text(name).encode()


def template(name: str, **parts: sql.Composable) -> sql.Composed:
    """A statement with identifiers or lists of them in `{braces}`."""
    return sql.SQL(text(name)).format(**parts)


def bare(name: str) -> str:
    """A query to put into another one: without its semicolon."""
    return text(name).rstrip().removesuffix(";")


def names(columns: tuple[str, ...], prefix: str = "") -> sql.Composed:
    """Comma-separated identifiers, each behind the alias `prefix`."""
    return sql.SQL(", ").join(sql.Identifier(prefix, each) if prefix else sql.Identifier(each) for each in columns)
