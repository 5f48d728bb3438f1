"""Query results into frames by COPY: PostgreSQL writes CSV, polars parses it, and no value passes through Python."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import polars as pl
from psycopg import sql

from warehouse.connection import Connection
from warehouse.copy import POLARS_TYPES
from warehouse.errors import WarehouseError, translated
from warehouse.queries import template

_SHORT_NAMES = {
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float8": "double precision",
    "bool": "boolean",
}


def fetch(conn: Connection, statement: str) -> pl.DataFrame:
    """The result of a query without parameters as a frame, its columns typed as PostgreSQL's."""
    return pl.concat(fetch_batches(conn, sql.SQL(statement)))


def fetch_batches(conn: Connection, statement: sql.Composable, rows: int = 50_000) -> Iterator[pl.DataFrame]:
    """The result of a query, `rows` at a time; at least one frame, empty without rows."""
    with translated("read"), conn.cursor() as cursor:
        cursor.execute(template("copy/describe", statement=statement))
        types = _types(cursor.description or ())
        columns = sql.SQL(", ").join(_as_text(name, kind) for name, kind in types.items())
        is_empty = True
        with cursor.copy(template("copy/out_of", columns=columns, statement=statement)) as copy:
            buffer, held = BytesIO(), 0
            for data in copy:
                buffer.write(data)
                held += 1
                if held == rows:
                    yield _parse(buffer, types)
                    is_empty, buffer, held = False, BytesIO(), 0
        if held or is_empty:
            yield _parse(buffer, types)


def _types(description: Sequence[object]) -> dict[str, str]:
    types = {}
    for each in description:
        name, shown = str(getattr(each, "name", "")), str(getattr(each, "type_display", ""))
        types[name] = _SHORT_NAMES.get(shown, shown)
        if types[name] not in POLARS_TYPES:
            raise WarehouseError(
                f"Cột {name}: chưa đọc được kiểu {shown}.", f"Column {name}: type {shown} cannot be read."
            )
    return types


def _as_text(name: str, kind: str) -> sql.Composable:
    # Arrays as JSON, which polars parses; the rest as PostgreSQL writes it.
    return sql.SQL("to_json({})" if kind == "text[]" else "{}").format(sql.Identifier("q", name))


def _parse(buffer: BytesIO, types: dict[str, str]) -> pl.DataFrame:
    # Every value is quoted, so an empty text (quoted) and a null (not quoted) stay two things.
    texts = dict.fromkeys(types, pl.String())
    if not buffer.tell():
        frame = pl.DataFrame(schema=texts)
    else:
        buffer.seek(0)
        frame = pl.read_csv(buffer, has_header=False, schema=texts)
    return frame.select(_typed(name, kind) for name, kind in types.items())


def _typed(name: str, kind: str) -> pl.Expr:
    column, dtype = pl.col(name), POLARS_TYPES[kind]
    if kind == "boolean":
        return column == "t"
    if kind == "date":
        return column.str.to_date("%Y-%m-%d")
    if kind == "timestamp":
        return column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us")
    if kind == "timestamptz":
        return column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f%#z", time_unit="us").dt.convert_time_zone(
            "Asia/Ho_Chi_Minh"
        )
    if kind == "text[]":
        return column.str.json_decode(dtype)
    return column.cast(dtype)
