"""A candidate that waits in the database: who may publish it, and when it is one no more."""

import pytest

from tests.warehouse.samples import incoming, link, load_tables, persons, publication
from warehouse import audit
from warehouse.connection import connect
from warehouse.errors import CandidateError, RefusedCandidateError, StaleCandidateError
from warehouse.offer import hold_candidate, offer, offered
from warehouse.publish import publish, publish_candidate
from warehouse.reading import links, state


@pytest.fixture(scope="module")
def made(shared):
    return waiting(shared)


@pytest.fixture
def conn(shared, made):
    with shared.transaction(force_rollback=True):
        yield shared


@pytest.fixture
def held(conn, made):
    return made


def waiting(conn):
    """Release 1 is published; a candidate with another name waits for an approval."""
    load_tables(conn, person=persons(P1="An"))
    publish(conn, publication())
    load_tables(conn, person=persons(P1="Ân"))
    decisions = incoming("incoming_link", link("dossier:1"))
    candidate_id = offer(conn, publication("run-2", "state-2", decisions=decisions))
    hold_candidate(conn, candidate_id, {"reasons": []}, is_refused=False)
    return candidate_id


def actions(conn):
    return [(each.actor, each.action) for each in reversed(audit.entries(conn, 10))]


def names(conn):
    return [row[0] for row in conn.execute("SELECT full_name FROM published.person ORDER BY person_id").fetchall()]


def test_a_held_candidate_is_published_whole_by_a_process_that_did_not_make_it(database_url):
    with connect(database_url) as one:
        held = waiting(one)
    with connect(database_url) as other:
        done = publish_candidate(other, held, approved_by="Lan")
        assert (done.release, names(other), links(other).height) == (2, ["Ân"], 1)
        assert (state(other).release, state(other).state) == (2, "state-2")
        told = other.execute("SELECT kind, approved_by, changed_count FROM published.release WHERE release = 2")
        assert told.fetchone() == ("approval", "Lan", 1)


def test_holding_and_approving_are_in_the_audit_log(conn, held):
    publish_candidate(conn, held, approved_by="Lan")
    assert actions(conn) == [
        ("doisoat", "release_published"),
        ("doisoat", "release_held"),
        ("Lan", "release_approved"),
        ("doisoat", "release_published"),
    ]
    assert audit.faults(conn) == []


def test_without_an_id_the_one_that_waits_is_approved(conn, held):
    assert publish_candidate(conn, None, approved_by="Lan").release == 2


def test_what_waits_is_not_published_without_an_approval(conn, held):
    with pytest.raises(RefusedCandidateError):
        publish_candidate(conn, held)
    assert names(conn) == ["An"]


def replaced(conn, load, _):
    load(person=persons(P1="Anh"))
    hold_candidate(conn, offer(conn, publication("run-3", "state-3")), {}, is_refused=False)


def being_replaced(conn, load, _):
    load(person=persons(P1="Anh"))


def outdated(conn, *_):
    conn.execute("UPDATE ops.state SET state = 'state-9'")


def published(conn, _, candidate_id):
    publish_candidate(conn, candidate_id, approved_by="Lan")


@pytest.mark.parametrize(
    ("happened", "why"),
    [(replaced, "replaced"), (being_replaced, "replaced"), (outdated, "outdated"), (published, "published")],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_a_stale_candidate_is_refused_with_what_to_do_and_changes_nothing(conn, load, held, happened, why):
    happened(conn, load, held)
    before = names(conn)
    with pytest.raises(StaleCandidateError) as caught:
        publish_candidate(conn, held, approved_by="Lan")
    assert caught.value.why == why
    assert "doisoat run" in caught.value.vi
    assert "doisoat run" in caught.value.en
    assert names(conn) == before


def test_where_nothing_waits_there_is_nothing_to_approve(conn):
    conn.execute("DELETE FROM ops.candidate")
    with pytest.raises(StaleCandidateError, match="no candidate is waiting"):
        publish_candidate(conn, None, approved_by="Lan")


def test_what_gate_two_refused_cannot_be_approved(conn, load):
    load(person=persons(P1="An"))
    candidate_id = offer(conn, publication())
    hold_candidate(conn, candidate_id, {}, is_refused=True)
    with pytest.raises(RefusedCandidateError, match="nobody may overrule"):
        publish_candidate(conn, candidate_id, approved_by="Lan")


def test_what_its_run_did_not_judge_cannot_be_approved(conn, load):
    load(person=persons(P1="An"))
    with pytest.raises(RefusedCandidateError, match="did not get to judge"):
        publish_candidate(conn, offer(conn, publication()), approved_by="Lan")


@pytest.mark.parametrize("table", ["person", "incoming_link"])
def test_a_candidate_that_a_crash_emptied_is_never_published(conn, held, table):
    conn.execute(f"TRUNCATE candidate.{table}")
    with pytest.raises(CandidateError, match="lost in a crash"):
        publish_candidate(conn, held, approved_by="Lan")
    assert names(conn) == ["An"]


def test_the_same_run_and_state_give_the_same_id_and_others_another(conn, load):
    load()
    ids = [offer(conn, publication(*each)) for each in (("a", "1"), ("a", "1"), ("b", "1"), ("a", "2"))]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert offered(conn).candidate_id == ids[-1]
