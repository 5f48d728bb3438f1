"""Each bad input is refused or set aside with a sentence that names file, row and column."""

import io
import json

import polars as pl
import pytest

from flows.pull import DeliveryRead, Problem

HEADER = "MaSoDoanhNghiep,TenTiengViet,LoaiHinhDN\n"
GOOD = HEADER + "1,Công ty A,TNHH\n2,Công ty B,CP\n"


def only_refusal(result: DeliveryRead) -> Problem:
    assert result.status == "refused"
    assert not result.frames
    (problem,) = [each for each in result.problems if each.is_fatal]
    assert problem.vi != problem.en
    assert all(problem.file is None or problem.file in sentence for sentence in (problem.vi, problem.en))
    assert problem.row is None or f"dòng {problem.row}" in problem.vi
    assert problem.row is None or f"row {problem.row}" in problem.en or f"line {problem.row}" in problem.en
    assert problem.column is None or (problem.column in problem.vi and problem.column in problem.en)
    return problem


def told(problem: Problem) -> tuple[str, str | None, int | None, str | None]:
    return problem.code, problem.file, problem.row, problem.column


def test_a_missing_required_column_is_named_with_the_near_miss(read):
    problem = only_refusal(read({"enterprise.csv": "MaSoDoanhNghiep,Ten_Tieng_Viet\n1,a\n"}))
    assert told(problem) == ("column_missing", "enterprise.csv", 1, "TenTiengViet")
    assert "Ten_Tieng_Viet" in problem.vi


def test_a_duplicate_column_is_refused(read):
    problem = only_refusal(read({"enterprise.csv": "MaSoDoanhNghiep,TenTiengViet,tentiengviet\n1,a,b\n"}))
    assert told(problem) == ("header_duplicate", "enterprise.csv", 1, "TenTiengViet")


def test_a_wrong_checksum_is_refused(read):
    problem = only_refusal(read({"enterprise.csv": GOOD}, {"sha256": {"enterprise.csv": "0" * 64}}))
    assert told(problem) == ("checksum_wrong", "enterprise.csv", None, None)


def test_a_wrong_row_count_is_refused(read):
    problem = only_refusal(read({"enterprise.csv": GOOD}, {"rows": 3}))
    assert problem.code == "row_count_wrong"
    assert "3" in problem.vi
    assert "enterprise.csv: 2" in problem.en


def test_a_file_that_is_named_but_absent_is_refused(read):
    problem = only_refusal(read({"enterprise.csv": GOOD}, {"files": ["enterprise.csv", "enterprise.part2.csv"]}))
    assert told(problem) == ("file_missing", "enterprise.part2.csv", None, None)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json", "jsonl"])
def test_an_empty_file_is_refused(read, ending):
    assert only_refusal(read({f"enterprise.{ending}": b""})).code == "file_empty"


def test_a_file_cut_inside_a_record_is_refused_without_a_manifest(read):
    problem = only_refusal(read({"enterprise.csv": GOOD[:-4]}))
    assert told(problem) == ("file_truncated", "enterprise.csv", 3, None)


def test_a_short_last_row_is_only_set_aside_where_the_checksum_vouches_for_the_file(read):
    result = read({"enterprise.csv": GOOD[:-4]}, {"rows": 2})
    assert result.frames["enterprise"].height == 1
    assert result.rejects.select("rule", "_row").rows() == [("too_few_fields", 3)]


def test_an_unclosed_quotation_mark_is_refused_where_it_opens(read):
    problem = only_refusal(read({"enterprise.csv": HEADER + '1,a,x\n2,"b,y\n3,c,z\n'}))
    assert told(problem) == ("quote_unclosed", "enterprise.csv", 3, "TenTiengViet")


@pytest.mark.parametrize(("ending", "code"), [("xlsx", "broken_xlsx"), ("parquet", "broken_parquet")])
def test_a_broken_binary_file_is_refused(read, ending, code):
    assert only_refusal(read({f"enterprise.{ending}": b"PK\x03\x04 cut short"})).code == code


