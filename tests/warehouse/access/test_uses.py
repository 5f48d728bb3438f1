"""The log of uses: what a department reads leaves a line or a number, whatever it tries."""

import re
from collections.abc import Callable

import psycopg
import pytest

from tests.warehouse.access.ground import Ground
from warehouse import access

Session = psycopg.Connection
READ = "SELECT dossier_id FROM {own}.dossier"


@pytest.fixture
def session(shared: Ground) -> Session:
    return shared.session("granted")


@pytest.fixture
def own(shared: Ground) -> str:
    """The department's schema."""
    return f"dept_{shared.name('granted')}"


@pytest.fixture
def numbers(shared: Ground) -> Callable[[], tuple[int, int]]:
    """Lines in the log, and numbers given."""

    def count() -> tuple[int, int]:
        found = access.uses_of(shared.owner, shared.name("granted"), 1)
        return found.lines, found.numbers

    return count


def by_cursor(session: Session, own: str) -> None:
    with session.transaction():
        session.execute(f"DECLARE walk CURSOR WITH HOLD FOR {READ}".format(own=own).encode())
    session.execute(b"CLOSE walk")


def by_copy(session: Session, own: str) -> None:
    with session.cursor().copy(f"COPY ({READ}) TO STDOUT".format(own=own).encode()) as out:
        assert list(out)


def by_prepared(session: Session, own: str) -> None:
    session.execute(f"PREPARE again AS {READ}".format(own=own).encode())
    session.execute(b"SET plan_cache_mode = force_generic_plan")
    session.execute(b"EXECUTE again")
    session.execute(b"DEALLOCATE again")
    session.execute(b"RESET plan_cache_mode")


def by_block(session: Session, own: str) -> None:
    session.execute(f"DO $$ BEGIN PERFORM dossier_id FROM {own}.dossier; END $$".encode())


def as_group(session: Session, own: str) -> None:
    # The group may not look into the schema, so the reading role is taken back inside the same transaction.
    with session.transaction():
        session.execute(b"SET LOCAL ROLE doisoat_departments")
        session.execute(b"RESET ROLE")
        session.execute(READ.format(own=own).encode())


def with_other_paths(session: Session, own: str) -> None:
    session.execute(f"SET search_path = {own}, public".encode())
    session.execute(b"SELECT dossier_id FROM dossier")
    session.execute(b"RESET search_path")


@pytest.mark.parametrize("way", [by_cursor, by_copy, by_prepared, by_block, as_group, with_other_paths])
def test_whichever_way_it_reads_a_use_leaves_a_line(session, own, numbers, way) -> None:
    lines, given = numbers()
    way(session, own)
    assert numbers() == (lines + 1, given + 1)


@pytest.mark.parametrize(
    "question",
    [
        "EXPLAIN ANALYZE {read}",
        "SELECT count(*) FROM {own}.dossier",
        "SELECT 1 WHERE EXISTS ({read} WHERE owner_name = 'x')",
        "WITH kept AS MATERIALIZED ({read}) SELECT FROM kept LIMIT 1",
        "SELECT (SELECT max(dossier_id) FROM {own}.dossier)",
        "TABLE {own}.dossier",
        "SELECT FROM {own}.dossier WHERE dossier_id = 'dossier:2'",
        "SELECT FROM {own}.person",
        "SELECT FROM {own}.change",
    ],
)
def test_whatever_it_asks_a_use_leaves_a_line(session, own, numbers, question) -> None:
    lines, given = numbers()
    session.execute(question.format(own=own, read=READ.format(own=own)).encode())
    assert numbers() == (lines + 1, given + 1)


@pytest.mark.parametrize("question", ["EXPLAIN {read}", "{read} LIMIT 0", "{read} WHERE false"])
def test_what_reads_no_row_is_no_use(session, own, numbers, question) -> None:
    before = numbers()
    session.execute(question.format(read=READ.format(own=own)).encode())
    assert numbers() == before


def test_a_table_without_personal_data_is_read_without_a_line(session, own, numbers) -> None:
    before = numbers()
    assert session.execute(f"SELECT release FROM {own}.release".encode()).fetchall() == [(1,)]
    assert numbers() == before


def test_a_use_whose_transaction_is_rolled_back_keeps_its_number(session, own, numbers) -> None:
    lines, given = numbers()
    with session.transaction(force_rollback=True):
        assert session.execute(READ.format(own=own).encode()).fetchall()
    assert numbers() == (lines, given + 1)


def test_a_use_whose_statement_fails_after_its_rows_were_sent_keeps_its_number(session, own, numbers) -> None:
    lines, given = numbers()
    with pytest.raises(psycopg.DataError):
        session.execute(f"SELECT dossier_id::int FROM {own}.dossier".encode())
    assert numbers() == (lines, given + 1)


