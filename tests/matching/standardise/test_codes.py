"""Codes, flags and contacts."""

import pytest

import contracts
from matching.standardise.kinds import KINDS, kind_of
from matching.standardise.reading import read_through


def read(value, kind):
    return read_through(value, KINDS[kind].steps, KINDS[kind].reader)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("sex", "1", 1),
        ("sex", "NỮ", 2),
        ("sex", "nu", 2),
        ("sex", "Nam", 1),
        ("sex", "2.0", 2),
        ("ethnicity", "Kinh", "01"),
        ("ethnicity", "Việt", "01"),
        ("ethnicity", "Viet", "01"),
        ("ethnicity", "Khơ me", "05"),
        ("ethnicity", "Khmer", "05"),
        ("ethnicity", "Khơ Me (Khmer)", "05"),
        ("ethnicity", "H'Mông", "08"),
        ("ethnicity", "Thổ", "24"),
        ("ethnicity", "Thổ (Tày)", "02"),
        ("ethnicity", "1", "01"),
        ("ethnicity", "99", "55"),
        ("ethnicity", "dân tộc Tày", "02"),
        ("nationality", "VIỆT NAM", "VN"),
        ("nationality", "VN", "VN"),
        ("nationality", "Trung Quốc (Đài Loan)", "TW"),
        ("flag", "1", True),
        ("flag", "Không", False),
        ("flag", "true", True),
        ("dossier_code", "h29.1-250101-0001", "H29.1-250101-0001"),
        ("procedure_code", "1.010708.000.00.00.H56", "1.010708"),
        ("procedure_code", "2.002622.H56", "2.002622"),
        ("procedure_code", "1.001193", "1.001193"),
        ("phone", "382768090", "0382768090"),
        ("phone", "+84 382 768 090", "0382768090"),
        ("email", "An@Example.com", "an@example.com"),
        ("province_code", "1", "01"),
        ("district_code", "1", "001"),
        ("commune_code", "4.0", "00004"),
        ("industry_code", "111", "0111"),
        ("industry_code", "4659", "4659"),
        ("book_number", "1.0", "1"),
        ("book_number", "01/1999", "01/1999"),
    ],
)
def test_codes_are_read(kind, value, expected):
    assert read(value, kind).value == expected


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("sex", "9", "unknown_code"),
        ("ethnicity", "Hạ", "unknown_code"),
        ("ethnicity", "77", "unknown_code"),
        ("nationality", "Atlantis", "unknown_code"),
        ("flag", "2", "unknown_code"),
        ("phone", "=1+1", "unreadable_phone"),
        ("email", "huy,9698@example.com", "unreadable_email"),
        ("commune_code", "xã An", "unreadable_code"),
        ("industry_code", "12", "unreadable_code"),
    ],
)
def test_unknown_codes_say_so(kind, value, problem):
    assert (read(value, kind).value, read(value, kind).problem) == (None, problem)


@pytest.mark.parametrize(("value", "code"), [("10", 10), ("9.0", 9), ("11", None), ("0", None)])
def test_a_code_list_takes_its_values_from_the_contract(value, code):
    kind = kind_of(contracts.received()["dossier"]["status"])
    assert read_through(value, kind.steps, kind.reader).value == code


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("status", "Đã trả kết quả", 10),
        ("status", "ĐÃ TRẢ  KẾT QUẢ", 10),
        ("channel", "Trực tuyến", 2),
        ("channel", "truc tiep", 1),
        ("owner_type", "Công dân", 1),
        ("owner_type", "Người dân (công dân)", 1),
        ("service_level", "Toàn trình", 4),
    ],
)
def test_a_word_of_the_list_is_read_as_its_code_and_named(name, value, code):
    kind = kind_of(contracts.received()["dossier"][name])
    reading = read_through(value, kind.steps, kind.reader)
    assert (reading.value, reading.problem, reading.repairs[-1]) == (code, None, "label_to_code")


@pytest.mark.parametrize("value", ["Đã trả", "Công dân", "trả kết quả", "Trực tuyến"])
def test_a_word_that_the_list_does_not_have_is_unknown(value):
    kind = kind_of(contracts.received()["dossier"]["status"])
    reading = read_through(value, kind.steps, kind.reader)
    assert (reading.value, reading.problem) == (None, "unknown_code")
