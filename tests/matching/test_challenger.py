"""The second opinion: learnt from decisions, the same whatever their order, and silent where there are too few."""

import numpy as np
import polars as pl
import pytest

from matching.challenger import (
    FEWEST_FOR_LOGISTIC,
    Challenger,
    TooFewLabels,
    disagreement_share,
    disagreements,
    levels_of_evidence,
    levels_of_pairs,
    train,
)
from matching.engine.link import link
from matching.linkages.person import PERSON
from matching.schemas import VERDICTS
from matching.verdicts import labels_of
from tests.matching.engine import people


def decided(pairs: int) -> tuple[pl.DataFrame, pl.Series]:
    """Pairs whose birth date tells matches from others, whatever the name is."""
    generator = np.random.default_rng(1)
    is_match = pl.Series(generator.random(pairs) < 0.5)
    told = generator.random(pairs) < 0.95
    birth = ["exact" if match == right else "different" for match, right in zip(is_match, told, strict=True)]
    return pl.DataFrame({"name": generator.choice(["exact", "close"], pairs), "birth_date": birth}), is_match


def taught(pairs: int) -> Challenger:
    challenger = train(*decided(pairs))
    assert isinstance(challenger, Challenger)
    return challenger


def score(challenger: Challenger, name: str | None, birth: str | None) -> float:
    told = pl.DataFrame({"name": [name], "birth_date": [birth]}, schema={"name": pl.String, "birth_date": pl.String})
    return float(challenger.score(told)[0])


def test_too_few_decisions_of_a_kind_teach_nobody_and_say_so():
    levels, is_match = decided(60)
    few = train(levels.filter(is_match), is_match.filter(is_match))
    assert isinstance(few, TooFewLabels)
    assert few.different == 0
    assert "20" in few.vi
    assert "20" in few.en


@pytest.mark.parametrize(
    ("pairs", "name"),
    [(FEWEST_FOR_LOGISTIC - 1, "naive Bayes"), (FEWEST_FOR_LOGISTIC, "logistic regression")],
)
def test_the_number_of_decisions_chooses_the_classifier(pairs, name):
    assert taught(pairs).name == name


@pytest.mark.parametrize("pairs", [100, 400])
def test_what_tells_matches_apart_is_learnt_and_what_does_not_is_not(pairs):
    challenger = taught(pairs)
    assert score(challenger, "exact", "exact") > 0.8
    assert score(challenger, "exact", "different") < 0.2
    assert abs(score(challenger, "exact", "exact") - score(challenger, "close", "exact")) < 0.15


@pytest.mark.parametrize("pairs", [100, 400])
def test_shuffled_decisions_teach_the_same(pairs):
    levels, is_match = decided(pairs)
    order = np.random.default_rng(2).permutation(pairs)
    other = train(levels[order], is_match[order])
    assert isinstance(other, Challenger)
    assert other.score(levels).equals(taught(pairs).score(levels))


def test_a_blank_says_less_than_a_level():
    challenger = taught(400)
    assert (
        score(challenger, "exact", "different") < score(challenger, "exact", None) < score(challenger, "exact", "exact")
    )


def test_a_level_that_no_steward_saw_is_taken_for_a_blank():
    challenger = taught(400)
    assert score(challenger, "exact", "swapped") == score(challenger, "exact", None)


def test_no_pairs_have_no_scores():
    assert taught(100).score(pl.DataFrame(schema={"name": pl.String, "birth_date": pl.String})).len() == 0


def test_codes_of_a_linkage_become_levels_and_zero_a_blank():
    pairs = pl.DataFrame(
        {"left_id": ["a"], "right_id": ["b"], "name": [3], "phone": [0], "bits": [1.0], "probability": [0.5]}
    )
    assert levels_of_pairs(pairs).row(0, named=True) == {"name": "3", "phone": None}


def test_of_real_candidates_the_levels_are_seen_and_their_bits_are_not():
    register = people.register(100)
    pairs = link(people.records(register).lazy(), register.lazy(), people.spec()).pairs
    told = levels_of_pairs(pairs)
    assert told.columns == list(people.FIELDS)
    assert set(told["birth"].drop_nulls().unique()) <= set("123456789")


def test_evidence_becomes_levels_and_what_it_does_not_name_a_blank():
    evidence = pl.Series(['{"name":["exact",12.3],"birth_date":["year",-1.5]}', None])
    told = levels_of_evidence(evidence, PERSON)
    assert told.columns == [field.name for field in PERSON]
    assert told.select("name", "birth_date", "sex").rows() == [("exact", "year", None), (None, None, None)]


def test_verdicts_on_pairs_are_labels_and_contradictions_are_none():
    rows = [
        ("r1", "owner", "population", "001", "same"),
        ("r2", "owner", "population", "002", "different"),
        ("r3", "owner", "population", "003", "same"),
        ("r3", "owner", "population", "003", "different"),
        ("r4", "owner", "population", None, "not_in_register"),
    ]
    told = labels_of(pl.DataFrame(rows, schema=VERDICTS, orient="row"))
    assert told.select("record_id", "is_match").rows() == [("r1", True), ("r2", False)]


def test_the_widest_disagreement_comes_first_and_ties_go_by_id():
    pairs = pl.DataFrame(
        {
            "left_id": ["c", "b", "a"],
            "right_id": ["1", "1", "1"],
            "probability": [0.9, 0.9, 0.2],
            "challenger": [0.8, 0.1, 1.0],
        }
    )
    assert disagreements(pairs)["left_id"].to_list() == ["a", "b", "c"]


def test_the_share_counts_pairs_on_two_sides_of_the_threshold():
    pairs = pl.DataFrame({"probability": [0.9, 0.9, 0.2, 0.1], "challenger": [0.8, 0.1, 0.3, 0.2]})
    assert disagreement_share(pairs, linked_from=0.5) == 0.25
    assert disagreement_share(pairs.clear(), linked_from=0.5) == 0.0
