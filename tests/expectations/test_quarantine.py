import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import received
from expectations.quarantine import QUARANTINE, quarantine_rows, split
from expectations.results import FAILURES

DEATH = received()["death"]


def failures(*rows: tuple[int, str, str]) -> pl.DataFrame:
    return pl.DataFrame([(row, rule, None, severity) for row, rule, severity in rows], schema=FAILURES, orient="row")


def frame(*row_ids: int) -> pl.DataFrame:
    return pl.DataFrame({"row_id": row_ids, "record_id": [f"death:{each}" for each in row_ids]})


def held_back(*rows: dict[str, object]) -> pl.DataFrame:
    blank: dict[str, object] = dict.fromkeys(DEATH.names) | {
        "record_id": None,
        "_delivery_id": "civil-registry/2026-11-20",
        "_file": "death.csv",
        "_row": 2,
        "rules": ["number_present"],
    }
    schema = dict.fromkeys(DEATH.names, pl.String) | {"record_id": pl.String, "_row": pl.Int64}
    return pl.DataFrame([blank | row for row in rows], schema_overrides=schema, infer_schema_length=None)


def test_a_row_that_breaks_nothing_goes_on_with_no_rules() -> None:
    parts = split(frame(1), failures())
    assert parts.accepted["failed_rules"].to_list() == [[]]
    assert parts.quarantined.is_empty()


def test_a_row_that_breaks_warnings_goes_on_with_them_sorted() -> None:
    parts = split(frame(1), failures((1, "b", "warning"), (1, "a", "warning")))
    assert parts.accepted["failed_rules"].to_list() == [["a", "b"]]


def test_a_row_that_breaks_an_error_rule_is_quarantined_with_errors_first() -> None:
    parts = split(frame(1, 2), failures((2, "a", "warning"), (2, "z", "error"), (2, "y", "error")))
    assert parts.accepted["row_id"].to_list() == [1]
    assert parts.quarantined["rules"].to_list() == [["y", "z", "a"]]


def test_a_rule_reported_twice_counts_once_at_its_graver_severity() -> None:
    parts = split(frame(1), failures((1, "a", "warning"), (1, "a", "error")))
    assert parts.quarantined["rules"].to_list() == [["a"]]


def test_an_empty_frame_splits_into_two_empty_frames_with_their_columns() -> None:
    parts = split(frame().with_columns(pl.col("row_id").cast(pl.Int64)), failures())
    assert parts.accepted.columns == ["row_id", "record_id", "failed_rules"]
    assert parts.quarantined.columns == ["row_id", "record_id", "rules"]
    assert parts.accepted.schema["failed_rules"] == parts.quarantined.schema["rules"] == pl.List(pl.String)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abc"), st.sampled_from(["error", "warning"]))),
    st.randoms(use_true_random=False),
)
def test_nothing_is_lost_and_the_order_of_failures_does_not_matter(rows, random) -> None:
    whole = frame(*range(1, 10))
    parts = split(whole, failures(*rows))
    assert sorted([*parts.accepted["row_id"], *parts.quarantined["row_id"]]) == whole["row_id"].to_list()
    random.shuffle(rows)
    again = split(whole, failures(*rows))
    assert again.accepted.equals(parts.accepted)
    assert again.quarantined.equals(parts.quarantined)


def test_the_original_texts_are_kept_as_json_in_the_contracts_order() -> None:
    rows = quarantine_rows(DEATH, held_back({"deceased_name": "Đặng Thị Ấ", "number": " 7 "}))
    assert rows.schema == QUARANTINE
    assert list(json.loads(rows["original"][0]).items()) == [("number", " 7 "), ("deceased_name", "Đặng Thị Ấ")]
    assert rows.select("dataset", "delivery_id", "file", "row").row(0) == (
        "death",
        "civil-registry/2026-11-20",
        "death.csv",
        2,
    )


def test_a_row_that_could_not_be_read_is_kept_as_its_line() -> None:
    reject = {"_delivery_id": "s/d", "_file": "death.csv", "_row": 9, "rule": "too_many_fields", "original": 'a,"b'}
    rows = quarantine_rows(DEATH, held_back().clear(), pl.DataFrame([reject]))
    assert json.loads(rows["original"][0]) == {"line": 'a,"b'}
    assert rows["rules"].to_list() == [["too_many_fields"]]


def test_ids_tell_content_apart_and_not_places() -> None:
    here = quarantine_rows(DEATH, held_back({"page": "1"}, {"page": "2"}))
    there = quarantine_rows(DEATH, held_back({"page": "2", "_row": 70}, {"page": "1", "_file": "death.part2.csv"}))
    assert here["quarantine_id"].n_unique() == 2
    assert here["quarantine_id"].to_list() == there["quarantine_id"].to_list()


def test_rows_of_equal_content_have_ids_of_their_own() -> None:
    rows = quarantine_rows(DEATH, held_back({"_row": 2}, {"_row": 3}))
    assert rows["quarantine_id"].n_unique() == 2


def test_a_text_that_no_database_can_hold_is_still_kept() -> None:
    (original,) = quarantine_rows(DEATH, held_back({"page": "a\x00b"}))["original"]
    assert json.loads(original) == {"page": "a\ufffdb"}


@pytest.mark.parametrize("rejects", [None, pl.DataFrame()])
def test_nothing_held_back_gives_an_empty_frame_of_the_shape(rejects: pl.DataFrame | None) -> None:
    rows = quarantine_rows(DEATH, held_back().clear(), rejects)
    assert rows.is_empty()
    assert rows.schema == QUARANTINE
