"""Intake of a delivery: every row has one fate, and what is held afterwards follows from the kind of delivery."""

import polars as pl
import pytest

from contracts import received
from flows.receipt import Receipt
from flows.stages.intake import take
from flows.stages.standardise import without_repeats

DEATH = received()["death"]
NO_REJECTS = pl.DataFrame(
    schema={"dataset": pl.String, "_delivery_id": pl.String, "_file": pl.String, "_row": pl.Int64, "rule": pl.String}
    | {"original": pl.String}
)


def rows(*cells, delivery="civil-registry/2026-11-20"):
    """Rows as (key, content) or (key, content, op): standardised far enough for intake."""
    full = [(*each, "upsert")[:3] for each in cells]
    frame = pl.DataFrame(
        [(key, content, op, number + 2) for number, (key, content, op) in enumerate(full)],
        schema={"record_id": pl.String, "_hash": pl.String, "_op": pl.String, "_row": pl.Int64},
        orient="row",
    )
    texts = [pl.lit("x").alias(name) for name in DEATH.names]
    whole = frame.with_columns(pl.lit(delivery).alias("_delivery_id"), _file=pl.lit("death.csv"))
    return without_repeats(whole.with_columns(texts))


def receipt(received_rows, kind="delta"):
    return Receipt("civil-registry/2026-11-21", "civil-registry", kind, "f", "accepted", {"death": received_rows})


def gate(*failing, severity="error"):
    def failures(frame):
        hit = frame.filter(pl.col("_hash").is_in(list(failing)))
        return hit.select(
            "row_id", rule=pl.lit("some_rule"), property=pl.lit(None, pl.String), severity=pl.lit(severity)
        )

    return failures


def held(*cells):
    return rows(*cells).drop("row_id").with_columns(failed_rules=pl.lit([], pl.List(pl.String)))


def fates(intake):
    return intake.received, intake.unchanged, intake.accepted.height, intake.quarantined.height


def test_the_first_delivery_is_held_as_it_is_accepted():
    intake = take(receipt(2, "full"), DEATH, rows(("a", "1"), ("b", "1")), None, gate=gate(), rejects=NO_REJECTS)
    assert fates(intake) == (2, 0, 2, 0)
    assert sorted(intake.held["record_id"]) == ["a", "b"]


def test_a_row_equal_to_the_one_held_is_unchanged_and_never_sees_the_gate():
    seen = []

    def watching(frame):
        seen.extend(frame["record_id"])
        return gate()(frame)

    intake = take(
        receipt(2), DEATH, rows(("a", "1"), ("b", "2")), held(("a", "1"), ("b", "1")), gate=watching, rejects=NO_REJECTS
    )
    assert fates(intake) == (2, 1, 1, 0)
    assert seen == ["b"]


def test_a_repeat_word_for_word_is_counted_once():
    intake = take(receipt(3), DEATH, rows(("a", "1"), ("a", "1"), ("b", "1")), None, gate=gate(), rejects=NO_REJECTS)
    assert fates(intake) == (3, 1, 2, 0)


def test_a_row_in_quarantine_leaves_the_former_version_held():
    intake = take(receipt(1), DEATH, rows(("a", "2")), held(("a", "1")), gate=gate("2"), rejects=NO_REJECTS)
    assert fates(intake) == (1, 0, 0, 1)
    assert intake.held["_hash"].to_list() == ["1"]


def test_a_warning_goes_on_with_the_row():
    intake = take(receipt(1), DEATH, rows(("a", "1")), None, gate=gate("1", severity="warning"), rejects=NO_REJECTS)
    assert intake.held["failed_rules"].to_list() == [["some_rule"]]


def test_a_delete_removes_the_row_held_and_is_accepted():
    intake = take(
        receipt(1), DEATH, rows(("a", "-", "delete")), held(("a", "1"), ("b", "1")), gate=gate(), rejects=NO_REJECTS
    )
    assert fates(intake) == (1, 0, 1, 0)
    assert intake.held["record_id"].to_list() == ["b"]


def test_a_delete_of_something_never_held_says_nothing_new():
    intake = take(receipt(1), DEATH, rows(("z", "-", "delete")), held(("a", "1")), gate=gate(), rejects=NO_REJECTS)
    assert fates(intake) == (1, 1, 0, 0)


def test_a_key_both_sent_and_deleted_goes_to_quarantine_twice():
    both = rows(("a", "2"), ("a", "-", "delete"))
    intake = take(receipt(2), DEATH, both, held(("a", "1")), gate=gate("2"), rejects=NO_REJECTS)
    assert fates(intake) == (2, 0, 0, 2)
    assert intake.held["_hash"].to_list() == ["1"]


def test_a_full_delivery_drops_what_it_leaves_out_but_only_of_its_own_source():
    other = held(("c", "1")).with_columns(_delivery_id=pl.lit("elsewhere/1"))
    before = pl.concat([held(("a", "1"), ("b", "1")), other])
    intake = take(receipt(1, "full"), DEATH, rows(("a", "1")), before, gate=gate(), rejects=NO_REJECTS)
    assert sorted(intake.held["record_id"]) == ["a", "c"]
    assert intake.removed == 1


def test_a_delta_drops_nothing_it_leaves_out():
    intake = take(receipt(1), DEATH, rows(("c", "1")), held(("a", "1")), gate=gate(), rejects=NO_REJECTS)
    assert sorted(intake.held["record_id"]) == ["a", "c"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_rows_changes_nothing(order):
    cells = [("a", "1"), ("b", "2"), ("c", "3")]
    intake = take(receipt(3), DEATH, rows(*(cells[each] for each in order)), None, gate=gate("2"), rejects=NO_REJECTS)
    assert intake.held.sort("record_id")["_hash"].to_list() == ["1", "3"]
