"""Files in every encoding, from the bytes to the remarks of the delivery."""

import pytest

from contracts import received
from flows.pull import read_delivery
from flows.receipt import Receipt, as_entry
from matching.standardise import standardise
from tests.flows.pull.legacy import encoded

NAMES = ["Công ty TNHH Đại Phát Bình Dương", "Hợp tác xã Nông nghiệp Thới Hòa", "Doanh nghiệp Nguyễn Văn Tỵ"]
HEADER = "MaSoDoanhNghiep,TenTiengViet,LoaiHinhDN\n"
TEXT = HEADER + "".join(f"030530959{at},{name},\n" for at, name in enumerate(NAMES))
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LEGACY = {table: encoded(TEXT, table) for table in ("tcvn3", "vni", "windows-1258", "viscii")}


def names_of(result) -> list[str]:
    assert result.status == "accepted", result.problems
    return result.frames["enterprise"]["enterprise_name"].to_list()


@pytest.mark.parametrize("codec", UNICODE)
@pytest.mark.parametrize("declared", [None, "same"])
def test_unicode_is_read_with_and_without_byte_order_mark_and_declaration(read, codec, declared):
    manifest = None if declared is None else {"encoding": codec}
    assert names_of(read({"enterprise.csv": TEXT.encode(codec)}, manifest)) == NAMES


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_recognised_legacy_encoding_is_told_with_its_confidence(read, encoding):
    result = read({"enterprise.csv": LEGACY[encoding]})
    assert names_of(result) == NAMES
    assert [(each.code, each.is_fatal) for each in result.problems] == [("encoding_detected", False)]
    assert encoding in result.problems[0].en
    assert "confidence 100%" in result.problems[0].en


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_declared_legacy_encoding_needs_no_remark(read, encoding):
    result = read({"enterprise.csv": LEGACY[encoding]}, {"encoding": encoding})
    assert (names_of(result), result.problems) == (NAMES, ())


def test_plain_ascii_needs_no_remark(read):
    result = read({"enterprise.csv": HEADER + "0305309593,Cong ty A,\n"})
    assert (names_of(result), result.problems) == (["Cong ty A"], ())


def test_one_short_row_asks_for_a_declaration(read):
    result = read({"enterprise.csv": HEADER.encode() + b"0305309593,L\xea An,\n"})
    (problem,) = result.problems
    assert (result.status, problem.code, problem.row, problem.column) == (
        "refused", "encoding_unsure", 2, "TenTiengViet",
    )  # fmt: skip
    assert "manifest.json" in problem.vi


def test_one_short_row_is_read_once_it_is_declared(read):
    result = read({"enterprise.csv": HEADER.encode() + b"0305309593,L\xaa An,\n"}, {"encoding": "tcvn3"})
    assert names_of(result) == ["Lê An"]


def test_files_of_one_dataset_may_be_declared_one_by_one(read):
    files = {"enterprise.part1.csv": LEGACY["vni"], "enterprise.part2.csv": TEXT.encode("utf-16")}
    result = read(files, {"encoding": {"enterprise.part1.csv": "vni", "enterprise.part2.csv": "utf-16"}})
    assert (names_of(result), result.problems) == (NAMES * 2, ())


def test_files_that_are_not_declared_are_still_detected(read):
    files = {"enterprise.part1.csv": LEGACY["vni"], "enterprise.part2.csv": LEGACY["tcvn3"]}
    result = read(files, {"encoding": {"enterprise.part1.csv": "vni"}})
    assert names_of(result) == NAMES * 2
    assert [(each.code, each.file) for each in result.problems] == [("encoding_detected", "enterprise.part2.csv")]


@pytest.mark.parametrize("value", [5, "", {"enterprise.csv": 5}, {"other.csv": "vni"}, ["vni"]])
def test_a_malformed_declaration_is_told(read, value):
    (problem,) = read({"enterprise.csv": TEXT}, {"encoding": value}).problems
    assert (problem.code, "encoding" in problem.en) == ("manifest_malformed", True)


def test_a_declared_encoding_that_makes_few_words_is_told(read):
    text = HEADER + "".join(f"030530959{at},Käufer Müller Größe Öl,\n" for at in range(9))
    result = read({"enterprise.csv": text.encode("latin-1")}, {"encoding": "windows-1258"})
    assert [(each.code, each.is_fatal) for each in result.problems] == [("encoding_doubtful", False)]


