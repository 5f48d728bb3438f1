"""A department that stays on a release sees what it would have seen then, and nothing once it may not."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import psycopg
import pytest

import contracts
from contracts import Contract
from tests.warehouse.access.ground import OTHER_UNIT, PASSWORD, UNIT, expire, log_in, new_database, terms
from tests.warehouse.samples import load_tables, publication, rows_of
from warehouse import access, audit
from warehouse.access import pinning
from warehouse.access.errors import DepartmentNameError, ForeignSchemaError
from warehouse.connection import Connection, connect
from warehouse.errors import ReleaseNotKeptError
from warehouse.migrate import prepare
from warehouse.pins import pins
from warehouse.publish import publish
from warehouse.retention import kept, retain

TABLES = {name: each for name, each in contracts.published().items() if each.row_scope}
RELEASES = (1, 2, 3)
# Unit and content of each record in each release; None where there is no such record.
Night = tuple[str | None, int] | None
RECORDS: dict[str, tuple[Night, Night, Night]] = {
    "stays": ((UNIT, 1), (UNIT, 1), (UNIT, 1)),
    "changes": ((UNIT, 1), (UNIT, 2), (UNIT, 3)),
    "goes": ((UNIT, 1), None, None),
    "comes": (None, (UNIT, 1), (UNIT, 1)),
    "goes-and-comes": ((UNIT, 1), None, (UNIT, 2)),
    "enters-and-leaves": ((OTHER_UNIT, 1), (UNIT, 1), (OTHER_UNIT, 1)),
    "leaves-and-changes": ((UNIT, 1), (OTHER_UNIT, 2), (OTHER_UNIT, 3)),
    "leaves-and-goes": ((UNIT, 1), (OTHER_UNIT, 1), None),
    "their-own": ((OTHER_UNIT, 1), (OTHER_UNIT, 1), (OTHER_UNIT, 1)),
    "their-changed": ((OTHER_UNIT, 1), (OTHER_UNIT, 2), (OTHER_UNIT, 3)),
    "their-gone": ((OTHER_UNIT, 1), None, None),
    "their-new": (None, (OTHER_UNIT, 1), (OTHER_UNIT, 1)),
    "nobodys": ((None, 1), (None, 2), (None, 3)),
}
IDS = "SELECT dossier_id FROM {own}_pinned.dossier ORDER BY 1"
FIRST = ["changes", "goes", "goes-and-comes", "leaves-and-changes", "leaves-and-goes", "stays"]
Rows = dict[str, list[str]]


def content(column: str, kind: str, key: str, version: int) -> Any:
    """A value of each type that another version of the row does not have."""
    values: dict[str, Any] = {
        "text": f"{column} {key} {version}",
        "text[]": [f"{column} {key}", str(version)],
        "boolean": version % 2 == 0,
        "date": date(2000, 1, version),
        "timestamp": datetime(2000, 1, version, 7, 30),
        "double precision": version / 3,
    }
    return values.get(kind, version)


def row(contract: Contract, key: str, version: int, unit: str | None) -> dict[str, Any]:
    """A row that names a person and an enterprise called after the record."""
    made = {
        each.name: content(each.name, each.physical_type, key, 1 if each.name in contract.key else version)
        for each in contract.properties
    }
    ends = ("person_id", "enterprise_id", "dossier_id")
    made |= {each: key for each in contract.names if each.endswith(ends) or each == f"{contract.dataset}_id"}
    return made | ({contract.unit_property: unit} if contract.unit_property else {})


def publish_night(conn: Connection, release: int) -> None:
    there = {name: night for name, nights in RECORDS.items() if (night := nights[release - 1])}
    records = [each for each in TABLES.values() if each.row_scope == "unit"]
    frames = {}
    for name, contract in TABLES.items():
        if name == "release":
            continue
        if contract.row_scope == "unit":
            made = [row(contract, f"{name}:{key}", version, unit) for key, (unit, version) in there.items()]
        elif contract.row_scope == "linked":
            made = [
                row(contract, f"{each.dataset}:{key}", night[1], None)
                for each in records
                for key, night in there.items()
            ]
        else:
            made = [row(contract, key, night[1], None) for key, night in there.items()]
        frames[name] = rows_of(name, *made)
    load_tables(conn, **frames)
    assert publish(conn, publication(f"run-{release}", f"state-{release}")).release == release


def seen(url: str, name: str, schema: str) -> Rows:
    """All rows of all tables, as the department gets them."""
    with log_in(url, name) as session:
        return {
            table: sorted(map(repr, session.execute(f"SELECT * FROM {schema}.{table}".encode()).fetchall()))
            for table in TABLES
        }


@pytest.fixture(scope="module")
def history(server_url: str, template_database: str) -> Iterator[tuple[str, str, Connection, dict[int, Rows]]]:
    """Three releases, and what a department with grants of every scope saw while each was the present one."""
    suffix = uuid.uuid4().hex[:8]
    url = new_database(server_url, template_database, f"pinned_{suffix}")
    name = f"ghim_{suffix}"
    units = {"birth": ["UBND phường*"], "death": ["all"], "marriage": [OTHER_UNIT]}
    levels = {"birth": "sensitive", "person": "personal", "discrepancy": "public"}
    with connect(url) as owner:
        access.add_department(owner, name, "Sở Thử nghiệm", PASSWORD, "Lan")
        for table, contract in TABLES.items():
            given = {"units": units.get(table, [UNIT])} if contract.row_scope == "unit" else {}
            access.grant(owner, name, terms(table, columns=levels.get(table, "internal"), **given), "Lan")
        then = {}
        for release in RELEASES:
            publish_night(owner, release)
            then[release] = seen(url, name, f"dept_{name}")
        yield url, name, owner, then


@pytest.fixture
def url(history) -> str:
    return history[0]


@pytest.fixture
def conn(history) -> Connection:
    return history[2]


@pytest.fixture
def pinned(conn: Connection, added: str) -> Iterator[str]:
    """A department of the test's own that sees the dossiers of its unit, and stays on the first release."""
    access.grant(conn, added, terms(), "Lan")
    access.pin_department(conn, added, 1, "Lan")
    yield added
    access.unpin_department(conn, added, "Lan")


