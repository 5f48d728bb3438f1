"""The data-quality index: how many rows pass each rule, rolled up from rule to criterion, field, dataset and all.

The five criteria are đúng (right), đủ (complete), sạch (clean), sống (alive) and thống nhất (agreeing with the
register). A rule's score is passed / checked × 100 over the rows held and the rows in quarantine; a weighted mean leads
from each level to the next. Weights and levels are below; the source (CV 4856/BCA-TTDLQG as read) states no weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from contracts import Contract, received
from expectations.tally import by_rule, by_unit, rows_of

Level = Literal["green", "yellow", "red"]

GREEN_FROM, YELLOW_FROM = 90.0, 75.0
"""Levels of CV 4856: green from 90, yellow from 75, else red."""
ERROR_RULE_WEIGHT, WARNING_RULE_WEIGHT = 2.0, 1.0
"""A rule whose breach makes a row unusable weighs double. Criteria of a field, and datasets, weigh the same."""
KEY_FIELD_WEIGHT, REQUIRED_FIELD_WEIGHT, OTHER_FIELD_WEIGHT = 3.0, 2.0, 1.0
"""Identifiers must be perfect (CV 4856), so they weigh most; rules over the whole row weigh as one further field."""
WORST_UNITS = 50
"""How many lines of receiving units the report carries."""

_IDENTIFIER_KINDS = ("identifier", "citizen_id", "tax_code")
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class DatasetScore:
    """The index of one dataset."""

    index: float
    by_criterion: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QualityReport:
    """All scores, from 0 to 100; None where no row was checked."""

    index: float | None
    by_criterion: Mapping[str, float]
    by_dataset: Mapping[str, DatasetScore]
    rules: pl.DataFrame
    """dataset, rule, property, criterion, severity, checked, failed, score, title_vi, title_en."""
    units: pl.DataFrame = field(repr=False)
    """dataset, unit, rule, failed, checked; the worst receiving units first."""

    @property
    def level(self) -> Level | None:
        """green, yellow or red; judged by the index as printed, so that 90.00 is never yellow."""
        if self.index is None:
            return None
        if self.index >= GREEN_FROM:
            return "green"
        return "yellow" if self.index >= YELLOW_FROM else "red"

    @property
    def table(self) -> pl.DataFrame:
        """The rows of the published table `quality`, without the release."""
        return self.rules.drop("title_vi", "title_en")

    def as_dict(self) -> dict[str, Any]:
        """The `quality` part of a run's summary."""
        return {
            "index": self.index,
            "level": self.level,
            "by_criterion": dict(self.by_criterion),
            "by_dataset": {
                dataset: {"index": each.index, "by_criterion": dict(each.by_criterion)}
                for dataset, each in self.by_dataset.items()
            },
            "rules": self.rules.to_dicts(),
            "units": self.units.head(WORST_UNITS).to_dicts(),
        }


def quality(
    held: Mapping[str, pl.DataFrame | pl.LazyFrame],
    quarantined: pl.DataFrame | None = None,
    *,
    decisions: pl.DataFrame | None = None,
    repairs: pl.DataFrame | None = None,
) -> QualityReport:
    """Scores the rows held (by dataset: `failed_rules`, `unit`) together with those in quarantine.

    `quarantined` is of the quarantine's shape (`dataset`, `rules`, `original`). Rows whose rule no suite has could not
    be read: they count under `row_readable`. `decisions` (`dataset`, `role`, `status`) adds, for each role, the share
    found in the register among those that could be looked up. `repairs` (`dataset`, `checked`, `failed`) adds, for each
    dataset, the share of rows that standardising did not have to repair.
    """
    rows = _rows(held, quarantined)
    rules = by_rule(rows, decisions, repairs)
    scored = _weighted(rules.filter(pl.col("checked") > 0))
    return QualityReport(
        index=_overall(scored),
        by_criterion=_overall_by_criterion(scored),
        by_dataset=_by_dataset(scored),
        rules=rules,
        units=by_unit(rows),
    )


def _rows(held: Mapping[str, pl.DataFrame | pl.LazyFrame], quarantined: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    datasets = set(held) | (set(quarantined["dataset"]) if quarantined is not None else set())
    rows = {}
    for dataset in sorted(datasets):
        own = held[dataset].lazy().select("failed_rules", "unit").collect() if dataset in held else None
        rows[dataset] = rows_of(received()[dataset], own, quarantined)
    return rows


def _weighted(rules: pl.DataFrame) -> pl.DataFrame:
    """Rules to the criteria of each field: one row a dataset, field and criterion."""
    weight = pl.when(pl.col("severity") == "error").then(ERROR_RULE_WEIGHT).otherwise(WARNING_RULE_WEIGHT)
    keyed = rules.with_columns(pl.col("property").fill_null(""), weight=weight)
    keyed = keyed.join(_field_weights(), on=["dataset", "property"], how="left").with_columns(
        pl.col("field_weight").fill_null(OTHER_FIELD_WEIGHT)
    )
    return _mean(keyed, "dataset", "property", "field_weight", "criterion")


def _field_weights() -> pl.DataFrame:
    weights = [
        (dataset, each.name, _field_weight(contract, each.name))
        for dataset, contract in received().items()
        for each in contract.properties
    ]
    schema = {"dataset": pl.String, "property": pl.String, "field_weight": pl.Float64}
    return pl.DataFrame(weights, schema=schema, orient="row")


def _field_weight(contract: Contract, name: str) -> float:
    if contract[name].key_position or contract[name].kind in _IDENTIFIER_KINDS:
        return KEY_FIELD_WEIGHT
    return REQUIRED_FIELD_WEIGHT if contract[name].is_required else OTHER_FIELD_WEIGHT


def _mean(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    # Sorted first: a sum of floats depends on its order, and the index must not.
    return (
        rows.sort(*keys, "score")
        .group_by(*keys, maintain_order=True)
        .agg(score=(pl.col("score") * pl.col("weight")).sum() / pl.col("weight").sum())
    )


def _fields(scored: pl.DataFrame) -> pl.DataFrame:
    fields = _mean(scored.with_columns(weight=1.0), "dataset", "property", "field_weight")
    return fields.with_columns(weight="field_weight")


def _datasets(scored: pl.DataFrame) -> pl.DataFrame:
    return _mean(_fields(scored), "dataset")


def _criteria(scored: pl.DataFrame) -> pl.DataFrame:
    return _mean(scored.with_columns(weight="field_weight"), "dataset", "criterion")


def _overall(scored: pl.DataFrame) -> float | None:
    return _rounded(_datasets(scored)["score"].mean())


def _overall_by_criterion(scored: pl.DataFrame) -> dict[str, float]:
    means = _mean(_criteria(scored).with_columns(weight=1.0), "criterion")
    return {name: round(score, _DIGITS) for name, score in means.select("criterion", "score").iter_rows()}


def _by_dataset(scored: pl.DataFrame) -> dict[str, DatasetScore]:
    criteria = _criteria(scored)
    found = {}
    for dataset, score in _datasets(scored).select("dataset", "score").iter_rows():
        own = criteria.filter(pl.col("dataset") == dataset).select("criterion", "score")
        found[dataset] = DatasetScore(
            round(score, _DIGITS), {name: round(each, _DIGITS) for name, each in own.iter_rows()}
        )
    return found


def _rounded(score: object) -> float | None:
    return round(score, _DIGITS) if isinstance(score, float) else None
