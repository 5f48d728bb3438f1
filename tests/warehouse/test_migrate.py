"""Migrations and the tables of the contracts, on a real PostgreSQL."""

import threading

import polars as pl
import psycopg
import pytest

import contracts
from warehouse import migrate as migrating
from warehouse.connection import Connection, connect
from warehouse.copy import column_types
from warehouse.errors import IdentityKeyError, MigrationError, SchemaDriftError, StatementFailedError
from warehouse.identity import Kind, entity_ids
from warehouse.migrate import migrate, prepare
from warehouse.reading import identity_key

KEYS: tuple[tuple[Kind, str], ...] = (("person", "001"), ("enterprise", "37"))


@pytest.fixture
def fresh_url(server_url: str) -> str:
    """A database of one test's own, without any schema."""
    name = "test_fresh"
    with psycopg.connect(server_url, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        conn.execute(f"CREATE DATABASE {name}".encode())
    return server_url.replace("@/doisoat?", f"@/{name}?")


def test_migrating_again_applies_nothing(conn: Connection) -> None:
    assert migrate(conn) == ()
    assert prepare(conn) == ()


def test_an_empty_database_gets_every_migration_in_order(fresh_url: str) -> None:
    with connect(fresh_url) as conn:
        assert migrate(conn) == tuple(migrating.migrations())


def test_programs_that_start_at_once_migrate_once(fresh_url: str) -> None:
    applied: list[str] = []

    def start() -> None:
        with connect(fresh_url) as conn:
            applied.extend(prepare(conn))

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert applied == list(migrating.migrations())


def test_an_edited_migration_is_named(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = migrating.migrations() | {"002_ops": b"SELECT 1"}
    monkeypatch.setattr(migrating, "migrations", lambda: edited)
    with pytest.raises(MigrationError, match="002_ops was edited"):
        migrate(conn)


def test_a_database_of_a_newer_program_is_refused(conn: Connection) -> None:
    conn.execute("INSERT INTO ops.migration (name, checksum) VALUES ('999_future', 'x')")
    with pytest.raises(MigrationError, match="999_future is not in this program"):
        migrate(conn)


def test_a_failed_migration_leaves_nothing_of_itself(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = migrating.migrations() | {"998_broken": b"CREATE TABLE ops.half (n int); SELECT 1/0"}
    monkeypatch.setattr(migrating, "migrations", lambda: broken)
    with pytest.raises(StatementFailedError):
        migrate(conn)
    assert column_types(conn, "ops", "half") == {}


@pytest.mark.parametrize("table", sorted(contracts.published()))
def test_a_published_table_has_the_columns_of_its_contract(conn: Connection, table: str) -> None:
    wanted = {each.name: each.physical_type for each in contracts.published()[table].properties}
    assert column_types(conn, "published", table) == wanted


def test_tables_and_columns_are_described_in_both_languages(conn: Connection) -> None:
    row = conn.execute(
        "SELECT obj_description('published.person'::regclass), col_description('published.person'::regclass, 2)"
    ).fetchone()
    contract = contracts.published()["person"]
    column = contract.properties[1]
    expected = (f"{contract.title_vi}\n{contract.description}", f"{column.title_vi}\n{column.description}")
    assert row == expected


def test_a_field_new_in_its_contract_becomes_a_column_and_keeps_the_rows(conn: Connection) -> None:
    conn.execute("ALTER TABLE published.enterprise DROP COLUMN legal_form")
    conn.execute("INSERT INTO published.enterprise (enterprise_id, release) VALUES ('E1', 1)")
    prepare(conn)
    assert conn.execute("SELECT enterprise_id, legal_form FROM published.enterprise").fetchall() == [("E1", None)]


def test_a_column_of_another_type_than_its_contract_is_named(conn: Connection) -> None:
    conn.execute("ALTER TABLE published.person ALTER COLUMN sex TYPE text")
    with pytest.raises(SchemaDriftError, match=r"published\.person\.sex has type text"):
        prepare(conn)


def test_preparing_again_keeps_a_loaded_candidate(conn: Connection) -> None:
    conn.execute("INSERT INTO candidate.enterprise (enterprise_id) VALUES ('E1')")
    prepare(conn)
    assert conn.execute("SELECT enterprise_id FROM candidate.enterprise").fetchall() == [("E1",)]


def test_the_public_may_use_no_schema_and_read_no_table(fresh_url: str) -> None:
    schemas = "('ops', 'staging', 'candidate', 'published', 'ledger', 'audit', 'access')"
    with connect(fresh_url) as conn:
        prepare(conn)
        granted = conn.execute(
            f"""SELECT nspname FROM pg_namespace, aclexplode(nspacl) AS a WHERE a.grantee = 0 AND nspname IN {schemas}
            UNION ALL SELECT relname FROM pg_class AS c, aclexplode(relacl) AS a
            WHERE a.grantee = 0 AND c.relnamespace::regnamespace::text IN {schemas}
            UNION ALL SELECT proname FROM pg_proc AS p,
            aclexplode(coalesce(proacl, acldefault('f', proowner))) AS a
            WHERE a.grantee = 0 AND p.pronamespace::regnamespace::text IN {schemas}
            UNION ALL SELECT datname FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS a
            WHERE a.grantee = 0 AND datname = current_database()""".encode()
        ).fetchall()
    assert granted == []


def test_a_verdict_cannot_be_changed_or_removed(conn: Connection) -> None:
    conn.execute(
        "INSERT INTO ledger.verdict (record_id, role, reference, reference_id, verdict, steward)"
        " VALUES ('dossier:1', 'owner', 'population', '001', 'same', 'lan')"
    )
    for statement in (b"UPDATE ledger.verdict SET verdict = 'different'", b"DELETE FROM ledger.verdict"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            conn.execute(statement)


def test_ids_and_links_of_before_history_go_on(fresh_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = migrating.migrations()
    before = {name: script for name, script in known.items() if name < "006"}
    with connect(fresh_url) as conn:
        with monkeypatch.context() as patch:
            patch.setattr(migrating, "migrations", lambda: before)
            migrate(conn)
        conn.execute(
            "INSERT INTO ledger.entity (entity_id, kind, reference_id, successor_id) VALUES"
            " ('Pold', 'person', '000', 'Pnow'), ('Pnow', 'person', '001', NULL), ('Enow', 'enterprise', '37', NULL);"
            "INSERT INTO ledger.link (dataset, record_id, role, reference, reference_id, status, reason, model,"
            " valid_from_release, run_id)"
            " VALUES ('dossier', 'dossier:1', 'owner', 'population', '001', 'linked', 'twin', 'm1', 1, 'run-1')"
        )
        migrate(conn)
        secret = identity_key(conn)
        [person], [company] = (entity_ids(kind, pl.Series([key]), secret) for kind, key in KEYS)
        resolved = "SELECT ledger.resolve('Pold'), ledger.resolve('Pnow'), ledger.resolve('Enow')"
        assert conn.execute(resolved.encode()).fetchall() == [(person, person, company)]
        told = conn.execute("SELECT entity_id, decider, decided_by FROM ledger.believed('dossier:1', 'owner')")
        assert told.fetchall() == [("Pnow", "model", "m1")]


def test_two_installations_have_two_keys_of_ids(fresh_url: str, conn: Connection) -> None:
    with connect(fresh_url) as other:
        migrate(other)
        assert identity_key(other) != identity_key(conn)


def test_a_lost_key_of_ids_is_an_error(conn: Connection) -> None:
    conn.execute("DELETE FROM ops.identity_key")
    with pytest.raises(IdentityKeyError, match="Restore"):
        identity_key(conn)
