"""Columns in a legacy table of bytes inside a UTF-8 file, from the bytes to the remarks of the delivery."""

import json

import pytest

from flows.linkage.tables import open_table
from tests.flows.pull.legacy import encoded

COLUMNS = ("MaSoDoanhNghiep", "TenTiengViet", "LoaiHinhDN", "DaiDienPhapLuat_HoVaTen", "DiaChiTruSo_DiaChi")
NAMES = ("Công ty TNHH Đại Phát Bình Dương", "Hợp tác xã Nông nghiệp Thới Hòa", "Doanh nghiệp Nguyễn Văn Tỵ")
FORMS = ("Công ty trách nhiệm hữu hạn", "Hợp tác xã", "Doanh nghiệp tư nhân")
PERSONS = ("Nguyễn Thị Huệ", "Lê Tú", "Đặng Văn Kỳ")
PLACES = ("Khóm 3, xã Long Hòa", 'Khu "Mỹ Phước"\nphường Thới Hòa', "")
HEADER_AND_NAMES = "\n".join(["MaSoDoanhNghiep,TenTiengViet", *(f"1,{each}" for each in NAMES), "2,LA@"])
ROWS = [(f"030530959{at}", *row) for at, row in enumerate(zip(NAMES, FORMS, PERSONS, PLACES, strict=True))]


def csv_of(*, rows=ROWS, header=COLUMNS, **tables):
    """The rows as CSV in UTF-8, the named columns in other tables."""
    by_place = {COLUMNS.index(name): table for name, table in tables.items()}

    def cell(at, value):
        quoted = f'"{value.replace(chr(34), chr(34) * 2)}"'
        return encoded(quoted, by_place[at]) if at in by_place else quoted.encode()

    lines = [b",".join(cell(at, value) for at, value in enumerate(row)) for row in rows]
    return b"\n".join([",".join(header).encode(), *lines, b""])


def values_of(result, name):
    assert result.status == "accepted", result.problems
    return result.frames["enterprise"][name].to_list()


def remarks(result):
    return [(each.code, each.column, each.is_fatal) for each in result.problems]


@pytest.mark.parametrize("table", ["tcvn3", "vni", "windows-1258", "viscii"])
@pytest.mark.parametrize("manifest", [None, {"encoding": "utf-8"}])
def test_a_column_of_other_bytes_is_recognised_and_told_with_its_confidence(read, table, manifest):
    result = read({"enterprise.csv": csv_of(TenTiengViet=table)}, manifest)
    assert values_of(result, "enterprise_name") == list(NAMES)
    assert remarks(result) == [("encoding_detected", "TenTiengViet", False)]
    assert table in result.problems[0].vi
    assert "confidence 9" in result.problems[0].en or "confidence 100" in result.problems[0].en


def test_the_other_columns_stay_as_they_are(read):
    result = read({"enterprise.csv": csv_of(TenTiengViet="tcvn3")})
    assert values_of(result, "representative_name") == list(PERSONS)
    assert values_of(result, "enterprise_code") == [row[0] for row in ROWS]


def test_few_values_in_utf8_are_not_lost_to_the_table_of_many_others(read):
    rows = [*((*row[:4], "") for row in ROWS * 9), ("0305309599", "An", "", "An", "Sở Y tế")]
    result = read({"enterprise.csv": csv_of(rows=rows, TenTiengViet="tcvn3", DaiDienPhapLuat_HoVaTen="tcvn3",
                                            LoaiHinhDN="tcvn3")})  # fmt: skip
    assert values_of(result, "office_address")[-1] == "Sở Y tế"
    assert values_of(result, "enterprise_name") == [*NAMES * 9, "An"]


def test_values_with_quotation_marks_delimiters_and_line_ends_are_read_whole(read):
    result = read(
        {"enterprise.csv": csv_of(DiaChiTruSo_DiaChi="vni")}, {"column_encodings": {"DiaChiTruSo_DiaChi": "vni"}}
    )
    assert values_of(result, "office_address") == [PLACES[0], PLACES[1], None]


def test_columns_of_one_file_may_be_in_several_tables(read):
    result = read(
        {"enterprise.csv": csv_of(TenTiengViet="tcvn3", LoaiHinhDN="vni", DaiDienPhapLuat_HoVaTen="windows-1258")}
    )
    assert (values_of(result, "enterprise_name"), values_of(result, "legal_form")) == (list(NAMES), list(FORMS))
    assert values_of(result, "representative_name") == list(PERSONS)
    assert [each.column for each in result.problems] == ["TenTiengViet", "LoaiHinhDN", "DaiDienPhapLuat_HoVaTen"]


