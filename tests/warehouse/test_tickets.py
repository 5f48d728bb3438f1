"""Tickets on a real PostgreSQL: they follow what is published night by night, and what people say of them."""

import random
from datetime import datetime, timedelta, timezone

import psycopg
import pytest

from tests.warehouse.samples import incoming, link, publication, rows_of
from warehouse import audit, tickets
from warehouse.errors import TicketError
from warehouse.publish import publish
from warehouse.rollback import Order, rollback
from warehouse.tickets import Answer, Terms

RECORDS = [f"dossier:{n}" for n in range(6)]
NOON = datetime(2026, 11, 2, 12, tzinfo=timezone(timedelta(hours=7)))


def difference(record, release=1, **values):
    usual = {
        "discrepancy_id": "D" + record.replace(":", ""),
        "dataset": "dossier",
        "record_id": record,
        "role": "owner",
        "field": "birth_date",
        "kind": "one_digit",
        "gravity": 3,
        "local_value": "1990-04-13",
        "register_value": "1990-04-12",
        "value_classification": "personal",
        "likely_wrong": "local",
        "likely_wrong_reason": "no_evidence",
        "office": "UBND phường Phú Lợi",
        "link_reason": "identifier_and_name",
        "is_confirmed": True,
        "delivery_id": "one-stop/d1",
        "first_release": release,
    }
    return usual | values


@pytest.fixture
def night(conn, load):
    """`night(differences, links=…, at=…)`: publishes, and settles as if at that moment."""
    moments = []

    def publish_night(*differences, links=RECORDS, at=None):
        moments.append(at)
        rows = [difference(each) if isinstance(each, str) else each for each in differences]
        load(discrepancy=rows_of("discrepancy", *rows))
        decisions = incoming("incoming_link", *(each if isinstance(each, dict) else link(each) for each in links))
        with pytest.MonkeyPatch.context() as patch:
            settle = tickets.settle
            patch.setattr(tickets, "settle", lambda conn, release: settle(conn, release, at))
            done = publish(conn, publication(f"run-{len(moments)}", f"state-{len(moments)}", decisions=decisions))
        return done.release

    return publish_night


def states(conn):
    query = "SELECT record_id, state, outcome FROM ledger.ticket ORDER BY record_id"
    return {record: (state, outcome) for record, state, outcome in conn.execute(query).fetchall()}


def state(conn):
    return states(conn)[RECORDS[0]]


def events(conn):
    query = "SELECT event FROM ledger.ticket_event ORDER BY event_id"
    return [row[0] for row in conn.execute(query).fetchall()]


def only(conn):
    return conn.execute("SELECT ticket_id FROM ledger.ticket").fetchone()[0]


def test_a_confirmed_difference_opens_a_ticket_with_both_days(conn, night):
    night(RECORDS[0], at=NOON)
    row = tickets.board(conn).row(0, named=True)
    assert (row["state"], row["office"], row["opened_release"]) == ("open", "UBND phường Phú Lợi", 1)
    assert (str(row["verify_by"]), str(row["due_on"])) == ("2026-11-07", "2026-11-12")
    assert (row["local_value"], row["register_value"]) == ("1990-04-13", "1990-04-12")


@pytest.mark.parametrize("values", [{"is_confirmed": False}, {"gravity": 1}, {"gravity": 0}])
def test_what_is_not_confirmed_or_not_grave_opens_none(conn, night, values):
    night(difference(RECORDS[0], **values))
    assert states(conn) == {}


def test_publishing_the_same_again_changes_no_ticket(conn, night):
    night(RECORDS[0])
    before = (states(conn), events(conn))
    night(RECORDS[0])
    assert (states(conn), events(conn)) == before


def test_a_ticket_closes_itself_when_both_agree_and_reopens_when_the_error_returns(conn, night):
    night(RECORDS[0])
    night()
    assert state(conn) == ("closed", "agrees")
    night(RECORDS[0])
    assert state(conn) == ("open", None)
    assert events(conn) == ["opened", "closed", "reopened"]


