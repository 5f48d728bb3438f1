"""One PostgreSQL for the whole session, and a fresh migrated database for each test that asks for one."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
import pytest
from psycopg import sql

from warehouse.connection import connect
from warehouse.embedded import running
from warehouse.migrate import prepare

TEMPLATE = "doisoat_template"


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of an embedded server that lives as long as the test session, or of the one that the environment names."""
    given = os.environ.get("TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    with running(tmp_path_factory.mktemp("postgres"), durable=False) as url:
        yield url


@pytest.fixture(scope="session")
def template_database(server_url: str) -> str:
    """Name of a database that is migrated and empty."""
    _execute(server_url, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    with connect(_url_of(server_url, TEMPLATE)) as conn:
        prepare(conn)
    return TEMPLATE


@pytest.fixture
def new_database(server_url: str) -> Iterator[Callable[[str], str]]:
    """Makes a copy of a database, dropped after the test; gives its URL."""
    made: list[sql.Identifier] = []

    def copy(template: str) -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        made.append(sql.Identifier(name))
        _execute(server_url, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made[-1], sql.Identifier(template)))
        return _url_of(server_url, name)

    yield copy
    for database in made:
        # An autovacuum worker may be in it, which only a superuser may end; the server itself goes with the session.
        with suppress(psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            _execute(server_url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))


@pytest.fixture
def database_url(new_database: Callable[[str], str], template_database: str) -> str:
    """URL of a migrated, empty database of the test's own."""
    return new_database(template_database)


@pytest.fixture
def second_database_url(new_database: Callable[[str], str], template_database: str) -> str:
    """URL of another one, for tests that compare two."""
    return new_database(template_database)


def _url_of(server_url: str, database: str) -> str:
    return server_url.replace("@/doisoat?", f"@/{database}?")


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(statement)
