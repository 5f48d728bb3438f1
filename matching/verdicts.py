"""Stewards' decisions: they bar pairs before the decision and overrule it after; contradictions go back to people."""

import polars as pl

from matching.reasons import Reason, Status
from matching.schemas import VERDICTS, check

_PLACE = ["record_id", "role"]


def barred(verdicts: pl.DataFrame | None) -> pl.DataFrame:
    """[record_id, role, reference_id] of the pairs that a steward called different."""
    given = _checked(verdicts)
    return given.filter(pl.col("verdict") == "different").select(*_PLACE, "reference_id").drop_nulls().unique()


def labels_of(verdicts: pl.DataFrame | None) -> pl.DataFrame:
    """[record_id, role, reference_id, is_match] of VERDICTS on pairs, without those that contradict."""
    place = ["record_id", "role", "reference_id"]
    about_pair = _checked(verdicts).filter(
        pl.col("verdict").is_in(["same", "different"]) & pl.col("reference_id").is_not_null()
    )
    told = about_pair.select(*place, is_match=pl.col("verdict") == "same").unique()
    return told.filter(pl.len().over(place) == 1).sort(place)


def obey(decisions: pl.DataFrame, verdicts: pl.DataFrame | None) -> pl.DataFrame:
    """DECISIONS in which every `same` is a link and every `not_in_register` a not found; conflicts go to review."""
    given = _checked(verdicts)
    by_place = given.group_by(_PLACE).agg(
        same=pl.col("reference_id").filter(pl.col("verdict") == "same").unique().sort(),
        same_reference=pl.col("reference").filter(pl.col("verdict") == "same").sort().first(),
        different=pl.col("reference_id").filter(pl.col("verdict") == "different").unique().sort(),
        is_nowhere=(pl.col("verdict") == "not_in_register").any(),
    )
    told = decisions.join(by_place, on=_PLACE, how="left", maintain_order="left").with_columns(
        pl.col("same").list.len().fill_null(0).alias("same_count"), pl.col("is_nowhere").fill_null(False)
    )
    has_same = pl.col("same_count") > 0
    is_conflict = (
        (pl.col("same_count") > 1)
        | (has_same & pl.col("is_nowhere"))
        | (pl.col("same").list.set_intersection("different").list.len().fill_null(0) > 0)
    )
    obeyed = told.with_columns(_overruled(is_conflict, has_same))
    return obeyed.select(decisions.columns)


def _overruled(is_conflict: pl.Expr, has_same: pl.Expr) -> list[pl.Expr]:
    is_open = pl.col("status") != Status.UNLINKABLE.value
    is_withdrawn = pl.col("reason") == Reason.WITHDRAWN.value
    applies = (is_conflict | has_same | pl.col("is_nowhere")) & (is_open | ~is_withdrawn)
    first = pl.col("same").list.first()
    is_same_pair = (first == pl.col("reference_id")).fill_null(False)
    clears = applies & ~is_same_pair

    def told(conflict: str, same: str, nowhere: str, column: str) -> pl.Expr:
        return (
            pl.when(applies & is_conflict)
            .then(pl.lit(conflict))
            .when(applies & has_same)
            .then(pl.lit(same))
            .when(applies)
            .then(pl.lit(nowhere))
            .otherwise(column)
            .alias(column)
        )

    by_steward = Reason.DECIDED_BY_STEWARD.value
    return [
        told(Status.REVIEW.value, Status.LINKED.value, Status.NOT_FOUND.value, "status"),
        told(Reason.STEWARD_CONFLICT.value, by_steward, by_steward, "reason"),
        pl.when(applies & has_same)
        .then(first)
        .when(applies)
        .then(None)
        .otherwise("reference_id")
        .alias("reference_id"),
        pl.when(applies & has_same).then("same_reference").otherwise("reference").alias("reference"),
        *(
            pl.when(clears).then(None).otherwise(name).alias(name)
            for name in ("weight", "runner_up_weight", "evidence")
        ),
    ]


def _checked(verdicts: pl.DataFrame | None) -> pl.DataFrame:
    return VERDICTS.to_frame() if verdicts is None else check(verdicts, VERDICTS)
