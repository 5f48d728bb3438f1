"""One run at a time on one database, by a session lock that PostgreSQL drops when the process dies."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.connection import Connection
from warehouse.errors import RunInProgressError, translated
from warehouse.queries import query


@contextmanager
def run_lock(conn: Connection, *, patience_seconds: float = 3.0) -> Iterator[None]:
    """Holds the lock for the time of the block; RunInProgressError names who holds it.

    Waits a moment first: the server needs it to notice that a run was killed.
    """
    deadline = time.monotonic() + patience_seconds
    while not _try(conn):
        if time.monotonic() >= deadline:
            _raise_holder(conn)
        time.sleep(0.1)
    try:
        yield
    finally:
        # A broken connection has dropped the lock already, and what broke it is the error to see.
        if not conn.broken and not conn.closed:
            with translated("release the run lock"):
                conn.execute(query("locks/release"))


def _try(conn: Connection) -> bool:
    with translated("take the run lock"):
        row = conn.execute(query("locks/try")).fetchone()
    return bool(row and row[0])


def _raise_holder(conn: Connection) -> None:
    with translated("read the run lock's holder"):
        row = conn.execute(query("locks/holder")).fetchone()
    if row is not None:
        raise RunInProgressError(row[0], row[1])
