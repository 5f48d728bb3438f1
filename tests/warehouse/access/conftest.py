"""One database with departments of every standing for all tests that leave it as it is."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.warehouse.access.ground import PASSWORD, Ground, ground, log_in, new_database
from warehouse import access
from warehouse.connection import Connection

Read = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def shared(server_url: str, template_database: str) -> Iterator[Ground]:
    """Departments in every standing; tests leave the rows and grants as they are."""
    suffix = uuid.uuid4().hex[:8]
    with ground(new_database(server_url, template_database, f"access_{suffix}"), suffix) as made:
        yield made


@pytest.fixture
def department() -> str:
    """A name that no other test uses: roles belong to the server, not to a database."""
    return f"y_te_{uuid.uuid4().hex[:8]}"


@pytest.fixture
def url(shared: Ground) -> str:
    """The database that the fixtures below work in; a module whose tests write to its tables has its own."""
    return shared.url


@pytest.fixture
def conn(shared: Ground) -> Connection:
    """Its owner."""
    return shared.owner


@pytest.fixture
def added(conn: Connection, department: str) -> str:
    """A department without a grant."""
    access.add_department(conn, department, "Sở Y tế", PASSWORD, "Lan")
    return department


@pytest.fixture
def read(conn: Connection, url: str, added: str) -> Read:
    """Grants, then asks as the department in a session of its own."""

    def ask(question: str, *granted: access.Terms) -> list[tuple[Any, ...]]:
        for each in granted:
            access.grant(conn, added, each, "Lan")
        with log_in(url, added) as session:
            return session.execute(question.format(own=f"dept_{added}").encode()).fetchall()

    return ask
