"""The data-quality index: how many rows pass each rule, rolled up from rule to criterion, field, dataset and all.

The five criteria are đúng (right), đủ (complete), sạch (clean), sống (alive) and thống nhất (agreeing with the
register). A rule's score is passed / checked × 100 over the rows held and the rows in quarantine; `expectations.rollup`
leads from each level to the next, for all rows and for those of each receiving unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from contracts import received
from expectations import catalogue, rollup, tally
from expectations.across import FAILURES, Judged
from expectations.rollup import DIGITS, Level, level_of
from expectations.units import UnitScores, field_scores, score_units

WORST_UNITS = 50
"""How many lines of receiving units the report carries."""
NOT_JUDGED = Judged((), FAILURES.to_frame())


@dataclass(frozen=True, slots=True)
class DatasetScore:
    """The index of one dataset."""

    index: float
    by_criterion: Mapping[str, float]
    rows: int
    to_fix: int
    """Rows that break a rule, held or in quarantine."""


@dataclass(frozen=True, slots=True)
class QualityReport:
    """All scores, from 0 to 100; None where no row was checked."""

    index: float | None
    by_criterion: Mapping[str, float]
    by_dataset: Mapping[str, DatasetScore]
    rules: pl.DataFrame
    """Of `tally.RULES`: every rule of every dataset, failed or not."""
    fields: pl.DataFrame
    """dataset, property, is_identifier, score, level, to_fix; an identifier below 100 is red whatever its mean."""
    units: UnitScores = field(repr=False)

    @property
    def level(self) -> Level | None:
        """green, yellow or red."""
        return level_of(self.index)

    @property
    def table(self) -> pl.DataFrame:
        """The rows of the published table `quality`, without the release."""
        return self.rules.drop("title_vi", "title_en").with_columns(level=rollup.levels())

    def as_dict(self) -> dict[str, Any]:
        """The `quality` part of a run's summary."""
        return {
            "index": self.index,
            "level": self.level,
            "by_criterion": dict(self.by_criterion),
            "by_dataset": {dataset: _told(each) for dataset, each in self.by_dataset.items()},
            "rules": self.rules.to_dicts(),
            "fields": self.fields.to_dicts(),
            "units": self.units.broken.head(WORST_UNITS).to_dicts(),
            "unit_scores": self.units.scores.head(WORST_UNITS).to_dicts(),
        }


def _told(each: DatasetScore) -> dict[str, Any]:
    return {
        "index": each.index,
        "level": level_of(each.index),
        "by_criterion": dict(each.by_criterion),
        "rows": each.rows,
        "to_fix": each.to_fix,
    }


@dataclass(frozen=True, slots=True)
class Beside:
    """What the index takes in besides the rules over rows."""

    decisions: pl.DataFrame | None = None
    """dataset, role, status, and unit where known: adds, for each role, the share found in the register among those
    that could be looked up."""
    repairs: pl.DataFrame | None = None
    """dataset, checked, failed, and unit where known: adds the share of rows that needed no repair."""
    across: Judged = NOT_JUDGED
    """The rules across rows that could judge; their failures stand in `failed_rules` already."""
    late: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    """By dataset and rule of freshness, whether it failed."""


def quality(
    held: Mapping[str, pl.DataFrame | pl.LazyFrame],
    quarantined: pl.DataFrame | None = None,
    beside: Beside | None = None,
) -> QualityReport:
    """Scores the rows held (by dataset: `failed_rules`, `unit`) together with those in quarantine.

    `quarantined` is of the quarantine's shape (`dataset`, `rules`, `original`). Rows whose rule no suite has could not
    be read: they count under `row_readable`.
    """
    beside = beside or Beside()
    rows = _rows(held, quarantined, beside)
    counts = pl.concat(
        [
            tally.COUNTS.to_frame(),
            *(tally.of_rows(dataset, each, beside.across.rules) for dataset, each in rows.items()),
            tally.of_register(beside.decisions),
            tally.of_repairs(beside.repairs),
            tally.of_freshness(beside.late),
        ]
    )
    known = _facts(rows, beside)
    rules = tally.with_facts(_summed(counts, known), known).sort("dataset", "rule")
    scored = rollup.weighted(rules, "dataset")
    return QualityReport(
        index=_rounded(rollup.wholes(scored, "dataset")["score"].mean()),
        by_criterion=_by_criterion(scored),
        by_dataset=_by_dataset(scored, rows),
        rules=rules,
        fields=field_scores(scored, rules, rows),
        units=score_units(tally.with_facts(counts.drop_nulls("unit"), known), rows),
    )


def _rows(
    held: Mapping[str, pl.DataFrame | pl.LazyFrame], quarantined: pl.DataFrame | None, beside: Beside
) -> dict[str, pl.DataFrame]:
    datasets = set(held) | (set(quarantined["dataset"]) if quarantined is not None else set())
    rows = {}
    for dataset in sorted(datasets):
        own = held[dataset].lazy().select("failed_rules", "unit").collect() if dataset in held else None
        rules = [each for each in beside.across.rules if each.dataset == dataset]
        rows[dataset] = tally.rows_of(received()[dataset], own, quarantined, rules)
    return rows


def _facts(rows: Mapping[str, pl.DataFrame], beside: Beside) -> list[dict[str, Any]]:
    known = [each for dataset in rows for each in catalogue.of_dataset(dataset, beside.across.rules)]
    if beside.decisions is not None:
        roles = beside.decisions.select("dataset", "role").unique().sort("dataset", "role")
        known += [catalogue.of_register(dataset, role) for dataset, role in roles.iter_rows()]
    if beside.repairs is not None:
        known += [catalogue.of_repairs(dataset) for dataset in beside.repairs["dataset"].unique().sort()]
    late = [each for dataset in beside.late for each in catalogue.of_freshness(received()[dataset])]
    return known + [each for each in late if each["rule"] in beside.late[each["dataset"]]]


def _summed(counts: pl.DataFrame, known: list[dict[str, Any]]) -> pl.DataFrame:
    """The counts of all units together; a rule over no row at all is there, unchecked."""
    every = pl.DataFrame([(each["dataset"], each["rule"]) for each in known], schema=["dataset", "rule"], orient="row")
    every = every.cast({"dataset": pl.String, "rule": pl.String})
    totals = counts.group_by("dataset", "rule").agg(pl.col("checked").sum(), pl.col("failed").sum())
    joined = every.join(totals, on=["dataset", "rule"], how="left")
    return joined.with_columns(pl.col("checked", "failed").fill_null(0))


def _by_criterion(scored: pl.DataFrame) -> dict[str, float]:
    means = rollup.mean(rollup.criteria(scored, "dataset").with_columns(weight=1.0), "criterion")
    return {name: round(score, DIGITS) for name, score in means.select("criterion", "score").iter_rows()}


def _by_dataset(scored: pl.DataFrame, rows: Mapping[str, pl.DataFrame]) -> dict[str, DatasetScore]:
    criteria = rollup.criteria(scored, "dataset")
    found = {}
    for dataset, score in rollup.wholes(scored, "dataset").select("dataset", "score").iter_rows():
        own = criteria.filter(pl.col("dataset") == dataset).select("criterion", "score")
        all_rows = rows.get(dataset, tally.ROWS.to_frame())
        found[dataset] = DatasetScore(
            index=round(score, DIGITS),
            by_criterion={name: round(each, DIGITS) for name, each in own.iter_rows()},
            rows=all_rows.height,
            to_fix=int((all_rows["rules"].list.len() > 0).sum()),
        )
    return found


def _rounded(score: object) -> float | None:
    return round(score, DIGITS) if isinstance(score, float) else None
