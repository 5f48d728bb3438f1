"""Numbers and codes of documents."""

import pytest

CASES = [
    ("separators", "079-090 012.345", "079090012345", "exact"),
    ("case", "ab123", "AB 123", "exact"),
    ("lost zero", "079090012345", "79090012345", "lost_zero"),
    ("neighbours swapped", "079090012345", "079090012354", "transposed"),
    ("one wrong", "079090012345", "079090012344", "one_edit"),
    ("one missing", "079090012345", "07909001234", "one_edit"),
    ("two wrong", "079090012345", "079090012399", "two_edits"),
    ("one wrong of few", "1234", "1235", "different"),
    ("zeros alone", "000000", "1", "different"),
    ("marks alone", "--", "1", "blank"),
]


@pytest.mark.parametrize(("left", "right", "level"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_level(level_of, left, right, level):
    assert level_of("identifier", left, right) == level
