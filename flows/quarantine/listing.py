"""What waits, as it is listed: filtered, aged and without a value of any row."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import polars as pl

import warehouse
from flows.quarantine.ageing import NO_UNIT, aged, counted, today
from flows.run import open_warehouse
from flows.settings import Settings

EVENTS = {
    "corrected": ("bản sửa", "corrections"),
    "accepted_as_is": ("dòng giữ nguyên", "rows kept as they are"),
    "withdrawn": ("dòng rút", "rows withdrawn"),
    "unclear": ("dòng chưa rõ", "rows not clear yet"),
}
"""What is counted of an import, in words."""
_ID_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for."""

    unit: str | None = None
    dataset: str | None = None
    rule: str | None = None
    is_overdue: bool = False


@contextmanager
def locked(settings: Settings) -> Iterator[warehouse.Connection]:
    """The warehouse, while no run is at work: a run must not meet answers that it did not plan with."""
    with open_warehouse(settings) as connection, warehouse.run_lock(connection):
        yield connection


def waiting(settings: Settings, wanted: Wanted) -> pl.DataFrame:
    """The aged rows that wait and are asked for."""
    with open_warehouse(settings) as connection:
        return aged(filtered(connection, settings, wanted), settings.quarantine, today())


def filtered(conn: warehouse.Connection, settings: Settings, wanted: Wanted) -> pl.DataFrame:
    """The open rows that are asked for."""
    rows = warehouse.quarantine.open_rows(conn)
    if wanted.unit is not None:
        rows = rows.filter(pl.col("unit").fill_null(NO_UNIT) == wanted.unit)
    if wanted.dataset is not None:
        rows = rows.filter(pl.col("dataset") == wanted.dataset)
    if wanted.rule is not None:
        rows = rows.filter(pl.col("rules").list.contains(wanted.rule))
    if wanted.is_overdue:
        late = aged(rows, settings.quarantine, today()).filter(pl.col("is_overdue"))["quarantine_id"]
        rows = rows.filter(pl.col("quarantine_id").is_in(late.implode()))
    return rows


def lines(rows: pl.DataFrame) -> pl.DataFrame:
    """Of each row id, place, unit, first rule, deadline and state; the oldest deadline first."""
    return rows.sort("fix_by", "quarantine_id").select(
        pl.col("quarantine_id").str.slice(0, _ID_SHOWN),
        place=pl.concat_str("file", pl.lit(", "), "row"),
        unit="unit",
        rule=pl.concat_str("dataset", pl.lit("."), pl.col("rules").list.first()),
        fix_by=pl.col("fix_by").dt.strftime("%d/%m/%Y"),
        state="state",
    )


def as_dict(rows: pl.DataFrame) -> dict[str, Any]:
    """Counts by unit and by rule, and the rows without their values."""
    by_rule = rows.with_columns(rule=pl.col("rules").list.first())
    shown = ("quarantine_id", "dataset", "unit", "delivery_id", "file", "row", "rules", "state", "age_days", "band")
    return {
        "waiting": rows.height,
        "by_unit": counted(rows, "unit", "dataset").to_dicts(),
        "by_rule": counted(by_rule, "dataset", "rule").to_dicts(),
        "rows": rows.select(*shown, "verify_by", "fix_by").to_dicts(),
    }
