"""Names of enterprises."""

import csv
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[3] / "golden" / "organisation_pairs.csv"
WANTED = {
    "same": {"exact", "unaccented", "core"},
    "other form": {"core"},
    "head and branch": {"branch"},
    "different": {"subset", "partial", "different"},
}
PAIRS = list(csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()))
CASES = [
    ("other legal form", "Công ty TNHH Minh Anh", "Công ty Cổ phần Minh Anh", "core"),
    ("common words", "Công ty TNHH Thương mại Dịch vụ Minh Anh", "Cty Minh Anh", "core"),
    ("one slip", "Công ty TNHH Minh Anh", "Công ty TNHH Minh Amh", "near"),
    ("words left out", "Công ty TNHH Sao Việt Đỏ", "Công ty TNHH Sao Đỏ", "subset"),
    ("half of the words", "Công ty TNHH Sao Việt", "Công ty TNHH Sao Đỏ", "partial"),
    ("other words", "Công ty TNHH Sao Việt", "Công ty TNHH Hoa Mai", "different"),
    ("branch of another", "Công ty TNHH Sao Việt", "Chi nhánh Công ty TNHH Hoa Mai", "different"),
    ("foreign legal form", "Acme Widgets Inc.", "Acme Widgets Limited", "core"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=[each["id"] for each in PAIRS])
def test_golden_pair(level_of, pair):
    assert level_of("organisation", pair["left"], pair["right"]) in WANTED[pair["relation"]]


@pytest.mark.parametrize(("left", "right", "level"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_level(level_of, left, right, level):
    assert level_of("organisation", left, right) == level
