"""What people say of quarantined rows while a candidate waits that knows nothing of it."""

import polars as pl
import pytest

from tests.warehouse.samples import held_back, incoming, load_tables, publication
from warehouse import quarantine
from warehouse.offer import hold_candidate, offer
from warehouse.publish import publish, publish_candidate

ROW = held_back("dossier:1") | {"content_hash": "c1"}


@pytest.fixture(scope="module")
def prepared(shared):
    load_tables(shared)
    publish(shared, publication(quarantine=incoming("incoming_quarantine", ROW)))
    return shared


@pytest.fixture
def conn(prepared):
    with prepared.transaction(force_rollback=True):
        yield prepared


def wait(conn, **frames):
    """A candidate that is held."""
    load_tables(conn)
    candidate_id = offer(conn, publication("run-2", "state-2", **frames))
    hold_candidate(conn, candidate_id, {}, is_refused=False)
    return candidate_id


def say(conn, answer, batch="b1"):
    said = {"event": answer, "actor": "Lan", "batch": batch, "original_hash": "c1", "answer_hash": "c2", "answer": "{}"}
    row = dict.fromkeys(quarantine.EVENTS) | {"quarantine_id": ROW["quarantine_id"]} | said
    quarantine.record_answers(conn, pl.DataFrame([row], schema=quarantine.EVENTS), "Lan", batch)


def approve(conn, candidate_id):
    publish_candidate(conn, candidate_id, approved_by="Lan")


def events(conn):
    return [row[0] for row in conn.execute("SELECT event FROM ledger.quarantine_event ORDER BY event_id").fetchall()]


def test_what_is_withdrawn_while_a_candidate_with_the_row_waits_stays_withdrawn(conn):
    held = wait(conn, quarantine=incoming("incoming_quarantine", ROW | {"delivery_id": "one-stop/d2"}))
    say(conn, "withdrawn")
    approve(conn, held)
    assert quarantine.open_rows(conn).is_empty()
    assert events(conn) == ["withdrawn"]


@pytest.mark.parametrize(
    "values", [{"content_hash": None}, {"delivery_id": "one-stop.corrections/b7"}], ids=["unreadable", "corrected"]
)
def test_what_no_run_passes_over_waits_anew_although_it_was_withdrawn(conn, values):
    say(conn, "withdrawn")
    approve(conn, wait(conn, quarantine=incoming("incoming_quarantine", ROW | values)))
    assert quarantine.open_rows(conn).height == 1
    assert events(conn) == ["withdrawn", "reopened"]


@pytest.mark.parametrize("resolution", ["delivered_again", "no_longer_sent"])
def test_an_answer_that_the_source_overtook_is_obeyed_by_no_run(conn, resolution):
    closing = {"quarantine_id": ROW["quarantine_id"], "resolution": resolution}
    held = wait(conn, closings=incoming("incoming_closing", closing))
    say(conn, "corrected")
    assert quarantine.answers(conn).height == 1
    approve(conn, held)
    assert quarantine.answers(conn).is_empty()


def test_an_answer_given_while_a_candidate_waits_is_left_to_the_next_run(conn):
    held = wait(conn, quarantine=incoming("incoming_quarantine", ROW | {"delivery_id": "one-stop/d2"}))
    say(conn, "corrected")
    approve(conn, held)
    assert quarantine.answers(conn)["batch"].to_list() == ["b1"]
    assert quarantine.open_rows(conn)["state"].to_list() == ["answered"]


def test_an_answer_that_a_run_took_in_stands_although_its_row_was_replaced(conn):
    say(conn, "corrected")
    taken = {"delivery_id": "one-stop.corrections/b1", "source": "one-stop.corrections", "kind": "delta"}
    deliveries = incoming("incoming_delivery", taken | {"fingerprint": "f", "rows": 1})
    closing = {"quarantine_id": ROW["quarantine_id"], "resolution": "replaced", "successor_id": None}
    approve(conn, wait(conn, deliveries=deliveries, closings=incoming("incoming_closing", closing)))
    assert quarantine.answers(conn).height == 1