def test_a_truncated_workbook_is_refused(read, workbook):
    data = workbook(["MaSoDoanhNghiep", "TenTiengViet"], ["1", "a"])
    assert only_refusal(read({"enterprise.xlsx": data[: len(data) // 2]})).code == "broken_xlsx"


def test_a_truncated_parquet_file_is_refused(read):
    memory = io.BytesIO()
    pl.DataFrame({"MaSoDoanhNghiep": ["1"], "TenTiengViet": ["a"]}).write_parquet(memory)
    assert only_refusal(read({"enterprise.parquet": memory.getvalue()[:-20]})).code == "broken_parquet"


def test_an_old_or_locked_workbook_is_refused_with_the_remedy(read):
    problem = only_refusal(read({"enterprise.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600}))
    assert problem.code == "workbook_locked"
    assert ".xlsx" in problem.en


def test_a_truncated_json_array_is_refused_with_its_row(read):
    problem = only_refusal(read({"enterprise.json": '[\n{"MaSoDoanhNghiep": "1"},\n{"MaSo'}))
    assert told(problem) == ("broken_json", "enterprise.json", 3, None)


def test_a_json_object_instead_of_an_array_is_refused(read):
    assert only_refusal(read({"enterprise.json": '{"data": []}'})).code == "json_no_array"


def test_a_truncated_last_json_line_is_refused_without_a_manifest(read):
    lines = '{"MaSoDoanhNghiep": "1", "TenTiengViet": "a"}\n{"MaSoDoa'
    assert told(only_refusal(read({"enterprise.jsonl": lines}))) == ("file_truncated", "enterprise.jsonl", 2, None)


def test_a_broken_json_line_is_set_aside_and_the_rest_goes_on(read):
    good = '{"MaSoDoanhNghiep": "1", "TenTiengViet": "a"}\n'
    result = read({"enterprise.jsonl": good + "{broken\n[1]\n" + good.replace('"1"', '"2"')}, {"rows": 4})
    assert result.frames["enterprise"].height == 2
    assert result.rejects.select("rule", "_row").rows() == [("broken_json_line", 2), ("broken_json_line", 3)]


def test_rows_with_too_many_or_too_few_fields_are_set_aside_and_the_rest_goes_on(read):
    result = read({"enterprise.csv": HEADER + "1,a,x\n2,b,y,z\n3,c\n4,d,w\n"})
    assert result.frames["enterprise"].select("enterprise_code", "_row").rows() == [("1", 2), ("4", 5)]
    wanted = [("enterprise.csv", 3, "too_many_fields", "2,b,y,z"), ("enterprise.csv", 4, "too_few_fields", "3,c")]
    assert result.rejects.select("_file", "_row", "rule", "original").rows() == wanted
    assert "dòng 3" in result.rejects["vi"][0]
    assert "row 3" in result.rejects["en"][0]


def test_an_unknown_operation_is_set_aside(read):
    rows = "MaSoDoanhNghiep,TenTiengViet,_op\n1,a,\n2,b,DELETE\n3,c,drop\n"
    result = read({"enterprise.csv": rows})
    assert result.frames["enterprise"].select("enterprise_code", "_op").rows() == [("1", "upsert"), ("2", "delete")]
    assert result.rejects.select("rule", "_row").rows() == [("bad_op", 4)]


def test_bytes_that_do_not_fit_the_declared_utf8_are_named_by_byte_row_and_column(read):
    data = GOOD.replace("Công", "Cong").replace("ty B", "t@ B").encode().replace(b"@", b"\xfd")
    problem = only_refusal(read({"enterprise.csv": data}, {"encoding": "utf-8"}))
    assert told(problem) == ("encoding_wrong", "enterprise.csv", 3, "TenTiengViet")
    assert str(data.index(b"\xfd")) in problem.vi


def test_utf16_declared_as_utf8_is_named_by_what_it_looks_like(read):
    problem = only_refusal(read({"enterprise.csv": GOOD.encode("utf-16")}, {"encoding": "utf-8"}))
    assert problem.code == "encoding_wrong"
    assert "utf-16" in problem.vi


def test_an_unknown_declared_encoding_lists_the_known_ones(read):
    problem = only_refusal(read({"enterprise.csv": GOOD}, {"encoding": "ebcdic"}))
    assert problem.code == "encoding_unknown"
    assert "tcvn3" in problem.en


def test_an_encoding_that_cannot_be_recognised_asks_for_a_declaration(read):
    noise = bytes(range(0x80, 0x100)) * 3
    problem = only_refusal(read({"enterprise.csv": HEADER.encode() + b"1," + noise + b",x\n"}))
    assert told(problem)[:3] == ("encoding_unsure", "enterprise.csv", 2)
    assert "encoding" in problem.vi


def test_a_wrong_declared_delimiter_is_named(read):
    problem = only_refusal(read({"enterprise.csv": GOOD.replace(",", ";")}, {"delimiter": ","}))
    assert problem.code == "delimiter_wrong"


def test_merged_header_cells_are_named(read, workbook):
    def merge(book, sheet):
        sheet.merge_range("A1:C1", "DANH SÁCH")

    problem = only_refusal(read({"enterprise.xlsx": workbook([], ["MaSoDoanhNghiep", "TenTiengViet"], fill=merge)}))
    assert told(problem) == ("header_merged", "enterprise.xlsx", 1, "A")
    assert "A1:C1" in problem.vi


def test_a_blank_header_cell_is_named_by_its_letter(read, workbook):
    problem = only_refusal(
        read({"enterprise.xlsx": workbook(["MaSoDoanhNghiep", None, "TenTiengViet"], ["1", "x", "a"])})
    )
    assert told(problem) == ("header_blank", "enterprise.xlsx", 1, "B")


@pytest.mark.parametrize("data", [HEADER, HEADER + "\n\n"])
def test_a_full_delivery_without_rows_is_refused(read, data):
    assert only_refusal(read({"enterprise.csv": data})).code == "full_without_rows"


def test_a_delta_without_rows_is_fine(read):
    result = read({"enterprise.csv": HEADER}, {"rows": 0}, kind="delta")
    assert result.status == "accepted"
    assert result.frames["enterprise"].height == 0


def test_a_delta_before_any_full_is_refused(read):
    assert only_refusal(read({"enterprise.csv": GOOD}, {}, kind="delta", has_full=False)).code == "delta_before_full"


def test_an_unknown_dataset_is_set_aside_and_the_rest_is_read(read):
    result = read({"enterprise.csv": GOOD, "enterprises.csv": GOOD})
    assert result.frames["enterprise"].height == 2
    (problem,) = result.problems
    assert told(problem)[:2] == ("dataset_unknown", "enterprises.csv")
    assert "population" in problem.vi
    assert not problem.is_fatal


def test_a_file_that_the_manifest_does_not_name_is_told(read):
    result = read({"enterprise.csv": GOOD, "notes.txt": "x"}, {"files": ["enterprise.csv"], "sha256": {}})
    assert result.status == "accepted"
    assert [told(each)[:2] for each in result.problems] == [("file_not_named", "notes.txt")]


def test_a_format_that_is_not_read_lists_those_that_are(read):
    problem = only_refusal(read({"enterprise.xls": b"x"}))
    assert problem.code == "format_unknown"
    assert ".xlsx" in problem.vi


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"rows": "2"}, "rows"),
        ({"rowcount": 2}, "rowcount"),
        ({"files": "enterprise.csv"}, "files"),
        ({"files": ["../x.csv"], "sha256": {}}, "files"),
        ({"sha256": {"enterprise.csv": "12"}}, "SHA-256"),
        ({"delimiter": "#"}, "delimiter"),
    ],
)
def test_a_malformed_manifest_names_the_field(read, change, word):
    problem = only_refusal(read({"enterprise.csv": GOOD}, change))
    assert problem.code == "manifest_malformed"
    assert word in problem.vi
    assert word in problem.en


def test_a_manifest_cut_short_is_named_by_line(read):
    problem = only_refusal(read({"enterprise.csv": GOOD, "manifest.json": '{\n "source": "business'}))
    assert told(problem) == ("manifest_malformed", "manifest.json", 2, None)


def test_no_sentence_quotes_a_value_of_a_row(read):
    rows = HEADER + "1,NGUYỄN VĂN BÍ MẬT,x,y\n2,b\n3,c,x\n"
    result = read({"enterprise.csv": rows})
    sentences = [*result.rejects["vi"], *result.rejects["en"], *(each.vi for each in result.problems)]
    assert not any("BÍ MẬT" in sentence for sentence in sentences)


def test_a_file_without_a_header_row_is_refused_without_quoting_its_values(read):
    problem = only_refusal(read({"enterprise.csv": "0305309593,NGUYỄN VĂN BÍ MẬT,NGUYEN VAN A\n2,b,c\n"}))
    assert problem.code == "column_missing"
    assert not any(secret in problem.vi + problem.en for secret in ("0305309593", "BÍ MẬT", "NGUYEN"))


def test_every_file_with_a_fault_is_told_at_once(read):
    result = read({"enterprise.part1.csv": "a,b\n1,2\n", "enterprise.part2.json": "[", "birth.csv": "so\n1\n"})
    assert sorted(each.file for each in result.problems) == [
        "birth.csv",
        "enterprise.part1.csv",
        "enterprise.part2.json",
    ]
    assert json.dumps([each.en for each in result.problems])
