"""Links held against a truth, record by record: how many links each has, how many are right, how many there should be.

Two tables have a truth of pairs, one table that was deduplicated one of clusters. The truth is complete: a pair that it
does not name is wrong.
"""

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.evaluation.measures import Rates, rates
from matching.reasons import Status

_BOTH = ["left_id", "right_id"]
TALLY = pl.Schema({"id": pl.String, "linked": pl.Int64, "correct": pl.Int64, "matches": pl.Int64})
"""One row per record: its links, the right ones, and those there should be."""


def true_pairs(truth: pl.DataFrame) -> pl.DataFrame:
    """[left_id, right_id] of the pairs that a truth names, each once; a blank partner is none."""
    named = truth.select(pl.col(_BOTH).cast(pl.String))
    return named.filter(pl.all_horizontal(pl.col(_BOTH).fill_null("") != "")).unique()


def linked_pairs(links: pl.DataFrame) -> pl.DataFrame:
    """[left_id, right_id] of what is linked, each once."""
    linked = links.filter((pl.col("status") == Status.LINKED.value) & pl.col("right_id").is_not_null())
    return linked.select(pl.col(_BOTH).cast(pl.String)).unique()


def tally_of_links(links: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """TALLY of every left record that the links or the truth name."""
    linked, true = linked_pairs(links), true_pairs(truth)
    everyone = pl.concat([links.select("left_id"), truth.select("left_id")]).cast(pl.String).unique().sort("left_id")
    counts = {"linked": linked, "correct": linked.join(true, on=_BOTH, how="semi"), "matches": true}
    for name, pairs in counts.items():
        everyone = everyone.join(pairs.group_by("left_id").len(name), on="left_id", how="left", maintain_order="left")
    return _as_tally(everyone.rename({"left_id": "id"}))


def tally_of_clusters(found: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """TALLY of every record; both frames are [id, cluster_id], and a record in one of them only is alone in the other.

    Counted by sizes, so a cluster of a hundred thousand records costs no more than as many rows. A pair counts at both
    of its records.
    """
    mine = found.select(pl.col("id").cast(pl.String), found=pl.col("cluster_id").cast(pl.String))
    theirs = truth.select(pl.col("id").cast(pl.String), true=pl.col("cluster_id").cast(pl.String))
    both = mine.join(theirs, on="id", how="full", coalesce=True)

    def others(*columns: str) -> pl.Expr:
        is_clustered = pl.all_horizontal(pl.col(each).is_not_null() for each in columns)
        return pl.when(is_clustered).then(pl.len().over(columns).cast(pl.Int64) - 1)

    sized = both.select("id", linked=others("found"), correct=others("found", "true"), matches=others("true"))
    return _as_tally(sized.sort("id"))


def _as_tally(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in TALLY.items()).with_columns(
        pl.col("linked", "correct", "matches").fill_null(0)
    )


def of_tally(tally: pl.DataFrame, *, is_dedupe: bool = False) -> Rates:
    """The rates of all pairs; of a deduplicated table each pair stands at two records."""
    times = 2 if is_dedupe else 1
    linked, correct, matches = (int(tally[name].sum()) // times for name in ("linked", "correct", "matches"))
    return rates(linked, correct, matches)


def whole_clusters(found: pl.DataFrame, truth: pl.DataFrame) -> Rates:
    """Clusters of several records that are exactly right: no member missing, none too many."""
    tally = tally_of_clusters(found, truth)
    is_right = (pl.col("linked") == pl.col("correct")) & (pl.col("matches") == pl.col("correct"))
    # Each of n members counts 1/n, so that a cluster counts once.
    share = {
        "linked": (pl.col("linked") > 0, "linked"),
        "correct": ((pl.col("linked") > 0) & is_right, "linked"),
        "matches": (pl.col("matches") > 0, "matches"),
    }
    counts = [
        round(tally.filter(which).select((1 / (pl.col(size) + 1)).sum()).item()) for which, size in share.values()
    ]
    return rates(*counts)


def closed(pairs: pl.DataFrame) -> pl.DataFrame:
    """[id, cluster_id] of a truth that was given as pairs: whoever is connected is one; named after the smallest id."""
    named = true_pairs(pairs)
    ids = pl.concat([pairs["left_id"], pairs["right_id"]]).cast(pl.String).drop_nulls().unique().sort()
    ids = ids.filter(ids != "")
    if not len(ids):
        return pl.DataFrame(schema={"id": pl.String, "cluster_id": pl.String})
    places = pl.DataFrame({"id": ids}).with_row_index("at")
    left, right = (named.join(places, left_on=each, right_on="id", maintain_order="left")["at"] for each in _BOTH)
    graph = coo_array((np.ones(len(left)), (left.to_numpy(), right.to_numpy())), (len(ids), len(ids)))
    _, label = connected_components(graph, directed=False)
    grouped = pl.DataFrame({"id": ids, "group": label})
    return grouped.select("id", cluster_id=pl.col("id").min().over("group"))


def marked_by_pairs(pairs: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `is_true`."""
    true = true_pairs(truth).with_columns(is_true=pl.lit(True))
    told = pairs.with_columns(pl.col(_BOTH).cast(pl.String)).join(true, on=_BOTH, how="left", maintain_order="left")
    return told.with_columns(pl.col("is_true").fill_null(False))


def marked_by_clusters(pairs: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `is_true`: whether both records are of one true cluster."""
    cluster = truth.select(pl.col("id").cast(pl.String), pl.col("cluster_id").cast(pl.String))
    told = pairs.with_columns(pl.col(_BOTH).cast(pl.String))
    for side, name in zip(_BOTH, ("_mine", "_theirs"), strict=True):
        told = told.join(cluster.rename({"cluster_id": name}), left_on=side, right_on="id", how="left")
    is_true = (pl.col("_mine") == pl.col("_theirs")).fill_null(False)
    return told.with_columns(is_true=is_true).drop("_mine", "_theirs")
