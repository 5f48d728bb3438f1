"""Faults in the middle of publishing, on a real PostgreSQL: the old release stays, and a sentence says what to do."""

import threading
import time
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.warehouse.samples import incoming, link, load_tables, persons, publication, rows_of
from warehouse.cluster import Cluster
from warehouse.connection import connect
from warehouse.embedded import running
from warehouse.errors import CandidateError, DatabaseUnreachableError, ServerFullError, TablesLockedError
from warehouse.migrate import prepare
from warehouse.offer import offer
from warehouse.programs import run_program
from warehouse.publish import publish, publish_candidate
from warehouse.reading import checksums
from warehouse.rollback import Order, rollback

CONSUMERS, RELEASES = 50, 20


@pytest.fixture
def ready(conn, load):
    """Release 1 is published, and a candidate is loaded that would be release 2; its id."""
    return make_ready(conn)


def make_ready(conn):
    load_tables(conn, person=persons(P1="An"))
    publish(conn, publication())
    return offer_next(conn)


def offer_next(conn):
    load_tables(conn, person=persons(P1="Ân", P2="Bình"))
    return offer(conn, publication("run-2", "state-2", decisions=incoming("incoming_link", link("dossier:1"))))


def names(conn):
    return [row[0] for row in conn.execute("SELECT full_name FROM published.person ORDER BY person_id").fetchall()]


@contextmanager
def locked(url, statement):
    with connect(url) as other, other.transaction(force_rollback=True):
        other.execute(statement)
        yield other.info.backend_pid


@pytest.mark.parametrize(
    "statement",
    [
        "LOCK TABLE published.person IN ACCESS EXCLUSIVE MODE",
        "UPDATE published.person SET full_name = 'x'",
        "SELECT FROM published.person FOR UPDATE",
        "LOCK TABLE ledger.link",
    ],
    ids=["a table taken whole", "a row changed by hand", "a row read for update", "the links"],
)
def test_a_lock_of_another_session_ends_with_its_name_and_no_endless_wait(conn, database_url, ready, statement):
    before = checksums(conn)
    with locked(database_url, statement) as pid, pytest.raises(TablesLockedError) as caught:
        publish_candidate(conn, ready, patience_seconds=0.2)
    assert caught.value.holder[:2] == (pid, "doisoat")
    assert f"session {pid} of doisoat" in caught.value.en
    assert checksums(conn) == before
    # The candidate is as it was: once the lock is gone, it is published.
    assert publish_candidate(conn, ready).release == 2


def test_a_rollback_waits_no_longer_for_a_lock_than_a_publication(conn, database_url, ready):
    publish_candidate(conn, ready)
    with locked(database_url, "LOCK TABLE published.person"), pytest.raises(TablesLockedError, match="roll back"):
        rollback(conn, 1, Order("Lan", "thử"), patience_seconds=0.2)
    assert names(conn) == ["Ân", "Bình"]


def test_a_consumer_in_a_long_transaction_sees_the_old_release_and_blocks_nobody(conn, database_url, ready):
    with connect(database_url) as reader, reader.transaction():
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert names(reader) == ["An"]
        assert publish_candidate(conn, ready, patience_seconds=0.2).release == 2
        assert names(reader) == ["An"]
        assert reader.execute("SELECT max(release) FROM published.release").fetchone() == (1,)
    assert names(conn) == ["Ân", "Bình"]


@contextmanager
def full_disk(url, table):
    """A disk without room for one table: its empty file becomes a device that refuses every byte."""
    with psycopg.connect(url.replace("doisoat@", "postgres@"), autocommit=True) as server:
        row = server.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath(%s::regclass)", [table]
        ).fetchone()
    path = Path(*row)
    assert path.stat().st_size == 0
    path.unlink()
    path.symlink_to("/dev/full")
    yield
    path.unlink()
    path.touch()
    path.chmod(0o600)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_in_the_middle_of_publishing_leaves_the_old_release(conn, database_url, ready):
    before = checksums(conn)
    # Links are written after the tables. A new session, which has not opened the file yet.
    with full_disk(database_url, "ledger.link"), connect(database_url) as own:
        with pytest.raises(ServerFullError) as caught:
            publish_candidate(own, ready)
        assert checksums(own) == before
    assert caught.value.code == "53100"
    assert "its disk is full" in caught.value.en
    assert "Hãy giải phóng chỗ rồi chạy lại" in caught.value.vi


