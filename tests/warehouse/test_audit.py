"""The audit log on a real PostgreSQL: it grows, and nothing in it can be changed, removed or moved unseen."""

import threading

import psycopg
import pytest

from warehouse import audit
from warehouse.audit import Anchor
from warehouse.connection import connect


@pytest.fixture
def log(conn):
    for place in range(5):
        audit.append(conn, "Lan", "release_approved", f"release {place}", {"place": place})
    return conn


def tamper(conn, *statements):
    """What an owner of the database could do: the guard taken off, then put back."""
    with conn.transaction():
        conn.execute("ALTER TABLE audit.entry DISABLE TRIGGER USER")
        for each in statements:
            conn.execute(each)
        conn.execute("ALTER TABLE audit.entry ENABLE TRIGGER USER")


def test_an_empty_log_has_no_head_and_no_fault(conn):
    assert (audit.head(conn), audit.faults(conn), audit.entries(conn, 5)) == (None, [], [])


def test_an_untouched_log_has_no_fault(log):
    assert audit.faults(log, [audit.head(log)]) == []


def test_entries_come_newest_first_with_who_what_and_on_what(log):
    newest = audit.entries(log, 2)[0]
    told = (newest.position, newest.actor, newest.action, newest.subject, newest.detail)
    assert told == (5, "Lan", "release_approved", "release 4", {"place": 4})


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit.entry SET actor = 'Mai'", "DELETE FROM audit.entry WHERE position = 5", "TRUNCATE audit.entry"],
)
def test_an_entry_is_neither_changed_nor_removed(log, statement):
    with pytest.raises(psycopg.Error, match="append-only"):
        log.execute(statement)


@pytest.mark.parametrize(
    "column",
    [
        "recorded_at = recorded_at + interval '1 microsecond'",
        *(f"{name} = 'x'" for name in ("db_user", "actor", "action", "subject", "previous", "hash")),
        "detail = '{}'",
    ],
)
def test_a_changed_entry_is_found(log, column):
    tamper(log, f"UPDATE audit.entry SET {column} WHERE position = 3")
    assert (3, "changed") in audit.faults(log)


def test_a_changed_entry_whose_hash_was_made_anew_breaks_the_chain_after_it(log):
    tamper(
        log,
        "UPDATE audit.entry SET actor = 'Mai' WHERE position = 3",
        "UPDATE audit.entry AS e SET hash = audit.hash_of(e) WHERE position = 3",
    )
    assert audit.faults(log) == [(4, "out_of_order")]


def test_a_removed_entry_is_found(log):
    tamper(log, "DELETE FROM audit.entry WHERE position = 3")
    assert (4, "missing") in audit.faults(log)


def test_swapped_entries_are_found(log):
    tamper(
        log,
        "UPDATE audit.entry SET position = 9 WHERE position = 2",
        "UPDATE audit.entry SET position = 2 WHERE position = 3",
        "UPDATE audit.entry SET position = 3 WHERE position = 9",
    )
    assert {position for position, _ in audit.faults(log)} >= {2, 3}


def test_a_cut_end_is_found_by_a_head_noted_elsewhere(log):
    head = audit.head(log)
    tamper(log, "DELETE FROM audit.entry WHERE position = 5")
    assert audit.faults(log) == []
    assert audit.faults(log, [head]) == [(5, "cut_off")]


def test_a_log_written_anew_is_found_by_a_head_noted_elsewhere(log):
    tamper(log, "DELETE FROM audit.entry")
    for _ in range(5):
        audit.append(log, "Mai", "release_approved", "release 1")
    assert audit.faults(log) == []
    assert audit.faults(log, [Anchor(3, "0" * 64)]) == [(3, "cut_off")]


def test_entries_made_at_once_form_one_chain(database_url):
    def write():
        with connect(database_url) as own:
            for _ in range(10):
                audit.append(own, "Lan", "granted", "y_te")

    writers = [threading.Thread(target=write) for _ in range(6)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    with connect(database_url) as own:
        assert audit.head(own).position == 60
        assert audit.faults(own) == []


def test_an_entry_of_a_transaction_that_failed_is_not_there_and_leaves_no_gap(log):
    with log.transaction(force_rollback=True):
        audit.append(log, "Lan", "granted", "y_te")
    assert audit.append(log, "Lan", "granted", "y_te") == 6
    assert audit.faults(log) == []


def test_the_hash_does_not_depend_on_the_sessions_time_zone(log):
    log.execute("SET TIME ZONE 'America/Lima'")
    assert audit.faults(log) == []


@pytest.mark.parametrize("word", ["'; DROP TABLE audit.entry; --", "\x1f", "Nguyễn", "", "{}", "%(actor)s"])
def test_whatever_a_word_holds_is_kept_as_it_is(conn, word):
    audit.append(conn, word, word, word, {"word": word})
    assert audit.entries(conn, 1)[0].actor == word
    assert audit.faults(conn) == []


@pytest.mark.parametrize("right", ["SELECT", "INSERT", "UPDATE", "DELETE"])
def test_nobody_but_the_owner_has_a_right_on_the_log(log, right):
    granted = log.execute("SELECT has_table_privilege('public', 'audit.entry', %s)", [right]).fetchone()
    assert granted == (False,)
