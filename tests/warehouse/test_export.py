"""Releases as Parquet files."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import contracts
from tests.warehouse.samples import persons, publication
from warehouse import export
from warehouse.connection import Connection
from warehouse.errors import ReleaseGoneError
from warehouse.export import export_release
from warehouse.publish import publish

Load = Callable[..., None]


@pytest.fixture
def release(conn: Connection, load: Load) -> int:
    load(person=persons(P3="Chi", P1="An", P2="Bình").with_columns(birth_date=pl.lit(date(1990, 1, 2))))
    number = publish(conn, publication()).release
    assert number is not None
    return number


def test_each_table_is_a_file_in_the_order_of_its_key(conn: Connection, tmp_path: Path, release: int) -> None:
    folder = export_release(conn, tmp_path, release)
    assert {each.stem for each in folder.glob("*.parquet")} == set(contracts.published())
    person = pl.read_parquet(folder / "person.parquet")
    assert person["person_id"].to_list() == ["P1", "P2", "P3"]
    assert person.schema["birth_date"] == pl.Date


def test_the_manifest_holds_checksums_and_counts(conn: Connection, tmp_path: Path, release: int) -> None:
    folder = export_release(conn, tmp_path, release)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["tables"]["person"]
    assert (manifest["release"], entry["rows"]) == (release, 3)
    assert entry["sha256"] == hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest()


def test_exporting_again_gives_the_same_bytes(conn: Connection, tmp_path: Path, release: int) -> None:
    one, two = (export_release(conn, tmp_path / name, release) for name in ("one", "two"))
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()


def test_a_release_exported_already_is_left_alone(conn: Connection, tmp_path: Path, release: int) -> None:
    folder = export_release(conn, tmp_path, release)
    (folder / "mark").touch()
    assert export_release(conn, tmp_path, release) == folder
    assert (folder / "mark").exists()


def test_batches_make_no_difference_to_the_rows(
    conn: Connection, tmp_path: Path, release: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pl.read_parquet(export_release(conn, tmp_path / "whole", release) / "person.parquet")
    monkeypatch.setattr(export, "ROWS_A_GROUP", 2)
    parts = pl.read_parquet(export_release(conn, tmp_path / "parts", release) / "person.parquet")
    assert_frame_equal(parts, whole)


def test_an_export_that_fails_leaves_nothing(
    conn: Connection, tmp_path: Path, release: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_sha256", fail)
    with pytest.raises(OSError, match="No space"):
        export_release(conn, tmp_path, release)
    assert list(tmp_path.iterdir()) == []


def test_only_the_current_release_can_be_exported(conn: Connection, tmp_path: Path, release: int) -> None:
    with pytest.raises(ReleaseGoneError, match="the current one is 1"):
        export_release(conn, tmp_path, release + 1)
