"""Links and clusters held against a truth, record by record."""

import polars as pl
import pytest

from matching.errors import SpecError
from matching.evaluation.groups import BLANK, POOLED, by_group
from matching.evaluation.truth import (
    closed,
    marked_by_clusters,
    marked_by_pairs,
    of_tally,
    tally_of_clusters,
    tally_of_links,
    whole_clusters,
)

TRUTH_SCHEMA = {"left_id": pl.String, "right_id": pl.String}


def links(*rows: tuple[str, str | None, str]) -> pl.DataFrame:
    schema = {**TRUTH_SCHEMA, "status": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(probability=0.9)


def truth(*rows: tuple[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TRUTH_SCHEMA, orient="row")


def clusters(**members: str) -> pl.DataFrame:
    """`clusters(a="xy")`: x and y are in cluster a."""
    rows = [(each, name) for name, ids in members.items() for each in ids]
    return pl.DataFrame(rows, schema={"id": pl.String, "cluster_id": pl.String}, orient="row")


def counts(rates):
    return rates.linked, rates.correct, rates.matches


def test_right_wrong_and_missed_links_are_counted_once_each():
    found = links(("a", "1", "linked"), ("b", "2", "linked"), ("c", None, "not_found"))
    rates = of_tally(tally_of_links(found, truth(("a", "1"), ("b", "9"), ("c", "3"))))
    assert counts(rates) == (2, 1, 3)
    assert (rates.precision, rates.recall, rates.f1) == (0.5, pytest.approx(1 / 3), pytest.approx(0.4))


def test_a_link_of_a_record_that_means_nobody_is_wrong_whether_the_truth_names_it_or_not():
    found = links(("a", "1", "linked"), ("b", "2", "linked"))
    assert counts(of_tally(tally_of_links(found, truth(("a", None))))) == (2, 0, 0)
    assert counts(of_tally(tally_of_links(found, truth(("a", ""))))) == (2, 0, 0)


def test_a_pair_in_review_is_no_link():
    assert counts(of_tally(tally_of_links(links(("a", "1", "review")), truth(("a", "1"))))) == (0, 0, 1)


def test_a_record_may_have_several_partners():
    found = links(("a", "1", "linked"), ("a", "2", "linked"))
    assert counts(of_tally(tally_of_links(found, truth(("a", "1"), ("a", "3"))))) == (2, 1, 2)


def test_a_pair_given_twice_counts_once():
    found = links(("a", "1", "linked"), ("a", "1", "linked"))
    assert counts(of_tally(tally_of_links(found, truth(("a", "1"), ("a", "1"))))) == (1, 1, 1)


def test_nothing_against_nothing_is_no_rate_and_no_error():
    rates = of_tally(tally_of_links(links(), truth()))
    assert (*counts(rates), rates.f1) == (0, 0, 0, 0.0)


def test_pairs_of_clusters_are_counted_without_being_made():
    found, true = clusters(a="uvw", b="x"), clusters(a="uv", b="wx")
    rates = of_tally(tally_of_clusters(found, true), is_dedupe=True)
    assert counts(rates) == (3, 1, 2)


def test_a_cluster_of_many_records_costs_no_more_than_its_rows():
    many = pl.DataFrame({"id": map(str, range(200_000)), "cluster_id": "0"})
    rates = of_tally(tally_of_clusters(many, many), is_dedupe=True)
    assert rates.correct == 200_000 * 199_999 // 2


def test_a_record_that_one_side_does_not_name_is_alone_there():
    rates = of_tally(tally_of_clusters(clusters(a="uv"), clusters(a="vw")), is_dedupe=True)
    assert counts(rates) == (1, 0, 1)


def test_a_cluster_is_whole_if_no_member_is_missing_and_none_too_many():
    found = clusters(a="uvw", b="xyz", c="pq", d="r")
    true = clusters(a="uvw", b="xy", c="pqr", d="z")
    assert counts(whole_clusters(found, true)) == (3, 1, 3)


def test_pairs_become_the_clusters_that_they_connect():
    told = closed(truth(("b", "a"), ("b", "c"), ("x", "y"), ("z", None)))
    assert sorted(told.rows()) == [("a", "a"), ("b", "a"), ("c", "a"), ("x", "x"), ("y", "x"), ("z", "z")]


def test_no_pairs_make_no_clusters():
    assert closed(truth()).height == 0


def test_pairs_are_marked_by_pairs_and_by_clusters():
    pairs = truth(("u", "v"), ("u", "w"))
    assert marked_by_pairs(pairs, truth(("u", "v"))).sort("right_id")["is_true"].to_list() == [True, False]
    assert marked_by_clusters(pairs, clusters(a="vu", b="w")).sort("right_id")["is_true"].to_list() == [True, False]


def tally(values: list[str | None]) -> pl.DataFrame:
    return pl.DataFrame({"value": values}, schema={"value": pl.String}).with_columns(linked=1, correct=1, matches=2)


def test_rates_are_told_by_value_and_blanks_are_a_group_of_their_own():
    groups = by_group(tally(["x"] * 10 + ["y"] * 12 + [None] * 2), ["value"])
    assert [(each.value, each.records, each.rates.recall) for each in groups] == [
        (BLANK, 2, 0.5),
        ("x", 10, 0.5),
        ("y", 12, 0.5),
    ]


def test_values_of_few_records_are_pooled_so_that_they_name_nobody():
    groups = by_group(tally(["x"] * 10 + [f"name {at}" for at in range(9)]), ["value"])
    assert [(each.value, each.records) for each in groups] == [(POOLED, 9), ("x", 10)]


@pytest.mark.parametrize(
    ("form", "value"), [("decade", "1980s"), ("year", "1984"), ("first2", "19"), ("first_word", "1984")]
)
def test_a_group_may_be_a_form_of_a_column(form, value):
    assert by_group(tally(["1984-05-03"] * 10), [f"value:{form}"])[0].value == value


def test_a_form_that_is_not_known_is_named_beside_those_that_are():
    with pytest.raises(SpecError, match="decade"):
        by_group(tally(["x"]), ["value:century"])