def test_values_in_utf8_among_others_of_their_column_stay(read):
    other = csv_of(rows=[("0305309590", "Đại Phát", "", "", "")]).splitlines()[1]
    result = read({"enterprise.csv": csv_of(TenTiengViet="tcvn3") + other + b"\n"})
    assert values_of(result, "enterprise_name") == [*NAMES, "Đại Phát"]


def test_a_column_of_too_few_words_asks_for_its_declaration(read):
    rows = [("1", "An", "Đại lý", "An", ""), ("2", "Bin", "Đại lý", "An", ""), ("3", "Lê An", "Đại lý", "An", "")]
    result = read({"enterprise.csv": csv_of(rows=rows, TenTiengViet="tcvn3")})
    (problem,) = result.problems
    assert (result.status, problem.code, problem.file, problem.row, problem.column) == (
        "refused", "encoding_unsure", "enterprise.csv", 4, "TenTiengViet",
    )  # fmt: skip
    assert all("column_encodings" in each and "TenTiengViet" in each for each in (problem.vi, problem.en))


@pytest.mark.parametrize("table", ["tcvn3", "vni", "windows-1258", "viscii"])
def test_a_declared_column_is_read_however_few_its_words(read, table):
    data = csv_of(rows=[("1", "Lê An", "Đại lý", "", "")], TenTiengViet=table)
    result = read({"enterprise.csv": data}, {"column_encodings": {"tentiengviet": table}})
    assert (values_of(result, "enterprise_name"), result.problems) == (["Lê An"], ())


def test_a_column_of_too_few_words_is_read_as_all_the_others_of_its_file(read):
    rows = [(*row[:2], "Nữ", row[3], "Sở Y tế") for row in ROWS]
    result = read({"enterprise.csv": csv_of(rows=rows, TenTiengViet="tcvn3", LoaiHinhDN="tcvn3",
                                            DaiDienPhapLuat_HoVaTen="tcvn3")})  # fmt: skip
    assert values_of(result, "legal_form") == ["Nữ"] * 3


def test_a_column_of_too_few_words_is_not_read_as_others_that_differ(read):
    rows = [(*row[:2], "Nữ", row[3], "Sở Y tế") for row in ROWS]
    result = read({"enterprise.csv": csv_of(rows=rows, TenTiengViet="vni", LoaiHinhDN="tcvn3",
                                            DaiDienPhapLuat_HoVaTen="tcvn3")})  # fmt: skip
    assert [each.column for each in result.problems] == ["LoaiHinhDN"]


def test_a_column_declared_in_the_wrong_table_is_refused_with_what_it_looks_like(read):
    result = read({"enterprise.csv": csv_of(TenTiengViet="tcvn3")}, {"column_encodings": {"TenTiengViet": "vni"}})
    (problem,) = result.problems
    assert (problem.code, problem.row, problem.column) == ("encoding_wrong", 2, "TenTiengViet")
    assert "vni" in problem.vi
    assert "looks like tcvn3" in problem.en


def test_a_declared_column_of_few_vietnamese_words_is_doubted(read):
    rows = [("1", "Käufer Müller Größe", "Đại lý", "", "")]
    data = csv_of(rows=rows).replace("Käufer Müller Größe".encode(), "Käufer Müller Größe".encode("cp1252"))
    result = read({"enterprise.csv": data}, {"column_encodings": {"TenTiengViet": "windows-1258"}})
    assert remarks(result) == [("encoding_doubtful", "TenTiengViet", False)]


def test_a_declared_column_may_differ_from_the_declared_table_of_its_file(read):
    tables = dict.fromkeys(COLUMNS[1:], "tcvn3") | {"TenTiengViet": "vni"}
    manifest = {"encoding": "tcvn3", "column_encodings": {"TenTiengViet": "vni"}}
    result = read({"enterprise.csv": csv_of(**tables)}, manifest)
    assert (values_of(result, "enterprise_name"), values_of(result, "legal_form")) == (list(NAMES), list(FORMS))
    assert result.problems == ()


def test_a_declared_column_of_a_file_all_in_its_table_is_read_once(read):
    tables = dict.fromkeys(COLUMNS[1:], "tcvn3")
    result = read({"enterprise.csv": csv_of(**tables)}, {"column_encodings": {"DaiDienPhapLuat_HoVaTen": "tcvn3"}})
    assert values_of(result, "representative_name") == list(PERSONS)
    assert result.frames["enterprise"]["_tables"].null_count() == len(ROWS)


def test_a_column_that_no_contract_knows_may_be_declared_too(read):
    rows = [(*row[:4], "Lê") for row in ROWS]
    data = csv_of(header=(*COLUMNS[:4], "GhiChuRieng"), rows=rows, DiaChiTruSo_DiaChi="tcvn3")
    assert read({"enterprise.csv": data}).status == "refused"
    result = read({"enterprise.csv": data}, {"column_encodings": {"GhiChuRieng": "tcvn3"}})
    assert json.loads(values_of(result, "_extra")[0]) == {"GhiChuRieng": "Lê"}


