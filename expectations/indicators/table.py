"""The table of indicators: every record judged, counted by unit and period, all units together, rates and points.

A dossier belongs to the month and the year in which it was received, a registration to those of its registration. The
running period ends on the newest day held, never by a clock, so the same records give the same table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from contracts import Contract, received
from expectations.indicators import measures, reconciliation
from expectations.indicators.definition import ALL_UNITS, UNIT_UNKNOWN, WHOLE_RECORD, Definition, Variant
from expectations.indicators.definitions import DEFINITIONS
from expectations.indicators.measures import Measure

INDICATORS = pl.Schema(
    {
        "indicator": pl.String,
        "variant": pl.String,
        "dataset": pl.String,
        "role": pl.String,
        "unit": pl.String,
        "period": pl.String,
        "begins_on": pl.Date,
        "ends_on": pl.Date,
        "numerator": pl.Int64,
        "denominator": pl.Int64,
        "unknown": pl.Int64,
        "rate": pl.Float64,
        "points": pl.Float64,
    }
)
KEY = ("indicator", "variant", "dataset", "role", "unit", "period")
DAY = {"dossier": "received_at", "birth": "registered_on", "marriage": "registered_on", "death": "registered_on"}
"""The property whose day puts a record into a period."""
UNDATED = "?"
DAYS_AHEAD = 31
"""Books may be delivered this much later than dossiers."""
MONTHS_BY_UNIT = 25
"""The running month and the 24 before it are told by unit; earlier ones all units together, and years always by unit.

