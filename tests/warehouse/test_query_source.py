"""Reading another system's database."""

import pytest

from warehouse.connection import Connection
from warehouse.errors import DatabaseUnreachableError, SourceQueryError
from warehouse.query_source import read_batches


def test_every_column_comes_as_text(database_url: str) -> None:
    query = """SELECT 7 AS so, date '2026-11-20' AS ngay, true AS co, NULL::int AS trong, 'Đào' AS ten,
        1.50::numeric AS n, timestamptz '2026-11-20 00:00:00+00' AS luc; """
    (frame,) = read_batches(database_url, query, 10)
    assert frame.rows() == [("7", "2026-11-20", "true", None, "Đào", "1.50", "2026-11-20 07:00:00+07")]


def test_rows_come_in_batches(database_url: str) -> None:
    sizes = [each.height for each in read_batches(database_url, "SELECT generate_series(1, 5) AS n", 2)]
    assert sizes == [2, 2, 1]


def test_a_query_without_rows_still_names_its_columns(database_url: str) -> None:
    (frame,) = read_batches(database_url, "SELECT 1 AS so WHERE false", 2)
    assert (frame.columns, frame.height) == (["so"], 0)


def test_a_percent_sign_is_no_parameter(database_url: str) -> None:
    (frame,) = read_batches(database_url, "SELECT 'a' AS x WHERE 'abc' LIKE 'a%'", 2)
    assert frame.height == 1


def test_a_source_cannot_be_changed(conn: Connection, database_url: str) -> None:
    conn.execute("CREATE FUNCTION staging.spoil() RETURNS int LANGUAGE sql AS 'DELETE FROM ops.run; SELECT 1'")
    with pytest.raises(SourceQueryError, match="25006"):
        list(read_batches(database_url, "SELECT staging.spoil() AS x", 2))


def test_a_wrong_query_is_an_error_of_ours(database_url: str) -> None:
    with pytest.raises(SourceQueryError, match="42P01"):
        list(read_batches(database_url, "SELECT * FROM nowhere", 2))


def test_an_unreachable_source_is_an_error_of_ours() -> None:
    with pytest.raises(DatabaseUnreachableError):
        list(read_batches("postgresql://127.0.0.1:1/x", "SELECT 1", 2))


def test_leaving_early_closes_the_connection(database_url: str) -> None:
    batches = read_batches(database_url, "SELECT generate_series(1, 5) AS n", 2)
    next(batches)
    batches.close()
