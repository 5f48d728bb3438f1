"""The published indicators, chosen by period, unit and variant: as tables, or as JSON for a reporting system."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import polars as pl
from rich.console import Console

from expectations.indicators import ALL_UNITS, DEFINITIONS, WHOLE_RECORD
from flows.console_table import ConsoleTable, figure, label, whole
from flows.console_table import show as show_tables
from flows.errors import NotPublishedError
from flows.numbers import grouped
from flows.run import open_warehouse
from flows.settings import Settings
from warehouse import reading

_COLUMNS = (
    label("chỉ số", "indicator"),
    whole("cách tính, dữ liệu", "variant, dataset"),
    figure("tử số", "numerator"),
    figure("mẫu số", "denominator"),
    figure("không xét", "unknown"),
    figure("tỷ lệ", "rate %"),
    figure("điểm", "points"),
)
SCHEMA, SCHEMA_VERSION = "doisoat.indicators", 1
"""Of the JSON, described in docs/indicators.md; the version changes when a reader would have to."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which indicators are asked for; no month means the newest year, no unit all together, no variant every one."""

    period: str | None = None
    unit: str | None = None
    variants: tuple[str, ...] = ()
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Rows and definitions of a release; None before the first."""

    release: int | None
    rows: pl.DataFrame
    definitions: pl.DataFrame


def chosen(settings: Settings, wanted: Wanted) -> Told:
    """What is published of it; NotPublishedError if there is no such period, unit or variant."""
    with open_warehouse(settings) as connection:
        release = reading.state(connection).release
        rows, definitions = reading.indicators(connection), reading.indicator_definitions(connection)
    _check("--month", wanted.period, rows["period"])
    _check("--unit", wanted.unit, rows["unit"])
    for each in wanted.variants:
        _check("--variant", each, definitions["variant"])
    # Typed, for without rows there is no newest year, and polars warns of a comparison with None.
    found = rows.filter(pl.col("period") == pl.lit(wanted.period or _newest_year(rows), pl.String))
    is_whole = pl.col("unit") == (wanted.unit or ALL_UNITS)
    found = found.filter(pl.col("unit") != ALL_UNITS if wanted.by_unit else is_whole)
    if wanted.variants:
        found = found.filter(pl.col("variant").is_in(wanted.variants))
    return Told(release, found, definitions)


def as_json(told: Told) -> str:
    """The document for a reporting system: schema and version, release, definitions, rows."""
    definitions = told.definitions.join(told.rows, on=["indicator", "variant"], how="semi", maintain_order="left")
    document = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "release": told.release,
        "definitions": definitions.to_dicts(),
        "rows": told.rows.to_dicts(),
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=str)


def show(told: Told, console: Console) -> None:
    """A table for each unit."""
    if told.rows.is_empty():
        console.print("Chưa công bố chỉ số nào như vậy. · No such indicator is published yet.", highlight=False)
        return
    show_tables(console, *tables(told))
    console.print(
        "Định nghĩa: docs/indicators.md, bảng published.indicator_definition hoặc --json.\n"
        "Definitions: docs/indicators.md, the table published.indicator_definition, or --json.",
        highlight=False,
    )


def tables(told: Told) -> Iterator[ConsoleTable]:
    """A table for each unit."""
    titles = {(each["indicator"], each["variant"]): each for each in told.definitions.iter_rows(named=True)}
    for of_unit in told.rows.partition_by("unit", maintain_order=True):
        first = of_unit.row(0, named=True)
        where = "Mọi đơn vị · all units" if first["unit"] == ALL_UNITS else first["unit"]
        when = f"{first['period']} ({first['begins_on']:%d/%m/%Y} – {max(of_unit['ends_on']):%d/%m/%Y})"
        title = f"{where}\n{when}, bản phát hành · release {told.release}"
        ordered = sorted(of_unit.iter_rows(named=True), key=_place)
        rows = [_cells(each, titles[each["indicator"], each["variant"]]) for each in ordered]
        yield ConsoleTable(title, _COLUMNS, rows, is_label_above=True)


def _place(row: Mapping[str, Any]) -> int:
    """In the order of QĐ 766, then the reconciliation's own; what this version does not know comes last."""
    keys = [each.key for each in DEFINITIONS]
    key = (row["indicator"], row["variant"])
    return keys.index(key) if key in keys else len(keys)


def _newest_year(rows: pl.DataFrame) -> object:
    """The newest year in which anything was judged, of dossiers if there are any; a mistyped date makes none."""
    years = rows.filter((pl.col("period").str.len_chars() == len("2026")) & (pl.col("denominator") > 0))
    of_service = years.filter(pl.col("variant") != "own")
    return (years if of_service.is_empty() else of_service)["period"].max()


def _check(option: str, given: str | None, known: pl.Series) -> None:
    """Names what is published if what was asked for is not; before the first release nothing can be wrong."""
    if given is None or known.is_empty() or given in known:
        return
    words = sorted(set(known) - {ALL_UNITS})
    near = get_close_matches(given, words, n=3, cutoff=0.5) or [words[0], words[-1]]
    raise NotPublishedError(option, given, near)


def _cells(row: Mapping[str, Any], definition: Mapping[str, Any]) -> tuple[str, ...]:
    counted = row["dataset"] if row["role"] == WHOLE_RECORD else f"{row['dataset']}.{row['role']}"
    counts = (grouped(row[each]) for each in ("numerator", "denominator", "unknown"))
    rate = "–" if row["rate"] is None else f"{row['rate']:.2f}"
    points = "" if row["points"] is None else f"{row['points']:g}/{definition['max_points']:g}"
    title = f"{definition['title_vi']} · {definition['title_en']}"
    return (title, f"{row['variant']}, {counted}", *counts, rate, points)
