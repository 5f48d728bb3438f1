"""Publishing: releases by difference, in one transaction, with history."""

from collections.abc import Callable

import polars as pl
import pytest

import contracts
from tests.warehouse.samples import (
    held_back,
    incoming,
    lineage,
    link,
    persons,
    publication,
    rows_of,
)
from warehouse.connection import Connection, connect
from warehouse.errors import CandidateError, FrameMismatchError, StatementFailedError
from warehouse.publication import TableChange
from warehouse.publish import load_candidate, publish
from warehouse.reading import checksums, links, open_quarantine, state

Load = Callable[..., None]
FEED = "SELECT key, operation FROM ledger.change WHERE release = %s ORDER BY key"
HISTORY = (
    "SELECT status, valid_from_release, valid_to_release FROM ledger.link WHERE record_id = 'dossier:1' "
    "ORDER BY valid_from_release"
)


def rows(conn: Connection, statement: str, *values: object) -> list[tuple[object, ...]]:
    return conn.execute(statement.encode(), values or None).fetchall()


def test_the_first_publication_is_release_one(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An", P2="Bình"))
    published = publish(conn, publication())
    assert (published.release, published.is_new) == (1, True)
    assert TableChange("person", 2, 0, 0) in published.changes
    assert state(conn).release == 1


def test_publishing_twice_changes_nothing(conn: Connection, load: Load) -> None:
    frames = {"decisions": incoming("incoming_link", link("dossier:1"))}
    load(person=persons(P1="An"))
    publish(conn, publication(**frames))
    before = checksums(conn)
    load(person=persons(P1="An"))
    again = publish(conn, publication("run-2", **frames))
    assert (again.release, again.is_new, again.links.is_empty) == (1, False, True)
    assert all(each.is_empty for each in again.changes)
    assert checksums(conn) == before
    assert rows(conn, "SELECT count(*) FROM published.release") == [(1,)]


def test_an_empty_first_publication_makes_no_release_but_is_remembered(conn: Connection, load: Load) -> None:
    load()
    published = publish(conn, publication())
    assert (published.release, published.is_new) == (None, False)
    assert (state(conn).release, state(conn).state) == (None, "state-1")


def test_a_difference_is_counted_and_numbered_and_fed(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An", P2="Bình", P3="Chi"))
    publish(conn, publication())
    load(person=persons(P1="An", P2="Bính", P4="Dũng"))
    published = publish(conn, publication("run-2", "state-2"))
    assert TableChange("person", added=1, changed=1, removed=1) in published.changes
    releases = rows(conn, "SELECT person_id, full_name, release FROM published.person ORDER BY person_id")
    assert releases == [("P1", "An", 1), ("P2", "Bính", 2), ("P4", "Dũng", 2)]
    assert rows(conn, FEED, 2) == [("P2", "changed"), ("P3", "removed"), ("P4", "added")]


def test_a_value_that_becomes_null_is_a_change(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An"))
    publish(conn, publication())
    load(person=persons(P1="An").with_columns(full_name=pl.lit(None, pl.String)))
    assert TableChange("person", 0, 1, 0) in publish(conn, publication("run-2")).changes


def test_a_table_with_a_key_of_two_columns_is_published_by_both(conn: Connection, load: Load) -> None:
    rule = {"dataset": "birth", "rule": "r1", "criterion": "đủ", "severity": "error", "checked": 5, "failed": 0}
    load(quality=rows_of("quality", rule, rule | {"rule": "r2"}))
    publish(conn, publication())
    load(quality=rows_of("quality", rule, rule | {"rule": "r2", "failed": 3}))
    publish(conn, publication("run-2"))
    assert rows(conn, FEED, 2) == [("birth|r2", "changed")]


def test_the_order_of_rows_does_not_matter(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An", P2="Bình", P3="Chi"))
    publish(conn, publication())
    load(person=persons(P1="An", P2="Bình", P3="Chi").reverse())
    assert not publish(conn, publication("run-2")).is_new


def test_a_reader_sees_one_release_while_the_next_is_published(conn: Connection, database_url: str, load: Load) -> None:
    load(person=persons(P1="An"))
    publish(conn, publication())
    with connect(database_url) as reader, reader.transaction():
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        before = rows(reader, "SELECT full_name, release FROM published.person")
        load(person=persons(P1="Ân"))
        publish(conn, publication("run-2"))
        assert rows(reader, "SELECT full_name, release FROM published.person") == before
        assert rows(reader, "SELECT max(release) FROM published.release") == [(1,)]
    assert rows(conn, "SELECT full_name, release FROM published.person") == [("Ân", 2)]


def test_readers_are_not_blocked_by_an_unfinished_publication(conn: Connection, database_url: str, load: Load) -> None:
    load(person=persons(P1="An"))
    publish(conn, publication())
    load(person=persons(P1="Ân"))
    with connect(database_url) as reader, conn.transaction():
        publish(conn, publication("run-2"))
        reader.execute("SET lock_timeout = '1s'")
        assert rows(reader, "SELECT full_name FROM published.person") == [("An",)]


def test_an_error_in_the_middle_leaves_the_old_release(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An"))
    publish(conn, publication())
    before = checksums(conn)
    load(person=persons(P1="Ân"))
    bad = incoming("incoming_link", link("dossier:1"), link("dossier:1"))
    with pytest.raises(StatementFailedError) as caught:
        publish(conn, publication("run-2", "state-2", decisions=bad))
    assert "dossier:1" not in str(caught.value)
    assert checksums(conn) == before
    assert state(conn).state == "state-1"


def test_an_error_at_the_commit_leaves_the_old_release(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An"))
    orphan = {"entity_id": "P1", "kind": "person", "reference_id": "001", "successor_id": "P404"}
    with pytest.raises(StatementFailedError):
        publish(conn, publication(entities=incoming("incoming_entity", orphan)))
    assert state(conn).release is None


def test_a_candidate_with_a_repeated_key_is_not_published(conn: Connection, load: Load) -> None:
    load(person=pl.concat([persons(P1="An"), persons(P1="Ân")]))
    with pytest.raises(CandidateError, match="1 repeated keys"):
        publish(conn, publication())


def test_a_candidate_emptied_by_a_crash_is_not_published(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An"))
    conn.execute("TRUNCATE candidate.person")
    with pytest.raises(CandidateError, match="lost in a crash"):
        publish(conn, publication())


def test_a_candidate_never_loaded_is_not_published(conn: Connection) -> None:
    with pytest.raises(CandidateError):
        publish(conn, publication())


def test_a_candidate_frame_without_a_column_names_it(conn: Connection) -> None:
    with pytest.raises(FrameMismatchError) as caught:
        load_candidate(conn, contracts.published()["person"], persons(P1="An").drop("full_name"))
    assert caught.value.missing == ("full_name",)


def test_a_new_decision_closes_the_old_link_and_opens_another(conn: Connection, load: Load) -> None:
    load()
    publish(conn, publication(decisions=incoming("incoming_link", link("dossier:1"), link("dossier:2"))))
    review = link("dossier:1", status="review", reason="close_runner_up")
    published = publish(conn, publication("run-2", decisions=incoming("incoming_link", review, link("dossier:2"))))
    assert published.links == TableChange("link", 0, 1, 0)
    assert rows(conn, HISTORY) == [("linked", 1, 2), ("review", 2, None)]


def test_another_weight_for_the_same_decision_is_no_new_link(conn: Connection, load: Load) -> None:
    load()
    publish(conn, publication(decisions=incoming("incoming_link", link("dossier:1"))))
    heavier = incoming("incoming_link", link("dossier:1", weight=30.0))
    assert publish(conn, publication("run-2", decisions=heavier)).links.is_empty
    assert rows(conn, HISTORY) == [("linked", 1, None)]
    assert links(conn).equals(heavier.select(links(conn).columns))


def test_a_record_withdrawn_closes_its_link(conn: Connection, load: Load) -> None:
    load()
    publish(conn, publication(decisions=incoming("incoming_link", link("dossier:1"))))
    assert publish(conn, publication("run-2")).links == TableChange("link", 0, 0, 1)
    assert rows(conn, HISTORY) == [("linked", 1, 2)]
    assert links(conn).is_empty()


def test_quarantine_is_settled_by_a_later_accepted_row(conn: Connection, load: Load) -> None:
    load()
    waiting = incoming("incoming_quarantine", held_back("dossier:1"), held_back("dossier:2", row=10))
    publish(conn, publication(quarantine=waiting, lineage=incoming("incoming_lineage", lineage("dossier:2"))))
    assert open_quarantine(conn).height == 2
    corrected = incoming("incoming_lineage", lineage("dossier:1", "one-stop/d2"), lineage("dossier:2"))
    publish(conn, publication("run-2", lineage=corrected))
    assert open_quarantine(conn)["record_id"].to_list() == ["dossier:2"]


def test_deliveries_and_holdings_are_recorded_with_the_release(conn: Connection, load: Load) -> None:
    load(person=persons(P1="An"))
    one = {"delivery_id": "one-stop/d1", "source": "one-stop", "kind": "full", "fingerprint": "f1", "rows": 3}
    two = one | {"delivery_id": "one-stop/d2", "fingerprint": "f2"}
    publish(conn, publication(deliveries=incoming("incoming_delivery", one, two)))
    found = state(conn)
    assert found.deliveries == {("one-stop/d1", "f1"), ("one-stop/d2", "f2")}
    assert found.latest == {"one-stop": "f2"}
    assert found.holdings == {"dossier": "held-state-1"}


def test_an_entity_is_never_lost_and_keeps_its_successor(conn: Connection, load: Load) -> None:
    load()
    first = {"entity_id": "P1", "kind": "person", "reference_id": "001"}
    second = {"entity_id": "P2", "kind": "person", "reference_id": "002"}
    publish(conn, publication(entities=incoming("incoming_entity", first | {"successor_id": "P2"}, second)))
    publish(conn, publication("run-2", entities=incoming("incoming_entity", first)))
    found = rows(conn, "SELECT entity_id, ledger.resolve(entity_id) FROM ledger.entity ORDER BY entity_id")
    assert found == [("P1", "P2"), ("P2", "P2")]


@pytest.mark.parametrize(
    ("entity_id", "resolved"),
    [("P1", "P3"), ("P2", "P3"), ("P3", "P3"), ("P404", None)],
    ids=["two steps", "one step", "current", "unknown"],
)
def test_a_retired_id_resolves_to_who_it_is_now(
    conn: Connection, load: Load, entity_id: str, resolved: str | None
) -> None:
    load()
    chain = [("P1", "P2"), ("P2", "P3"), ("P3", None)]
    entities = [{"entity_id": a, "kind": "person", "reference_id": a, "successor_id": b} for a, b in chain]
    publish(conn, publication(entities=incoming("incoming_entity", *entities)))
    assert rows(conn, "SELECT ledger.resolve(%s)", entity_id) == [(resolved,)]
