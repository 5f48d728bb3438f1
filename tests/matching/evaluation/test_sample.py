"""The clerical sample: every pair's chance is known, and what is drawn depends on ids and seed alone."""

import numpy as np
import polars as pl
import pytest

from matching.engine.keys import parse_key
from matching.engine.spec import Rule
from matching.errors import SpecError
from matching.evaluation import outside
from matching.evaluation.outside import Outside, Universe, pairs_of_rule, random_pairs
from matching.evaluation.sample import DESIGN, RANDOM, UNUSED, draw

BOTH = ["left_id", "right_id"]


def candidates(count: int) -> pl.DataFrame:
    p = np.random.default_rng(1).beta(0.2, 0.2, count)
    return pl.DataFrame(
        {"left_id": [f"L{at}" for at in range(count)], "right_id": [f"R{at}" for at in range(count)]}
    ).with_columns(probability=pl.Series(p))


def links(pairs: pl.DataFrame) -> pl.DataFrame:
    linked = pairs.filter(pl.col("probability") > 0.6)
    return linked.with_columns(status=pl.lit("linked"))


PAIRS = candidates(3_000)
LINKS = links(PAIRS)
IDS = pl.Series([f"L{at}" for at in range(3_000)]), pl.Series([f"R{at}" for at in range(3_000)])


def test_about_as_many_pairs_are_drawn_as_were_asked_for_each_once():
    design = draw(LINKS, PAIRS, size=400, seed=1)
    assert design.schema == DESIGN
    assert design.height == 400
    assert not design.select(BOTH).is_duplicated().any()


def test_pairs_of_every_band_are_drawn_linked_or_not():
    strata = draw(LINKS, PAIRS, size=400, seed=1)["stratum"].unique().to_list()
    assert {"linked, from 0.999", "linked, below 0.9", "not linked, below 0.001", "not linked, from 0.5"} <= set(strata)


def test_each_pair_stands_for_its_part_of_the_stratum():
    design = draw(LINKS, PAIRS, size=400, seed=1)
    assert design.select((1 / pl.col("inclusion_probability")).sum()).item() == pytest.approx(PAIRS.height)
    sizes = design.group_by("stratum").agg(pl.len(), pl.col("drawn").first())
    assert sizes["len"].to_list() == sizes["drawn"].to_list()


def test_rows_in_another_order_give_the_same_sample_and_another_seed_another_one():
    order = np.random.default_rng(3).permutation(PAIRS.height)
    design = draw(LINKS, PAIRS, size=200, seed=1)
    assert draw(LINKS.reverse(), PAIRS[order], size=200, seed=1).equals(design)
    assert not draw(LINKS, PAIRS, size=200, seed=2).equals(design)


def test_a_clerk_cannot_tell_the_stratum_from_the_place_in_the_list():
    strata = draw(LINKS, PAIRS, size=400, seed=1)["stratum"]
    assert strata.rle().len() > 200


def test_more_than_there_is_draws_all_of_it():
    few = PAIRS.head(30)
    design = draw(links(few), few, size=400, seed=1)
    assert design.height == 30
    assert design["inclusion_probability"].to_list() == [1.0] * 30


def test_a_linked_pair_that_was_no_candidate_is_in_a_stratum_too():
    alone = pl.DataFrame({"left_id": ["x"], "right_id": ["y"], "status": ["linked"], "probability": [0.5]})
    design = draw(alone, PAIRS.clear(), size=10, seed=1)
    assert design.select("left_id", "stratum", "is_linked").rows() == [("x", "linked, below 0.9", True)]


def test_of_nothing_nothing_is_drawn():
    assert draw(LINKS.clear(), PAIRS.clear(), size=10, seed=1).height == 0


def test_pairs_outside_blocking_are_drawn_and_stand_for_all_the_others():
    design = draw(LINKS, PAIRS, size=400, seed=1, outside=Outside(Universe(*IDS)))
    drawn = design.filter(pl.col("stratum") == RANDOM)
    assert drawn.height >= 10
    assert drawn["stratum_pairs"].unique().to_list() == [3_000 * 3_000 - PAIRS.height]
    assert drawn.join(PAIRS, on=BOTH, how="semi").height == 0


def test_random_pairs_are_unknown_ones_each_as_likely():
    left, right = pl.Series(["a", "b"]), pl.Series(["1", "2", "3"])
    known = pl.DataFrame({"left_id": ["a"], "right_id": ["1"]})
    seen = [random_pairs(Universe(left, right), known, count=1, seed=seed).row(0) for seed in range(1_000)]
    counts = pl.Series(["".join(each) for each in seen]).value_counts()
    assert sorted(counts.to_series(0)) == ["a2", "a3", "b1", "b2", "b3"]
    assert min(counts["count"]) > 150


def test_of_one_table_each_two_records_are_one_pair():
    ids = pl.Series(["a", "b", "c"])
    found = random_pairs(Universe(ids, ids, is_dedupe=True), PAIRS.clear().select(BOTH), count=9, seed=1)
    assert sorted(found.rows()) == [("a", "b"), ("a", "c"), ("b", "c")]


def test_of_one_table_a_pair_is_known_whichever_record_is_named_first():
    ids = pl.Series(["a", "b", "c"])
    near = known(("b", "a"), ("c", "a")).with_columns(probability=0.5)
    design = draw(LINKS.clear(), near, size=20, seed=1, outside=Outside(Universe(ids, ids, is_dedupe=True)))
    assert design.filter(pl.col("stratum") == RANDOM).select(BOTH).rows() == [("b", "c")]


LEFT = pl.DataFrame({"id": ["a", "b", "c"], "name": ["Lê Vân", "Trần Nam", None]})
RIGHT = pl.DataFrame({"id": ["1", "2", "3"], "ten": ["Le Tâm", "Nam Tran", None]})


def rule(text: str) -> Rule:
    return Rule((parse_key(text),))


def known(*pairs: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema=dict.fromkeys(BOTH, pl.String), orient="row")


def test_an_unused_rule_makes_the_pairs_that_share_its_key():
    assert pairs_of_rule(LEFT, RIGHT, rule("name = ten:first_word")).rows() == [("a", "1")]
    assert pairs_of_rule(LEFT, RIGHT, rule("name = ten:words")).rows() == [("b", "2")]


def test_pairs_that_were_weighed_are_none_of_the_unused_rule():
    made = pl.concat([PAIRS.head(50).select(BOTH), known(("L1", "R2"), ("L3", "R4"))])
    design = draw(LINKS, PAIRS, size=400, seed=1, outside=Outside(Universe(*IDS), made))
    unused = design.filter(pl.col("stratum") == UNUSED)
    assert sorted(unused.select(BOTH).rows()) == [("L1", "R2"), ("L3", "R4")]
    assert unused["stratum_pairs"].to_list() == [2, 2]


def test_of_one_table_a_rule_pairs_no_record_with_itself():
    table = pl.DataFrame({"id": ["a", "b"], "name": ["x", "x"]})
    assert pairs_of_rule(table, table, rule("name"), is_dedupe=True).rows() == [("a", "b")]


def test_a_rule_that_is_no_narrow_net_is_refused(monkeypatch):
    monkeypatch.setattr(outside, "_MOST_PAIRS", 3)
    table = pl.DataFrame({"id": ["a", "b"], "name": ["x", "x"]})
    with pytest.raises(SpecError, match="4 pairs"):
        pairs_of_rule(table, table, rule("name"))
