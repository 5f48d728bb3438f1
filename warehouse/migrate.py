"""Brings a database to the schema of this program: ordered SQL files, each applied once, each in a transaction."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from warehouse.access.views import keep_up
from warehouse.connection import Connection
from warehouse.errors import MigrationError, translated
from warehouse.queries import query
from warehouse.tables import create_tables


def prepare(conn: Connection) -> tuple[str, ...]:
    """Migrates, makes the tables of the contracts, and keeps departments to them; the migrations applied now."""
    with _one_at_a_time(conn):
        applied = migrate(conn)
        create_tables(conn)
        keep_up(conn)
    return applied


def migrate(conn: Connection) -> tuple[str, ...]:
    """Applies what is missing; MigrationError if the database's history is not this program's."""
    with _one_at_a_time(conn), translated("migrate"):
        conn.execute(query("migrate/history"))
        return _apply_missing(conn)


def migrations() -> dict[str, bytes]:
    """The scripts in their order, by name."""
    folder = files("warehouse").joinpath("sql", "migrations")
    scripts = {each.name.removesuffix(".sql"): each.read_bytes() for each in folder.iterdir()}
    return dict(sorted((name, script) for name, script in scripts.items() if name[:3].isdigit()))


@contextmanager
def _one_at_a_time(conn: Connection) -> Iterator[None]:
    with translated("migrate"):
        conn.execute(query("migrate/lock"))
    try:
        yield
    finally:
        if not conn.broken:
            conn.execute(query("migrate/unlock"))


def _apply_missing(conn: Connection) -> tuple[str, ...]:
    known = migrations()
    applied: dict[str, str] = dict(conn.execute(query("migrate/applied")).fetchall())
    _check_history(known, applied)
    missing = [name for name in known if name not in applied]
    for name in missing:
        with conn.transaction():
            conn.execute(known[name])
            conn.execute(query("migrate/record"), {"name": name, "checksum": _checksum(known[name])})
    return tuple(missing)


def _check_history(known: dict[str, bytes], applied: dict[str, str]) -> None:
    for name, checksum in applied.items():
        if name not in known:
            vi = "không có trong chương trình này: cơ sở dữ liệu thuộc phiên bản mới hơn. Hãy nâng cấp chương trình"
            en = "is not in this program: the database is of a newer version. Upgrade the program"
            raise MigrationError(name, vi, en)
        if checksum != _checksum(known[name]):
            vi = "đã bị sửa sau khi áp dụng. Hãy khôi phục tệp và viết thay đổi thành bước mới"
            en = "was edited after it was applied. Restore the file and write the change as a new migration"
            raise MigrationError(name, vi, en)


def _checksum(script: bytes) -> str:
    return hashlib.sha256(script.replace(b"\r\n", b"\n")).hexdigest()
