"""Scores below the dataset: of each receiving unit, with its worst rule and its rows to fix, and of each field."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from contracts import received
from expectations import rollup

BROKEN = pl.Schema(
    {"dataset": pl.String, "unit": pl.String, "rule": pl.String, "failed": pl.Int64, "checked": pl.Int64}
)
_NOT_PERFECT = 99.99
"""One wrong number among millions is not rounded up to none."""
SCORES = pl.Schema(
    {
        "dataset": pl.String,
        "unit": pl.String,
        "record_count": pl.Int64,
        "to_fix_count": pl.Int64,
        "score": pl.Float64,
        "level": pl.String,
        "worst_rule": pl.String,
        "worst_rule_count": pl.Int64,
    }
)
"""The rows of the published table `quality_unit`, without the release."""


@dataclass(frozen=True, slots=True)
class UnitScores:
    """How receiving units fare; registers have none."""

    scores: pl.DataFrame
    """Of `SCORES`: one row a dataset and unit, those with most rows to fix first."""
    broken: pl.DataFrame
    """Of `BROKEN`: each rule that rows of a unit break, the most failures first; not of matching or repair."""

    @property
    def table(self) -> pl.DataFrame:
        """The rows of the published table `quality_unit`, without the release."""
        return self.scores.sort("dataset", "unit")


def score_units(tallies: pl.DataFrame, rows: Mapping[str, pl.DataFrame]) -> UnitScores:
    """Scores the units: `tallies` has the columns of `tally.RULES` and `unit`; `rows` are all rows by dataset."""
    local = {dataset: each for dataset, each in rows.items() if received()[dataset].roles}
    broken = _broken(local)
    worst = (
        broken.sort("failed", "rule", descending=[True, False])
        .group_by("dataset", "unit", maintain_order=True)
        .agg(worst_rule=pl.col("rule").first(), worst_rule_count=pl.col("failed").first())
    )
    by = ("dataset", "unit")
    score = pl.col("score").round(rollup.DIGITS)
    indexes = rollup.wholes(rollup.weighted(tallies, *by), *by).with_columns(score, level=rollup.levels())
    scores = _sizes(local).join(indexes, on=by, how="left").join(worst, on=by, how="left").select(SCORES.names())
    return UnitScores(scores.sort("to_fix_count", "dataset", "unit", descending=[True, False, False]), broken)


def _sizes(local: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    parts = [pl.DataFrame(schema={name: SCORES[name] for name in ("dataset", "unit", "record_count", "to_fix_count")})]
    for dataset, rows in local.items():
        counts = rows.group_by("unit").agg(
            record_count=pl.len().cast(pl.Int64), to_fix_count=(pl.col("rules").list.len() > 0).sum().cast(pl.Int64)
        )
        parts.append(counts.select(pl.lit(dataset).alias("dataset"), "unit", "record_count", "to_fix_count"))
    return pl.concat(parts)


def _broken(local: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    parts = [BROKEN.to_frame()]
    for dataset, rows in local.items():
        totals = rows.group_by("unit").agg(checked=pl.len().cast(pl.Int64))
        broken = rows.explode("rules").drop_nulls("rules")
        failed = broken.group_by("unit", rule="rules").agg(failed=pl.len().cast(pl.Int64))
        parts.append(failed.join(totals, on="unit").with_columns(dataset=pl.lit(dataset)).select(BROKEN.names()))
    return pl.concat(parts).sort("failed", "dataset", "unit", "rule", descending=[True, False, False, False])


def field_scores(scored: pl.DataFrame, rules: pl.DataFrame, rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """dataset, property, is_identifier, score, level, to_fix of every field that a rule checks.

    `scored` are the criteria of fields, `rules` the tally. An identifier that is not perfect on đúng, đủ and sạch is
    red, whatever its score (CV 4856).
    """
    means = rollup.fields(scored, "dataset").filter(pl.col("property") != "")
    strict = rules.filter(pl.col("criterion").is_in(rollup.PERFECT_CRITERIA))
    imperfect = strict.group_by("dataset", "property").agg(is_imperfect=(pl.col("failed") > 0).any())
    about = rollup.field_weights().select("dataset", "property", "is_identifier")
    joined = (
        means.join(about, on=["dataset", "property"])
        .join(imperfect, on=["dataset", "property"], how="left")
        .join(_to_fix(rules, rows), on=["dataset", "property"], how="left")
    )
    must_be_red = pl.col("is_identifier") & pl.col("is_imperfect").fill_null(False)
    return joined.select(
        "dataset",
        "property",
        "is_identifier",
        score=pl.min_horizontal(pl.col("score").round(rollup.DIGITS), pl.when(must_be_red).then(_NOT_PERFECT)),
        level=pl.when(must_be_red).then(pl.lit("red")).otherwise(rollup.levels()),
        to_fix=pl.col("to_fix").fill_null(0),
    ).sort("dataset", "property")


def _to_fix(rules: pl.DataFrame, rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    parts = [pl.DataFrame(schema={"dataset": pl.String, "property": pl.String, "to_fix": pl.Int64})]
    owners = rules.select("dataset", "rule", "property").drop_nulls()
    for dataset, each in rows.items():
        own = owners.filter(pl.col("dataset") == dataset).drop("dataset")
        broken = each.select("rules").with_row_index("row").explode("rules").drop_nulls("rules")
        failing = broken.join(own, left_on="rules", right_on="rule").select("row", "property").unique()
        counted = failing.group_by("property").agg(to_fix=pl.len().cast(pl.Int64))
        parts.append(counted.select(pl.lit(dataset).alias("dataset"), "property", "to_fix"))
    return pl.concat(parts)
