"""Reads what stewards decided of pairs, and holds it against the tables: a wrong row is told with its number."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from flows.errors import TableError
from flows.linkage.tables import Source, open_table, require, row_numbers
from matching.engine.spec import Spec
from matching.engine.verdicts import DECISIONS, Verdicts
from matching.errors import VerdictError


def read_decisions(path: Path, spec: Spec, sources: Sequence[Source]) -> Verdicts:
    """The verdicts of a table left_id, right_id, verdict; TableError where one cannot be obeyed."""
    source = open_table(path, DECISIONS.names())
    require(source, DECISIONS)
    rows = source.rows.select(pl.col(name).cast(pl.String) for name in DECISIONS).collect()
    try:
        verdicts = Verdicts.of(rows, spec)
    except VerdictError as exc:
        raise _wrong(source, pl.Series(exc.rows, dtype=pl.UInt32), exc.vi, exc.en) from exc
    for side, table, column in zip(
        ("left_id", "right_id"), (sources[0], sources[-1]), (spec.left_id, spec.right_id), strict=True
    ):
        _check_known(source, rows[side].str.strip_chars(), table, column)
    return verdicts


def _check_known(source: Source, ids: pl.Series, table: Source, column: str) -> None:
    wanted = ids.unique().implode()
    known = table.rows.select(id=pl.col(column).cast(pl.String)).filter(pl.col("id").is_in(wanted)).collect()["id"]
    unknown = (~ids.is_in(known.implode())).arg_true()
    if len(unknown):
        vi = f'{ids.name} không có trong cột "{column}" của {table.path.name}; hãy sửa mã hoặc bỏ dòng'
        en = f'{ids.name} is not in column "{column}" of {table.path.name}; correct the id or leave the row out'
        raise _wrong(source, unknown, vi, en)


def _wrong(source: Source, rows: pl.Series, vi: str, en: str) -> TableError:
    where, name = row_numbers(source, rows), source.path.name
    return TableError(source.path, f"{name}, dòng {where}: {vi}", f"{name}, row {where}: {en}")