@pytest.mark.parametrize(
    "links",
    [[], [link(RECORDS[0], reference_id="002")], [link(RECORDS[0], status="review", reason="twin")]],
    ids=["the record is gone", "the link leads to another person", "the link is in review"],
)
def test_a_ticket_is_withdrawn_when_its_link_is_gone(conn, night, links):
    night(RECORDS[0])
    night(links=links)
    assert state(conn) == ("closed", "withdrawn")


def test_tickets_follow_a_rollback_too(conn, night):
    night(RECORDS[0])
    night()
    rollback(conn, 1, Order("Mai", "giao nhầm"))
    assert state(conn) == ("open", None)


def test_a_rollback_repairs_nothing_and_the_next_night_takes_up_again(conn, night):
    night()
    night(RECORDS[0])
    rollback(conn, 1, Order("Mai", "giao nhầm"))
    assert state(conn) == ("closed", "withdrawn")
    night(RECORDS[0])
    assert state(conn) == ("open", None)
    assert tickets.counts(conn)["repaired_count"].to_list() == [0]


def test_what_an_office_ended_stays_ended_through_a_rollback(conn, night):
    night()
    night(RECORDS[0])
    tickets.take_answers(conn, [Answer(only(conn), "contested", "theo sổ giấy")], "Lan")
    rollback(conn, 1, Order("Mai", "giao nhầm"))
    night(RECORDS[0])
    assert state(conn) == ("closed", "contested")


def test_a_repair_that_a_rollback_took_back_counts_once_when_it_is_shown_again(conn, night):
    night(RECORDS[0], at=NOON)
    night(at=NOON + timedelta(days=4))
    rollback(conn, 1, Order("Mai", "giao nhầm"))
    counted = ("repaired_count", "returned_count")
    assert tickets.counts(conn).select(counted).rows() == [(0, 0)]
    night()
    assert tickets.counts(conn).select(counted).rows() == [(1, 0)]


def test_a_difference_that_became_compatible_is_a_repair(conn, night):
    night(RECORDS[0])
    night(difference(RECORDS[0], kind="partial_date", gravity=0))
    assert state(conn) == ("closed", "agrees")


def test_terms_that_ask_for_less_withdraw_what_they_ask_no_more(conn, night):
    night(RECORDS[0])
    tickets.set_terms(conn, Terms(5, 5, least_gravity=4))
    night(RECORDS[0])
    assert state(conn) == ("closed", "withdrawn")


def test_an_open_ticket_follows_the_value_to_another_office_and_begins_anew(conn, night):
    night(RECORDS[0], at=NOON)
    tickets.note_exported(conn, [only(conn)], "Lan")
    night(difference(RECORDS[0], office="Công an phường Phú Lợi"), at=NOON + timedelta(days=400))
    row = tickets.board(conn).row(0, named=True)
    assert (row["office"], row["state"]) == ("Công an phường Phú Lợi", "open")
    assert str(row["due_on"]) == "2027-12-17"


def test_a_kind_that_changes_stays_the_same_ticket(conn, night):
    night(RECORDS[0])
    night(difference(RECORDS[0], kind="other_date"))
    assert events(conn) == ["opened"]
    assert tickets.board(conn)["kind"].to_list() == ["other_date"]


@pytest.mark.parametrize("answer", ["contested", "not_ours"])
def test_a_ticket_that_an_office_ends_stays_closed_while_the_difference_stands(conn, night, answer):
    night(RECORDS[0])
    tickets.take_answers(conn, [Answer(only(conn), answer, "theo sổ giấy")], "Lan")
    night(RECORDS[0])
    assert state(conn) == ("closed", answer)
    night()
    night(RECORDS[0])
    assert state(conn) == ("open", None)


def test_the_same_answer_given_again_is_none_and_a_closed_ticket_takes_none(conn, night):
    night(RECORDS[0])
    given = [Answer(only(conn), "will_fix", None)]
    assert [tickets.take_answers(conn, given, "Lan") for _ in range(2)] == [1, 0]
    assert state(conn) == ("answered", None)
    assert tickets.take_answers(conn, [Answer(only(conn), "fixed")], "Lan") == 1
    night()
    assert tickets.take_answers(conn, [Answer(only(conn), "fixed")], "Lan") == 0
    assert events(conn) == ["opened", "answered", "answered", "closed"]


