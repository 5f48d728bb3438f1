"""A PostgreSQL of our own: started in a folder when the first process asks for it, stopped when the last one leaves.

Several processes may use one server at once. Each holds a shared lock while it does; who can turn that into an
exclusive one on leaving is the last. They enter and leave one at a time, so a server is never stopped under a newcomer.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from warehouse.cluster import Cluster
from warehouse.errors import EmbeddedServerError


@contextmanager
def running(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """Runs PostgreSQL in `folder` for the time of the block; yields the libpq URL of database `doisoat`.

    `durable=False` lets the server skip flushing to disk: for tests, whose data may be lost with the machine.
    """
    cluster = Cluster(folder.resolve(), durable=durable)
    try:
        cluster.folder.mkdir(parents=True, exist_ok=True)
        users = (cluster.folder / "users.lock").open("a")
    except OSError as exc:
        reason = exc.strerror or type(exc).__name__
        raise EmbeddedServerError(
            folder, f"không ghi được vào thư mục ({reason})", f"no writing there ({reason})"
        ) from exc
    with users:
        try:
            with _turn(cluster.folder):
                fcntl.flock(users, fcntl.LOCK_SH)
                cluster.ensure_started()
            yield cluster.url
        finally:
            with _turn(cluster.folder):
                if _is_last(users):
                    cluster.stop()


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    with (folder / "turn.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
