"""A connection to the test's own database, and small frames that fit the published tables."""

from collections.abc import Callable, Iterator

import polars as pl
import pytest

import contracts
from tests.warehouse.samples import empty_table
from warehouse.connection import Connection, connect
from warehouse.offer import load_candidate


@pytest.fixture
def conn(database_url: str) -> Iterator[Connection]:
    with connect(database_url) as connection:
        yield connection


@pytest.fixture
def load(conn: Connection) -> Callable[..., None]:
    """Loads every candidate table: the frames given, the others empty."""

    def load_tables(**frames: pl.DataFrame) -> None:
        for table, contract in contracts.published().items():
            if table != "release":
                load_candidate(conn, contract, frames.get(table, empty_table(table)))

    return load_tables
