"""Brings a parsed table into the READ shape: the contract's columns as text, and where each row came from."""

from collections.abc import Iterable, Sequence

import polars as pl

from contracts import Contract
from flows.pull import rejects
from flows.pull.columns import Columns
from flows.pull.hashing import content_hashes
from flows.pull.model import Part, Reject, Table
from matching.standardise.column_tables import TABLES, MisreadColumn, tables_told

OPERATIONS = ("upsert", "delete")


def read_schema(contract: Contract) -> pl.Schema:
    """The schema of a READ frame."""
    texts = [*contract.names, "_delivery_id", "_file", "_row", "_op", "_extra", TABLES, "_hash"]
    return pl.Schema({name: pl.Int64() if name == "_row" else pl.String() for name in texts})


def to_read(
    part: Part, table: Table, columns: Columns, contract: Contract, delivery_id: str
) -> tuple[pl.DataFrame, tuple[Reject, ...]]:
    """The READ frame, and the rows set aside because their `_op` is not known."""
    picked = [_column(columns.properties.get(name)).alias(name) for name in contract.names]
    operation = _column(columns.operation).str.strip_chars().str.to_lowercase().fill_null("upsert").alias("_op")
    cells = table.cells.with_columns(table.rows.alias("_row"))
    frame = cells.select(*picked, "_row", operation, _extra(columns))
    is_known = frame["_op"].is_in(OPERATIONS)
    set_aside = _unknown_operations(part, cells.filter(~is_known), table.header)
    frame = (frame.filter(is_known) if set_aside else frame).with_columns(
        pl.lit(delivery_id, pl.String).alias("_delivery_id"),
        pl.lit(part.file, pl.String).alias("_file"),
        pl.lit(None, pl.String).alias(TABLES),
    )
    hashes = content_hashes(frame, [*contract.names, "_op"])
    return frame.with_columns(hashes.alias("_hash")).select(read_schema(contract).names()), set_aside


def with_tables(frame: pl.DataFrame, contract: Contract, misread: Iterable[MisreadColumn]) -> pl.DataFrame:
    """The READ frame that tells which values are to be read in another table: the same text in it is other content."""
    told = tables_told(frame, misread)
    at = told.is_not_null().arg_true()
    if at.is_empty():
        return frame
    hashes = content_hashes(frame.with_columns(told)[at], [*contract.names, "_op", TABLES])
    return frame.with_columns(told, frame["_hash"].clone().scatter(at, hashes))


def _column(at: int | None) -> pl.Expr:
    return pl.lit(None, pl.String) if at is None else pl.col(str(at))


def _extra(columns: Columns) -> pl.Expr:
    if not columns.extra:
        return pl.lit(None, pl.String).alias("_extra")
    cells = [pl.col(str(at)) for at in columns.extra.values()]
    named = [cell.alias(name) for name, cell in zip(columns.extra, cells, strict=True)]
    has_any = pl.any_horizontal([cell.is_not_null() for cell in cells])
    return pl.when(has_any).then(pl.struct(named).struct.json_encode()).alias("_extra")


def _unknown_operations(part: Part, rows: pl.DataFrame, header: Sequence[str]) -> tuple[Reject, ...]:
    if rows.is_empty():
        return ()
    fields = [pl.col(str(at)).alias(f"{at + 1} {name}") for at, name in enumerate(header)]
    originals = rows.select(pl.struct(fields).struct.json_encode()).to_series()
    return tuple(rejects.bad_op(part, row, text) for row, text in zip(rows["_row"], originals, strict=True))
