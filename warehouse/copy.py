"""Frames into tables by binary COPY."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import compress

import pgpq
import polars as pl
from psycopg import sql

from warehouse.connection import Connection
from warehouse.errors import FrameMismatchError, translated
from warehouse.queries import names, query, template

ROWS_A_BATCH = 20_000

POLARS_TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "smallint": pl.Int16(),
    "integer": pl.Int32(),
    "bigint": pl.Int64(),
    "double precision": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us"),
    "timestamptz": pl.Datetime("us", "Asia/Ho_Chi_Minh"),
    "text[]": pl.List(pl.String()),
}
"""The PostgreSQL types in use and the polars type that carries each exactly."""

_LONG_NAMES = {"timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz"}


def postgres_type(dtype: pl.DataType) -> str:
    """The column type that holds a polars type without loss."""
    for name, candidate in POLARS_TYPES.items():
        if candidate == dtype:
            return name
    if isinstance(dtype, (pl.Int8, pl.UInt8)):
        return "smallint"
    if isinstance(dtype, pl.UInt16):
        return "integer"
    if isinstance(dtype, pl.UInt32):
        return "bigint"
    if isinstance(dtype, pl.Float32):
        return "double precision"
    return "text"


def column_types(conn: Connection, schema: str, table: str) -> dict[str, str]:
    """Columns of a table and their types, in order; empty when there is no such table."""
    rows = conn.execute(query("copy/columns"), {"schema": schema, "table": table}).fetchall()
    return {name: _LONG_NAMES.get(kind) or kind for name, kind in rows}


def copy_frame(conn: Connection, schema: str, table: str, frame: pl.DataFrame) -> int:
    """Appends a frame to a table by column names; the number of rows. A column of nulls gets the table's default."""
    with translated(f"load {table}"):
        types = column_types(conn, schema, table)
        unknown = [each for each in frame.columns if each not in types]
        if unknown:
            raise FrameMismatchError(f"{schema}.{table}", unknown=unknown)
        _write(conn, sql.Identifier(schema, table), _fitted(_told(frame), types))
    return frame.height


def _fitted(frame: pl.DataFrame, types: Mapping[str, str]) -> pl.DataFrame:
    fitted = frame.select(pl.col(each).cast(POLARS_TYPES[types[each]]) for each in frame.columns)
    # PostgreSQL's text cannot hold the zero character; its visible sign can.
    nul = [each for each in fitted.columns if fitted[each].dtype == pl.String and _has_nul(fitted[each])]
    return fitted.with_columns(pl.col(nul).str.replace_all("\0", "␀", literal=True))


def _told(frame: pl.DataFrame) -> pl.DataFrame:
    """Without columns of nulls alone: what is not sent is null too, and in binary each null would take four bytes."""
    is_told = [each.null_count() < frame.height for each in frame]
    return frame.select(frame.columns[:1] if not any(is_told) else list(compress(frame.columns, is_told)))


def _has_nul(column: pl.Series) -> bool:
    return bool(column.str.contains("\0", literal=True).any())


def _write(conn: Connection, table: sql.Identifier, frame: pl.DataFrame) -> None:
    if frame.is_empty():
        return
    arrow = frame.to_arrow()
    encoder = pgpq.ArrowToPostgresBinaryEncoder(arrow.schema)
    statement = template("copy/into", table=table, columns=names(tuple(frame.columns)))
    with conn.cursor() as cursor, cursor.copy(statement) as copy, ThreadPoolExecutor(1) as ahead:
        copy.write(encoder.write_header())
        # The next batch is encoded while the server takes this one in; no more than these two are held.
        batches = iter(arrow.to_batches(max_chunksize=ROWS_A_BATCH))
        coming = ahead.submit(encoder.write_batch, next(batches))
        for batch in batches:
            encoded, coming = coming.result(), ahead.submit(encoder.write_batch, batch)
            copy.write(encoded)
        copy.write(coming.result())
        copy.write(encoder.finish())
