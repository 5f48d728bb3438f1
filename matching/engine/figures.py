"""What a linkage may be expected to be worth, from its own probabilities: no truth is needed, honest ones are.

Precision is the mean probability of what was linked. Recall is the share of the expected matches that were linked, the
matches that blocking is estimated to have lost among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from matching.engine.decide import Thresholds
from matching.engine.link import Linked
from matching.engine.spec import Cardinality, Spec
from matching.reasons import Reason, Status

THRESHOLDS = (0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected quality of the links; None where nothing was linked, or nothing could have been."""

    precision: float | None
    recall: float | None
    matches: float
    """Expected matches in all, found or not."""


@dataclass(frozen=True, slots=True)
class Workload:
    """What linking from one probability on would give."""

    threshold: float
    links: int
    false_links: float
    """Expected among the links."""
    missed: float
    """Expected matches below the threshold, those lost in blocking left aside."""
    reviews: int
    """Pairs in doubt: not linked, yet at least as likely as one minus the threshold; at the chosen one, as it was."""


def decided(linked: Linked, spec: Spec) -> pl.DataFrame:
    """[probability, weight, status] of the pairs that may all be true at once: one a left record, or all that came near
    where a record may have many partners."""
    if spec.cardinality in (Cardinality.ONE_TO_ONE, Cardinality.MANY_TO_ONE):
        can_be = pl.col("weight").is_not_null() & (pl.col("reason") != Reason.TAKEN_BY_ANOTHER.value)
        return linked.links.filter(can_be).select("probability", "weight", "status")
    told = linked.links.select("left_id", "right_id", "weight", "status")
    near = linked.pairs.select("left_id", "right_id", "probability")
    joined = near.join(told, on=["left_id", "right_id"], how="left")
    return joined.select("probability", "weight", pl.col("status").fill_null(Status.NOT_FOUND.value))


def expected(linked: Linked) -> Expected:
    """The expected quality of the links."""
    sure = linked.links.filter(pl.col("status") == Status.LINKED.value)["probability"]
    true = float(sure.sum())
    matches = max(float(linked.pairs["probability"].sum()), true) / (linked.found_share or 1.0)
    return Expected(true / len(sure) if len(sure) else None, true / matches if matches else None, matches)


def workloads(pairs: pl.DataFrame, chosen: Thresholds, others: Sequence[float] = THRESHOLDS) -> tuple[Workload, ...]:
    """What other thresholds would give of the `decided` pairs; the chosen one stands among them, as it was used."""
    p = pairs["probability"].sort(descending=True)
    doubtful_from = {each: min(1 - each, each) for each in others} | {chosen.link: chosen.review}
    return tuple(_workload(p, Thresholds(link, review)) for link, review in sorted(doubtful_from.items()))


def _workload(p: pl.Series, at: Thresholds) -> Workload:
    linked = p.filter(p >= at.link)
    true = float(linked.sum())
    doubtful = int(((p < at.link) & (p >= at.review)).sum())
    return Workload(at.link, len(linked), len(linked) - true, float(p.sum()) - true, doubtful)
