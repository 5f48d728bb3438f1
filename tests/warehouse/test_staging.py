"""Standardised rows in their staging table."""

import polars as pl
import pytest

import contracts
from warehouse.connection import Connection
from warehouse.copy import POLARS_TYPES, column_types
from warehouse.copy_out import fetch
from warehouse.errors import FrameMismatchError
from warehouse.staging import stage

BIRTH = contracts.received()["birth"]


def standard_frame(*numbers: str) -> pl.DataFrame:
    """A STANDARD frame of births with the numbers given, everything else null."""
    columns: dict[str, pl.Series] = {}
    for each in BIRTH.properties:
        columns[each.name] = pl.Series([None] * len(numbers), dtype=pl.String)
        columns[f"{each.name}__std"] = pl.Series([None] * len(numbers), dtype=POLARS_TYPES[each.standard_type])
        columns[f"{each.name}__problem"] = pl.Series([None] * len(numbers), dtype=pl.String)
    frame = pl.DataFrame(columns).with_columns(number=pl.Series(numbers, dtype=pl.String))
    return frame.with_columns(
        pl.lit("birth:" + "1").alias("record_id"),
        pl.lit("civil/d1").alias("_delivery_id"),
        pl.lit("birth.csv").alias("_file"),
        pl.lit(2, pl.Int64).alias("_row"),
        pl.lit("upsert").alias("_op"),
        pl.lit("h").alias("_hash"),
        pl.lit(None, pl.String).alias("_extra"),
        pl.lit(None, pl.Date).alias("child_birth_date__alt"),
        pl.Series("repairs", [[]] * len(numbers), dtype=pl.List(pl.String)),
    )


def test_staged_rows_have_their_original_and_their_standard_value(conn: Connection) -> None:
    assert stage(conn, BIRTH, standard_frame("01", "02")) == 2
    types = column_types(conn, "staging", "birth")
    assert (types["row_id"], types["child_birth_date"], types["child_birth_date__std"]) == ("bigint", "text", "date")
    assert (types["child_birth_date__alt"], types["repairs"]) == ("date", "text[]")
    rows = fetch(conn, "SELECT row_id, number FROM staging.birth ORDER BY row_id")
    assert rows.rows() == [(0, "01"), (1, "02")]


def test_staging_again_replaces_the_rows(conn: Connection) -> None:
    stage(conn, BIRTH, standard_frame("01", "02"))
    stage(conn, BIRTH, standard_frame("03").drop("child_birth_date__alt"))
    assert fetch(conn, "SELECT number FROM staging.birth")["number"].to_list() == ["03"]
    assert "child_birth_date__alt" not in column_types(conn, "staging", "birth")


def test_no_rows_make_an_empty_table(conn: Connection) -> None:
    assert stage(conn, BIRTH, standard_frame()) == 0
    assert fetch(conn, "SELECT number FROM staging.birth").is_empty()


def test_a_frame_that_was_not_standardised_is_refused(conn: Connection) -> None:
    with pytest.raises(FrameMismatchError) as caught:
        stage(conn, BIRTH, standard_frame("01").drop("number__std", "repairs"))
    assert caught.value.missing == ("number__std", "repairs")