def test_a_header_in_the_bytes_of_its_column_is_decoded_with_it(read):
    data = csv_of(header=(*COLUMNS[:4], "Lý do"), rows=[(*row[:4], row[1]) for row in ROWS], DiaChiTruSo_DiaChi="tcvn3")
    result = read({"enterprise.csv": data.replace("Lý do".encode(), encoded("Lý do", "tcvn3"))})
    assert json.loads(values_of(result, "_extra")[0]) == {"Lý do": NAMES[0]}


def test_a_utf8_value_cut_within_a_letter_is_asked_about_not_guessed(read):
    data = csv_of().replace("Nguyễn Thị Huệ".encode(), "Nguyễn Thị Huệ".encode()[:-1])
    (problem,) = read({"enterprise.csv": data}).problems
    assert (problem.code, problem.row, problem.column) == ("encoding_unsure", 2, "DaiDienPhapLuat_HoVaTen")


def test_the_original_of_a_row_set_aside_shows_its_bytes_as_latin(read):
    short = b"0305309599," + encoded("Trần", "tcvn3") + b"\n"
    whole = csv_of(TenTiengViet="tcvn3")
    result = read({"enterprise.csv": whole + short + whole.split(b"\n", 1)[1]})
    assert result.rejects["original"].to_list() == ["0305309599,TrÇn"]


def test_lines_of_json_are_decoded_by_column_too(read):
    records = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    lines = [json.dumps(each, ensure_ascii=False).encode() for each in records]
    for at, name in enumerate(NAMES):
        lines[at] = lines[at].replace(name.encode(), encoded(name, "vni"))
    result = read({"enterprise.jsonl": b"\n".join(lines)})
    assert (values_of(result, "enterprise_name"), values_of(result, "legal_form")) == (list(NAMES), list(FORMS))


def test_a_byte_order_mark_before_such_a_file_is_no_part_of_its_header(read):
    result = read({"enterprise.csv": b"\xef\xbb\xbf" + csv_of(TenTiengViet="tcvn3")})
    assert values_of(result, "enterprise_name") == list(NAMES)


def test_a_file_with_letters_that_would_stand_for_bytes_is_refused_as_before(read):
    data = csv_of(TenTiengViet="tcvn3").replace("Lê Tú".encode(), "L\ue0e0".encode())
    assert read({"enterprise.csv": data}).problems[0].code == "encoding_unsure"


def test_every_byte_comes_back_from_its_column(read):
    every = bytes(each for each in range(0x80, 0x100))
    data = csv_of(rows=[("1", "@", "Đại lý", "", "")]).replace(b"@", every)
    result = read({"enterprise.csv": data}, {"column_encodings": {"TenTiengViet": "viscii"}})
    assert len(values_of(result, "enterprise_name")[0]) == len(every)


def test_a_few_values_in_utf8_in_a_file_of_another_table_stay_what_they_are(read):
    rows = [*ROWS * 9, ("0305309599", "@", "", "", "")]
    data = csv_of(rows=rows, **dict.fromkeys(COLUMNS[1:], "tcvn3")).replace(b"@", "Đại Phát".encode())
    for manifest in (None, {"encoding": "tcvn3"}):
        result = read({"enterprise.csv": data}, manifest)
        assert values_of(result, "enterprise_name") == [*NAMES * 9, "Đại Phát"]
        assert {each.code for each in result.problems} == ({"encoding_detected"} if manifest is None else set())


def test_bytes_of_a_table_that_happen_to_be_utf8_stay_in_their_table(read):
    data = encoded(HEADER_AND_NAMES, "vni").replace(b"@", b"\xd5\xaa")
    assert values_of(read({"enterprise.csv": data}), "enterprise_name")[-1] == "LÃª"


@pytest.mark.parametrize("manifest", [None, {"column_encodings": {"TenTiengViet": "viscii"}}])
def test_capitals_on_control_codes_of_viscii_are_read(read, manifest):
    data = csv_of(rows=[*ROWS, ("1", "MẪN", "Đại lý", "", "")], TenTiengViet="viscii")
    assert values_of(read({"enterprise.csv": data}, manifest), "enterprise_name") == [*NAMES, "MẪN"]


def test_a_table_to_be_linked_is_decoded_by_column(tmp_path):
    path = tmp_path / "companies.csv"
    path.write_bytes(csv_of(TenTiengViet="tcvn3"))
    rows = open_table(path, ("TenTiengViet", "LoaiHinhDN")).rows.collect()
    assert (rows["TenTiengViet"].to_list(), rows["LoaiHinhDN"].to_list()) == (list(NAMES), list(FORMS))
