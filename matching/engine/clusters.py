"""Dedupe: records that are one, found by merging groups while their pairs speak for it on average.

Connected components fail where one weak pair bridges two groups. Here two groups are merged only if the mean of the
log odds between all their members reaches those of a link, pairs that were never candidates counting against.
(Average-linkage agglomeration; Hassanzadeh et al. 2009 compare the ways.)
"""

from math import log2

import numpy as np
import polars as pl

from matching.engine.components import Ints, components
from matching.engine.decide import Thresholds
from matching.reasons import Reason, Status

_STRANGERS = -3.0
"""log2 odds below which a pair within a group says no more, and of one that did not come near.

Pairs of a group do not speak one by one: what a record lost it lacks beside all the others.
"""
_CERTAIN = 20.0
"""log2 odds beyond which one pair says no more."""
_SHORT_OF = 1e-9
_LARGEST = 400
"""Records of a component that are merged by average linkage; a larger one is cut at surer pairs first."""


def clustered(answered: pl.DataFrame, ids: pl.Series, at: Thresholds) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs with a link wherever two records share a cluster, and [id, cluster_id] of every record.

    `cluster_id` is the smallest id of the cluster. Pairs of one cluster that were no candidates are added.
    """
    counted = answered.with_columns(pl.col("gain") - _link_odds(at))
    label = _labels(counted, len(ids), pl.col("probability") >= min(at.review, at.link))
    grouped = pl.DataFrame({"id": ids, "group": label})
    grouped = grouped.with_columns(cluster_id=pl.col("id").min().over("group"))
    same = pl.Series(label).gather(answered["l"]) == pl.Series(label).gather(answered["r"])
    is_review = pl.col("status") == Status.REVIEW.value
    is_sure = pl.col("probability") >= at.link
    why = (
        pl.when(is_sure).then(pl.lit(Reason.WEIGHT_ABOVE_THRESHOLD.value)).otherwise(pl.lit(Reason.SAME_CLUSTER.value))
    )
    told = answered.with_columns(
        status=pl.when(same)
        .then(pl.lit(Status.LINKED.value))
        .when(is_review)
        .then("status")
        .otherwise(pl.lit(Status.NOT_FOUND.value)),
        reason=pl.when(same).then(why).otherwise("reason"),
    )
    return _with_implied(told, grouped), grouped.select("id", "cluster_id").sort("id")


def _link_odds(at: Thresholds) -> float:
    """log2 odds of a pair that is just sure enough to be linked."""
    p = min(max(at.link, _SHORT_OF), 1 - _SHORT_OF)
    return log2(p / (1 - p)) - _SHORT_OF


def _labels(pairs: pl.DataFrame, size: int, is_near: pl.Expr) -> Ints:
    """A number for each record, equal for those of one cluster; `gain` is counted from the odds of a link.

    Records come together by pairs that are near; the others speak where both their records came together.
    """
    near, others = pairs.filter(is_near), pairs.filter(~is_near)
    left, right = near["l"].to_numpy().astype(np.int64), near["r"].to_numpy().astype(np.int64)
    label = components(left, right, size)
    inside = others.filter(pl.Series(label).gather(others["l"]) == pl.Series(label).gather(others["r"]))
    left, right = (np.concatenate((own, inside[side].to_numpy())) for own, side in ((left, "l"), (right, "r")))
    odds = np.clip(np.concatenate((near["gain"].to_numpy(), inside["gain"].to_numpy())), _STRANGERS, _CERTAIN)
    sizes = np.bincount(label, minlength=1)
    following = int(label.max(initial=-1)) + 1
    order = np.argsort(label[left], kind="stable")
    starts = np.searchsorted(label[left][order], np.arange(len(sizes) + 1))
    weakest = np.full(len(sizes), np.inf)
    np.minimum.at(weakest, label[left], odds)
    for part in np.flatnonzero((sizes > 2) | (weakest < 0)):
        edges = order[starts[part] : starts[part + 1]]
        members = np.unique(np.concatenate((left[edges], right[edges])))
        groups = _split(members, left[edges], right[edges], odds[edges])
        for group in groups[1:]:
            label[group] = following
            following += 1
    return label


def _split(members: np.ndarray, left: np.ndarray, right: np.ndarray, odds: np.ndarray) -> list[np.ndarray]:
    """The members in groups; components too large for a matrix keep their surer pairs until they fall apart."""
    if len(members) * (len(members) - 1) // 2 == len(left) and (odds >= 0).all():
        return [members]
    if len(members) > _LARGEST:
        return _cut(members, left, right, odds)
    place = {int(member): at for at, member in enumerate(members)}
    matrix = np.full((len(members), len(members)), _STRANGERS)
    for one, two, value in zip(left, right, odds, strict=True):
        matrix[place[int(one)], place[int(two)]] = matrix[place[int(two)], place[int(one)]] = value
    return [members[group] for group in _merged(matrix)]


def _cut(members: np.ndarray, left: np.ndarray, right: np.ndarray, odds: np.ndarray) -> list[np.ndarray]:
    """The groups that remain without the weaker half of pairs; without the weakest ones if half are equally sure."""
    if odds.min() == odds.max():
        return _around_pivots(members, left, right)
    middle = float(np.median(odds))
    sure = odds > (middle if middle < odds.max() else np.max(odds[odds < odds.max()]))
    one, two = np.searchsorted(members, left[sure]), np.searchsorted(members, right[sure])
    label = components(one, two, len(members))
    groups: list[np.ndarray] = []
    for part in np.unique(label):
        inside = members[label == part]
        kept = np.isin(left, inside) & np.isin(right, inside) & sure
        groups += [inside] if len(inside) < 3 else _split(inside, left[kept], right[kept], odds[kept])
    return groups


def _around_pivots(members: np.ndarray, left: np.ndarray, right: np.ndarray) -> list[np.ndarray]:
    """Where all pairs are equally sure: whoever has most neighbours, with them; then the same of the rest."""
    free = set(map(int, members))
    beside: dict[int, set[int]] = {member: set() for member in free}
    for one, two in zip(left, right, strict=True):
        beside[int(one)].add(int(two))
        beside[int(two)].add(int(one))
    groups = []
    for pivot in sorted(beside, key=lambda member: (-len(beside[member]), member)):
        if pivot in free:
            group = {pivot, *(beside[pivot] & free)}
            free -= group
            groups.append(np.array(sorted(group)))
    return groups


def _merged(sums: np.ndarray) -> list[list[int]]:
    """Groups after merging, best mean first, while a mean is that of a link; ties go to the smallest member."""
    groups = [[at] for at in range(len(sums))]
    sums = sums.copy()
    while len(groups) > 1:
        sizes = np.array([len(group) for group in groups], dtype=float)
        means = sums / np.outer(sizes, sizes)
        np.fill_diagonal(means, -np.inf)
        one, two = sorted(divmod(int(np.argmax(means)), len(groups)))
        if means[one, two] < 0:
            break
        sums[one] += sums[two]
        sums[:, one] += sums[:, two]
        groups[one] += groups[two]
        sums = np.delete(np.delete(sums, two, 0), two, 1)
        del groups[two]
    return groups


def _with_implied(told: pl.DataFrame, grouped: pl.DataFrame) -> pl.DataFrame:
    """With the pairs of a cluster that were no candidates: the others of the cluster speak for them."""
    rows = grouped.with_row_index("row").filter(pl.len().over("group") > 2)
    if not rows.height:
        return told
    both = rows.join(rows, on="group", suffix="_r").filter(pl.col("row") < pl.col("row_r"))
    implied = both.select(l=pl.col("row").cast(pl.UInt32), r=pl.col("row_r").cast(pl.UInt32), id_l="id", id_r="id_r")
    implied = implied.join(told, on=["l", "r"], how="anti").with_columns(
        status=pl.lit(Status.LINKED.value), reason=pl.lit(Reason.SAME_CLUSTER.value), probability=pl.lit(0.5)
    )
    return pl.concat([told, implied], how="diagonal")
