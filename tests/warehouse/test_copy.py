"""Frames to PostgreSQL and back."""

import random
from datetime import date, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from psycopg import sql

from warehouse.connection import Connection
from warehouse.copy import POLARS_TYPES, copy_frame
from warehouse.copy_out import fetch
from warehouse.errors import FrameMismatchError
from warehouse.tables import definitions

VALUES = {
    "text": ["Nguyễn Thị Ðào", "", None, 'quote " \\N comma, \t tab\nline'],
    "smallint": [1, -32768, None, 32767],
    "integer": [1, -(2**31), None, 2**31 - 1],
    "bigint": [1, -(2**63), None, 2**63 - 1],
    "double precision": [1.5, -0.1, None, float("inf")],
    "boolean": [True, False, None, True],
    "date": [date(1999, 12, 31), date(1, 1, 1), None, date(9999, 12, 31)],
    "timestamp": [datetime(2026, 11, 20, 1, 2, 3, 456789), datetime(1970, 1, 1), None, datetime(1900, 1, 1)],
    "text[]": [["owner_number:lost_leading_zero", "tên"], [], None, ["a", None, ""]],
}


def make_table(conn: Connection, frame_types: dict[str, str]) -> None:
    conn.execute(sql.SQL("CREATE TABLE staging.sample ({})").format(definitions(frame_types)))


@pytest.mark.parametrize("kind", VALUES)
def test_a_column_comes_back_as_it_went(conn: Connection, kind: str) -> None:
    make_table(conn, {"n": "bigint", "value": kind})
    frame = pl.DataFrame({"n": range(4), "value": VALUES[kind]}, schema={"n": pl.Int64, "value": POLARS_TYPES[kind]})
    assert copy_frame(conn, "staging", "sample", frame) == 4
    assert_frame_equal(fetch(conn, "SELECT n, value FROM staging.sample ORDER BY n"), frame)


def test_an_empty_frame_is_loaded_and_read_as_an_empty_frame(conn: Connection) -> None:
    make_table(conn, {"value": "text[]"})
    empty = pl.DataFrame(schema={"value": pl.List(pl.String)})
    assert copy_frame(conn, "staging", "sample", empty) == 0
    assert_frame_equal(fetch(conn, "SELECT value FROM staging.sample"), empty)


def test_a_column_of_nothing_but_nulls_is_loaded(conn: Connection) -> None:
    make_table(conn, {"value": "date"})
    copy_frame(conn, "staging", "sample", pl.DataFrame({"value": [None, None]}))
    assert fetch(conn, "SELECT value FROM staging.sample")["value"].to_list() == [None, None]


def test_categories_are_loaded_as_text(conn: Connection) -> None:
    make_table(conn, {"value": "text"})
    copy_frame(conn, "staging", "sample", pl.DataFrame({"value": pl.Series(["a", None], dtype=pl.Categorical)}))
    assert fetch(conn, "SELECT value FROM staging.sample")["value"].to_list() == ["a", None]


def test_a_zero_character_is_kept_as_its_visible_sign(conn: Connection) -> None:
    make_table(conn, {"value": "text"})
    copy_frame(conn, "staging", "sample", pl.DataFrame({"value": ["A\0n"]}))
    assert fetch(conn, "SELECT value FROM staging.sample")["value"].to_list() == ["A␀n"]


def test_a_column_the_table_lacks_is_named(conn: Connection) -> None:
    make_table(conn, {"value": "text"})
    with pytest.raises(FrameMismatchError) as caught:
        copy_frame(conn, "staging", "sample", pl.DataFrame({"valve": ["a"]}))
    assert caught.value.unknown == ("valve",)


def test_line_breaks_quotes_and_nulls_anywhere_survive_among_many_rows(conn: Connection) -> None:
    make_table(conn, {"n": "bigint", "a": "text", "b": "text"})
    pieces = ['"', "\n", ",", '",\n"', "", None, "tên\r\n", '""', " ", "\\", "x" * 200, "\n\n"]
    draw = random.Random(7)
    columns = {name: [draw.choice(pieces) for _ in range(20_000)] for name in ("a", "b")}
    frame = pl.DataFrame({"n": range(20_000), **columns}, schema={"n": pl.Int64, "a": pl.String, "b": pl.String})
    copy_frame(conn, "staging", "sample", frame)
    assert_frame_equal(fetch(conn, "SELECT n, a, b FROM staging.sample ORDER BY n"), frame)
    assert_frame_equal(fetch(conn, "SELECT b FROM staging.sample ORDER BY n"), frame.select("b"))
