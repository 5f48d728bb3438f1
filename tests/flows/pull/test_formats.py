"""The same rows come out of every format, delimiter and encoding."""

import io
import json
import unicodedata

import polars as pl
import pytest

ROWS = [("0305309593", "Công ty Đại Phát", "TNHH"), ("3700529027", "Hợp tác xã; số 1", None)]
NAMES = ("MaSoDoanhNghiep", "TenTiengViet", "LoaiHinhDN")


def delimited(delimiter: str, end: str = "\n") -> str:
    lines = [NAMES, *((code, f'"{name}"', form or "") for code, name, form in ROWS)]
    return "".join(delimiter.join(line) + end for line in lines)


def parquet() -> bytes:
    memory = io.BytesIO()
    pl.DataFrame(ROWS, schema=list(NAMES), orient="row").write_parquet(memory)
    return memory.getvalue()


def objects() -> list[dict[str, str | None]]:
    return [dict(zip(NAMES, row, strict=True)) for row in ROWS]


def contents(result) -> list[tuple]:
    assert result.status == "accepted", result.problems
    return result.frames["enterprise"].select("enterprise_code", "enterprise_name", "legal_form").rows()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_delimiter_and_line_end_is_detected(read, delimiter, end):
    assert contents(read({"enterprise.csv": delimited(delimiter, end)})) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_an_undeclared_encoding_is_detected(read, encoding):
    text = windows_1258_letters(delimited(",")) if encoding == "cp1258" else delimited(",")
    assert contents(read({"enterprise.csv": text.encode(encoding)})) == ROWS


def windows_1258_letters(text: str) -> str:
    """The text as Windows-1258 writes it: letters with their shape, tone marks behind them."""
    letters = []
    for letter in text:
        try:
            letter.encode("cp1258")
            letters.append(letter)
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            shape = [mark for mark in marks if mark not in tones]
            letters.append(unicodedata.normalize("NFC", base + "".join(shape)) + "".join(tones))
    return "".join(letters)


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("enterprise.parquet", parquet()),
        ("enterprise.json", json.dumps(objects(), ensure_ascii=False)),
        ("enterprise.jsonl", "\n".join(json.dumps(each) for each in objects())),
    ],
)
def test_records_come_out_of_each_format(read, file, data):
    result = read({file: data})
    assert contents(result) == ROWS
    assert result.frames["enterprise"]["_row"].to_list() == [1, 2]


def test_a_workbook_gives_the_same_rows(read, workbook):
    result = read({"enterprise.xlsx": workbook(list(NAMES), *map(list, ROWS))})
    assert contents(result) == ROWS
    assert result.frames["enterprise"]["_row"].to_list() == [2, 3]


def test_equal_content_has_equal_hashes_in_every_format_and_column_order(read, tmp_path, workbook):
    first = read({"enterprise.csv": delimited(",")}).frames["enterprise"]["_hash"].to_list()
    (tmp_path / "drop/business-registry/2026-11-20/enterprise.csv").unlink()
    turned = [dict(reversed(each.items())) for each in objects()]
    second = read({"enterprise.json": json.dumps(turned)}).frames["enterprise"]["_hash"].to_list()
    assert first == second
    assert len(set(first)) == 2


def test_parts_of_mixed_formats_are_one_dataset_in_file_order(read, workbook):
    files = {
        "enterprise.part1.csv": delimited(";"),
        "enterprise.part2.xlsx": workbook(list(NAMES), *map(list, ROWS)),
        "enterprise.part3.jsonl": "\n".join(json.dumps(each) for each in objects()),
    }
    result = read(files, {"rows": 6})
    assert contents(result) == ROWS * 3
    assert result.frames["enterprise"]["_file"].unique(maintain_order=True).to_list() == list(files)


def test_a_line_break_inside_quotes_stays_in_the_value(read):
    frame = read({"enterprise.csv": 'MaSoDoanhNghiep,TenTiengViet\n1,"a\nb"\n\n2,c\n'}).frames["enterprise"]
    assert frame.select("enterprise_name", "_row").rows() == [("a\nb", 2), ("c", 4)]


def test_nul_bytes_are_left_out_and_told(read):
    result = read({"enterprise.csv": b"MaSoDoanhNghiep,TenTiengViet\n1,a\n2,b\0c\n"})
    assert result.frames["enterprise"]["enterprise_name"].to_list() == ["a", "bc"]
    assert [(each.code, each.row, each.is_fatal) for each in result.problems] == [("nul_removed", 3, False)]


def test_header_names_match_after_trimming_and_whatever_the_case(read):
    frame = read({"enterprise.csv": "\ufeff MASODOANHNGHIEP , TenTiengViet\n1,a\n"}).frames["enterprise"]
    assert frame.select("enterprise_code", "enterprise_name").rows() == [("1", "a")]


def test_unknown_columns_are_kept_aside_as_json(read):
    frame = read({"enterprise.csv": "MaSoDoanhNghiep,GhiChu,TenTiengViet\n1,x,a\n2,,b\n"}).frames["enterprise"]
    assert frame["_extra"].to_list() == ['{"GhiChu":"x"}', None]


def test_json_scalars_keep_their_writing_and_nested_values_stay_json(read):
    record = '{"MaSoDoanhNghiep": 1.23457E+11, "TenTiengViet": true, "LoaiHinhDN": null, "DiaChi": {"so": 1.50}}'
    frame = read({"enterprise.json": f"[{record}]"}).frames["enterprise"]
    assert frame.select("enterprise_code", "enterprise_name", "legal_form").rows() == [("1.23457E+11", "true", None)]
    assert json.loads(json.loads(frame["_extra"][0])["DiaChi"]) == {"so": 1.5}


def test_parquet_types_become_the_text_a_clerk_sees(read):
    memory = io.BytesIO()
    columns = {"MaSoDoanhNghiep": [305309593.0, None], "TenTiengViet": [1, 2], "LoaiHinhDN": [0.1 + 0.2, 1e21]}
    pl.DataFrame(columns).write_parquet(memory)
    frame = read({"enterprise.parquet": memory.getvalue()}).frames["enterprise"]
    wanted = [("305309593", "1", "0.3"), (None, "2", "1000000000000000000000")]
    assert frame.select("enterprise_code", "enterprise_name", "legal_form").rows() == wanted


def test_trailing_delimiters_without_values_are_no_fault(read):
    result = read({"enterprise.csv": "MaSoDoanhNghiep,TenTiengViet\n1,a,,\n"})
    assert result.frames["enterprise"].height == 1
    assert result.rejects.is_empty()
