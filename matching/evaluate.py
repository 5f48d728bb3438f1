"""How good links are, held against truth: counts and rates per dataset and role, by subgroup and by threshold."""

from collections.abc import Sequence

import polars as pl

from matching.evaluation.curve import curve
from matching.evaluation.groups import by_group
from matching.evaluation.links import Evaluation
from matching.evaluation.measures import rates
from matching.evaluation.truth import of_tally
from matching.reasons import Status

_OPEN = (Status.REVIEW.value, Status.NOT_FOUND.value, Status.UNLINKABLE.value)
WEIGHTS = tuple(range(0, 55, 5))
"""Bits from which pairs are linked on the curve of decisions."""


def evaluate(decisions: pl.DataFrame, truth: pl.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """`{dataset: {role: {records, in_register, linked, correct, precision, recall, f1, review, …}}}`.

    `truth` has columns dataset, key, role, reference and reference_id (null or empty: in no register). A link to the
    wrong entry, and a link for someone who is in no register, are wrong. A record without a decision counts as a
    record that is not linked. A rate whose denominator is 0 is 0.
    """
    counted = (
        _judged(decisions, truth)
        .group_by("dataset", "role")
        .agg(
            pl.len().alias("records"),
            pl.col("matches").sum().alias("in_register"),
            pl.col("linked", "correct").sum(),
            *((pl.col("status") == each).sum().alias(each) for each in _OPEN),
        )
        .sort("dataset", "role")
    )
    measured: dict[str, dict[str, dict[str, float]]] = {}
    for row in counted.to_dicts():
        measured.setdefault(row.pop("dataset"), {})[row.pop("role")] = _with_rates(row)
    return measured


def evaluate_closely(
    decisions: pl.DataFrame, truth: pl.DataFrame, columns: Sequence[str] = ()
) -> dict[str, dict[str, Evaluation]]:
    """`{dataset: {role: evaluation}}` with the rates by further columns of the truth, and a curve over the weight.

    The curve links all that is linked or in review with at least so many bits. A decision has a weight and no
    probability, so there is no calibration.
    """
    found: dict[str, dict[str, Evaluation]] = {}
    parts = _judged(decisions, truth).partition_by("dataset", "role", as_dict=True)
    for (dataset, role), judged in sorted(parts.items()):
        found.setdefault(dataset, {})[role] = _evaluation(judged, columns)
    return found


def _evaluation(judged: pl.DataFrame, columns: Sequence[str]) -> Evaluation:
    is_review = pl.col("status") == Status.REVIEW.value
    pairs = judged.filter((is_review | pl.col("linked")) & pl.col("weight").is_not_null())
    return Evaluation(
        rates=of_tally(judged),
        reviews=int(judged.select(is_review.sum()).item()),
        curve=curve(pairs, int(judged["matches"].sum()), WEIGHTS, score="weight"),
        groups=by_group(judged, columns),
    )


def _judged(decisions: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The truth's rows with the answer of each: status, weight, linked, correct, matches, and whether it `is_true`."""
    known = truth.with_columns(record_id=pl.concat_str("dataset", pl.lit(":"), "key"))
    answers = decisions.select("record_id", "role", "status", "weight", answer="reference_id", answer_in="reference")
    has_partner = (pl.col("reference_id") != "").fill_null(False)
    is_true = has_partner & (pl.col("answer") == pl.col("reference_id")) & (pl.col("answer_in") == pl.col("reference"))
    is_linked = (pl.col("status") == Status.LINKED.value).fill_null(False)
    # What the truth calls like a column of the decisions is not asked for by that name.
    own = known.drop("status", "weight", "answer", "answer_in", strict=False)
    return own.join(answers, on=["record_id", "role"], how="left").with_columns(
        linked=is_linked,
        correct=is_linked & is_true.fill_null(False),
        matches=has_partner,
        is_true=is_true.fill_null(False),
    )


def _with_rates(counts: dict[str, int]) -> dict[str, float]:
    measured = rates(counts["linked"], counts["correct"], counts["in_register"])
    shares = {f"{each}_share": _rate(counts[each], counts["records"]) for each in _OPEN}
    return {**counts, "precision": measured.precision, "recall": measured.recall, "f1": measured.f1, **shares}


def _rate(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
