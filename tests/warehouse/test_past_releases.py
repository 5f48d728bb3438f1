"""Past releases: the feed with before and after, rollback, pins, retention."""

from datetime import date, datetime, timedelta, timezone

import polars as pl
import psycopg
import pytest

import contracts
from tests.warehouse.samples import incoming, link, load_tables, persons, publication, rows_of
from warehouse import audit
from warehouse.connection import connect
from warehouse.difference import data_tables
from warehouse.errors import PinError, ReleaseNotKeptError
from warehouse.holds import hold, hold_releases, resume_releases
from warehouse.pinning import pin, unpin
from warehouse.pins import pins
from warehouse.publish import publish
from warehouse.reading import NOT_REPRODUCIBLE, links
from warehouse.retention import as_of, kept, retain
from warehouse.rollback import Order, rollback

LAN = Order("Lan", "sai đợt giao")
NIGHTS = [
    {"P1": "An", "P2": "Bình"},
    {"P1": "Ân", "P2": "Bình", "P3": "Chi"},
    {"P3": "Chi"},
    {"P1": "Anh", "P3": "Chí"},
]
DECISIONS = [
    [link("dossier:1")],
    [link("dossier:1", reference_id="002"), link("dossier:2")],
    [link("dossier:2")],
    [link("dossier:1"), link("dossier:2", status="review", reason="twin")],
]


@pytest.fixture
def conn(shared):
    with shared.transaction(force_rollback=True):
        yield shared


@pytest.fixture(scope="module")
def four_releases(shared):
    return made(shared)


@pytest.fixture
def released(four_releases, conn):
    return conn


@pytest.fixture
def empty(database_url):
    with connect(database_url) as connection:
        yield connection


def made(conn):
    """Four releases: a row and a link that change, go, and come back."""
    for number, (people, decisions) in enumerate(zip(NIGHTS, DECISIONS, strict=True), start=1):
        load_tables(conn, person=persons(**people))
        frame = incoming("incoming_link", *decisions)
        assert publish(conn, publication(f"run-{number}", f"state-{number}", decisions=frame)).release == number
    return conn


def people(conn, table="published.person"):
    return dict(conn.execute(f"SELECT person_id, full_name FROM {table}").fetchall())


def held_links(conn):
    return {(each["record_id"], each["reference_id"], each["status"]) for each in links(conn).to_dicts()}


def feed(conn, since):
    rows = conn.execute(
        "SELECT release, key, operation, before ->> 'full_name', after ->> 'full_name' FROM ledger.feed('person', %s)",
        [since],
    )
    return rows.fetchall()


@pytest.mark.parametrize("release", [1, 2, 3, 4])
def test_every_table_can_be_read_as_of_every_release(released, release):
    person = as_of(contracts.published()["person"], release)
    assert people(released, f"({person.as_string(released)}) AS past") == NIGHTS[release - 1]


def test_the_feed_tells_what_each_row_was_and_became(released):
    assert feed(released, 1) == [
        (2, "P1", "changed", "An", "Ân"),
        (2, "P3", "added", None, "Chi"),
        (3, "P1", "removed", "Ân", None),
        (3, "P2", "removed", "Bình", None),
        (4, "P1", "added", None, "Anh"),
        (4, "P3", "changed", "Chi", "Chí"),
    ]


def test_the_feed_applied_to_an_old_copy_gives_the_present_rows(released):
    copy = dict(NIGHTS[0])
    for _, key, operation, before, after in feed(released, 1):
        assert copy.pop(key, None) == before
        if operation != "removed":
            copy[key] = after
    assert copy == people(released)


def test_a_feed_of_a_table_that_is_not_there_says_so(released):
    with pytest.raises(psycopg.Error, match="There is no table"):
        released.execute("SELECT * FROM ledger.feed('person; DROP TABLE ops.run', 1)")


def test_a_key_of_two_columns_is_found_in_the_feed(empty):
    rule = {"dataset": "birth", "rule": "r1", "criterion": "đủ", "severity": "error", "checked": 5, "failed": 0}
    for failed in (0, 3):
        load_tables(empty, quality=rows_of("quality", rule | {"failed": failed}))
        publish(empty, publication(f"run-{failed}", f"state-{failed}"))
    told = empty.execute("SELECT key, before ->> 'failed', after ->> 'failed' FROM ledger.feed('quality', 1)")
    assert told.fetchall() == [("birth|r1", "0", "3")]


