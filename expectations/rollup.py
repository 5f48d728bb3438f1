"""The way of a score from rule to criterion, field, dataset and all, or of one receiving unit: weights and means.

Every level is a weighted mean of the one below. Weights and levels are named here; the source (CV 4856/BCA-TTDLQG as
read) asks for weights and states none.
"""

from typing import Literal

import polars as pl

from contracts import Contract, received

Level = Literal["green", "yellow", "red"]

GREEN_FROM, YELLOW_FROM = 90.0, 75.0
"""Levels of CV 4856: green from 90, yellow from 75, else red."""
ERROR_RULE_WEIGHT, WARNING_RULE_WEIGHT = 2.0, 1.0
"""A rule whose breach makes a row unusable weighs double. Criteria of a field, and datasets, weigh the same."""
KEY_FIELD_WEIGHT, REQUIRED_FIELD_WEIGHT, OTHER_FIELD_WEIGHT = 3.0, 2.0, 1.0
"""Identifiers must be perfect (CV 4856), so they weigh most; rules over the whole row weigh as one further field."""

NUMBER_KINDS = ("identifier", "citizen_id", "tax_code")
UNIT_KINDS = ("province_code", "district_code", "commune_code")
"""Kinds of fields that hold identifiers: of persons and enterprises, and of administrative units (CV 4856)."""
PERFECT_CRITERIA = ("đúng", "đủ", "sạch")
"""On these an identifier field must score 100 (CV 4856)."""
DIGITS = 2


def level_of(score: float | None) -> Level | None:
    """green, yellow or red; judged by the score as printed, so that 90.00 is never yellow. None of no score."""
    if score is None:
        return None
    if round(score, DIGITS) >= GREEN_FROM:
        return "green"
    return "yellow" if round(score, DIGITS) >= YELLOW_FROM else "red"


def levels(score: str = "score") -> pl.Expr:
    """The level of each score of a column."""
    shown = pl.col(score).round(DIGITS)
    return (
        pl.when(shown >= GREEN_FROM)
        .then(pl.lit("green"))
        .when(shown >= YELLOW_FROM)
        .then(pl.lit("yellow"))
        .when(shown.is_not_null())
        .then(pl.lit("red"))
    )


def weighted(rules: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Rules to the criteria of each field: columns by, property, field_weight, criterion, score.

    `rules` has dataset, rule, property, criterion, severity, checked, score, and what is parted by; a rule that nobody
    checked is not scored.
    """
    weight = pl.when(pl.col("severity") == "error").then(ERROR_RULE_WEIGHT).otherwise(WARNING_RULE_WEIGHT)
    keyed = rules.filter(pl.col("checked") > 0).with_columns(pl.col("property").fill_null(""), weight=weight)
    keyed = keyed.join(field_weights(), on=["dataset", "property"], how="left").with_columns(
        pl.col("field_weight").fill_null(OTHER_FIELD_WEIGHT)
    )
    return mean(keyed, *by, "property", "field_weight", "criterion")


def field_weights() -> pl.DataFrame:
    """dataset, property, field_weight, is_identifier of every field received."""
    weights = [
        (dataset, each.name, _field_weight(contract, each.name), each.kind in (*NUMBER_KINDS, *UNIT_KINDS))
        for dataset, contract in received().items()
        for each in contract.properties
    ]
    schema = {"dataset": pl.String, "property": pl.String, "field_weight": pl.Float64, "is_identifier": pl.Boolean}
    return pl.DataFrame(weights, schema=schema, orient="row")


def _field_weight(contract: Contract, name: str) -> float:
    if contract[name].key_position or contract[name].kind in NUMBER_KINDS:
        return KEY_FIELD_WEIGHT
    return REQUIRED_FIELD_WEIGHT if contract[name].is_required else OTHER_FIELD_WEIGHT


def mean(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The weighted mean score by the keys: `rows` has score and weight."""
    # Sorted first: a sum of floats depends on its order, and the index must not.
    return (
        rows.sort(*keys, "score", "weight")
        .group_by(*keys, maintain_order=True)
        .agg(score=(pl.col("score") * pl.col("weight")).sum() / pl.col("weight").sum())
    )


def fields(scored: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Criteria to fields: by, property, field_weight, score."""
    return mean(scored.with_columns(weight=1.0), *by, "property", "field_weight")


def wholes(scored: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Fields to what they are fields of, a dataset or a unit's part of it: by, score."""
    return mean(fields(scored, *by).with_columns(weight="field_weight"), *by)


def criteria(scored: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The criteria of a whole, each over its fields: by, criterion, score."""
    return mean(scored.with_columns(weight="field_weight"), *by, "criterion")