def test_bkhcm_is_refused_with_the_way_out(read):
    (problem,) = read({"enterprise.csv": TEXT}, {"encoding": "bkhcm2"}).problems
    assert problem.code == "encoding_unknown"
    assert "UTF-8" in problem.vi


def test_a_column_misread_on_export_is_told_and_its_text_kept(read):
    misread = (
        TEXT.replace(NAMES[0], "C«ng ty §¹i Ph¸t").replace(NAMES[1], "Hîp t¸c x· Th\xedi Hßa").replace(NAMES[2], "TrÇn")
    )
    result = read({"enterprise.csv": misread})
    assert names_of(result) == ["C«ng ty §¹i Ph¸t", "Hîp t¸c x· Th\xedi Hßa", "TrÇn"]
    assert [(each.code, each.column, each.is_fatal) for each in result.problems] == [
        ("column_misread", "TenTiengViet", False)
    ]
    assert "tcvn3" in result.problems[0].vi


def test_the_account_of_the_run_holds_the_confidence(deliver):
    delivery = deliver({"enterprise.csv": LEGACY["tcvn3"]})
    result = read_delivery(delivery, received(), has_full=lambda _: True)
    entry = as_entry(Receipt.of(delivery, result.status, result.problems))
    assert "độ tin cậy 100%" in entry["problems"][0]["vi"]


MISREAD = HEADER + "0305309593,LÖU THU ANH,\n0305309594,PhaÏm An,\n"


def test_a_declared_column_tells_which_of_its_values_are_to_be_read_again(read):
    result = read({"enterprise.csv": MISREAD + "0305309595,An,\n"}, {"column_encodings": {"tentiengviet": "VNI"}})
    assert (names_of(result), result.problems) == (["LÖU THU ANH", "PhaÏm An", "An"], ())
    assert result.frames["enterprise"]["_tables"].to_list() == ["enterprise_name:vni", "enterprise_name:vni", None]


def test_a_declared_column_that_is_none_refuses_the_delivery_in_both_languages(read):
    result = read({"enterprise.csv": MISREAD}, {"column_encodings": {"TenDoanhNghiep": "vni"}})
    (problem,) = result.problems
    assert (result.status, problem.code) == ("refused", "declared_column_unknown")
    assert all("TenDoanhNghiep" in each and "TenTiengViet" in each for each in (problem.vi, problem.en))


@pytest.mark.parametrize(
    "value", ["vni", ["vni"], {"TenTiengViet": "utf-8"}, {"TenTiengViet": 5}, {"TenTiengViet": "bkhcm2"}]
)
def test_a_malformed_declaration_of_columns_is_told(read, value):
    (problem,) = read({"enterprise.csv": TEXT}, {"column_encodings": value}).problems
    assert (problem.code, "column_encodings" in problem.en) == ("manifest_malformed", True)


def test_the_same_text_in_another_table_is_other_content(read):
    files = {"enterprise.csv": HEADER + "0305309593,LÖU THU ANH,\n"}
    plain, declared = read(files, {}), read(files, {"column_encodings": {"TenTiengViet": "vni"}})
    assert set(plain.frames["enterprise"]["_hash"]).isdisjoint(declared.frames["enterprise"]["_hash"])


def test_a_delivery_declared_anew_is_another_one(deliver):
    files = {"enterprise.csv": MISREAD}
    declared = [deliver(files, each).fingerprint for each in ({}, {"column_encodings": {"TenTiengViet": "vni"}})]
    assert len(set(declared)) == 2


def test_a_column_found_in_a_legacy_table_is_read_in_it_as_a_whole(read):
    names = ["Löu Vaên An", "Phaïm Thò Hueä", "Nguyeãn Thò Löu", "LÖU THU ANH"]
    rows = "".join(f"030530959{at},{name},\n" for at, name in enumerate(names))
    frame = read({"enterprise.csv": HEADER + rows}).frames["enterprise"]
    done = standardise(frame.lazy(), received()["enterprise"]).collect()
    assert done["enterprise_name__std"].to_list() == ["Lưu Văn An", "Phạm Thị Huệ", "Nguyễn Thị Lưu", "LƯU THU ANH"]
    assert set(done["repairs"].list.join(",")) == {"enterprise_name:legacy_font"}
