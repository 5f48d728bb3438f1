"""One run at a time."""

import pytest

from warehouse.connection import Connection, connect
from warehouse.errors import RunInProgressError
from warehouse.locks import run_lock


def test_a_second_run_is_told_who_holds_the_lock(conn: Connection, database_url: str) -> None:
    held, other = run_lock(conn), connect(database_url)
    with held, other, pytest.raises(RunInProgressError) as caught, run_lock(other, patience_seconds=0):
        pass
    assert caught.value.pid == conn.info.backend_pid
    assert "is using this database" in caught.value.en


def test_the_lock_is_free_after_the_run(conn: Connection, database_url: str) -> None:
    with run_lock(conn):
        pass
    with connect(database_url) as other, run_lock(other, patience_seconds=0):
        pass


def test_the_lock_of_a_killed_run_is_free(conn: Connection, database_url: str) -> None:
    dead = connect(database_url)
    with run_lock(dead):
        dead.close()
        with run_lock(conn):
            pass


def test_an_error_in_the_run_gives_the_lock_back(conn: Connection, database_url: str) -> None:
    with pytest.raises(ZeroDivisionError), run_lock(conn):
        raise ZeroDivisionError
    with connect(database_url) as other, run_lock(other, patience_seconds=0):
        pass
