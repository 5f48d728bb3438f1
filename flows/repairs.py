"""The repair log: each repair of each record; and in figures, the rows each touched, by field and receiving unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from contracts import received
from flows.workspace import Workspace
from matching.standardise.vocabulary import BEFORE, DOCUMENTED_FORMS, TECHNICAL

NO_FAULTS = (*TECHNICAL, *DOCUMENTED_FORMS)
"""Repairs that are counted but held against nobody."""
UNIT_UNKNOWN = "?"
WORST_UNITS = 30
"""How many lines of receiving units the report carries."""

_TOTALS = pl.Schema(
    {"dataset": pl.String, "property": pl.String, "repair": pl.String, "rows": pl.Int64, "share": pl.Float64}
)
_UNITS = pl.Schema({"dataset": pl.String, "unit": pl.String, "repair": pl.String, "rows": pl.Int64, "held": pl.Int64})
_NEED = pl.Schema({"dataset": pl.String, "unit": pl.String, "checked": pl.Int64, "failed": pl.Int64})
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class RepairLog:
    """What standardising had to repair in the rows held."""

    totals: pl.DataFrame
    """dataset, property, repair, rows, share of the rows held; by dataset, most rows first."""
    units: pl.DataFrame
    """dataset, unit, repair, rows, held: rows of a unit that needed a repair; the worst first, without NO_FAULTS."""
    need: pl.DataFrame
    """dataset, unit, checked, failed: rows held of a unit, and those that needed a repair that is a fault.

    Registers have one line, without a unit.
    """

    def as_dict(self) -> dict[str, Any]:
        """The `repairs` part of a run's summary."""
        return {"totals": self.totals.to_dicts(), "units": self.units.head(WORST_UNITS).to_dicts()}


def log(held: Mapping[str, pl.LazyFrame]) -> RepairLog:
    """Counts the `repairs` of the rows held, by dataset."""
    totals, units, need = [_TOTALS.to_frame()], [_UNITS.to_frame()], [_NEED.to_frame()]
    for dataset in sorted(held):
        contract = received()[dataset]
        rows = held[dataset].select("repairs", unit=_unit(contract.unit_property)).collect().with_row_index("row")
        repairs = _one_a_line(rows)
        totals.append(_totals(repairs, rows.height, dataset))
        need.append(_need(repairs, rows, dataset))
        if contract.roles:
            units.append(_units(repairs, rows, dataset))
    return RepairLog(
        pl.concat(totals),
        pl.concat(units).sort("rows", "dataset", "unit", "repair", descending=[True, False, False, False]),
        pl.concat(need),
    )


def lines(rows: pl.LazyFrame, dataset: str) -> pl.LazyFrame:
    """The log of standardised rows: record_id, property, repair, before (the kind of form), after (the standard value).

    One line for each repair of each record; what stood there word for word is the record's original.
    """
    values = {name: pl.col(f"{name}__std").cast(pl.String) for name in received()[dataset].names}
    told = rows.select("record_id", "repairs", **values).explode("repairs").drop_nulls("repairs")
    parts = pl.col("repairs").str.splitn(":", 2).struct
    named = told.with_columns(_property=parts.field("field_0"), _repair=parts.field("field_1"))
    return named.select(
        "record_id",
        property="_property",
        repair="_repair",
        before=pl.col("_repair").replace_strict(BEFORE, default=None, return_dtype=pl.String),
        after=pl.coalesce(pl.when(pl.col("_property") == name).then(name) for name in values),
    )


def keep(held: Mapping[str, pl.LazyFrame], workspace: Workspace) -> None:
    """Writes the log of all rows held, a file a dataset, each whole or not at all."""
    workspace.repairs.mkdir(parents=True, exist_ok=True)
    for dataset, rows in held.items():
        unfinished = workspace.repairs / f".{dataset}.parquet"
        lines(rows, dataset).sink_parquet(unfinished)
        unfinished.rename(workspace.repairs / f"{dataset}.parquet")


def _unit(name: str | None) -> pl.Expr:
    return pl.lit(None, pl.String) if name is None else pl.col(f"{name}__std").fill_null(UNIT_UNKNOWN)


def _one_a_line(rows: pl.DataFrame) -> pl.DataFrame:
    """row, unit, property, repair: one line for each repair of each row."""
    lines = rows.explode("repairs").drop_nulls("repairs")
    parts = pl.col("repairs").str.splitn(":", 2).struct
    return lines.select("row", "unit", property=parts.field("field_0"), repair=parts.field("field_1"))


def _is_fault() -> pl.Expr:
    return ~pl.col("repair").is_in(NO_FAULTS)


def _totals(repairs: pl.DataFrame, held: int, dataset: str) -> pl.DataFrame:
    counted = repairs.group_by("property", "repair").agg(rows=pl.len().cast(pl.Int64))
    share = (pl.col("rows") / held).round(_DIGITS)
    told = counted.with_columns(dataset=pl.lit(dataset), share=share).select(_TOTALS.names())
    return told.sort("rows", "property", "repair", descending=[True, False, False])


def _units(repairs: pl.DataFrame, rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
    held = rows.group_by("unit").agg(held=pl.len().cast(pl.Int64))
    faults = repairs.filter(_is_fault()).group_by("unit", "repair").agg(rows=pl.col("row").n_unique().cast(pl.Int64))
    return faults.join(held, on="unit").with_columns(dataset=pl.lit(dataset)).select(_UNITS.names())


def _need(repairs: pl.DataFrame, rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
    placed = rows if received()[dataset].roles else rows.with_columns(unit=pl.lit(None, pl.String))
    faulty = repairs.filter(_is_fault())["row"].unique()
    counted = placed.group_by("unit").agg(
        checked=pl.len().cast(pl.Int64), failed=pl.col("row").is_in(faulty.implode()).sum().cast(pl.Int64)
    )
    return counted.with_columns(dataset=pl.lit(dataset)).select(_NEED.names()).sort("unit")
