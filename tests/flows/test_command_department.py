"""`doisoat department`, as an operator types it."""

import getpass
import uuid

import psycopg
import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.warehouse.access.ground import UNIT, add_rows, log_in
from warehouse import access, audit
from warehouse.access.errors import DepartmentNameError, PasswordRefusedError, UnknownDepartmentError
from warehouse.connection import connect

PASSWORD = "mật khẩu không ai thấy"
TERMS = ["--purpose", "cấp thẻ [red]", "--basis", "NĐ 278/2025", "--until", "2099-12-31"]


@pytest.fixture
def name():
    return f"y_te_{uuid.uuid4().hex[:8]}"


@pytest.fixture
def call(database_url, tmp_path, monkeypatch):
    """Calls a command; its output, or the exception that becomes a sentence."""
    monkeypatch.setenv("DOISOAT_DATABASE", database_url)
    monkeypatch.setenv("DOISOAT_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("SO_Y_TE", PASSWORD)
    monkeypatch.setenv("COLUMNS", "400")

    def run(*words):
        return CliRunner().invoke(app, ["department", *words], catch_exceptions=False).output

    return run


def test_a_department_is_added_granted_shown_and_revoked(call, database_url, name):
    with connect(database_url) as owner:
        add_rows(owner)
    output = [call("add", name, "--title", "Sở Y tế", "--password-env", "SO_Y_TE", "--by", "Lan")]
    output.append(call("grant", name, "dossier", *TERMS, "--units", UNIT, "--columns", "internal,owner_name"))
    with log_in(database_url, name, PASSWORD) as session:
        assert session.execute(f"SELECT owner_name FROM dept_{name}.dossier".encode()).fetchall() == [("Trần Thị Mận",)]
    output += [call("list"), call("show", name), call("uses", name)]
    assert f"{name} " in output[2]
    assert all(word in output[3] for word in (UNIT, "internal, owner_name", "cấp thẻ [red]", "in force"))
    assert "dossier" in output[4]
    assert "left no line" not in output[4]
    output += [call("revoke", name, "dossier"), call("revoke", name, "dossier"), call("revoke", name), call("list")]
    assert "had no grant" in output[6]
    assert "closed" in output[8]
    assert PASSWORD not in "".join(output)
    with pytest.raises(psycopg.OperationalError):
        log_in(database_url, name, PASSWORD)


def test_a_rolled_back_use_is_told(call, database_url, name):
    call("add", name, "--title", "Sở Y tế", "--password-env", "SO_Y_TE")
    call("grant", name, "dossier", *TERMS, "--units", "all")
    with log_in(database_url, name, PASSWORD) as session, session.transaction(force_rollback=True):
        session.execute(f"SELECT FROM dept_{name}.dossier".encode())
    assert f"'doisoat: {name} reads'" in call("uses", name)


def test_without_by_the_system_account_is_named(call, database_url, name):
    call("add", name, "--title", "Sở Y tế", "--password-env", "SO_Y_TE")
    call("password", name, "--password-env", "SO_Y_TE")
    with connect(database_url) as owner:
        assert {each.actor for each in audit.entries(owner, 2)} == {getpass.getuser()}


def test_a_password_comes_from_a_variable_or_from_unseen_keys_and_never_from_a_pipe(call, name):
    with pytest.raises(PasswordRefusedError, match="KHONG_CO"):
        call("add", name, "--title", "Sở", "--password-env", "KHONG_CO")
    with pytest.raises(PasswordRefusedError, match="--password-env"):
        call("add", name, "--title", "Sở")


def test_an_unknown_department_is_named(call):
    with pytest.raises(UnknownDepartmentError, match="khong_co"):
        call("uses", "khong_co")


def test_a_department_is_pinned_shown_and_unpinned(call, database_url, name):
    with connect(database_url) as owner:
        add_rows(owner)
    call("add", name, "--title", "Sở Y tế", "--password-env", "SO_Y_TE")
    call("grant", name, "dossier", *TERMS, "--units", UNIT)
    assert f"can read release 1 in dept_{name}_pinned" in call("pin", name, "1", "--by", "Lan [red]")
    assert f"Ghim · pinned: dept_{name}_pinned = 1 (Lan [red], " in call("show", name)
    with log_in(database_url, name, PASSWORD) as session:
        assert session.execute(f"SELECT count(*) FROM dept_{name}_pinned.dossier".encode()).fetchone() == (1,)
    assert "pinned to release 1 no more" in call("unpin", name, "--by", "Lan")
    assert "was pinned to no release" in call("unpin", name, "--by", "Lan")
    assert "Ghim" not in call("show", name)


@pytest.mark.parametrize("release", ["1; DROP TABLE ops.pin", "1 OR true", "0", "", "một", "1e3"])
def test_a_release_that_is_no_number_changes_nothing(call, database_url, name, release):
    call("add", name, "--title", "Sở Y tế", "--password-env", "SO_Y_TE")
    assert "Invalid value for" in call("pin", name, release)
    with connect(database_url) as owner:
        assert access.pin_of(owner, name) is None


def test_a_name_that_is_none_is_refused(call):
    with pytest.raises(DepartmentNameError):
        call("pin", "x'; DROP TABLE ops.pin; --", "1")
