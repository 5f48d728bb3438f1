"""Clusters: average linkage, so that one weak pair never bridges two groups."""

import polars as pl

from matching.engine.clusters import clustered
from matching.engine.decide import Thresholds


def answered(*rows: tuple[int, int, float]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"l": pl.UInt32, "r": pl.UInt32, "gain": pl.Float64}, orient="row")
    p = 1 / (1 + 2.0 ** -pl.col("gain"))
    return frame.with_columns(
        probability=p,
        status=pl.lit("linked"),
        reason=pl.lit("weight_above_threshold"),
        id_l=pl.format("r{}", "l"),
        id_r=pl.format("r{}", "r"),
    )


def groups(size: int, *rows: tuple[int, int, float]) -> set[frozenset[str]]:
    ids = pl.Series("id", [f"r{at}" for at in range(size)])
    _, found = clustered(answered(*rows), ids, Thresholds(0.5, 0.5))
    return {frozenset(each) for each in found.group_by("cluster_id").agg("id")["id"]}


def test_a_weak_bridge_does_not_join_two_groups() -> None:
    left = [(0, 1, 12.0), (0, 2, 12.0), (1, 2, 12.0)]
    right = [(3, 4, 12.0), (3, 5, 12.0), (4, 5, 12.0)]
    assert groups(6, *left, *right, (2, 3, 1.0)) == {frozenset(("r0", "r1", "r2")), frozenset(("r3", "r4", "r5"))}


def test_a_pair_that_was_no_candidate_is_bridged_by_two_sure_ones() -> None:
    assert groups(3, (0, 1, 12.0), (1, 2, 12.0)) == {frozenset(("r0", "r1", "r2"))}


def test_pairs_implied_by_a_cluster_are_links_with_their_reason() -> None:
    ids = pl.Series("id", ["r0", "r1", "r2"])
    told, _ = clustered(answered((0, 1, 12.0), (1, 2, 12.0)), ids, Thresholds(0.5, 0.5))
    implied = told.filter(pl.col("reason") == "same_cluster")
    assert implied.select("id_l", "id_r").rows() == [("r0", "r2")]


def test_who_has_no_pair_is_alone() -> None:
    assert groups(3, (0, 1, 12.0)) == {frozenset(("r0", "r1")), frozenset(("r2",))}


def test_a_large_component_falls_apart_at_its_weak_pairs() -> None:
    rows = []
    for start in range(0, 900, 3):
        rows += [(start, start + 1, 15.0), (start, start + 2, 15.0), (start + 1, start + 2, 15.0)]
        rows += [(start + 2, start + 3, 0.5)] if start < 897 else []
    assert {len(each) for each in groups(900, *rows)} == {3}


def told(link: float, review: float, *rows: tuple[int, int, float]) -> list[tuple[str, str]]:
    ids = pl.Series("id", ["r0", "r1", "r2"])
    found, _ = clustered(answered(*rows).with_columns(status=pl.lit("review")), ids, Thresholds(link, review))
    return found.sort("l", "r").select("status", "reason").rows()


def test_two_records_that_a_steward_should_see_are_no_cluster() -> None:
    assert told(0.99, 0.1, (0, 1, 3.0)) == [("review", "weight_above_threshold")]
    assert told(0.99, 0.1, (0, 1, 9.0)) == [("linked", "weight_above_threshold")]


def test_a_pair_that_only_its_cluster_holds_together_says_so() -> None:
    found = told(0.9, 0.1, (0, 1, 12.0), (0, 2, 1.0), (1, 2, 12.0))
    assert found == [
        ("linked", "weight_above_threshold"),
        ("linked", "same_cluster"),
        ("linked", "weight_above_threshold"),
    ]


def test_a_pair_below_the_threshold_speaks_for_what_it_says_and_not_as_strangers_do() -> None:
    sure, maybe = (0, 1, 12.0), (1, 2, 1.0)
    assert groups(3, sure, maybe, (0, 2, -0.5)) == {frozenset(("r0", "r1", "r2"))}
    assert groups(3, sure, maybe) == {frozenset(("r0", "r1")), frozenset(("r2",))}
