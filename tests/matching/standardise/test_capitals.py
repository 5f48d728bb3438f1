"""TCVN3 letters get the case of their word, and the same in a whole file as in each of its phrases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.standardise.capitals import restore_capitals, restore_capitals_of_file

WORDS = (
    "TRầN",
    "Lý",
    "NGUYỄN",
    "ấp",
    "UBND",
    "xã",
    "phường",
    "ứng",
    "Hòa",
    "bÌNh",
    "LộC",
    "ý",
    "Á",
    "tổ 4",
    "Thị",
    "LÊ",
)


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("TRầN VăN HợP", "TRẦN VĂN HỢP"),
        ("LÊ á CHÂU", "LÊ Á CHÂU"),
        ("Lý NGUYỄN", "LÝ NGUYỄN"),
        ("phường ứng Hòa", "phường Ứng Hòa"),
        ("Nguyễn ái", "Nguyễn Ái"),
        ("UBND xã Hòa", "UBND xã Hòa"),
        ("tổ 46 ấp 1", "tổ 46 ấp 1"),
        ("Trần Văn Hợp", "Trần Văn Hợp"),
    ],
)
def test_letters_get_the_case_of_their_phrase(text, restored):
    assert restore_capitals(text) == restore_capitals_of_file(text) == restored


@pytest.mark.parametrize("end", ["\n", "\t", ",", ";", "|", '"'])
def test_the_end_of_a_field_ends_the_phrase(end):
    assert restore_capitals(f"NGUYỄN{end}ý") == f"NGUYỄN{end}ý"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text("TRầNýấÁ ,\n\t\xa0-1", max_size=5), max_size=8).map(" ".join))
def test_a_file_is_restored_like_its_phrases(text):
    assert restore_capitals_of_file(text) == restore_capitals(text)
