"""Which pairs are links: by probability, one partner where only one can be, ties never broken by the order of rows."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine.components import Ints, components
from matching.engine.spec import Cardinality, Costs
from matching.reasons import Reason, Status

_FEWEST_EXPECTED = 0.05
_TIE_BITS = 1e-6
_LEAST_GAIN = -3.0
"""log2 odds below which a pair takes no row from another."""
_PEELINGS = 20
_LARGEST_ASSIGNMENT = 2_000
"""Rows of a component for which a matrix of all of them is made."""
_ALONE = 1e-9


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From `link` on a pair is linked; from `review` on a steward sees it."""

    link: float
    review: float


def thresholds(probability: pl.Series, costs: Costs) -> Thresholds:
    """Where links begin: by the costs where a review has one, else where the expected F1 is highest."""
    if costs.review is not None:
        link = 1 - costs.review / costs.false_link
        review = costs.review / costs.miss
        even = costs.false_link / (costs.false_link + costs.miss)
        return Thresholds(max(link, even), min(review, even))
    best = _best_f1(probability, costs)
    return Thresholds(best, best)


def _best_f1(probability: pl.Series, costs: Costs) -> float:
    """The expected F1 of linking all from p on is 2·TP / (linked + true); the best p follows from the p themselves."""
    p = np.sort(probability.to_numpy())[::-1]
    if not len(p) or p[0] < _FEWEST_EXPECTED:
        return costs.false_link / (costs.false_link + costs.miss)
    true = np.cumsum(p)
    linked = np.arange(1, len(p) + 1)
    wrong, missed = costs.false_link * (linked - true), costs.miss * (p.sum() - true)
    f1 = float((true / (true + (wrong + missed) / 2)).max())
    # At the optimum a pair is linked if it is likelier than half of the F1 reached. (Lipton et al. 2014.)
    return f1 * costs.false_link / (costs.false_link + costs.miss)


def choose(scored: pl.DataFrame, cardinality: Cardinality) -> pl.DataFrame:
    """The pairs that may all be true at once, with `is_tied` and the `runner_up` bits of the left record."""
    ordered = _beside_rivals(scored, "l", "id_r")
    if cardinality is Cardinality.MANY_TO_ONE:
        return ordered.filter("is_best")
    if cardinality is Cardinality.ONE_TO_ONE:
        other = _beside_rivals(ordered.select("l", "r", "bits", "id_l"), "r", "id_l")
        tied = other.filter("is_tied").select("l", "r", is_tied_right=True)
        marked = ordered.join(tied, on=["l", "r"], how="left", maintain_order="left")
        return _assigned(marked.with_columns(is_tied=pl.col("is_tied") | pl.col("is_tied_right").fill_null(False)))
    return ordered.with_columns(is_tied=pl.lit(False))


def _beside_rivals(scored: pl.DataFrame, side: str, other_id: str) -> pl.DataFrame:
    """Sorted by row of the side, best first, with `is_best`, `is_tied` (best, and not alone) and the `runner_up`."""
    ordered = scored.sort(side, "bits", other_id, descending=[False, True, False])
    is_first = (pl.col(side) != pl.col(side).shift(1)).fill_null(True)
    # The runner-up stands just below the best, so no group is made for any row.
    below = pl.when(pl.col(side) == pl.col(side).shift(-1)).then(pl.col("bits").shift(-1))
    ordered = ordered.with_columns(is_best=is_first, below=below)
    best = pl.when("is_best").then("bits").forward_fill()
    second = pl.when("is_best").then(pl.col("below").fill_null(-1e9)).forward_fill()
    is_tied = (pl.col("bits") >= best - _TIE_BITS) & (second >= best - _TIE_BITS)
    rival = pl.when("is_best").then("below").otherwise(best)
    return ordered.with_columns(is_tied=is_tied, runner_up=rival).drop("below")


def _assigned(marked: pl.DataFrame) -> pl.DataFrame:
    """The most probable set of pairs without a row in two of them."""
    worth = marked.filter(pl.col("gain") > _LEAST_GAIN).with_columns(worth=pl.col("gain") - _LEAST_GAIN)
    sure, rest = _peeled(worth.sort("id_l", "id_r").with_row_index("pair"))
    taken = pl.concat([sure["pair"], _by_component(rest)]) if rest.height else sure["pair"]
    chosen = pl.concat([sure, rest.filter(pl.col("pair").is_in(taken.implode()))])
    return _with_hopeless(chosen.select(marked.columns), marked)


