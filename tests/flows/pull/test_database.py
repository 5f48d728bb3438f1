"""What a query source answers becomes a full delivery like any other."""

import datetime as dt

import polars as pl

from contracts import received
from flows.pull import deliver_from_database, discover, read_delivery

ROWS = pl.DataFrame(
    {"MaSoDoanhNghiep": [1, 2, 3], "TenTiengViet": ["a", "b", None], "NgayDangKyLanDau": [dt.date(2020, 1, 2)] * 3}
)


def test_the_delivery_is_read_like_any_other(tmp_path):
    folder = deliver_from_database("replica", {"enterprise": iter([ROWS[:2], ROWS[2:]])}, tmp_path)
    (delivery,) = discover(tmp_path)
    assert delivery.folder == folder
    result = read_delivery(delivery, received(), has_full=lambda _: False)
    assert result.problems == ()
    frame = result.frames["enterprise"]
    assert frame["enterprise_code"].to_list() == ["1", "2", "3"]
    assert frame["first_registered_on"].to_list() == ["2020-01-02"] * 3


def test_the_same_answer_is_the_same_delivery_whatever_its_order_and_batches(tmp_path):
    first = deliver_from_database("replica", {"enterprise": iter([ROWS])}, tmp_path)
    again = deliver_from_database("replica", {"enterprise": iter([ROWS[1:], ROWS[:1]])}, tmp_path)
    other = deliver_from_database("replica", {"enterprise": iter([ROWS[1:]])}, tmp_path)
    assert first == again
    assert other != first
    assert len(discover(tmp_path)) == 2


def test_a_renamed_column_is_another_delivery(tmp_path):
    first = deliver_from_database("replica", {"enterprise": iter([ROWS])}, tmp_path)
    renamed = ROWS.rename({"TenTiengViet": "TenVietTat"})
    assert deliver_from_database("replica", {"enterprise": iter([renamed])}, tmp_path) != first


def test_what_a_killed_run_left_behind_is_no_delivery(tmp_path):
    (tmp_path / "replica" / ".writing-x").mkdir(parents=True)
    (tmp_path / "replica" / ".writing-x" / "enterprise.part00001.parquet").write_bytes(b"cut")
    folder = deliver_from_database("replica", {"enterprise": iter([ROWS])}, tmp_path)
    assert [each.folder for each in discover(tmp_path)] == [folder]


def test_an_empty_answer_is_refused_when_read(tmp_path):
    deliver_from_database("replica", {"enterprise": iter([])}, tmp_path)
    result = read_delivery(discover(tmp_path)[0], received(), has_full=lambda _: True)
    assert [each.code for each in result.problems] == ["full_without_rows"]
