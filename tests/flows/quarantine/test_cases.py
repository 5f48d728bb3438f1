"""Which rows wait as deliveries come in: each stops waiting for one stated reason, and only then."""

import polars as pl
import pytest

from expectations.quarantine import quarantine_rows
from flows.quarantine.cases import Cases
from flows.quarantine.standing import SETTLED
from flows.receipt import Receipt
from tests.flows.quarantine.conftest import DEATH, held_back, rows

SOURCE = "civil-registry"
BAD = {"registered_on": "32/13/2024"}
NO_ANSWERS = pl.DataFrame(
    schema=dict.fromkeys(("quarantine_id", "delivery_id", "answer", "answer_hash", "batch"), pl.String)
)


def receipt(kind="delta", source=SOURCE, delivery="2026-11-21"):
    return Receipt(f"{source}/{delivery}", source, kind, "f", "accepted")


def after(cases, done, sent, quarantined=None, settled=False):
    marked = sent.with_columns(pl.lit(settled).alias(SETTLED))
    cases.take_in(done, "death", marked, held_back() if quarantined is None else quarantined)
    return [why for _, why, _ in cases.closings.iter_rows()], cases.waiting.height


def nothing():
    return rows({}).clear()


@pytest.mark.parametrize(
    ("kind", "sent", "settled", "left"),
    [
        ("delta", rows({"page": "7"}), False, (["delivered_again"], 0)),
        ("delta", rows({"number": "99"}), False, ([], 1)),
        ("delta", nothing(), False, ([], 1)),
        ("full", nothing(), False, (["no_longer_sent"], 0)),
        ("full", rows(BAD), True, ([], 1)),
    ],
    ids=["its record again", "another record", "nothing", "a full delivery without it", "the answered original"],
)
def test_a_row_waits_until_its_record_comes_again_or_its_source_has_it_no_more(kind, sent, settled, left):
    cases = Cases(held_back(BAD), NO_ANSWERS)
    assert after(cases, receipt(kind), sent, settled=settled) == left


def test_a_full_delivery_of_another_source_says_nothing_of_it():
    assert after(Cases(held_back(BAD), NO_ANSWERS), receipt("full", "elsewhere"), nothing()) == ([], 1)


def test_the_same_row_in_the_next_delivery_is_the_same_case():
    again = held_back(BAD, delivery=f"{SOURCE}/2026-11-21")
    cases = Cases(held_back(BAD), NO_ANSWERS)
    assert after(cases, receipt("full"), rows(BAD), again) == ([], 1)
    assert cases.of_the_run().height == 1


def test_another_wrong_version_takes_the_place_of_the_first():
    new = held_back({"registered_on": "hôm qua"})
    cases = Cases(held_back(BAD), NO_ANSWERS)
    assert after(cases, receipt(), rows({"registered_on": "hôm qua"}), new) == (["replaced"], 1)
    assert cases.closings["successor_id"].to_list() == new["quarantine_id"].to_list()


def test_a_line_that_could_not_be_read_stops_waiting_when_the_next_full_delivery_has_it_no_more():
    reject = {"_delivery_id": f"{SOURCE}/d", "_file": "f", "_row": 9, "rule": "too_many_fields", "original": "a,b"}
    line = quarantine_rows(DEATH, rows().clear(), pl.DataFrame([reject]))
    assert after(Cases(line, NO_ANSWERS), receipt("full"), rows({}), line) == ([], 1)
    assert after(Cases(line, NO_ANSWERS), receipt("full"), rows({})) == (["no_longer_sent"], 0)


def test_a_row_closed_and_come_again_in_one_run_waits_at_its_end():
    cases = Cases(held_back(BAD), NO_ANSWERS)
    assert after(cases, receipt("full"), nothing()) == (["no_longer_sent"], 0)
    assert after(cases, receipt("full", delivery="2026-11-22"), rows(BAD), held_back(BAD)) == ([], 1)


def test_an_answer_taken_in_closes_its_row_and_one_that_breaks_a_rule_takes_its_place():
    first, second = held_back(BAD, {"number": None, **BAD})["quarantine_id"]
    answers = pl.DataFrame(
        [
            {"quarantine_id": first, "delivery_id": f"{SOURCE}/d", "answer": "corrected", "answer_hash": "good"},
            {"quarantine_id": second, "delivery_id": f"{SOURCE}/d", "answer": "corrected", "answer_hash": "bad"},
        ]
    ).with_columns(batch=pl.lit("answers-1"))
    waiting = held_back(BAD, {"number": None, **BAD})
    broken = held_back({"number": None}, delivery=f"{SOURCE}.corrections/answers-1").with_columns(
        content_hash=pl.lit("bad")
    )
    cases = Cases(waiting, answers)
    done = receipt(source=f"{SOURCE}.corrections", delivery="answers-1")
    why, left = after(cases, done, nothing(), broken)
    assert (sorted(why), left) == (["corrected", "replaced"], 1)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_the_order_of_rows_changes_nothing(order):
    waiting = held_back(BAD, {"registered_on": "x"}, {"registered_on": "y"})
    cases = Cases(waiting[list(order)], NO_ANSWERS)
    after(cases, receipt(), rows({"page": "7"}))
    assert sorted(cases.waiting["record_id"].str.slice(0, 16)) == sorted(waiting["record_id"].str.slice(0, 16))[1:]
