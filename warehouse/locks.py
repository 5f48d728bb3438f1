"""One run at a time on one database, by a session lock that PostgreSQL drops when the process dies.

And no endless wait for others' locks: what changes published tables gives up after a while and names who holds them.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from warehouse.connection import Connection
from warehouse.errors import RunInProgressError, StatementFailedError, TablesLockedError, translated
from warehouse.queries import query

PATIENCE_SECONDS = 60.0
"""How long publishing waits for a lock: longer than the second after which PostgreSQL's own autovacuum gives way."""

_LOCK_NOT_AVAILABLE = "55P03"


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


@contextmanager
def patient(conn: Connection, action: str, *, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """A transaction that waits so long for each lock; TablesLockedError then names the session that holds it.

    `action` completes the sentence "refused to …" of other failures.
    """
    try:
        with translated(action), conn.transaction():
            conn.execute(query("locks/patience"), {"patience": f"{round(patience_seconds * 1000)}ms"})
            yield
    except StatementFailedError as exc:
        if exc.code == _LOCK_NOT_AVAILABLE:
            raise TablesLockedError(action, _table_holder(conn)) from exc
        raise


def _table_holder(conn: Connection) -> tuple[int, str, datetime | None] | None:
    with translated("read who holds the tables"):
        row = conn.execute(query("locks/table_holder")).fetchone()
    return None if row is None else (row[0], row[1], row[2])
