"""The books: every row received has one fate, and a book that does not balance stops the run."""

import polars as pl
import pytest

from flows import books
from flows.errors import BooksError

ACCEPTED = pl.DataFrame(
    {"record_id": ["m1", "m2", "m3"], "_op": ["upsert", "upsert", "delete"], "dataset": ["marriage"] * 3}
)
DECISIONS = pl.DataFrame(
    [
        ("marriage", "m1", "husband", "linked", "identifier_and_name"),
        ("marriage", "m1", "wife", "review", "close_runner_up"),
        ("marriage", "m2", "husband", "not_found", "no_candidate"),
        ("marriage", "m2", "wife", "linked", "identifier_and_name"),
        ("marriage", "m9", "wife", "linked", "identifier_and_name"),
        ("death", "d1", "deceased", "linked", "identifier_and_name"),
    ],
    schema=["dataset", "record_id", "role", "status", "reason"],
    orient="row",
)
COUNTS = {"received": 6, "unchanged": 2, "accepted": 3, "quarantined": 1, "quarantined_by_rule": {"key_is_unique": 1}}


def test_accepted_rows_are_counted_by_role_status_and_reason():
    (book,) = books.of_run({"marriage": COUNTS}, ACCEPTED, DECISIONS)
    husband, wife = book["roles"]
    assert (husband["linked"], husband["not_found"], husband["unlinkable"]) == (1, 1, 1)
    assert wife["by_reason"]["linked"] == {"identifier_and_name": 1}
    assert wife["by_reason"]["review"] == {"close_runner_up": 1}


def test_a_withdrawn_record_is_unlinkable_for_that_reason():
    (book,) = books.of_run({"marriage": COUNTS}, ACCEPTED, DECISIONS)
    assert book["roles"][0]["by_reason"]["unlinkable"] == {"withdrawn": 1}


def test_a_register_has_no_roles_and_still_balances():
    counts = {"received": 1, "unchanged": 0, "accepted": 1, "quarantined": 0, "quarantined_by_rule": {}}
    (book,) = books.of_run({"population": counts}, ACCEPTED.head(0), DECISIONS)
    assert book["roles"] == []


@pytest.mark.parametrize(
    "lost",
    [{"received": 7}, {"unchanged": 3}, {"unchanged": -1, "received": 3}, {"accepted": 4}, {"quarantined_by_rule": {}}],
    ids=["a row lost", "a row twice", "negative", "accepted without a decision", "quarantined without a rule"],
)
def test_a_book_that_does_not_balance_stops_the_run(lost):
    with pytest.raises(BooksError):
        books.of_run({"marriage": COUNTS | lost}, ACCEPTED, DECISIONS)


def test_the_holdings_are_counted_from_all_decisions():
    (marriage, population) = books.of_holdings(DECISIONS, {"marriage": 3, "population": 9})
    assert marriage["held"] == 3
    assert marriage["roles"][1]["linked"] == 2
    assert population == {"dataset": "population", "held": 9, "roles": []}