def ids(url: str, name: str, question: str = IDS) -> list[str]:
    with log_in(url, name) as session:
        found = session.execute(question.format(own=f"dept_{name}").encode()).fetchall()
    return [each[0].removeprefix("dossier:") for each in found]


@pytest.mark.parametrize("release", RELEASES)
def test_a_pinned_department_sees_every_table_as_it_saw_it_then(history, release) -> None:
    url, name, owner, then = history
    assert access.pin_department(owner, name, release, "Lan") == f"dept_{name}_pinned"
    assert seen(url, name, f"dept_{name}_pinned") == then[release]
    assert seen(url, name, f"dept_{name}") == then[3]


def test_what_was_compared_differs_from_release_to_release_in_every_table(history) -> None:
    then = history[3]
    for table in TABLES:
        assert then[1][table], table
        assert then[1][table] != then[2][table] != then[3][table] != then[1][table], table


def test_the_rows_are_those_of_its_units_in_that_release(url, pinned) -> None:
    assert ids(url, pinned) == FIRST


@pytest.mark.parametrize(
    "condition",
    [
        "processing_unit IS DISTINCT FROM 'UBND phường An Phú'",
        "dossier_id LIKE 'dossier:their%'",
        "dossier_id = 'dossier:their-gone'",
        "dossier_id IN ('dossier:nobodys', 'dossier:comes', 'dossier:enters-and-leaves')",
        # The cast fails on the first row it meets, so it must meet none of the others'.
        "processing_unit <> 'UBND phường An Phú' AND (dossier_id || 'x')::int = 1",
    ],
)
def test_whatever_it_asks_no_row_of_another_unit_is_shown(url, pinned, condition) -> None:
    assert ids(url, pinned, f"SELECT dossier_id FROM {{own}}_pinned.dossier WHERE {condition}") == []


def test_a_column_is_masked_in_what_a_row_was_as_in_what_it_is(conn, url, pinned) -> None:
    question = "SELECT DISTINCT owner_name FROM {own}_pinned.dossier"
    assert ids(url, pinned, question) == ["•••"]
    access.grant(conn, pinned, terms(columns="personal"), "Lan")
    assert len(ids(url, pinned, question)) == len(FIRST)


def test_a_read_leaves_a_line_that_names_the_release(conn, url, pinned) -> None:
    ids(url, pinned)
    ids(url, pinned, "SELECT dossier_id FROM {own}.dossier")
    found = access.uses_of(conn, pinned, 5)
    assert [(each.table, each.purpose) for each in found.last] == [
        ("dossier", "phục vụ cấp thẻ"),
        ("dossier@1", "phục vụ cấp thẻ"),
    ]


def test_an_expired_grant_is_over_in_an_open_transaction(conn, url, pinned) -> None:
    with log_in(url, pinned) as session, session.transaction():
        session.execute(IDS.format(own=f"dept_{pinned}").encode())
        expire(conn, pinned, "dossier")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="hết hạn"), session.transaction():
            session.execute(IDS.format(own=f"dept_{pinned}").encode())


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ"])
def test_a_revoked_grant_is_over_in_every_open_session(conn, url, pinned, isolation) -> None:
    with log_in(url, pinned) as session:
        session.execute(f"BEGIN ISOLATION LEVEL {isolation}".encode())
        session.execute(IDS.format(own=f"dept_{pinned}").encode())
        access.revoke(conn, pinned, "dossier", "Lan")
        with pytest.raises(psycopg.OperationalError):
            session.execute(IDS.format(own=f"dept_{pinned}").encode())
    with pytest.raises(psycopg.errors.UndefinedTable):
        ids(url, pinned)
    access.grant(conn, pinned, terms(), "Lan")
    assert ids(url, pinned) == FIRST