def test_values_of_every_type_come_back_to_the_last_digit(empty):
    odd = {
        "dossier_id": "d1",
        "owner_name": 'Lê "Thị" \\ {}\n\t',
        "owner_birth_date": date(1899, 12, 31),
        "received_at": datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=timezone(timedelta(hours=7))),
        "has_digitised_part": False,
        "repairs": ["a,b", "", 'c"'],
    }
    score = {"dataset": "birth", "rule": "r1", "criterion": "đủ", "severity": "error", "checked": 5, "score": 0.1 + 0.2}
    quality = rows_of("quality", score, score | {"rule": "r2", "score": float("nan")})
    load_tables(empty, dossier=rows_of("dossier", odd, {"dossier_id": "d2"}), quality=quality)
    publish(empty, publication())
    load_tables(
        empty, dossier=rows_of("dossier", {"dossier_id": "d1"}), quality=quality.with_columns(score=pl.lit(1.0))
    )
    publish(empty, publication("run-2", "state-2"))
    rollback(empty, 1, LAN)
    # The release of each row is its own new one; all else is as it was.
    for each in data_tables():
        columns = ", ".join(name for name in each.names if name != "release")
        past = f"SELECT {columns} FROM published.{each.dataset}"
        first = f"SELECT {columns} FROM ({as_of(each, 1).as_string(empty)}) AS past"
        assert empty.execute(f"SELECT count(*) FROM ({past} EXCEPT {first}) AS odd").fetchone() == (0,)
        assert empty.execute(f"SELECT count(*) FROM ({first} EXCEPT {past}) AS odd").fetchone() == (0,)


@pytest.mark.parametrize("target", [1, 2, 3])
def test_a_rollback_is_a_new_release_with_the_tables_and_links_of_the_former(released, target):
    done = rollback(released, target, LAN)
    assert (done.release, people(released)) == (5, NIGHTS[target - 1])
    assert held_links(released) == {
        (each["record_id"], each["reference_id"], each["status"]) for each in DECISIONS[target - 1]
    }
    told = released.execute(
        "SELECT kind, approved_by, restored_release, state FROM published.release WHERE release = 5"
    )
    assert told.fetchone() == ("rollback", "Lan", target, f"state-{target}")


def test_a_rollback_keeps_the_history_of_links(released):
    rollback(released, 1, LAN)
    history = released.execute(
        "SELECT reference_id, valid_from_release, valid_to_release, run_id FROM ledger.link "
        "WHERE record_id = 'dossier:1' ORDER BY valid_from_release"
    )
    # Release 4 had the link of release 1 again, so it simply goes on.
    assert history.fetchall() == [("001", 1, 2, "run-1"), ("002", 2, 3, "run-2"), ("001", 4, None, "run-4")]


def test_a_rollback_of_a_rollback_gives_the_tables_before_it(database_url):
    with connect(database_url) as own:
        before = people(made(own)), held_links(own)
        rollback(own, 2, LAN)
        assert rollback(own, 4, LAN).release == 6
        assert (people(own), held_links(own)) == before
        assert people(own, f"({as_of(contracts.published()['person'], 5).as_string(own)}) AS past") == NIGHTS[1]


def test_by_default_the_release_before_the_present_is_restored(released):
    rollback(released, None, LAN)
    assert people(released) == NIGHTS[2]


def test_after_a_rollback_all_releases_are_held_and_the_next_run_has_something_to_do(released):
    rollback(released, 3, LAN)
    assert (hold(released).held_by, hold(released).reason) == ("Lan", "sai đợt giao")
    told = released.execute("SELECT release, state LIKE 'state-%', h.fingerprint FROM ops.state, ops.holding AS h")
    assert told.fetchall() == [(5, False, "held-state-4")]


def test_ids_and_deliveries_outlive_a_rollback(empty):
    delivery = {"delivery_id": "one-stop/d2", "source": "one-stop", "kind": "full", "fingerprint": "f2", "rows": 3}
    entity = {"entity_id": "P2", "kind": "person", "reference_id": "002"}
    load_tables(empty, person=persons(P1="An"))
    publish(empty, publication())
    load_tables(empty, person=persons(P2="Bình"))
    more = {
        "deliveries": incoming("incoming_delivery", delivery),
        "entities": incoming("incoming_entity", entity),
    }
    publish(empty, publication("run-2", "state-2", **more))
    rollback(empty, 1, LAN)
    assert empty.execute("SELECT entity_id FROM ledger.entity").fetchall() == [("P2",)]
    assert empty.execute("SELECT delivery_id FROM ops.delivery").fetchall() == [("one-stop/d2",)]


@pytest.mark.parametrize("release", [4, 5, 99])
def test_the_present_or_a_future_release_cannot_be_restored(released, release):
    with pytest.raises(ReleaseNotKeptError, match="releases 1 to "):
        rollback(released, release, LAN)
    assert people(released) == NIGHTS[3]
    assert hold(released) is None


