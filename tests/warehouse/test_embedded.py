"""The embedded PostgreSQL: starts, is shared, recovers, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from warehouse import programs
from warehouse.connection import connect
from warehouse.embedded import running
from warehouse.errors import DatabaseUnreachableError, EmbeddedServerError

ROOT = Path(__file__).parents[2]
USER = """
import sys
from pathlib import Path
from warehouse.embedded import running
with running(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.readline()
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks for processes in /proc")


def server_processes(folder: Path) -> list[str]:
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if os.readlink(link).startswith(str(folder)):
                found.append((link.parent / "comm").read_text().strip())
        except OSError:
            continue
    return found


def another_user(folder: Path) -> "subprocess.Popen[str]":
    """A process of its own that uses the server until it is sent a line."""
    command = [sys.executable, "-c", USER, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def finish(process: "subprocess.Popen[str]") -> None:
    process.communicate("\n", timeout=60)


def execute(url: str, statement: bytes) -> None:
    with connect(url) as conn:
        conn.execute(statement)


def value(url: str, statement: bytes) -> object:
    with connect(url) as conn:
        row = conn.execute(statement).fetchone()
    return row and row[0]


def test_it_starts_twice_keeps_its_data_and_leaves_nothing_running(tmp_path: Path) -> None:
    with running(tmp_path) as url:
        execute(url, b"CREATE TABLE public.kept (n int)")
    assert server_processes(tmp_path) == []
    with running(tmp_path) as url:
        assert value(url, b"SELECT count(*) FROM public.kept") == 0
    assert server_processes(tmp_path) == []
    with pytest.raises(DatabaseUnreachableError):
        connect(url)


def test_the_application_is_an_ordinary_role_without_a_network(tmp_path: Path) -> None:
    with running(tmp_path) as url:
        assert value(url, b"SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert value(url, b"SELECT current_user::text") == "doisoat"
        assert value(url, b"SHOW listen_addresses") == ""
        assert value(url, b"SHOW fsync") == "on"


def test_it_stops_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), running(tmp_path):
        raise ZeroDivisionError
    assert server_processes(tmp_path) == []


def test_two_users_share_one_server_and_the_last_one_stops_it(tmp_path: Path) -> None:
    process = another_user(tmp_path)
    with running(tmp_path) as url:
        finish(process)
        assert value(url, b"SELECT 1") == 1
    assert server_processes(tmp_path) == []


def test_the_first_to_leave_does_not_stop_the_server(tmp_path: Path) -> None:
    with running(tmp_path) as url:
        process = another_user(tmp_path)
    try:
        assert value(url, b"SELECT 1") == 1
    finally:
        finish(process)
    assert server_processes(tmp_path) == []


def test_a_server_left_by_a_killed_user_is_adopted_and_then_stopped(tmp_path: Path) -> None:
    process = another_user(tmp_path)
    process.kill()
    process.communicate()
    assert "postgres" in server_processes(tmp_path)
    with running(tmp_path) as url:
        assert value(url, b"SELECT 1") == 1
    assert server_processes(tmp_path) == []


def test_a_killed_server_is_recovered(tmp_path: Path) -> None:
    with running(tmp_path) as url:
        execute(url, b"CREATE TABLE public.kept AS SELECT 7 AS n")
        os.kill(int((tmp_path / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    with running(tmp_path) as url:
        assert value(url, b"SELECT n FROM public.kept") == 7
    assert server_processes(tmp_path) == []


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(tmp_path: Path) -> None:
    with running(tmp_path):
        pid_file = tmp_path / "data" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with running(tmp_path) as url:
        assert value(url, b"SELECT 1") == 1


def test_a_long_path_gets_a_short_socket_elsewhere_that_goes_at_the_end(tmp_path: Path) -> None:
    deep = tmp_path / ("thư mục " * 8) / ("sâu " * 16)
    before = set(Path(tempfile.gettempdir()).glob("doisoat-*"))
    with running(deep) as url:
        assert value(url, b"SELECT 1") == 1
        assert not (deep / "socket").exists()
    assert set(Path(tempfile.gettempdir()).glob("doisoat-*")) <= before
    with running(deep) as url:
        assert value(url, b"SELECT 1") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs setpriv")
def test_root_without_setpriv_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="Run as an ordinary user"), running(tmp_path):
        pass


def test_the_log_holds_no_values_of_rows(tmp_path: Path) -> None:
    with running(tmp_path) as url, connect(url) as conn, pytest.raises(psycopg.DataError):
        conn.execute("SELECT 'Nguyễn Văn An'::int")
    assert "Nguyễn" not in (tmp_path / "postgres.log").read_text(encoding="utf-8")


def is_let_in(url: str, role: str) -> bool:
    try:
        connect(url.replace("doisoat@", f"{role}@")).close()
    except DatabaseUnreachableError:
        return False
    return True


def test_a_cluster_of_an_earlier_version_makes_roles_and_asks_strangers_for_passwords(tmp_path: Path) -> None:
    with running(tmp_path) as url, psycopg.connect(url.replace("doisoat@", "postgres@"), autocommit=True) as conn:
        conn.execute("ALTER ROLE doisoat NOCREATEROLE")
        conn.execute("CREATE ROLE stranger LOGIN")
    (tmp_path / "data" / "pg_hba.conf").write_text("local all all trust\n", encoding="utf-8")
    with running(tmp_path) as url:
        assert value(url, b"SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user") is True
        assert not is_let_in(url, "stranger")


def test_a_server_that_an_earlier_version_left_running_asks_strangers_for_passwords_from_now_on(tmp_path: Path) -> None:
    with running(tmp_path) as url, psycopg.connect(url.replace("doisoat@", "postgres@"), autocommit=True) as conn:
        conn.execute("CREATE ROLE stranger LOGIN")
        (tmp_path / "data" / "pg_hba.conf").write_text("local all all trust\n", encoding="utf-8")
        with running(tmp_path):
            # The server reads the file when it gets to it.
            assert any(not is_let_in(url, "stranger") or time.sleep(0.05) for _ in range(400))
