"""A few rows in quarantine, in a database of the test's own, without any run."""

import json
import shutil
from pathlib import Path

import openpyxl
import polars as pl
import psycopg
import pytest

from contracts import received
from expectations.quarantine import quarantine_rows
from flows.quarantine.export import export
from flows.settings import QuarantineTerms
from matching.standardise import standardise
from warehouse import quarantine
from warehouse.connection import connect
from warehouse.copy import copy_frame

DEATH = received()["death"]
UNIT = "UBND phường An Phú"
GOOD = {
    "number": "01", "book": "01/2024", "registered_on": "05/06/2024", "registration_place": UNIT,
    "deceased_name": "Đặng Thị Ấ", "deceased_birth_date": "01/02/1950", "death_date": "03/06/2024",
}  # fmt: skip
TERMS = QuarantineTerms()


def rows(*changes, delivery="civil-registry/2026-11-20", rules=("registered_on_understood",)):
    """Standardised death rows that broke these rules; a change names the texts that differ from a good row."""
    texts = [dict.fromkeys(DEATH.names) | GOOD | {"number": f"0{at + 1}"} | each for at, each in enumerate(changes)]
    frame = pl.DataFrame(texts, schema=dict.fromkeys(DEATH.names, pl.String)).with_columns(
        _delivery_id=pl.lit(delivery), _file=pl.lit("death.csv"), _row=pl.int_range(2, 2 + pl.len()),
        _op=pl.lit("upsert"), _extra=pl.lit(None, pl.String), _tables=pl.lit(None, pl.String),
    )  # fmt: skip
    hashed = frame.with_columns(_hash=pl.Series([f"hash-{json.dumps(each)}" for each in texts]))
    return standardise(hashed.lazy(), DEATH).collect().with_columns(rules=pl.lit(list(rules), pl.List(pl.String)))


def held_back(*changes, **named):
    """The same as rows of the quarantine."""
    return quarantine_rows(DEATH, rows(*changes, **named))


@pytest.fixture
def conn(database_url):
    with connect(database_url) as connection:
        yield connection


@pytest.fixture
def hold(conn):
    """Puts rows into quarantine and gives the connection."""

    def put(*frames):
        for each in frames:
            copy_frame(conn, "ledger", "quarantine", each.with_columns(run_id=pl.lit("run-1")))
        return conn

    return put


@pytest.fixture
def written(tmp_path):
    """Exports what waits and gives the only workbook."""

    def write(conn, name="sheets"):
        (sheet,) = export(conn, quarantine.open_rows(conn), tmp_path / name, TERMS, "Lan")
        return sheet.path

    return write


@pytest.fixture(scope="module")
def shown_once(server_url, template_database, tmp_path_factory):
    """A database with one row in quarantine and its workbook, for tests that leave nothing behind."""
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f"create database shown_once template {template_database}")
    with connect(server_url.replace("@/doisoat?", "@/shown_once?")) as connection:
        held = held_back({"registered_on": "32/13/2024"}, {"registered_on": "hôm qua"})
        copy_frame(connection, "ledger", "quarantine", held.with_columns(run_id=pl.lit("run-1")))
        folder = tmp_path_factory.mktemp("shown")
        (sheet,) = export(connection, quarantine.open_rows(connection), folder, TERMS, "Lan")
        yield connection, sheet.path
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute("drop database shown_once with (force)")


@pytest.fixture
def shown(shown_once, tmp_path):
    """The same with a copy of the workbook of the test's own."""
    connection, path = shown_once
    return connection, Path(shutil.copy(path, tmp_path / path.name))


def edit(path, change):
    """Changes the sheet of rows by `change(sheet, cell)`, where `cell(row, key)` is a cell by its key."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    keys = [each.value for each in sheet[1]]
    change(sheet, lambda row, key: sheet.cell(row, keys.index(key) + 1))
    book.save(path)
    return path


def answer(path, said="Sửa như ghi bên", correction=None, row=3, key="correct:registered_on"):
    """Answers one row."""

    def fill(_sheet, cell):
        cell(row, "answer").value = said
        if correction is not None:
            cell(row, key).value = correction

    return edit(path, fill)
