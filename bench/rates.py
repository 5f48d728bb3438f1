"""How good a linkage is when the truth is known: at its own decision, from 0.5 on, and at the best threshold.

The best threshold is what a truth would tune to. Where a record has one partner at most, only its best pair
counts at any threshold; a deduplicated table is also clustered anew at each of CUTS, for clusters are what is decided.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine.clusters import clustered
from matching.engine.decide import Thresholds
from matching.engine.link import Linked
from matching.engine.spec import Cardinality
from matching.evaluation.curve import calibration
from matching.reasons import Status

BOTH = ["left_id", "right_id"]
CUTS = (0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 0.999)


@dataclass(frozen=True, slots=True)
class Rated:
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a linkage is worth."""

    default: Rated
    """Of what it links without being told a threshold."""
    half: Rated
    best: Rated
    ece: float
    """Expected calibration error: ten bins of probability over all pairs that came near, by pairs."""
    ece_in_doubt: float | None
    """The same over the pairs between 0.01 and 0.99."""

    @property
    def lost(self) -> float:
        """F1 that a better threshold would have added; below 0 where no threshold does as well as the decision."""
        return self.best.f1 - self.default.f1


def rated(pairs: pl.DataFrame, truth: pl.DataFrame, threshold: float | None = None) -> Rated:
    """The rates of pairs that are taken for links."""
    hits = pairs.join(truth, on=BOTH, how="semi").height
    precision, recall = hits / max(pairs.height, 1), hits / max(truth.height, 1)
    return Rated(precision, recall, 2 * hits / max(pairs.height + truth.height, 1), threshold)


def in_order(pairs: pl.DataFrame) -> pl.DataFrame:
    """Each pair once, the smaller id first: what two records of one table are."""
    one, two = (pl.col(name).cast(pl.String) for name in BOTH)
    return pairs.with_columns(left_id=pl.min_horizontal(one, two), right_id=pl.max_horizontal(one, two)).unique(
        BOTH, maintain_order=True
    )


def possible(pairs: pl.DataFrame, cardinality: Cardinality) -> pl.DataFrame:
    """The pairs that may be links at once: each record's best where it has one partner at most."""
    kept = pairs.sort(["probability", *BOTH], descending=[True, False, False])
    if cardinality in (Cardinality.ONE_TO_ONE, Cardinality.MANY_TO_ONE):
        kept = kept.unique("left_id", keep="first", maintain_order=True)
    if cardinality is Cardinality.ONE_TO_ONE:
        kept = kept.unique("right_id", keep="first", maintain_order=True)
    return kept


def best(pairs: pl.DataFrame, truth: pl.DataFrame) -> Rated:
    """The rates at the threshold of the highest F1; pairs of one probability are taken together."""
    true = truth.select(*BOTH, is_true=pl.lit(1))
    curve = (
        pairs.join(true, on=BOTH, how="left")
        .group_by("probability")
        .agg(pl.len().alias("linked"), pl.col("is_true").sum().alias("hits"))
        .sort("probability", descending=True)
        .with_columns(pl.col("linked", "hits").cum_sum())
        .with_columns(f1=2 * pl.col("hits") / (pl.col("linked") + truth.height))
    )
    if not curve.height:
        return Rated(0.0, 0.0, 0.0)
    top = curve.row(int(np.argmax(curve["f1"].to_numpy())), named=True)
    return Rated(top["hits"] / top["linked"], top["hits"] / truth.height, top["f1"], top["probability"])


def clusters_at(found: Linked, cut: float) -> pl.DataFrame:
    """The pairs within clusters that are made as if `cut` were the even odds."""
    assert found.clusters is not None
    ids = found.clusters["id"].sort()
    place = pl.DataFrame({"id": ids}).with_row_index("row")
    shift = found.start_bits - np.log2(cut / (1 - cut))
    pairs = found.pairs.select(*BOTH, "probability", gain=pl.col("bits") + shift)
    for name, short in zip(BOTH, "lr", strict=True):
        pairs = pairs.join(place.rename({"id": name, "row": short}), on=name, maintain_order="left")
    named = pairs.rename({"left_id": "id_l", "right_id": "id_r"})
    answered = named.with_columns(status=pl.lit(Status.NOT_FOUND.value), reason=pl.lit(""))
    told, _ = clustered(answered, ids, Thresholds(cut, cut))
    return told.filter(pl.col("status") == Status.LINKED.value).select(left_id="id_l", right_id="id_r")


def figures(
    found: Linked, truth: pl.DataFrame, cardinality: Cardinality, labelled: pl.DataFrame | None = None
) -> Figures:
    """All figures; with `labelled` only these pairs count, for no other is known."""
    is_dedupe = cardinality is Cardinality.DEDUPE
    ids = pl.col(BOTH).cast(pl.String)
    truth = in_order(truth) if is_dedupe else truth.with_columns(ids).unique(BOTH)

    def counted(pairs: pl.DataFrame) -> pl.DataFrame:
        pairs = in_order(pairs) if is_dedupe else pairs
        return pairs if labelled is None else pairs.join(labelled.with_columns(ids), on=BOTH, how="semi")

    linked = counted(found.links.filter(pl.col("status") == Status.LINKED.value))
    near = counted(found.pairs.select(*BOTH, "probability"))
    maybe = possible(near, cardinality)
    top = best(maybe, truth)
    if is_dedupe:
        made = [rated(counted(clusters_at(found, cut)), truth, cut) for cut in CUTS]
        top = max((top, *made), key=lambda each: each.f1)
    marked = near.join(truth.select(*BOTH, is_true=pl.lit(True)), on=BOTH, how="left")
    told = calibration(marked.with_columns(pl.col("is_true").fill_null(False)))
    half = rated(maybe.filter(pl.col("probability") >= 0.5), truth)
    return Figures(rated(linked, truth), half, top, told.error if told else 0.0, told.error_in_doubt if told else None)
