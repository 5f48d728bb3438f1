"""What a department sees: its units' rows, in clear what was granted, and nothing once that is over."""

from datetime import date

import psycopg
import pytest

import contracts
from tests.warehouse.access.ground import OTHER_UNIT, PASSWORD, UNIT, expire, log_in, terms
from warehouse import access, audit
from warehouse.access.errors import (
    DepartmentExistsError,
    PasswordRefusedError,
    RoleRightsError,
    UngrantableTableError,
)
from warehouse.access.roles import check_may_make_roles
from warehouse.migrate import prepare

IDS = "SELECT dossier_id FROM {own}.dossier ORDER BY 1"


@pytest.mark.parametrize(
    ("units", "seen"),
    [
        ([UNIT], [1]),
        ([UNIT, OTHER_UNIT], [1, 2]),
        (["UBND xã *"], [2]),
        (["UBND *"], [1, 2]),
        (["UBND phường An Phú*"], [1]),
        (["UBND phường An Phu"], []),
        (["%"], []),
        (["_BND phường An Phú"], []),
        (["' OR true --"], []),
        (["all"], [1, 2, 3]),
    ],
)
def test_a_department_sees_the_rows_of_its_units(read, units, seen) -> None:
    assert read(IDS, terms(units=units)) == [(f"dossier:{each}",) for each in seen]


SHOWN = "SELECT owner_name, owner_number, owner_birth_date, owner_sex, repairs FROM {own}.dossier"
NAME, NUMBER, BIRTH = "Trần Thị Mận", "00109900001", date(1990, 5, 6)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ("public", ("•••", "•••", None, None, None)),
        ("internal", ("•••", "•••", None, None, ["a:b"])),
        ("personal", (NAME, "•••", BIRTH, 2, ["a:b"])),
        ("sensitive", (NAME, NUMBER, BIRTH, 2, ["a:b"])),
        ("public,owner_birth_date", ("•••", "•••", BIRTH, None, None)),
    ],
)
def test_columns_above_the_grant_are_masked_by_their_type(read, columns, shown) -> None:
    assert read(SHOWN, terms(columns=columns)) == [shown]


def test_a_masked_text_that_is_not_there_is_not_there(read) -> None:
    assert read("SELECT owner_email FROM {own}.dossier", terms()) == [(None,)]


def test_a_masked_column_cannot_be_searched_by_its_value(read) -> None:
    question = f"SELECT count(*) FROM {{own}}.dossier WHERE owner_number = '{NUMBER}'"
    assert read(question, terms()) == [(0,)]


@pytest.mark.parametrize("table", [name for name, each in contracts.published().items() if each.row_scope])
def test_every_table_can_be_granted_and_its_view_has_the_columns_of_the_contract(read, conn, added, table) -> None:
    assert read(f"SELECT count(*) >= 0 FROM {{own}}.{table}", terms(table)) == [(True,)]
    rows = conn.execute(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
        [f"dept_{added}.{table}"],
    ).fetchall()
    assert tuple(row[0] for row in rows) == contracts.published()[table].names


@pytest.mark.parametrize(
    ("granted", "seen"), [(["dossier"], ["P1"]), ([], []), (["birth"], [])], ids=["in its records", "none", "others"]
)
def test_persons_are_those_of_the_records_a_department_sees(read, granted, seen) -> None:
    found = read("SELECT person_id FROM {own}.person", terms("person", columns="personal"), *map(terms, granted))
    assert found == [(each,) for each in seen]


def test_a_grant_that_ends_takes_its_persons_along(conn, read, added) -> None:
    question = "SELECT person_id FROM {own}.person"
    assert len(read(question, terms("person"), terms())) == 1
    expire(conn, added, "dossier")
    assert read(question) == []


def test_an_expired_grant_is_over_in_an_open_transaction_and_says_so(conn, url, added) -> None:
    access.grant(conn, added, terms(), "Lan")
    with log_in(url, added) as session, session.transaction():
        session.execute(b"PREPARE again AS " + IDS.format(own=f"dept_{added}").encode())
        assert session.execute(b"EXECUTE again").fetchall() == [("dossier:1",)]
        expire(conn, added, "dossier")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="hết hạn"), session.transaction():
            session.execute(b"EXECUTE again")


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_a_revoked_grant_is_over_in_every_open_session(conn, url, added, isolation) -> None:
    access.grant(conn, added, terms(), "Lan")
    with log_in(url, added) as session:
        session.execute(f"BEGIN ISOLATION LEVEL {isolation}".encode())
        session.execute(IDS.format(own=f"dept_{added}").encode())
        assert access.revoke(conn, added, "dossier", "Lan")
        with pytest.raises(psycopg.OperationalError):
            session.execute(IDS.format(own=f"dept_{added}").encode())
    with log_in(url, added) as session, pytest.raises(psycopg.errors.UndefinedTable):
        session.execute(IDS.format(own=f"dept_{added}").encode())
    assert not access.revoke(conn, added, "dossier", "Lan")