def _peeled(worth: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pairs worth no less than the best other pairs of both their rows together: no better set leaves them out.

    And what is left once their rows are gone, few and small components.
    """
    sure, rest = worth.clear(), worth
    for _ in range(_PEELINGS):
        others = pl.sum_horizontal(_best_other(side) for side in ("l", "r"))
        taken = rest.filter((pl.col("worth") > others) | ((pl.len().over("l") == 1) & (pl.len().over("r") == 1)))
        if not taken.height:
            break
        sure = pl.concat([sure, taken])
        rest = rest.join(taken, on="l", how="anti").join(taken, on="r", how="anti")
    return sure, rest


def _best_other(side: str) -> pl.Expr:
    """The most that another pair of the row is worth, 0 where there is none."""
    best = pl.col("worth").max().over(side)
    is_best = pl.col("worth") == best
    second = pl.when(~is_best).then("worth").max().over(side).fill_null(0.0)
    is_shared = is_best.cast(pl.UInt32).sum().over(side) > 1
    return pl.when(is_best & ~is_shared).then(second).otherwise(best)


def _with_hopeless(chosen: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """The chosen pairs, and for a left row without one its best, which says why it is not linked."""
    others = marked.join(chosen, on="l", how="anti").sort("bits", "id_r", descending=[True, False])
    best = others.unique("l", keep="first", maintain_order=True)
    lost = best.with_columns(is_taken=pl.col("gain") > _LEAST_GAIN)
    return pl.concat([chosen.with_columns(is_taken=pl.lit(False)), lost])


def _by_component(ordered: pl.DataFrame) -> pl.Series:
    # Numbered by their ids, so that equally good sets are told apart the same way for any order of rows.
    left = ordered["id_l"].rank("dense").to_numpy().astype(np.int64) - 1
    right = ordered["id_r"].rank("dense").to_numpy().astype(np.int64) - 1
    size = int(left.max()) + 1
    label = components(left, right + size, size + int(right.max()) + 1)
    rows = ordered.select("pair", "worth", left=pl.Series(left), right=pl.Series(right), part=pl.Series(label[left]))
    taken = [_assign(part) for _, part in rows.group_by("part", maintain_order=True)]
    return pl.concat(taken)


def _assign(part: pl.DataFrame) -> pl.Series:
    left = part["left"].rank("dense").to_numpy().astype(np.int64) - 1
    right = part["right"].rank("dense").to_numpy().astype(np.int64) - 1
    shape = int(left.max()) + 1, int(right.max()) + 1
    if max(shape) > _LARGEST_ASSIGNMENT:
        return _assign_sparse(part, left, right)
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - loads as long as a small linkage takes

    gains = np.zeros(shape)
    gains[left, right] = part["worth"].to_numpy()
    rows, columns = linear_sum_assignment(gains, maximize=True)
    is_taken = np.zeros(shape, dtype=bool)
    is_taken[rows, columns] = True
    return part["pair"].filter(pl.Series(is_taken[left, right]))


def _assign_sparse(part: pl.DataFrame, left: Ints, right: Ints) -> pl.Series:
    """The same without a matrix of all rows: each left row may also take a place of its own, worth hardly anything."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - loads as long as a small linkage takes
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415 - loads as long as a small linkage takes

    size = int(left.max()) + 1
    alone = np.arange(size)
    columns = np.concatenate((right, int(right.max()) + 1 + alone))
    worth = np.concatenate((part["worth"].to_numpy(), np.full(size, _ALONE)))
    rows = np.concatenate((left, alone))
    taken = min_weight_full_bipartite_matching(coo_array((worth, (rows, columns))).tocsr(), maximize=True)[1]
    return part["pair"].filter(pl.Series(taken[left] == right))


def answered(chosen: pl.DataFrame, at: Thresholds) -> pl.DataFrame:
    """With `status` and `reason`."""
    p = pl.col("probability")
    is_taken = pl.col("is_taken") if "is_taken" in chosen.columns else pl.lit(False)
    is_close = (pl.col("bits") - pl.col("runner_up") < 1).fill_null(False)
    cases: list[tuple[pl.Expr, Status, Reason]] = [
        (pl.col("is_tied") & (p >= min(at.review, 0.2)), Status.REVIEW, Reason.CLOSE_RUNNER_UP),
        (is_taken & (p >= at.review), Status.REVIEW, Reason.TAKEN_BY_ANOTHER),
        (~is_taken & (p >= at.link), Status.LINKED, Reason.WEIGHT_ABOVE_THRESHOLD),
        (~is_taken & (p >= at.review) & is_close, Status.REVIEW, Reason.CLOSE_RUNNER_UP),
        (~is_taken & (p >= at.review), Status.REVIEW, Reason.WEIGHT_BETWEEN_THRESHOLDS),
        (is_taken, Status.NOT_FOUND, Reason.TAKEN_BY_ANOTHER),
    ]
    status = pl.coalesce(
        *(pl.when(case).then(pl.lit(word.value)) for case, word, _ in cases), pl.lit(Status.NOT_FOUND.value)
    )
    reason = pl.coalesce(
        *(pl.when(case).then(pl.lit(why.value)) for case, _, why in cases), pl.lit(Reason.WEIGHT_BELOW_THRESHOLD.value)
    )
    return chosen.with_columns(status=status, reason=reason)
