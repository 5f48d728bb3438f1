"""Names of persons, written by clerks."""

import polars as pl
import pytest

from matching.engine.kinds import KINDS

CASES = [
    ("without accents", "Nguyễn Văn Hùng", "NGUYEN VAN HUNG", "unaccented"),
    ("without some accents", "Nguyễn Văn Hùng", "Nguyễn Van Hung", "unaccented"),
    ("other tone placement", "Lê Thị Hoà", "Lê Thị Hòa", "unaccented"),
    ("hỏi for ngã", "Nguyễn Văn Vĩnh", "Nguyển Văn Vỉnh", "unaccented"),
    ("without spaces", "O'Brien", "obrien", "unaccented"),
    ("other accents", "Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "other_accents"),
    ("given name first", "Nguyễn Văn Hùng", "Hùng Nguyễn Văn", "reordered"),
    ("surname before a comma", "Smith, John", "John Smith", "reordered"),
    ("one slip", "Nguyễn Văn Hùng", "Nguyễn Văn Hùn", "near"),
    ("regional doublets", "Hoàng Thị Lý", "Huỳnh Thị Lí", "near"),
    ("initials", "Nguyễn Văn Hùng", "N. V. Hùng", "initials"),
    ("initials in another order", "John Smith", "Smith J", "initials"),
    ("initials beside another name", "Nguyễn Văn Hùng", "N. V. Hải", "different"),
    ("middle name left out", "Phan Thị Hồng Nhung Anh", "Phan Anh", "subset"),
    ("words left out and reordered", "Garcia Lopez Maria", "Maria Garcia", "subset"),
    ("given name alone", "An", "Nguyễn Văn An", "subset"),
    ("another letter for a name", "Nguyễn A", "Nguyễn B", "partial"),
    ("same given name", "Nguyễn Văn Hùng", "Trần Thị Hùng", "partial"),
    ("short names one letter apart", "Lan", "Lam", "partial"),
    ("other words", "Nguyễn Văn Hùng", "Trần Thị Mai", "different"),
]


@pytest.mark.parametrize(("left", "right", "level"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_level(level_of, left, right, level):
    assert level_of("name", left, right) == level


def test_case_and_spaces_are_no_difference(level_of):
    assert level_of("name", " NGUYỄN  Văn Hùng", "nguyễn văn\u00a0hùng ") == "exact"


def test_decomposed_letters_are_no_difference(level_of):
    assert level_of("name", "Hu\u0300ng", "Hùng") == "exact"


def test_marks_alone_are_no_name(values_of):
    assert values_of("name", "---", " . ") == [None, None]


def test_one_slip_is_seen_wherever_it_stands():
    """Edits are counted only for similar letters: no slip may be lost by that."""
    name = "abcd"
    slips = [name[:at] + "x" + name[at + 1 :] for at in range(4)] + [name[:at] + name[at + 1 :] for at in range(4)]
    slips += [name[:at] + "x" + name[at:] for at in range(5)]
    slips += [name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(3)]
    kind = KINDS["name"]({})
    found = kind.level(pl.Series([name] * len(slips)), pl.Series(slips))
    near = len(kind.levels) - [each.name for each in kind.levels].index("near")
    assert found.to_list() == [near] * len(slips)