def test_nothing_personal_is_read_in_a_transaction_that_may_not_write(session, own) -> None:
    with session.transaction(force_rollback=True):
        session.execute(b"SET TRANSACTION READ ONLY")
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            session.execute(READ.format(own=own).encode())


def test_a_line_says_who_what_when_and_for_which_grant(shared, session, own) -> None:
    session.execute(READ.format(own=own).encode())
    found = access.uses_of(shared.owner, shared.name("granted"), 1)
    assert (found.last[0].table, found.last[0].purpose) == ("dossier", "phục vụ cấp thẻ")
    granted = access.grants_of(shared.owner, shared.name("granted"))
    row = shared.owner.execute(
        "SELECT department, grant_id, process, used_at <= clock_timestamp() FROM access.use"
        " ORDER BY used_at DESC LIMIT 1"
    ).fetchone()
    wanted = next(each.grant_id for each in granted if each.table == "dossier")
    assert row == (shared.name("granted"), wanted, session.info.backend_pid, True)


def test_a_use_is_told_to_the_servers_log_without_a_value(session, own) -> None:
    told: list[str] = []
    session.add_notice_handler(lambda each: told.append(f"{each.severity_nonlocalized} {each.message_primary}"))
    with session.transaction(force_rollback=True):
        session.execute(b"SET LOCAL client_min_messages = log")
        session.execute(f"SELECT FROM {own}.dossier WHERE dossier_id = 'dossier:1'".encode())
    (line,) = told
    assert re.fullmatch(rf"LOG doisoat: {own.removeprefix('dept_')} reads dossier, use \d+", line)


@pytest.mark.parametrize(
    "statement",
    [
        "SET SESSION AUTHORIZATION postgres",
        "SET ROLE doisoat",
        "SET session_replication_role = replica",
        "SET log_min_messages = panic",
        "CREATE TEMPORARY TABLE dossier (n int)",
        "CREATE FUNCTION pg_temp.note_use(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE FUNCTION {own}.leak(text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END'",
        "CREATE OPERATOR {own}.<<< (FUNCTION = starts_with, LEFTARG = text, RIGHTARG = text)",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION dblink",
        "CREATE OR REPLACE VIEW {own}.dossier AS SELECT 1",
        "ALTER VIEW {own}.dossier RESET (security_barrier)",
        "ALTER ROLE {own} BYPASSRLS",
        "ALTER ROLE {own} SUPERUSER",
        "ALTER ROLE {own} CONNECTION LIMIT -1",
        "SELECT currval('access.use_of_{name}')",
        "SELECT lastval()",
        "SELECT * FROM {own}.dossier FOR UPDATE",
        "LOCK TABLE {own}.dossier IN EXCLUSIVE MODE",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_terminate_backend({owner})",
        "SELECT * FROM pg_hba_file_rules",
    ],
)
def test_a_trick_is_refused(shared, session, own, statement) -> None:
    session.execute(READ.format(own=own).encode())
    owner = shared.owner.info.backend_pid
    # An extension that the server lacks is refused as such.
    refusals = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)
    with pytest.raises(refusals), session.transaction():
        session.execute(statement.format(own=own, name=shared.name("granted"), owner=owner).encode())


def test_row_level_security_cannot_be_turned_off(session, own) -> None:
    with session.transaction(force_rollback=True):
        session.execute(b"SET LOCAL row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            session.execute(READ.format(own=own).encode())


def test_a_condition_of_its_own_is_never_tried_on_rows_it_does_not_see(session, own) -> None:
    # The cast fails on the first row it meets; of the unit's own rows none is asked, so none may fail.
    question = f"SELECT FROM {own}.dossier WHERE dossier_id <> 'dossier:1' AND (dossier_id || 'x')::int = 1"
    assert session.execute(question.encode()).fetchall() == []


def test_passing_on_what_it_was_granted_gives_nobody_anything(shared, session, own) -> None:
    shown = "SELECT count(*) FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE c.oid = %s::regclass"
    before = shared.owner.execute(shown, [f"{own}.dossier"]).fetchone()
    session.execute(f"GRANT SELECT ON {own}.dossier TO PUBLIC".encode())
    assert shared.owner.execute(shown, [f"{own}.dossier"]).fetchone() == before


def test_definitions_that_everybody_can_read_hold_no_unit_and_no_purpose(session, own) -> None:
    texts = session.execute(
        "SELECT string_agg(pg_get_viewdef(oid), ' ') || (SELECT string_agg(qual, ' ') FROM pg_policies)"
        " FROM pg_class WHERE relkind = 'v' AND relnamespace = %s::regnamespace",
        [own],
    ).fetchone()
    assert texts is not None
    assert "An Phú" not in texts[0]
    assert "cấp thẻ" not in texts[0]