def test_a_revocation_holds_even_if_the_program_is_killed_right_after_it(conn, url, added, monkeypatch) -> None:
    access.grant(conn, added, terms(), "Lan")
    with log_in(url, added) as session:
        monkeypatch.setattr("warehouse.access.grants.end_sessions", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            access.revoke(conn, added, "dossier", "Lan")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(IDS.format(own=f"dept_{added}").encode())
    prepare(conn)
    assert conn.execute("SELECT to_regclass(%s)", [f"dept_{added}.dossier"]).fetchone() == (None,)


def test_a_closed_department_cannot_log_in_until_it_gets_a_password_and_is_granted_anew(conn, url, added) -> None:
    access.grant(conn, added, terms(), "Lan")
    with log_in(url, added) as session:
        assert access.close_department(conn, added, "Lan") == ["dossier"]
        with pytest.raises(psycopg.OperationalError):
            session.execute(b"SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        log_in(url, added)
    access.set_password(conn, added, "một mật khẩu khác", "Lan")
    with log_in(url, added, "một mật khẩu khác") as session, pytest.raises(psycopg.errors.UndefinedTable):
        session.execute(IDS.format(own=f"dept_{added}").encode())


def test_granting_again_replaces_what_was_granted(conn, read, added) -> None:
    assert len(read(IDS, terms(units=["all"]))) == 3
    assert len(read(IDS, terms())) == 1
    assert sorted(each.standing for each in access.grants_of(conn, added)) == ["in_force", "revoked"]


def test_a_wrong_password_and_none_are_refused(url, added) -> None:
    for password in ("sai", ""):
        with pytest.raises(psycopg.OperationalError):
            log_in(url, added, password)


def test_the_server_gets_a_verifier_and_never_the_password(conn, added) -> None:
    superuser = conn.info.dsn.replace("user=doisoat", "user=postgres")
    with psycopg.connect(superuser) as other:
        row = other.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [f"dept_{added}"]).fetchone()
    assert row is not None
    assert row[0].startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize("password", ["", "ngắn", "x" * 11, "có ký tự\0số không", "\udcff" * 12])
def test_a_password_that_is_none_is_refused(conn, department, password) -> None:
    with pytest.raises(PasswordRefusedError):
        access.add_department(conn, department, "Sở", password, "Lan")
    assert department not in {each.name for each in access.departments(conn)}


def test_a_department_is_added_once(conn, added) -> None:
    with pytest.raises(DepartmentExistsError):
        access.add_department(conn, added, "Sở Y tế", PASSWORD, "Lan")


def test_everything_done_to_a_department_is_in_the_audit_log(conn, added) -> None:
    access.grant(conn, added, terms(), "Lan")
    access.revoke(conn, added, "dossier", "Mai")
    access.set_password(conn, added, PASSWORD, "Lan")
    access.close_department(conn, added, "Lan")
    found = [(each.actor, each.action) for each in reversed(audit.entries(conn, 9)) if each.subject == added]
    wanted = ["department_added", "access_granted", "access_revoked", "department_password_set", "department_closed"]
    assert found == [("Mai" if each == "access_revoked" else "Lan", each) for each in wanted]


def test_an_owner_that_may_make_no_role_is_told_what_to_ask_for(conn, department) -> None:
    superuser = conn.info.dsn.replace("user=doisoat", "user=postgres")
    role = f"owner_{department}"
    with psycopg.connect(superuser, autocommit=True) as other:
        other.execute(f"CREATE ROLE {role}".encode())
        other.execute(f"GRANT {role} TO doisoat".encode())
    with conn.transaction(force_rollback=True):
        conn.execute(f"SET LOCAL ROLE {role}".encode())
        with pytest.raises(RoleRightsError, match=f'ALTER ROLE "{role}" CREATEROLE'):
            check_may_make_roles(conn)


def test_what_was_granted_can_be_revoked_whatever_became_of_its_contract(conn, added) -> None:
    conn.execute(
        "INSERT INTO access.table_grant (department, table_name, purpose, legal_basis, ceiling, columns, is_every_unit,"
        " units, unit_prefixes, granted_by, expires_at)"
        " VALUES (%s, 'gone', 'x', 'y', 'public', '{}', true, '{}', '{}', 'Lan', '2099-01-01')",
        [added],
    )
    assert access.revoke(conn, added, "gone", "Lan")
    with pytest.raises(UngrantableTableError):
        access.revoke(conn, added, "gone", "Lan")
