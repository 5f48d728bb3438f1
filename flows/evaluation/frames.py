"""Reads what an evaluation is made of: links, clusters, candidates, a truth, and who is in which group."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from flows.errors import TableError
from flows.linkage.tables import open_table, require
from matching.reasons import Status

PAIR = ("left_id", "right_id")
CLUSTER = ("id", "cluster_id")


def read(path: Path, columns: Iterable[str], *, numbers: Iterable[str] = ()) -> pl.DataFrame:
    """The columns of a table as text, `numbers` as numbers; TableError names the first that is not so."""
    numbers = tuple(numbers)
    wanted = dict.fromkeys((*columns, *numbers))
    source = open_table(path, wanted)
    require(source, wanted)
    frame = source.rows.select(pl.col(name).cast(pl.String) for name in wanted).collect()
    told = frame.with_columns(pl.col(name).cast(pl.Float64, strict=False) for name in numbers)
    for name in numbers:
        if told[name].null_count() > (frame[name].is_null() | (frame[name] == "")).sum():
            vi, en = (
                f'{path.name}: cột "{name}" có chỗ không phải số',
                f'{path.name}: column "{name}" is not all numbers',
            )
            raise TableError(path, vi, en)
    return told


def links(path: Path) -> pl.DataFrame:
    """left_id, right_id, status, probability; a blank partner is null."""
    told = read(path, (*PAIR, "status"), numbers=("probability",))
    known = [each.value for each in Status]
    unknown = told.filter(~pl.col("status").is_in(known).fill_null(False)).height
    if unknown:
        words = ", ".join(known)
        vi = f'{path.name}: cột "status" có {unknown} dòng không phải {words}'
        raise TableError(path, vi, f'{path.name}: column "status" has {unknown} rows that are none of {words}')
    return told.with_columns(right_id=pl.when(pl.col("right_id") != "").then("right_id"))


def candidates(path: Path) -> pl.DataFrame:
    """left_id, right_id, probability."""
    return read(path, PAIR, numbers=("probability",)).with_columns(pl.col("probability").fill_null(0.0))


def described(path: Path, id_column: str, columns: Iterable[str]) -> pl.DataFrame:
    """`id`, and the columns by which records are grouped."""
    told = read(path, (id_column, *columns))
    return told.with_columns(pl.col(id_column).alias("id"))


def has_columns(path: Path, columns: Iterable[str]) -> bool:
    """Whether the table has all of them."""
    return set(columns) <= set(open_table(path, columns).schema.names())
