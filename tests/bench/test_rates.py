"""What a linkage is worth when the truth is known: the decision, the best threshold, and what lies between them."""

import polars as pl
import pytest

from bench.growth import exponent
from bench.public import measure
from bench.rates import best, clusters_at, figures, in_order, possible, rated
from matching.engine.link import dedupe
from matching.engine.spec import Cardinality, Comparison, Spec


def pairs(*rows):
    return pl.DataFrame(rows, schema={"left_id": str, "right_id": str, "probability": float}, orient="row")


TRUTH = pl.DataFrame({"left_id": ["a", "b", "c"], "right_id": ["1", "2", "3"]})


def test_rates_count_a_missed_pair_and_a_false_one():
    found = rated(pairs(("a", "1", 0.9), ("b", "3", 0.9)), TRUTH)
    assert (found.precision, found.recall, found.f1) == (1 / 2, 1 / 3, 2 / 5)


def test_nothing_linked_has_no_rates_and_no_error():
    assert rated(pairs(), TRUTH).f1 == 0.0
    assert best(pairs(), TRUTH).f1 == 0.0


def test_the_best_threshold_is_the_one_of_the_highest_f1():
    found = best(pairs(("a", "1", 0.9), ("b", "2", 0.4), ("c", "1", 0.3)), TRUTH)
    assert found.threshold == 0.4
    assert found.f1 == pytest.approx(4 / 5)


def test_pairs_of_one_probability_are_taken_together():
    assert best(pairs(("a", "1", 0.9), ("a", "2", 0.9)), TRUTH).f1 == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("cardinality", "left"),
    [
        pytest.param(Cardinality.ONE_TO_ONE, ["a1"], id="one partner on both sides"),
        pytest.param(Cardinality.MANY_TO_ONE, ["a1", "b1"], id="one partner of a left record"),
        pytest.param(Cardinality.MANY_TO_MANY, ["a1", "a2", "b1"], id="any number"),
    ],
)
def test_only_pairs_that_may_be_links_at_once_are_possible(cardinality, left):
    found = possible(pairs(("a", "1", 0.9), ("a", "2", 0.8), ("b", "1", 0.7)), cardinality)
    assert [one + two for one, two in found.select("left_id", "right_id").rows()] == left


def test_a_pair_of_one_table_counts_once_whichever_way_round():
    assert in_order(pairs(("b", "a", 0.9), ("a", "b", 0.9))).rows() == [("a", "b", 0.9)]


def test_a_set_is_measured_by_its_files_alone(tmp_path):
    folder = tmp_path / "club"
    folder.mkdir()
    names = ["anna", "berta", "clara", "dora", "emma", "frida", "greta", "hanna", "ida", "jana"]
    pl.DataFrame({"id": range(10), "name": names, "no": range(100, 110)}).write_csv(folder / "left.csv")
    pl.DataFrame({"id": range(10), "name": names, "no": range(100, 110)}).write_csv(folder / "right.csv")
    pl.DataFrame({"left_id": range(10), "right_id": range(10)}).write_csv(folder / "truth.csv")
    described = tmp_path / "club.toml"
    compared = "".join(f'[[compare]]\nkind = "{kind}"\ncolumn = "{name}"\n' for name, kind in COLUMNS.items())
    described.write_text(f'cardinality = "one-to-one"\n[left]\nid = "id"\n{compared}', encoding="utf-8")
    told = measure(folder, described)
    assert told["default"]["f1"] == 1.0
    assert told["lost"] == 0.0


COLUMNS = {"name": "name", "no": "identifier"}


def doubles():
    """Ten persons, each written twice."""
    rows = [(f"{name}{copy}", name, str(1000 + 37 * at)) for at, name in enumerate(NAMES) for copy in "xy"]
    source = pl.DataFrame(rows, schema=["id", *COLUMNS], orient="row")
    compared = tuple(Comparison(name, kind, name, name) for name, kind in COLUMNS.items())
    return dedupe(source.lazy(), Spec("id", "id", compared))


NAMES = ("anna", "berta", "clara", "dora", "emma", "frida", "greta", "hanna", "ida", "jana")


def test_clusters_are_made_anew_at_each_cut():
    found = doubles()
    made = {cut: in_order(clusters_at(found, cut)) for cut in (0.5, 1 - 1e-12)}
    assert made[0.5].height == len(NAMES)
    assert made[1 - 1e-12].height == 0


def test_with_labelled_pairs_no_other_counts():
    truth = pl.DataFrame({"left_id": ["annax"], "right_id": ["annay"]})
    told = figures(doubles(), truth, Cardinality.DEDUPE, truth)
    assert told.default.precision == 1.0


def test_time_that_follows_the_register_has_exponent_one():
    assert exponent({1_000: 2.0, 3_000: 6.0, 10_000: 20.0}) == pytest.approx(1.0)
