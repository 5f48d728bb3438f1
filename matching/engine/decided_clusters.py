"""Clusters as stewards decided: records called the same are together, records called different never are."""

import polars as pl

from matching.reasons import Reason, Status

_PAIR = ["left_id", "right_id"]
_IMPLIED = 0.5


def obeyed(links: pl.DataFrame, clusters: pl.DataFrame, pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """LINKS and [id, cluster_id], the clusters that a decision touches made anew; pairs: [left_id, right_id, is_match].

    They grow from the decided pairs, then by what was linked, the surest first, unless that brought two together that
    were called different.
    """
    touched = _touched(clusters, pairs)
    if not touched.height:
        return links, clusters
    inside = links.join(touched.rename({"id": "left_id"}), on="left_id", how="semi").join(
        touched.rename({"id": "right_id"}), on="right_id", how="semi"
    )
    anew = _anew(touched["id"].to_list(), inside, pairs)
    others = clusters.join(anew, on="id", how="anti")
    return _relinked(links, inside, anew), pl.concat([others, anew.select(clusters.columns)]).sort("id")


def _touched(clusters: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """[id] of the records in clusters that do not yet obey."""
    told = pairs
    for side in _PAIR:
        told = told.join(clusters.rename({"id": side, "cluster_id": f"{side}_cluster"}), on=side)
    is_together = pl.col("left_id_cluster") == pl.col("right_id_cluster")
    wrong = told.filter(is_together != pl.col("is_match"))
    affected = pl.concat([wrong[f"{side}_cluster"] for side in _PAIR]).implode()
    return clusters.filter(pl.col("cluster_id").is_in(affected)).select("id").sort("id")


def _anew(ids: list[str], inside: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """[id, cluster_id] of the records; decisions are few, so their clusters are walked one by one."""
    group = {each: {each} for each in ids}
    apart: dict[str, set[str]] = {each: set() for each in ids}
    for one, two in pairs.filter(~pl.col("is_match")).select(_PAIR).iter_rows():
        if one in group and two in group:
            apart[one].add(two)
            apart[two].add(one)
    decided = pairs.filter("is_match").select(_PAIR)
    told = inside.filter((pl.col("status") == Status.LINKED.value) & pl.col("weight").is_not_null())
    surest = told.sort("probability", "weight", *_PAIR, descending=[True, True, False, False]).select(_PAIR)
    for one, two in pl.concat([decided, surest]).iter_rows():
        if one not in group or two not in group or group[one] is group[two]:
            continue
        if any(apart[each] & group[two] for each in group[one]):
            continue
        merged = group[one] | group[two]
        group.update(dict.fromkeys(merged, merged))
    schema = {"id": pl.String, "cluster_id": pl.String}
    return pl.DataFrame({"id": ids, "cluster_id": [min(group[each]) for each in ids]}, schema)


def _relinked(links: pl.DataFrame, inside: pl.DataFrame, anew: pl.DataFrame) -> pl.DataFrame:
    """LINKS with every pair of the new clusters linked, and none across them."""
    both = anew.join(anew, on="cluster_id", suffix="_r").filter(pl.col("id") < pl.col("id_r"))
    together = both.select(left_id="id", right_id="id_r")
    former = inside.with_columns(left_id=pl.min_horizontal(_PAIR), right_id=pl.max_horizontal(_PAIR))
    linked = together.join(former, on=_PAIR, how="left", maintain_order="left").with_columns(
        pl.col("probability").fill_null(_IMPLIED),
        pl.when(pl.col("status") == Status.LINKED.value)
        .then("reason")
        .otherwise(pl.lit(Reason.SAME_CLUSTER.value))
        .alias("reason"),
        status=pl.lit(Status.LINKED.value),
    )
    # What was linked across is no longer; what was in review stays there, for people to see.
    reviewed = former.filter(pl.col("status") == Status.REVIEW.value).join(together, on=_PAIR, how="anti")
    outside = links.join(inside, on=_PAIR, how="anti")
    return pl.concat([outside, linked.select(links.columns), reviewed.select(links.columns)])