def test_what_people_do_is_in_the_audit_log_and_no_note_is(conn, night):
    night(RECORDS[0])
    ticket = only(conn)
    tickets.note_exported(conn, [ticket], "Lan")
    tickets.take_answers(conn, [Answer(ticket, "contested", "Nguyễn Văn A")], "Lan")
    tickets.reopen(conn, ticket, "Mai", "chưa đúng")
    tickets.close(conn, ticket, "Mai", "đã xem hồ sơ giấy")
    entries = [each for each in audit.entries(conn, 9) if each.actor != "doisoat"]
    assert [each.action for each in entries] == [
        "ticket_closed",
        "ticket_reopened",
        "tickets_answered",
        "tickets_exported",
    ]
    assert "Nguyễn" not in str(entries)
    assert audit.faults(conn) == []


def test_only_what_can_be_closed_or_reopened_by_hand_is(conn, night):
    with pytest.raises(TicketError, match="there is none"):
        tickets.close(conn, "T0", "Mai", "?")
    night(RECORDS[0])
    with pytest.raises(TicketError, match="open already"):
        tickets.reopen(conn, only(conn), "Mai", "?")
    night()
    for act in (tickets.close, tickets.reopen):
        with pytest.raises(TicketError, match="closed already"):
            act(conn, only(conn), "Mai", "?")


def test_events_are_neither_changed_nor_removed(conn, night):
    night(RECORDS[0])
    with pytest.raises(psycopg.Error, match="append-only"):
        conn.execute("UPDATE ledger.ticket_event SET actor = 'Mai'")


def test_what_is_not_answered_by_its_day_is_overdue(conn, night):
    night(RECORDS[0], at=datetime.now(NOON.tzinfo) - timedelta(days=6))
    night(*RECORDS[:2])
    overdue = dict(tickets.board(conn).select("record_id", "is_overdue").iter_rows())
    assert overdue == {RECORDS[0]: True, RECORDS[1]: False}
    counted = tickets.counts(conn).row(0, named=True)
    assert (counted["open_count"], counted["overdue_count"]) == (2, 1)


def test_days_to_repair_are_the_median_by_office_and_returns_are_counted(conn, night):
    night(*RECORDS[:3], at=NOON)
    night(*RECORDS[:2], at=NOON + timedelta(days=2))
    night(RECORDS[0], at=NOON + timedelta(days=4))
    night(RECORDS[2], at=NOON + timedelta(days=9))
    counted = tickets.counts(conn).row(0, named=True)
    assert counted["median_repair_days"] == pytest.approx(4)
    assert (counted["repaired_count"], counted["returned_count"], counted["open_count"]) == (3, 1, 1)


def test_a_clock_set_back_makes_no_repair_take_less_than_no_time(conn, night):
    night(RECORDS[0], at=NOON + timedelta(days=10))
    night(at=NOON)
    night(RECORDS[1], at=NOON + timedelta(days=1))
    night(at=NOON + timedelta(days=16))
    days = conn.execute("SELECT closed_at - opened_at FROM ledger.ticket ORDER BY record_id").fetchall()
    assert [row[0] for row in days] == [timedelta(0), timedelta(days=6)]


@pytest.mark.parametrize("seed", range(2))
def test_states_follow_exactly_however_errors_come_and_go(conn, night, seed):
    chance = random.Random(seed)
    expected, standing = {}, set()
    for _ in range(6):
        linked = {each for each in RECORDS if chance.random() < 0.8}
        wrong = {each for each in linked if chance.random() < 0.5}
        for each in RECORDS:
            if each in wrong and (each not in expected or (expected[each][0] == "closed" and each not in standing)):
                expected[each] = ("open", None)
            elif each in expected and each not in wrong and expected[each][0] != "closed":
                expected[each] = ("closed", "agrees" if each in linked else "withdrawn")
        standing = wrong
        night(*sorted(wrong), links=sorted(linked))
        if expected and chance.random() < 0.5:
            each = chance.choice(sorted(expected))
            ticket = conn.execute("SELECT ticket_id FROM ledger.ticket WHERE record_id = %s", (each,)).fetchone()[0]
            if tickets.take_answers(conn, [Answer(ticket, "contested", "đúng")], "Lan"):
                expected[each] = ("closed", "contested")
        assert states(conn) == expected
