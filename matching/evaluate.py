"""How good links are, held against truth: counts and rates per dataset and role."""

import numpy as np
import polars as pl

from matching.reasons import Status

_OPEN = (Status.REVIEW.value, Status.NOT_FOUND.value, Status.UNLINKABLE.value)


def evaluate(decisions: pl.DataFrame, truth: pl.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """`{dataset: {role: {records, in_register, linked, correct, precision, recall, f1, review, …}}}`.

    `truth` has columns dataset, key, role, reference and reference_id (null or empty: in no register). A link to the
    wrong entry, and a link for someone who is in no register, are wrong. A record without a decision counts as a
    record that is not linked. A rate whose denominator is 0 is 0.
    """
    known = truth.select(
        "dataset",
        "role",
        record_id=pl.concat_str("dataset", pl.lit(":"), "key"),
        true_reference="reference",
        true_id=pl.when(pl.col("reference_id") != "").then("reference_id"),
    )
    answers = decisions.select("record_id", "role", "reference", "reference_id", "status")
    judged = known.join(answers, on=["record_id", "role"], how="left")
    linked = pl.col("status") == Status.LINKED.value
    is_right = (
        linked & (pl.col("reference_id") == pl.col("true_id")) & (pl.col("reference") == pl.col("true_reference"))
    )
    counted = (
        judged.group_by("dataset", "role")
        .agg(
            pl.len().alias("records"),
            pl.col("true_id").is_not_null().sum().alias("in_register"),
            linked.sum().alias("linked"),
            is_right.sum().alias("correct"),
            *((pl.col("status") == each).sum().alias(each) for each in _OPEN),
        )
        .sort("dataset", "role")
    )
    measured: dict[str, dict[str, dict[str, float]]] = {}
    for row in counted.to_dicts():
        measured.setdefault(row.pop("dataset"), {})[row.pop("role")] = _with_rates(row)
    return measured


def _with_rates(counts: dict[str, int]) -> dict[str, float]:
    precision, recall, f1 = _measures(counts)
    shares = {f"{each}_share": _rate(counts[each], counts["records"]) for each in _OPEN}
    return {**counts, "precision": precision, "recall": recall, "f1": f1, **shares}


def _measures(counts: dict[str, int]) -> tuple[float, float, float]:
    """Precision, recall and F1 by recordlinkage's definitions; it divides by zero where there is no right link."""
    if not counts["correct"]:
        return 0.0, 0.0, 0.0
    from recordlinkage import measures  # noqa: PLC0415 - brings pandas and scikit-learn, which linking does not need

    missed, wrong = counts["in_register"] - counts["correct"], counts["linked"] - counts["correct"]
    confusion = np.array([[counts["correct"], missed], [wrong, 0]])
    return (
        float(measures.precision(confusion)),
        float(measures.recall(confusion)),
        float(measures.fscore(confusion)),
    )


def _rate(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
