"""Deliveries are found in a fixed order, whatever else lies in the drop."""

import shutil
from pathlib import Path

import pytest

from flows.errors import DropMissingError
from flows.pull import discover
from flows.pull.errors import AmbiguousDropError, MisplacedFilesError

GOOD = "MaSoDoanhNghiep,TenTiengViet\n1,a\n"


def put(drop: Path, *paths: str, data: str = GOOD) -> None:
    for path in paths:
        (drop / path).parent.mkdir(parents=True, exist_ok=True)
        (drop / path).write_text(data, encoding="utf-8")


def test_deliveries_come_in_order_of_name_then_source(tmp_path):
    put(tmp_path, "b/2026-11-20/enterprise.csv", "a/2026-11-21/enterprise.csv", "a/2026-11-20/enterprise.csv")
    assert [each.delivery_id for each in discover(tmp_path)] == ["a/2026-11-20", "b/2026-11-20", "a/2026-11-21"]


def test_hidden_and_partial_files_are_passed_over(tmp_path):
    names = ("enterprise.csv", "~$enterprise.xlsx", ".enterprise.csv", "enterprise.csv.tmp", "birth.csv.part")
    put(tmp_path, *(f"a/d/{name}" for name in names))
    assert list(discover(tmp_path)[0].checksums) == ["enterprise.csv"]


def test_a_source_folder_or_a_delivery_folder_is_a_drop_too(tmp_path):
    put(tmp_path, "a/d/enterprise.csv")
    wanted = discover(tmp_path)
    assert [each.delivery_id for each in discover(tmp_path / "a")] == ["a/d"]
    assert discover(tmp_path / "a" / "d")[0].fingerprint == wanted[0].fingerprint


def test_a_mixture_of_levels_is_refused(tmp_path):
    put(tmp_path, "enterprise.csv", "a/d/enterprise.csv")
    with pytest.raises(AmbiguousDropError):
        discover(tmp_path)


def test_a_missing_drop_is_an_error(tmp_path):
    with pytest.raises(DropMissingError):
        discover(tmp_path / "nowhere")


def test_a_drop_without_any_file_is_a_night_without_deliveries(tmp_path):
    (tmp_path / "one-stop").mkdir()
    assert discover(tmp_path) == ()


def test_files_where_no_delivery_has_its_own_are_an_error(tmp_path):
    (tmp_path / "all-of-it.zip").write_bytes(b"PK")
    with pytest.raises(MisplacedFilesError):
        discover(tmp_path)


def test_an_empty_delivery_folder_is_refused(tmp_path):
    (tmp_path / "a" / "d").mkdir(parents=True)
    assert [each.code for each in discover(tmp_path)[0].problems] == ["folder_empty"]


def test_the_fingerprint_follows_content_source_and_kind_but_not_the_place(tmp_path):
    put(tmp_path, "a/1/enterprise.csv", "a/2/enterprise.csv", "b/1/enterprise.csv")
    put(tmp_path, "a/3/enterprise.csv", data=GOOD + "2,b\n")
    prints = {each.delivery_id: each.fingerprint for each in discover(tmp_path)}
    assert prints["a/1"] == prints["a/2"]
    assert len(set(prints.values())) == 3
    shutil.move(tmp_path, tmp_path.with_name("moved"))
    assert {each.delivery_id: each.fingerprint for each in discover(tmp_path.with_name("moved"))} == prints


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("enterprise.csv", "MaSoDoanhNghiep,TenTiengViet,_op\n1,a,delete\n"),
        ("enterprise.tsv", 'MaSoDoanhNghiep\tTenTiengViet\t"_op"\r\n1\ta\tdelete\r\n'),
        ("enterprise.jsonl", '{"MaSoDoanhNghiep": "1", "_op": "delete"}'),
    ],
)
def test_without_a_manifest_an_operation_column_makes_a_delta(tmp_path, file, data):
    put(tmp_path, "full/1/enterprise.csv")
    put(tmp_path, f"delta/2/{file}", data=data)
    assert [each.kind for each in discover(tmp_path)] == ["full", "delta"]


def test_an_operation_column_in_a_workbook_makes_a_delta(deliver, workbook):
    data = workbook(["MaSoDoanhNghiep", "TenTiengViet", "_op"], ["1", "a", "delete"])
    assert deliver({"enterprise.xlsx": data}).kind == "delta"


def test_a_renamed_folder_is_told_and_its_name_used(deliver, tmp_path):
    deliver({"enterprise.csv": GOOD}, {})
    (tmp_path / "drop/business-registry/2026-11-20").rename(tmp_path / "drop/business-registry/copy")
    (found,) = discover(tmp_path / "drop")
    assert found.delivery_id == "business-registry/copy"
    assert [(each.code, each.is_fatal) for each in found.problems] == [("folder_renamed", False)]
