"""A table to be linked is read as text in whatever form it comes; what is wrong with it is told with its row."""

import unicodedata

import polars as pl
import pytest

from flows.errors import PathError, TableError
from flows.exits import Exit
from flows.linkage.tables import check_ids, open_table

ROWS = pl.DataFrame({"id": ["1", "2"], "tên": ["Lan", None]})


def rows_of(path, columns=("id", "tên")):
    return open_table(path, columns).rows.collect()


def written(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.csv", "id,tên\n1,Lan\n2,\n", "utf-8"),
        ("a.csv", "id;tên\r\n1;Lan\r\n2;\r\n", "utf-8-sig"),
        ("a.csv", "id\ttên\n1\tLan\n2\t\n", "utf-16"),
        ("a.TSV", "id\ttên\n1\tLan\n2\t\n", "utf-8"),
        ("a.csv", '\n"id","tên"\n"1","Lan"\n\n2,\n\n', "utf-8"),
        ("a.jsonl", '{"id": 1, "tên": "Lan"}\n\n{"id": 2}\n', "utf-8"),
        ("a.ndjson", '{"id": "1", "tên": "Lan"}\n{"id": "2", "tên": null}', "utf-8"),
        ("a.json", '[{"id": 1, "tên": "Lan"}, {"id": 2}]', "utf-8"),
    ],
)
def test_text_in_any_form_gives_the_same_rows(tmp_path, name, text, encoding):
    assert rows_of(written(tmp_path, name, text, encoding)).equals(ROWS)


def test_numbers_of_a_csv_stay_as_they_are_written(tmp_path):
    assert rows_of(written(tmp_path, "a.csv", "id,tên\n007,1e3\n"))["id"].to_list() == ["007"]


def test_a_legacy_encoding_is_recognised_and_noted(tmp_path):
    sentence = "Nguyễn Văn Hùng, Trần Thị Bích Ngọc, Phạm Đức Hải, Lê Hoàng Yến, Đặng Thị Thủy\n"
    text = "id;name\n" + "".join(f"{at};{sentence}" for at in range(40))
    source = open_table(written(tmp_path, "a.csv", text_in_1258(text), "latin-1"), ("id", "name"))
    assert source.rows.collect()["name"][0].startswith("Nguyễn Văn Hùng")
    assert "encoding_detected" in source.notes


def text_in_1258(text):
    """The bytes of Windows-1258, each as one character: precomposed letters become a base and a combining tone."""
    composed = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(each for each in parts if each in "\u0300\u0301\u0303\u0309\u0323")
        rest = unicodedata.normalize("NFC", "".join(each for each in parts if each not in tone))
        composed.append(rest + tone)
    return "".join(composed).encode("cp1258").decode("latin-1")


def test_parquet_keeps_its_types_and_is_not_loaded(tmp_path):
    frame = pl.DataFrame({"id": [1, 2], "born": pl.Series(["1990-01-01", None]).str.to_date()})
    frame.write_parquet(tmp_path / "a.parquet")
    source = open_table(tmp_path / "a.parquet", ("id",))
    assert source.schema == frame.schema
    assert isinstance(source.rows, pl.LazyFrame)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "", "empty"),
        ("a.csv", "id,tên\n1,Lan,x\n", "row 2"),
        ("a.csv", "id,tên\n1,Lan\n2\n3\n4,a\n", "row 3.* 1 more rows"),
        ("a.csv", 'id,tên\n1,"Lan\n2,x\n', "quot"),
        ("a.csv", "id,tên,tên\n1,a,b\n", '2 columns "tên"'),
        ("a.jsonl", '{"id": 1}\n{"id":\n{"id": 3}\n', "row 2"),
        ("a.parquet", "PAR1", "whole Parquet"),
        ("a.xlsx", "PK", "a.xlsx"),
    ],
)
def test_a_broken_table_is_a_sentence(tmp_path, name, text, words):
    with pytest.raises(TableError, match=words) as caught:
        rows_of(written(tmp_path, name, text))
    assert caught.value.exit is Exit.FAILED
    assert "Lan" not in str(caught.value)


def test_a_column_that_stands_twice_but_is_not_asked_for_does_no_harm(tmp_path):
    path = written(tmp_path, "a.csv", "id,x,x\n1,a,b\n")
    assert rows_of(path, ("id",)).columns == ["id", "x"]


def test_bytes_in_no_known_encoding_are_to_be_saved_as_utf8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,name\n1,\xff\xfe\x80\x81\x90\n")
    with pytest.raises(TableError, match="UTF-8") as caught:
        rows_of(path, ("id",))
    assert "manifest" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing.csv", "a.docx"])
def test_a_path_without_a_table_is_a_wrong_command_line(tmp_path, name):
    written(tmp_path, "a.docx", "x")
    with pytest.raises(PathError) as caught:
        open_table(tmp_path / name, ())
    assert caught.value.exit is Exit.USAGE


def test_good_ids_are_counted(tmp_path):
    assert check_ids(open_table(written(tmp_path, "a.csv", "id\n1\n2\n"), ("id",)), "id") == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,x\n1,a\n,b\n  ,c\n", r"blank in 2 rows \(row 3, 4\)"),
        ("id,x\n1,a\n\n2,b\n1,c\n1,d\n", r"repeats ids in 3 rows, .* rows 2, 5, 6"),
    ],
)
def test_ids_that_do_not_tell_rows_apart_are_told_with_the_rows_of_the_file(tmp_path, text, words):
    source = open_table(written(tmp_path, "a.csv", text), ("id",))
    with pytest.raises(TableError, match=words):
        check_ids(source, "id")


def test_rows_of_parquet_are_counted_from_one(tmp_path):
    pl.DataFrame({"id": [5, None]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(TableError, match=r"\(row 2\)"):
        check_ids(open_table(tmp_path / "a.parquet", ("id",)), "id")


def test_an_empty_table_with_a_header_has_no_rows(tmp_path):
    assert check_ids(open_table(written(tmp_path, "a.csv", "id,x\n"), ("id",)), "id") == 0
