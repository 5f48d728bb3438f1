"""One PostgreSQL for the whole session, and a fresh migrated database for each test that asks for one."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from warehouse.connection import connect
from warehouse.embedded import running
from warehouse.migrate import prepare

TEMPLATE = "doisoat_template"


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of an embedded server that lives as long as the test session."""
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
def database_url(server_url: str, template_database: str) -> Iterator[str]:
    """URL of a migrated, empty database of the test's own."""
    yield from _new_database(server_url, template_database)


@pytest.fixture
def second_database_url(server_url: str, template_database: str) -> Iterator[str]:
    """URL of another one, for tests that compare two."""
    yield from _new_database(server_url, template_database)


def _new_database(server_url: str, template_database: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    database, template = sql.Identifier(name), sql.Identifier(template_database)
    _execute(server_url, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, template))
    yield _url_of(server_url, name)
    _execute(server_url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))


def _url_of(server_url: str, database: str) -> str:
    return server_url.replace("@/doisoat?", f"@/{database}?")


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(statement)
