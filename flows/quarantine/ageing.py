"""How long rows have waited, against the days to verify and to fix.

CV 4856/BCA-TTDLQG gives 5 days to verify and 5 to fix, 15 in complex cases. It does not say of what kind; `days` of a
term without a word are calendar days (Civil Code 2015, articles 147–148), so these are the default.
"""

import datetime as dt
from typing import Any

import polars as pl

from flows.run import TIMEZONE
from flows.settings import QuarantineTerms

BANDS = ("within_verify", "within_fix", "over")
NO_UNIT = "?"
UNITS_SHOWN = 50
"""How many units the summary carries, the worst first."""


def today() -> dt.date:
    """The day in Viet Nam."""
    return dt.datetime.now(TIMEZONE).date()


def aged(rows: pl.DataFrame, terms: QuarantineTerms, on: dt.date) -> pl.DataFrame:
    """The rows with `verify_by`, `fix_by` (of a returned row its own deadline), `age_days`, `band`, `is_overdue`."""
    first = pl.col("first_seen_at").dt.date()
    dated = rows.with_columns(
        verify_by=_after(first, terms.verify_days, terms),
        fix_by=pl.coalesce("returned_until", _after(first, terms.verify_days + terms.fix_days, terms)),
        age_days=(pl.lit(on) - first).dt.total_days(),
        unit=pl.col("unit").fill_null(NO_UNIT),
    )
    is_overdue = pl.col("fix_by") < on
    band = pl.when(is_overdue).then(pl.lit("over")).when(pl.col("verify_by") < on).then(pl.lit("within_fix"))
    return dated.with_columns(is_overdue=is_overdue, band=band.otherwise(pl.lit("within_verify")))


def deadline(on: dt.date, terms: QuarantineTerms, *, is_complex: bool) -> dt.date:
    """The day until which a row that is given back on this day must be corrected."""
    days = terms.complex_days if is_complex else terms.fix_days
    found: dt.date = pl.select(_after(pl.lit(on), days, terms)).item()
    return found


def counted(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Aged rows by these keys: how many wait, in which band, answered; the most overdue first."""
    bands = [(pl.col("band") == band).sum().alias(band) for band in BANDS]
    answered = (pl.col("state") == "answered").sum().alias("answered")
    oldest = pl.col("age_days").max().alias("oldest_days")
    counts = rows.group_by(*keys).agg(pl.len().alias("waiting"), answered, *bands, oldest)
    return counts.sort("over", "waiting", *keys, descending=[True, True, *(False for _ in keys)])


def as_summary(rows: pl.DataFrame, terms: QuarantineTerms, on: dt.date) -> dict[str, Any]:
    """The `quarantine` part of a run's summary: totals, and the units with most rows overdue."""
    dated = aged(rows, terms, on)
    states = dict(dated["state"].value_counts().sort("state").iter_rows())
    bands = {band: dated.filter(pl.col("band") == band).height for band in BANDS}
    by_unit = counted(dated, "unit", "dataset").head(UNITS_SHOWN).to_dicts()
    return {"waiting": dated.height, **bands, "by_state": states, "units": by_unit}


def _after(first: pl.Expr, days: int, terms: QuarantineTerms) -> pl.Expr:
    if terms.day_count == "calendar":
        return first.dt.offset_by(f"{days}d")
    return first.dt.add_business_days(days, holidays=terms.holidays, roll="backward")
