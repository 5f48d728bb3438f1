"""What departments are told of changes, and views that keep up with the contracts; each test in its own database."""

from collections.abc import Iterator

import pytest

from tests.warehouse.access.ground import OTHER_UNIT, PASSWORD, UNIT, add_rows, log_in, terms
from warehouse import access
from warehouse.connection import Connection, connect
from warehouse.migrate import prepare

IDS = "SELECT dossier_id FROM {own}.dossier ORDER BY 1"


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with connect(url) as made:
        add_rows(made)
        yield made


def test_the_change_feed_tells_of_what_is_seen(read) -> None:
    question = "SELECT table_name, key FROM {own}.change ORDER BY 1, 2"
    assert read(question, terms()) == [("dossier", "dossier:1")]
    assert read(question, terms("person")) == [("dossier", "dossier:1"), ("person", "•••")]
    assert ("person", "P1") in read(question, terms("person", columns="personal"))


def change(conn: Connection, place: int, operation: str, unit: str) -> None:
    image = f'{{"dossier_id": "dossier:{place}", "processing_unit": "{unit}", "owner_name": "X", "gone": "Y"}}'
    conn.execute(
        "INSERT INTO ledger.change (release, table_name, key, operation, before) VALUES (2, 'dossier', %s, %s, %s)",
        [f"dossier:{place}", operation, image],
    )


BEFORE = "SELECT key, operation, before FROM {own}.change WHERE release = 2 ORDER BY 1"


def test_a_record_that_leaves_a_unit_or_is_removed_is_told_to_who_saw_it(conn, read) -> None:
    change(conn, 2, "changed", UNIT)
    change(conn, 7, "removed", UNIT)
    change(conn, 8, "removed", OTHER_UNIT)
    image = {"processing_unit": UNIT}
    assert read(BEFORE, terms()) == [
        ("dossier:2", "changed", image | {"dossier_id": "dossier:2"}),
        ("dossier:7", "removed", image | {"dossier_id": "dossier:7"}),
    ]


def test_what_a_record_was_in_another_unit_is_not_told(conn, read) -> None:
    change(conn, 1, "changed", OTHER_UNIT)
    assert read(BEFORE, terms()) == [("dossier:1", "changed", None)]


def test_what_a_record_was_holds_the_columns_in_clear_and_no_column_without_contract(conn, read) -> None:
    change(conn, 7, "removed", UNIT)
    ((_, _, image),) = read(BEFORE, terms(columns="personal"))
    assert image == {"dossier_id": "dossier:7", "processing_unit": UNIT, "owner_name": "X"}


def test_a_table_new_in_the_contracts_is_shown_to_nobody(conn, read, added) -> None:
    conn.execute("CREATE TABLE published.tip (tip_id text)")
    conn.execute("INSERT INTO published.tip VALUES ('t')")
    prepare(conn)
    # Even if its owner gives a right on it away.
    conn.execute(f"GRANT USAGE ON SCHEMA published TO dept_{added}".encode())
    conn.execute(f"GRANT SELECT ON published.tip, published.dossier TO dept_{added}".encode())
    assert read("SELECT * FROM published.tip") == []
    assert read("SELECT * FROM published.dossier") == []


def test_views_of_other_contracts_are_made_anew_at_the_next_start(conn, read, added) -> None:
    assert len(read(IDS, terms())) == 1
    conn.execute("SELECT access.drop_views()")
    conn.execute("ALTER TABLE published.dossier DROP COLUMN summary")
    prepare(conn)
    assert len(read(IDS)) == 1
    assert read("SELECT summary FROM {own}.dossier") == [(None,)]


def test_a_copied_database_gives_everybody_no_rights(conn, added) -> None:
    shown = (
        "SELECT has_database_privilege('public', current_database(), 'TEMPORARY'),"
        " has_database_privilege('public', current_database(), 'CONNECT')"
    )
    assert conn.execute(shown).fetchone() == (False, False)
    # As a restored one has them again.
    conn.execute(f"GRANT ALL ON DATABASE {conn.info.dbname} TO PUBLIC".encode())
    prepare(conn)
    assert conn.execute(shown).fetchone() == (False, False)


def test_a_second_department_waits_for_no_reader_of_the_first(conn, url, added) -> None:
    access.grant(conn, added, terms(), "Lan")
    with log_in(url, added) as session, session.transaction():
        session.execute(IDS.format(own=f"dept_{added}").encode())
        conn.execute("SET lock_timeout = '5s'")
        access.add_department(conn, f"{added}_2", "Sở khác", PASSWORD, "Lan")