@pytest.mark.parametrize("shift", [timedelta(days=400), timedelta(days=-400)], ids=["set back", "set forward"])
def test_whatever_the_clock_says_releases_follow_each_other_by_number(conn, ready, shift):
    moved = datetime.now().astimezone() + shift
    conn.execute("UPDATE published.release SET published_at = %s", [moved])
    assert publish_candidate(conn, ready).release == 2
    times = conn.execute("SELECT published_at FROM published.release ORDER BY release").fetchall()
    assert times[0] <= times[1]
    assert rollback(conn, 1, Order("Lan", "thử")).release == 3
    assert names(conn) == ["An"]


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_server_stopped_in_the_middle_of_publishing_comes_back_with_the_old_release(tmp_path):
    with running(tmp_path, durable=False) as url:
        with connect(url) as conn:
            prepare(conn)
            candidate_id = make_ready(conn)
            before = checksums(conn)
        failures = []

        def publish_in_vain():
            with connect(url) as own:
                try:
                    publish_candidate(own, candidate_id)
                except DatabaseUnreachableError as exc:
                    failures.append(exc)

        # Held up at the links, when the tables are changed already.
        with suppress(DatabaseUnreachableError, psycopg.Error), locked(url, "LOCK TABLE ledger.link") as holder:
            publisher = threading.Thread(target=publish_in_vain)
            publisher.start()
            with connect(url) as observer:
                waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ledger.link'::regclass"
                wait_until(lambda: observer.execute(waiting).fetchone() == (1,))
                assert holder
            cluster = Cluster(tmp_path.resolve(), durable=False)
            stop = ["pg_ctl", "stop", "-D", "data", "-w", "-m", "immediate"]
            assert run_program(stop, cluster.folder, owner=cluster.data).returncode == 0
        publisher.join()
        assert "Không kết nối được" in failures[0].vi
        cluster.ensure_started()
        with connect(url) as conn:
            assert checksums(conn) == before
            # The crash emptied the unlogged tables: that is seen, and the next run makes the candidate again.
            with pytest.raises(CandidateError, match="lost in a crash"):
                publish_candidate(conn, candidate_id)
            assert publish_candidate(conn, offer_next(conn)).release == 2
            assert names(conn) == ["Ân", "Bình"]


def test_fifty_consumers_read_while_twenty_releases_are_published_and_none_sees_two(database_url):
    tables = ("person", "enterprise", "dossier")
    columns = {"person": "full_name", "enterprise": "enterprise_name", "dossier": "owner_name"}
    question = "SELECT max(release)::text FROM published.release" + "".join(
        f" UNION SELECT {columns[each]} FROM published.{each}" for each in tables
    )
    is_over, begun = threading.Event(), threading.Barrier(CONSUMERS + 1)
    faults, seen = [], set()

    def consume(place):
        try:
            with connect(database_url) as own:
                begun.wait(timeout=60)
                while not is_over.is_set():
                    seen.update(looked := look(own, one_statement=place % 2 == 0))
                    assert len(looked) == 1
                    time.sleep(0.1)
        except BaseException as exc:  # noqa: BLE001 - whatever a thread meets is told by the test
            faults.append(exc)
            begun.abort()

    def look(own, *, one_statement):
        """Which releases a consumer sees: in one statement, or table by table in one transaction."""
        if one_statement:
            return {row[0] for row in own.execute(question).fetchall()}
        with own.transaction():
            own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            parts = question.split(" UNION ")
            return {row[0] for part in parts for row in own.execute(part).fetchall()}

    with connect(database_url) as conn:
        publish_number(conn, 1)
        consumers = [threading.Thread(target=consume, args=(place,)) for place in range(CONSUMERS)]
        for each in consumers:
            each.start()
        with suppress(threading.BrokenBarrierError):
            begun.wait(timeout=60)
        for number in range(2, RELEASES + 1):
            publish_number(conn, number)
        is_over.set()
        for each in consumers:
            each.join()
    assert faults == []
    assert len(seen) > 2


def publish_number(conn, number):
    """Publishes a release that says its own number in every row of three tables."""
    told = str(number)
    load_tables(
        conn,
        person=persons(P1=told, P2=told),
        enterprise=rows_of("enterprise", {"enterprise_id": "E1", "enterprise_name": told}),
        dossier=rows_of("dossier", *({"dossier_id": f"d{place}", "owner_name": told} for place in range(50))),
    )
    assert publish(conn, publication(f"run-{number}", f"state-{number}")).release == number