A window that moves by a month drops about as many rows as it adds, so gate two sees no table shrink."""

_GROUP = ("role", "unit", "begins_on", "ends_on")
_COUNTS = ("numerator", "denominator", "unknown")
_CODE_DATE_RULE = "code_date_near_received"
_PERIODS = {"1mo": "%Y-%m", "1y": "%Y"}

Key = tuple[str, Variant]


@dataclass(frozen=True, slots=True)
class Material:
    """What the indicators are reckoned from."""

    held: Mapping[str, pl.LazyFrame]
    """Rows held of each local dataset, standardised, with `failed_rules`."""
    decisions: pl.DataFrame
    """dataset, record_id, role, status of every role held."""
    disputed: pl.DataFrame
    """dataset, record_id, role of the linked roles that differ from the register."""
    quarantined: pl.DataFrame
    """dataset, unit, day of the rows in quarantine; unit and day are null where they could not be read."""
    faultless: Sequence[str]
    """Repairs that are held against nobody."""


def indicators(material: Material) -> pl.DataFrame:
    """The rows of the published table `indicator`, of `INDICATORS`, without the release; sorted by `KEY`."""
    parts = [INDICATORS.to_frame()]
    for dataset, newest in newest_days(material.held).items():
        parts += _of_dataset(dataset, material, newest)
    return pl.concat(parts).sort(KEY)


def newest_days(held: Mapping[str, pl.LazyFrame]) -> dict[str, date | None]:
    """The newest day on which a record of each local dataset was received or registered; None if there is none.

    One slip of the keyboard must not end a period years ahead: a dossier counts only if the day in its code agrees, a
    registration only up to DAYS_AHEAD of the dossiers. Where nothing agrees, all count.
    """
    days = {name: pl.col(f"{DAY[name]}__std").cast(pl.Date) for name in sorted(DAY) if name in held}
    found: dict[str, date | None] = {}
    bound: date | None = None
    if "dossier" in days:
        agrees = ~pl.col("failed_rules").list.contains(_CODE_DATE_RULE)
        bound = found["dossier"] = _newest(held["dossier"], days["dossier"], agrees)
    for name in days.keys() - {"dossier"}:
        latest = pl.lit(bound, pl.Date).dt.offset_by(f"{DAYS_AHEAD}d")
        found[name] = _newest(held[name], days[name], days[name] <= latest)
    return {name: found[name] for name in days}


def _newest(held: pl.LazyFrame, day: pl.Expr, agrees: pl.Expr) -> date | None:
    found: date | None = held.select(pl.coalesce(day.filter(agrees).max(), day.max())).collect().item()
    return found


def _of_dataset(dataset: str, material: Material, newest: date | None) -> list[pl.DataFrame]:
    held = material.held[dataset]
    placed = {"unit": _unit(received()[dataset]), "day": pl.col(f"{DAY[dataset]}__std").cast(pl.Date)}
    parts = []
    if dataset == "dossier":
        dossiers = held.select(
            *measures.COLUMNS, **placed, role=pl.lit(WHOLE_RECORD), tells_reuse=measures.tells_reuse()
        )
        parts.append(_tally(dossiers, dataset, _until(measures.of_dossiers(), newest), newest))
    parts.append(_tally(_roles(dataset, held, placed, material), dataset, reconciliation.of_roles(), newest))
    parts.append(_tally(_records(dataset, held, placed, material), dataset, reconciliation.of_records(), newest))
    return parts


def _unit(contract: Contract) -> pl.Expr:
    unit = pl.col(f"{contract.unit_property}__std")
    return pl.when(~unit.is_in([ALL_UNITS, UNIT_UNKNOWN])).then(unit).fill_null(UNIT_UNKNOWN)


def _until(judged: Mapping[Key, Measure], newest: date | None) -> dict[Key, Measure]:
    """Nothing can be said of dossiers received after the newest day that is borne out."""
    is_past = pl.col("day") <= pl.lit(newest, pl.Date)
    return {key: Measure(pl.when(is_past).then(each.met), each.applies) for key, each in judged.items()}


def _roles(dataset: str, held: pl.LazyFrame, placed: Mapping[str, pl.Expr], material: Material) -> pl.LazyFrame:
    keys = ("record_id", "role")
    own = material.decisions.lazy().filter(pl.col("dataset") == dataset).select(*keys, "status")
    differing = material.disputed.lazy().filter(pl.col("dataset") == dataset).select(keys).unique()
    marked = own.join(differing.with_columns(is_disputed=True), on=keys, how="left")
    told = marked.with_columns(pl.col("is_disputed").fill_null(False))
    return told.join(held.select("record_id", **placed), on="record_id", how="inner")


def _records(dataset: str, held: pl.LazyFrame, placed: Mapping[str, pl.Expr], material: Material) -> pl.LazyFrame:
    flags = {"is_repaired": reconciliation.is_repaired(material.faultless), "is_quarantined": pl.lit(False)}
    good = held.select(**placed, **flags)
    bad = material.quarantined.lazy().filter(pl.col("dataset") == dataset)
    rows = bad.select(
        pl.col("unit").fill_null(UNIT_UNKNOWN),
        "day",
        is_repaired=pl.lit(None, pl.Boolean),
        is_quarantined=pl.lit(True),
    )
    return pl.concat([good, rows]).with_columns(role=pl.lit(WHOLE_RECORD))


def _tally(rows: pl.LazyFrame, dataset: str, judged: Mapping[Key, Measure], newest: date | None) -> pl.DataFrame:
    """Rows (`role`, `unit`, `day` and what the measures read) counted by month and by year."""
    parts = [INDICATORS.to_frame()]
    for span, written in _PERIODS.items():
        counted = _counted(_in_periods(rows, span, newest), judged)
        period = pl.col("begins_on").dt.strftime(written).fill_null(UNDATED)
        told = counted if span == "1y" else counted.filter(_is_recent(newest) | (pl.col("unit") == ALL_UNITS))
        parts += [_rows_of(told, period, dataset, each) for each in DEFINITIONS if each.key in judged]
    # Rows without a day are of no month and of no year: they are told once.
    return pl.concat(parts).unique(KEY)


def _in_periods(rows: pl.LazyFrame, span: str, newest: date | None) -> pl.LazyFrame:
    begins_on = pl.col("day").dt.truncate(span)
    ends_on = begins_on.dt.offset_by(span).dt.offset_by("-1d")
    is_running = pl.lit(newest, pl.Date).is_between(begins_on, ends_on)
    return rows.with_columns(
        begins_on=begins_on, ends_on=pl.when(is_running).then(pl.lit(newest, pl.Date)).otherwise(ends_on)
    )


def _is_recent(newest: date | None) -> pl.Expr:
    first = pl.lit(newest, pl.Date).dt.truncate("1mo").dt.offset_by(f"-{MONTHS_BY_UNIT - 1}mo")
    return (pl.col("begins_on") >= first).fill_null(True)


def _counted(rows: pl.LazyFrame, judged: Mapping[Key, Measure]) -> pl.DataFrame:
    """One row for each role, unit and period, and for all units together; three columns a measure."""
    sums = []
    for key, each in judged.items():
        counts = (each.applies & each.met, each.applies & each.met.is_not_null(), each.applies & each.met.is_null())
        sums += [
            is_in.sum().cast(pl.Int64).alias(_name(key, count)) for is_in, count in zip(counts, _COUNTS, strict=True)
        ]
    by_unit = rows.group_by(_GROUP).agg(sums).collect()
    together = by_unit.with_columns(unit=pl.lit(ALL_UNITS)).group_by(_GROUP).agg(pl.exclude(_GROUP).sum())
    return pl.concat([by_unit, together])


def _rows_of(counted: pl.DataFrame, period: pl.Expr, dataset: str, each: Definition) -> pl.DataFrame:
    counts = {count: pl.col(_name(each.key, count)) for count in _COUNTS}
    told = counted.select(
        *_GROUP,
        indicator=pl.lit(each.indicator),
        variant=pl.lit(each.variant),
        dataset=pl.lit(dataset),
        period=period,
        **counts,
    )
    return told.with_columns(rate=_rate()).with_columns(points=_points(each)).select(INDICATORS.names())


def _name(key: Key, count: str) -> str:
    return ".".join((*key, count))


def _rate() -> pl.Expr:
    """Percent with two decimals, halves up, as the national rule rounds; in whole numbers, so alike on all machines."""
    met, judged = pl.col("numerator"), pl.col("denominator")
    return pl.when(judged > 0).then(_hundredths((met * 20_000 + judged) // (2 * judged)))


def _points(each: Definition) -> pl.Expr:
    """Linear up to all points, from the rate as printed, with two decimals."""
    if each.max_points is None or each.full_points_from is None:
        return pl.lit(None, pl.Float64)
    hundredths = (pl.col("rate") * each.max_points / each.full_points_from * 100 + 0.5).floor()
    return _hundredths(hundredths).clip(upper_bound=each.max_points)


def _hundredths(count: pl.Expr) -> pl.Expr:
    # Rounded once more: polars multiplies by 1/100, and 190 of them would be 1.9000000000000001.
    return (count / 100).round(2)
