"""A connection to the test's own database, and small frames that fit the published tables."""

import functools
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.warehouse.samples import load_tables
from warehouse.connection import Connection, connect


@pytest.fixture
def conn(database_url: str) -> Iterator[Connection]:
    with connect(database_url) as connection:
        yield connection


@pytest.fixture(scope="module")
def shared(request: pytest.FixtureRequest, server_url: str, template_database: str) -> Iterator[Connection]:
    """A connection to one database for all tests of a module that undo what they did: copying one takes longer."""
    name = f"shared_{request.module.__name__.rsplit('.', maxsplit=1)[-1]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template_database}".encode())
    with connect(server_url.replace("@/doisoat?", f"@/{name}?")) as connection:
        yield connection


@pytest.fixture
def load(conn: Connection) -> Callable[..., None]:
    """Loads every candidate table: the frames given, the others empty."""
    return functools.partial(load_tables, conn)
