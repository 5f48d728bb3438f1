"""What was answered stands for a content: it is passed over, or accepted although it breaks a rule."""

import polars as pl

from contracts import received
from flows.quarantine.standing import SETTLED, Standing, releasable, standing, unique_key
from tests.flows.quarantine.conftest import DEATH

FIELDS = ("dataset", "answer", "original_hash", "answer_hash")


def answers(*said):
    return pl.DataFrame(
        [dict(zip(FIELDS, each, strict=True)) for each in said], schema=dict.fromkeys(FIELDS, pl.String)
    )


def test_corrected_and_withdrawn_originals_are_settled_and_kept_ones_are_not():
    told = answers(
        ("death", "corrected", "a", "a2"), ("death", "withdrawn", "b", None), ("death", "accepted_as_is", "c", "c"),
        ("birth", "corrected", "d", "d2"),
    )  # fmt: skip
    assert standing(told, "death") == Standing(frozenset("ab"), frozenset("c"))


def test_an_original_that_was_handed_in_readable_is_settled_in_its_old_form():
    told = answers(("death", "accepted_as_is", "misread", "readable"))
    assert standing(told, "death") == Standing(frozenset({"misread"}), frozenset({"readable"}))


def test_rows_are_marked_by_their_hash():
    rows = pl.DataFrame({"_hash": ["a", "b", None]}, schema={"_hash": pl.String})
    assert Standing(frozenset("a")).marked(rows)[SETTLED].to_list() == [True, False, False]
    assert Standing().marked(rows.clear())[SETTLED].to_list() == []


def test_a_kept_row_goes_on_with_its_rule_as_a_warning_but_never_without_a_key():
    rows = pl.DataFrame({"row_id": [1, 2], "_hash": ["kept", "other"]})
    failures = pl.DataFrame(
        [(1, "death_date_understood"), (1, "number_present"), (1, unique_key(DEATH)), (2, "death_date_understood")],
        schema=["row_id", "rule"], orient="row",
    ).with_columns(severity=pl.lit("error"), property=pl.lit(None, pl.String))  # fmt: skip
    softened = Standing(kept=frozenset({"kept"})).softened(DEATH, rows, failures)
    assert softened["severity"].to_list() == ["warning", "error", "error", "error"]


def test_no_rule_of_a_key_can_be_set_aside_in_any_dataset():
    for contract in received().values():
        of_keys = {rule.name for name in contract.key for rule in contract[name].rules if rule.severity == "error"}
        assert of_keys
        assert not (of_keys | {unique_key(contract)}) & releasable(contract)