def test_unpinning_ends_open_sessions_and_takes_the_schema_away(conn, url, pinned) -> None:
    with log_in(url, pinned) as session:
        session.execute(IDS.format(own=f"dept_{pinned}").encode())
        assert access.unpin_department(conn, pinned, "Mai") == 1
        with pytest.raises(psycopg.OperationalError):
            session.execute(IDS.format(own=f"dept_{pinned}").encode())
    assert conn.execute("SELECT to_regnamespace(%s)", [f"dept_{pinned}_pinned"]).fetchone() == (None,)
    assert (access.pin_of(conn, pinned), access.unpin_department(conn, pinned, "Mai")) == (None, None)


def test_a_program_killed_right_after_it_wrote_leaves_nothing_to_read(conn, url, pinned, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(pinning, "build", _killed)
        with pytest.raises(KeyboardInterrupt):
            access.pin_department(conn, pinned, 2, "Lan")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="Release 1 is not pinned"):
        ids(url, pinned)
    prepare(conn)
    assert ids(url, pinned) == ["changes", "comes", "enters-and-leaves", "stays"]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_views_of_a_pinned_release_are_made_anew_with_the_others(conn, url, pinned) -> None:
    conn.execute("SELECT access.drop_views()")
    with pytest.raises(psycopg.errors.UndefinedTable):
        ids(url, pinned)
    prepare(conn)
    assert ids(url, pinned) == FIRST


def test_the_change_feed_tells_all_that_came_after_the_pinned_release(url, pinned) -> None:
    then, now = (
        set(ids(url, pinned, f"SELECT dossier_id || release FROM {{own}}{place}.dossier")) for place in ("_pinned", "")
    )
    told = set(ids(url, pinned, "SELECT key FROM {own}.change WHERE release > 1 AND table_name = 'dossier'"))
    assert {each[:-1] for each in then ^ now} <= told
    assert not any(each.startswith(("their", "nobodys", "stays")) for each in told)


def test_a_departments_pin_is_kept_from_the_retention_until_it_is_taken_away(conn, url, pinned) -> None:
    with conn.transaction(force_rollback=True):
        assert retain(conn, 1) == {1, 3}
        assert kept(conn).oldest == 1
        conn.execute("DELETE FROM ops.pin")
        assert retain(conn, 1) == {3}
        with pytest.raises(ReleaseNotKeptError, match="releases 3 to 3 are kept"):
            access.pin_department(conn, pinned, 1, "Lan")


@pytest.mark.parametrize("release", [-1, 0, 4, 2**40])
def test_a_release_that_is_not_there_is_told_with_those_there_are(conn, url, pinned, release) -> None:
    with pytest.raises(ReleaseNotKeptError, match="releases 1 to 3 are kept"):
        access.pin_department(conn, pinned, release, "Lan")
    assert ids(url, pinned) == FIRST


@pytest.mark.parametrize("name", ["", "Y_te", "x_pinned", 'x"; DROP SCHEMA published CASCADE; --', "x' OR true --"])
def test_a_name_that_can_be_none_is_refused(conn, name) -> None:
    with pytest.raises(DepartmentNameError):
        access.add_department(conn, name, "Sở", PASSWORD, "Lan")
    if name != "x_pinned":
        for attempt in (
            lambda: access.pin_department(conn, name, 1, "Lan"),
            lambda: access.unpin_department(conn, name, "Lan"),
        ):
            with pytest.raises(DepartmentNameError):
                attempt()


def test_a_schema_of_somebody_else_is_left_alone(conn, added) -> None:
    conn.execute(f"CREATE SCHEMA dept_{added}_pinned CREATE TABLE theirs (n int)".encode())
    with pytest.raises(ForeignSchemaError, match=f'ALTER SCHEMA "dept_{added}_pinned" RENAME'):
        access.pin_department(conn, added, 1, "Lan")
    access.grant(conn, added, terms(), "Lan")
    assert access.pin_of(conn, added) is None
    assert conn.execute("SELECT to_regclass(%s) IS NOT NULL", [f"dept_{added}_pinned.theirs"]).fetchone() == (True,)


def test_a_schema_of_a_pin_that_somebody_took_away_is_made_anew(conn, url, pinned) -> None:
    conn.execute(f"DROP SCHEMA dept_{pinned}_pinned CASCADE".encode())
    access.pin_department(conn, pinned, 1, "Lan")
    assert ids(url, pinned) == FIRST


def test_a_closed_department_keeps_no_release(conn, pinned) -> None:
    access.close_department(conn, pinned, "Mai")
    assert pinned not in {each.department for each in pins(conn)}
    assert conn.execute("SELECT to_regnamespace(%s)", [f"dept_{pinned}_pinned"]).fetchone() == (None,)
    assert audit.entries(conn, 1)[0].detail["unpinned"] == 1


def test_pinning_moving_and_unpinning_are_in_the_audit_log(conn, pinned) -> None:
    access.pin_department(conn, pinned, 2, "Mai")
    access.unpin_department(conn, pinned, "Lan")
    done = [(each.actor, each.action, each.subject, each.detail) for each in reversed(audit.entries(conn, 3))]
    assert done == [
        ("Lan", "department_pinned", pinned, {"release": 1}),
        ("Mai", "department_pinned", pinned, {"release": 2}),
        ("Lan", "department_unpinned", pinned, {"release": 2}),
    ]
