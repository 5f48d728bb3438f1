"""Rules across rows and datasets: references, duplicates under two keys, and records that nobody updates any more.

They are judged on all rows held, every run anew: whether a reference holds changes with the row it points to, which a
suite over tonight's rows cannot see. Pure polars; each rule says which records fail, and nothing where it cannot judge.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from expectations.groups import ErrorGroup

RowsHeld = Mapping[str, pl.LazyFrame]
"""All rows held in standard form, by dataset."""

FAILURES = pl.Schema({"dataset": pl.String, "record_id": pl.String, "rule": pl.String})


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules hold the rows against besides the rows."""

    procedures: frozenset[str] | None = None
    """Codes of the operator's catalogue of procedures; None where none was given."""
    units: frozenset[str] | None = None
    """Codes of offices, likewise."""
    delivered_on: Mapping[str, date] = field(default_factory=dict)
    """Day of the newest delivery, by dataset."""

    def digest(self) -> list[list[str] | None]:
        """What tells two pairs of catalogues apart, as a JSON-able value."""
        return [None if each is None else sorted(each) for each in (self.procedures, self.units)]


Fails = Callable[[RowsHeld, Known], pl.LazyFrame | None]
"""record_id of the rows that fail; None where the rule cannot judge."""


@dataclass(frozen=True, slots=True)
class AcrossRule:
    """One rule over all rows held of a dataset. All are warnings: no row is at fault alone."""

    dataset: str
    rule: str
    property: str
    criterion: str
    group: ErrorGroup
    title_vi: str
    title_en: str
    source: str
    fails: Fails


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules across rows found."""

    rules: tuple[AcrossRule, ...]
    """Those that could judge."""
    failures: pl.DataFrame
    """dataset, record_id, rule; sorted."""


def judge(rules: Iterable[AcrossRule], held: RowsHeld, known: Known) -> Judged:
    """Judges the rows held by each rule that can."""
    able, parts = [], [FAILURES.to_frame()]
    for each in rules:
        failing = each.fails(held, known) if each.dataset in held else None
        if failing is None:
            continue
        able.append(each)
        found = failing.select("record_id").unique().collect(engine="streaming")
        parts.append(found.select(pl.lit(each.dataset).alias("dataset"), "record_id", rule=pl.lit(each.rule)))
    return Judged(tuple(able), pl.concat(parts).sort(FAILURES.names()))


def with_failures(rows: pl.LazyFrame, dataset: str, failures: pl.DataFrame) -> pl.LazyFrame:
    """The rows held with the rules across rows that each fails among its `failed_rules`, which stay sorted."""
    own = failures.filter(pl.col("dataset") == dataset)
    if own.is_empty():
        return rows
    by_record = own.group_by("record_id").agg(_across="rule").lazy()
    joined = rows.join(by_record, on="record_id", how="left", maintain_order="left")
    both = pl.concat_list("failed_rules", pl.col("_across").fill_null(pl.lit([], pl.List(pl.String))))
    return joined.with_columns(failed_rules=both.list.unique().list.sort()).drop("_across")
