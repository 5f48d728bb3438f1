"""Stewards' decisions teach the model, stand in the links, and are refused where they contradict."""

import polars as pl
import pytest

from matching.engine.link import Linked, dedupe, link
from matching.engine.spec import Cardinality
from matching.engine.verdicts import DECISIONS, Verdicts
from matching.errors import VerdictError
from matching.reasons import STATUS_REASONS, Reason, Status
from tests.matching.engine import people

SPEC = people.spec()
REGISTER = people.register()
RECORDS = people.records(REGISTER)


def decided(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, DECISIONS, orient="row")


def linked(*rows: tuple[str, str, str], cardinality: Cardinality = Cardinality.MANY_TO_ONE) -> Linked:
    spec = people.spec(cardinality)
    return link(RECORDS.lazy(), REGISTER.lazy(), spec, verdicts=Verdicts.of(decided(*rows), spec))


def answer(found: Linked, left_id: str) -> dict[str, object]:
    return found.links.filter(pl.col("left_id") == left_id).row(0, named=True)


SURE, OTHER = "RP00000", "P00500"
"""A record that means P00000 by all it says, and somebody else."""


@pytest.mark.parametrize("cardinality", [Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE])
def test_a_pair_called_the_same_is_linked_whatever_it_weighs(cardinality):
    told = answer(linked((SURE, OTHER, "same"), cardinality=cardinality), SURE)
    assert told["right_id"] == OTHER
    assert (told["status"], told["reason"]) == (Status.LINKED, Reason.DECIDED_BY_STEWARD)
    assert told["probability"] == 1.0


def test_a_pair_called_different_is_never_linked():
    assert answer(linked(), SURE)["right_id"] == "P00000"
    found = linked((SURE, "P00000", "different"))
    assert not found.links.filter((pl.col("left_id") == SURE) & (pl.col("right_id") == "P00000")).height


def test_whom_nobody_else_comes_near_is_not_found_because_a_steward_decided():
    left = RECORDS.filter(pl.col(SPEC.left_id) == SURE)
    right = REGISTER.filter(pl.col(SPEC.right_id).is_in(["P00000", OTHER]))
    verdicts = Verdicts.of(decided((SURE, "P00000", "different")), SPEC)
    told = answer(link(left.lazy(), right.lazy(), SPEC, verdicts=verdicts), SURE)
    assert (told["right_id"], told["status"], told["reason"]) == (None, Status.NOT_FOUND, Reason.DECIDED_BY_STEWARD)


def test_with_many_partners_a_decided_pair_leaves_the_others():
    found = linked((SURE, OTHER, "same"), cardinality=Cardinality.MANY_TO_MANY)
    partners = found.links.filter(pl.col("left_id") == SURE)["right_id"].to_list()
    assert set(partners) >= {"P00000", OTHER}


def test_one_to_one_a_decided_entry_is_free_for_nobody_else():
    found = linked(("RP00002", "P00000", "same"), cardinality=Cardinality.ONE_TO_ONE)
    owners = found.links.filter((pl.col("right_id") == "P00000") & (pl.col("status") == Status.LINKED))
    assert owners["left_id"].to_list() == ["RP00002"]


def test_other_records_are_answered_as_before():
    before, after = linked().links, linked((SURE, "P00000", "same")).links
    others = pl.col("left_id") != SURE
    same = ["left_id", "right_id", "status", "reason"]
    assert before.filter(others).select(same).equals(after.filter(others).select(same))


def test_every_record_keeps_one_answer_with_a_reason_of_its_status():
    found = linked((SURE, OTHER, "same"), ("RP00002", "P00002", "different"))
    assert found.links["left_id"].is_unique().all()
    for status, reason in found.links.select("status", "reason").unique().rows():
        assert Reason(reason) in STATUS_REASONS[Status(status)]


def test_the_model_tells_how_many_decisions_it_learnt_from():
    assert linked((SURE, "P00000", "same"), ("RP00002", "P00100", "different")).model.training.verdicts == 2
    assert linked().model.training.verdicts == 0


