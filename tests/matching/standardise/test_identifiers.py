"""Identifier numbers: cleaned, told apart, proposals."""

import polars as pl
import pytest
from stdnum.vn import mst

from matching.standardise.identifiers import quick_identifiers
from matching.standardise.kinds import KINDS
from matching.standardise.reading import read_through


def read(value, kind="identifier"):
    return read_through(value, KINDS[kind].steps, KINDS[kind].reader)


@pytest.mark.parametrize(
    "value",
    [
        "CCCD 074095001234",
        "CCCD: 074095001234",
        "CCCD số 074095001234",
        "Căn cước công dân: 074095001234",
        "'074095001234",
        '="074095001234"',
        "074 095 001 234",
        "074.095.001.234",
        "074-095001234",
        "074095001234;",
        " 074095001234\u00a0",
        "074095001234.0",
        "Số định danh 074095001234",
    ],
)
def test_labels_and_separators_are_removed(value):
    reading = read(value)
    assert (reading.value, reading.kind) == ("074095001234", "citizen_id")
    assert reading.repairs


@pytest.mark.parametrize(
    ("value", "number", "kind", "proposal"),
    [
        ("074095001234", "074095001234", "citizen_id", None),
        ("74095001234", "74095001234", "citizen_id", "074095001234"),
        ("74095001234.0", "74095001234", "citizen_id", "074095001234"),
        ("99999901234", "99999901234", "other", None),
        ("281761255", "281761255", "cmnd", None),
        ("20123456", "20123456", "cmnd", "020123456"),
        ("0100233488", "0100233488", "tax_code", None),
        ("100233488", "100233488", "cmnd", "0100233488"),
        ("0100233488001", "0100233488-001", "tax_code", None),
        ("0100233488-001", "0100233488-001", "tax_code", None),
        ("1095012345", "1095012345", "citizen_id", "001095012345"),
        ("b1234567", "B1234567", "passport", None),
        ("M61864034", "M61864034", "passport", None),
        ("TR4194308", "TR4194308", "passport", None),
        ("41E8012345", "41E8012345", "business_certificate", None),
        ("000.00.01.H29", "000.00.01.H29", "unit_code", None),
        ("28O761255", "28O761255", "other", "280761255"),
        ("7.4095001234E+10", "74095001234", "citizen_id", "074095001234"),
    ],
)
def test_kinds_are_told_apart(value, number, kind, proposal):
    reading = read(value)
    assert (reading.value, reading.kind, reading.proposal) == (number, kind, proposal)


@pytest.mark.parametrize(
    ("value", "kind", "problem"),
    [
        ("1.23457E+11", "lost", "lost_digits"),
        ("8,2303E+10", "lost", "lost_digits"),
        ("000000001", "placeholder", "placeholder_number"),
        ("123456789", "placeholder", "placeholder_number"),
        ("012345678901", "placeholder", "placeholder_number"),
        ("999999999999", "placeholder", "placeholder_number"),
        ("-", "placeholder", "placeholder_number"),
        ("Không có", "placeholder", "placeholder_number"),
        ("chưa có", "placeholder", "placeholder_number"),
        ("0740*****234", "masked", "masked_number"),
        ("074xxxxxx234", "masked", "masked_number"),
        ("CCCD", "junk", "unreadable_number"),
    ],
)
def test_what_is_no_number_says_why(value, kind, problem):
    reading = read(value)
    assert (reading.value, reading.kind, reading.problem) == (None, kind, problem)


def test_a_key_gets_its_lost_zero_back_by_name():
    reading = read("74095001234", "citizen_id")
    assert (reading.value, reading.repairs) == ("074095001234", ("leading_zero_restored",))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("100233488", "0100233488"),
        ("0100233488", "0100233488"),
        ("100233488001", "0100233488-001"),
        ("100233488-001", "0100233488-001"),
        ("074095001234", "074095001234"),
        ("100233480", "100233480"),
    ],
)
def test_a_tax_code_gets_its_lost_zero_back_where_the_check_digit_fits(value, code):
    assert read(value, "tax_code").value == code


def test_the_quick_proposal_agrees_with_the_check_digit_of_the_standard():
    numbers = [f"{number:09d}" for number in range(100_233_400, 100_235_400)]
    quick = quick_identifiers(pl.Series(numbers))["proposal"].to_list()
    assert quick == ["0" + number if mst.is_valid("0" + number) else None for number in numbers]


@pytest.mark.parametrize("length", [8, 9, 10, 11, 12])
def test_the_quick_reader_tells_digits_apart_as_the_slow_one_does(length):
    numbers = [str(number * 7919 * 10**12 % 99_999_999_977).zfill(12)[-length:] for number in range(1, 3000)]
    rows = zip(numbers, quick_identifiers(pl.Series(numbers)).iter_rows(named=True), strict=True)
    told = {
        number: (row["std"], row["kind"], row["proposal"], row["proposal_repair"]) for number, row in rows if row["std"]
    }
    assert len(told) > len(set(numbers)) * 0.99
    slow = {number: read(number) for number in told}
    assert told == {at: (each.value, each.kind, each.proposal, each.proposal_repair) for at, each in slow.items()}


@pytest.mark.parametrize("value", ["000000001", "111111111111", "CC123456", "0", "074095001234 ", "1234567890123"])
def test_a_number_to_be_repaired_or_refused_is_not_read_quickly(value):
    assert quick_identifiers(pl.Series([value]))["std"].to_list() == [None]