def test_before_the_first_release_there_is_no_way_back(empty):
    with pytest.raises(ReleaseNotKeptError, match="nothing was published yet"):
        rollback(empty, None, LAN)


def test_a_pinned_release_stays_as_it_was_in_every_table(released):
    schema = pin(released, 2, "Mai", "y_te")
    assert schema == "release_y_te"
    assert people(released, "release_y_te.person") == NIGHTS[1]
    rollback(released, 1, LAN)
    assert people(released, "release_y_te.person") == NIGHTS[1]
    assert released.execute("SELECT max(release) FROM release_y_te.release").fetchone() == (2,)
    views = released.execute("SELECT table_name FROM information_schema.views WHERE table_schema = 'release_y_te'")
    assert {row[0] for row in views.fetchall()} == set(contracts.published())


def test_a_pin_hides_nothing_and_adds_nothing_in_the_list_of_releases(released):
    pin(released, 2, "Mai")
    columns = ", ".join(set(contracts.published()["release"].names) - NOT_REPRODUCIBLE)
    query = f"SELECT {columns} FROM published.release WHERE release <= 2 EXCEPT SELECT {columns} FROM release_2.release"
    assert released.execute(query).fetchall() == []


def test_a_pin_is_taken_away_with_its_schema(released):
    pin(released, 2, "Mai")
    unpin(released, "2", "Mai")
    assert pins(released) == []
    assert released.execute("SELECT to_regnamespace('release_2')").fetchone() == (None,)


@pytest.mark.parametrize("name", ["Y_te", "y te", "", "2", 'x"; DROP SCHEMA published CASCADE; --', "a" * 41])
def test_a_name_that_is_none_is_refused(released, name):
    with pytest.raises(PinError, match="letter first"):
        pin(released, 2, "Mai", name)
    assert pins(released) == []


def test_a_name_is_pinned_once_and_an_unknown_one_is_told_with_those_there_are(released):
    pin(released, 2, "Mai", "y_te")
    with pytest.raises(PinError, match="is taken"):
        pin(released, 3, "Mai", "y_te")
    with pytest.raises(PinError, match="Pinned now: y_te"):
        unpin(released, "thue", "Mai")


def test_old_rows_are_forgotten_after_the_stated_number_of_releases(released):
    assert retain(released, 2) == {3, 4}
    assert (kept(released).oldest, kept(released).current) == (3, 4)
    assert people(released, f"({as_of(contracts.published()['person'], 3).as_string(released)}) AS past") == NIGHTS[2]
    with pytest.raises(ReleaseNotKeptError, match="releases 3 to 4 are kept"):
        pin(released, 2, "Mai")
    with pytest.raises(psycopg.Error, match="the oldest is 3"), released.transaction():
        feed(released, 2)
    assert [each[:3] for each in feed(released, 3)] == [(4, "P1", "added"), (4, "P3", "changed")]


def test_a_pin_outlives_the_retention(released):
    pin(released, 2, "Mai")
    assert retain(released, 1) == {2, 4}
    assert people(released, "release_2.person") == NIGHTS[1]
    unpin(released, "2", "Mai")
    assert retain(released, 1) == {4}
    assert kept(released).oldest == 4


def test_retention_of_what_was_forgotten_already_writes_nothing(released):
    retain(released, 2)
    before = audit.head(released)
    retain(released, 2)
    assert audit.head(released) == before


def test_nothing_is_kept_before_the_first_release(empty):
    assert (kept(empty).oldest, kept(empty).current, retain(empty, 3)) == (None, None, frozenset())


def test_a_later_hold_takes_the_place_of_an_earlier_one_and_resuming_ends_it(conn):
    hold_releases(conn, "Lan", "chờ đối chiếu")
    hold_releases(conn, "Mai", "chờ thêm")
    assert hold(conn).held_by == "Mai"
    assert (resume_releases(conn, "Lan"), resume_releases(conn, "Lan")) == (True, False)
    assert hold(conn) is None


def test_what_people_do_to_releases_is_in_the_audit_log(released):
    pin(released, 2, "Mai")
    unpin(released, "2", "Mai")
    hold_releases(released, "Lan", "chờ")
    resume_releases(released, "Lan")
    rollback(released, 3, LAN)
    done = [(each.actor, each.action) for each in reversed(audit.entries(released, 5))]
    assert done == [
        ("Mai", "release_pinned"),
        ("Mai", "release_unpinned"),
        ("Lan", "releases_held"),
        ("Lan", "releases_resumed"),
        ("Lan", "release_rolled_back"),
    ]
    assert audit.faults(released) == []
