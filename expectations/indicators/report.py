"""The indicators of a run: the table to be published, and the few rows of it that the summary and the report carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from expectations.indicators.definition import ALL_UNITS
from expectations.indicators.definitions import definition_table
from expectations.indicators.table import INDICATORS, Material, indicators, newest_days

MONTHS_TOLD = 13
"""The running month and the twelve before it."""
UNITS_TOLD = 15
"""Units with the most dossiers in the running year."""

_SERVICE = pl.col("variant") != "own"
_IS_MONTH = pl.col("period").str.len_chars() == len("2026-11")


@dataclass(frozen=True, slots=True)
class IndicatorReport:
    """`table` of INDICATORS; `newest` has the newest day held of each dataset, ISO."""

    table: pl.DataFrame = field(repr=False)
    newest: Mapping[str, str]

    @property
    def definitions(self) -> pl.DataFrame:
        """What was reckoned, in words: the rows of the published table `indicator_definition`, without the release."""
        return definition_table().join(self.table, on=["indicator", "variant"], how="semi", maintain_order="left")

    def as_dict(self) -> dict[str, Any]:
        """The `indicators` part of a run's summary."""
        year = self._running_year()
        whole = self.table.filter(pl.col("unit") == ALL_UNITS)
        return {
            "newest": dict(self.newest),
            "year": year,
            "rates": whole.filter(_is_of(year)).select(_TOLD).to_dicts(),
            "months": self._months(whole).select(_TOLD).to_dicts(),
            "units": self._units(year).select(_TOLD).to_dicts(),
        }

    def _running_year(self) -> str | None:
        days = [self.newest["dossier"]] if "dossier" in self.newest else list(self.newest.values())
        return max(days)[:4] if days else None

    def _months(self, whole: pl.DataFrame) -> pl.DataFrame:
        last = self.newest.get("dossier", "")[:7]
        months = whole.filter(_SERVICE & _IS_MONTH & (pl.col("period") <= last))
        told = months["period"].unique().sort().tail(MONTHS_TOLD)
        return months.filter(pl.col("period").is_in(told.implode()))

    def _units(self, year: str | None) -> pl.DataFrame:
        own = self.table.filter((pl.col("variant") == "official") & _is_of(year))
        own = own.filter(pl.col("unit") != ALL_UNITS)
        size = own.filter(pl.col("indicator") == "on_time").select(
            "unit", size=pl.col("denominator") + pl.col("unknown")
        )
        largest = size.sort("size", "unit", descending=[True, False]).head(UNITS_TOLD)
        return largest.join(own, on="unit", how="inner", maintain_order="left_right").drop("size")


def report(material: Material) -> IndicatorReport:
    """The indicators of all records held."""
    days = newest_days(material.held)
    return IndicatorReport(indicators(material), {name: day.isoformat() for name, day in days.items() if day})


def _is_of(year: str | None) -> pl.Expr:
    """Of the year; where there is none, nothing is held."""
    return pl.col("period") == pl.lit(year, pl.String)


_TOLD = [each for each in INDICATORS if each not in ("begins_on", "ends_on")]