def test_what_decided_matches_look_like_moves_m_towards_it():
    """Of people whose birth dates were called the same although they differ, difference becomes likelier."""
    wrong = RECORDS.join(REGISTER.select("number", person="id", true="birth"), on="number", how="inner").filter(
        pl.col("birth") != pl.col("true")
    )
    before, after = (
        linked(*rows).model for rows in ((), [(one, two, "same") for one, two in wrong.select("id", "person").rows()])
    )
    at = people.FIELDS.index("birth")
    assert sum(after.fields[at].m[:-1]) > sum(before.fields[at].m[:-1])


def test_the_order_of_decisions_changes_nothing():
    rows = [(SURE, OTHER, "same"), ("RP00002", "P00002", "different"), ("RP00004", "P00004", "same")]
    one, two = linked(*rows), linked(*rows[::-1])
    assert one.links.equals(two.links)
    assert one.model == two.model


@pytest.mark.parametrize("pair", [("P00000", "P00001"), ("P00001", "P00000")])
def test_records_called_the_same_share_a_cluster(pair):
    spec = people.spec(Cardinality.DEDUPE)
    found = dedupe(REGISTER.lazy(), SPEC, verdicts=Verdicts.of(decided((*pair, "same")), spec))
    clusters = dict(found.clusters.iter_rows())
    assert clusters["P00000"] == clusters["P00001"] == "P00000"
    told = found.links.filter(pl.col("left_id").is_in(pair) & pl.col("right_id").is_in(pair))
    assert told.select("status", "reason").rows() == [(Status.LINKED, Reason.DECIDED_BY_STEWARD)]


def test_records_called_different_never_share_a_cluster_even_through_a_third():
    twice = pl.concat([REGISTER.head(60), *(REGISTER.head(5).with_columns(pl.col("id") + end) for end in "xy")])
    spec = people.spec(Cardinality.DEDUPE)
    free = dict(dedupe(twice.lazy(), SPEC).clusters.iter_rows())
    assert free["P00000"] == free["P00000x"] == free["P00000y"]
    found = dedupe(twice.lazy(), SPEC, verdicts=Verdicts.of(decided(("P00000x", "P00000", "different")), spec))
    clusters = dict(found.clusters.iter_rows())
    assert clusters["P00000"] != clusters["P00000x"]
    assert clusters["P00000y"] in (clusters["P00000"], clusters["P00000x"])
    assert clusters["P00001"] == clusters["P00001x"] == clusters["P00001y"]
    pairs = found.links.filter(pl.col("status") == Status.LINKED)
    assert all(clusters[one] == clusters[two] for one, two in pairs.select("left_id", "right_id").iter_rows())


@pytest.mark.parametrize(
    ("rows", "cardinality", "wrong"),
    [
        ([("a", "1", "yes")], Cardinality.MANY_TO_ONE, [0]),
        ([("a", "1", None)], Cardinality.MANY_TO_ONE, [0]),
        ([("a", "1", "same"), ("b", " ", "same")], Cardinality.MANY_TO_ONE, [1]),
        ([("a", "1", "same"), ("b", "2", "same"), ("a", "1", "different")], Cardinality.MANY_TO_ONE, [0, 2]),
        ([("a", "1", "same"), ("a", "2", "same")], Cardinality.MANY_TO_ONE, [0, 1]),
        ([("a", "1", "same"), ("b", "1", "same")], Cardinality.ONE_TO_ONE, [0, 1]),
        ([("a", "b", "same"), ("b", "a", "different")], Cardinality.DEDUPE, [0, 1]),
        ([("a", "a", "different")], Cardinality.DEDUPE, [0]),
        ([("a", "b", "same"), ("c", "b", "same"), ("a", "c", "different")], Cardinality.DEDUPE, [2]),
    ],
)
def test_decisions_that_cannot_all_be_obeyed_are_refused_with_their_rows(rows, cardinality, wrong):
    with pytest.raises(VerdictError) as refused:
        Verdicts.of(decided(*rows), people.spec(cardinality))
    assert refused.value.rows == wrong


def test_the_same_decision_twice_is_one():
    assert Verdicts.of(decided((SURE, OTHER, "same"), (SURE, OTHER, "same ")), SPEC).pairs.height == 1
