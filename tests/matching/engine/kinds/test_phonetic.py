"""Words that sound alike."""

import pytest

SAME = [
    ("hỏi and ngã", "Nguyễn", "Nguyển"),
    ("final n and ng", "Lan", "Lang"),
    ("final c and t", "Các", "Cát"),
    ("i and y", "Lý", "Lí"),
    ("i and y behind qu", "Quý", "Quí"),
    ("gi and d", "Giang", "Dang"),
    ("gi and r", "Giang", "Rang"),
    ("bare gi", "Gì", "Dì"),
    ("s and x", "Sơn", "Xơn"),
    ("tr and ch", "Trâm", "Châm"),
    ("l and n", "Lam", "Nam"),
    ("c and k", "Kiên", "Ciên"),
    ("tone placement", "Hoà", "Hòa"),
    ("English", "John Smith", "Jon Smyth"),
    ("marks", "Anna-Maria", "Anna Maria"),
]
OTHER = [
    ("tones", "Hùng", "Hung", "toneless"),
    ("vowels with other accents", "Hùng", "Hưng", "toneless"),
    ("without accents", "Nguyễn Văn Hùng", "Nguyen Van Hung", "toneless"),
    ("without accents and misheard", "Trần Sơn", "Chan Xon", "toneless"),
    ("other finals", "Lan", "Lam", "different"),
    ("other initials", "Nga", "Nha", "different"),
    ("nh is not n", "Thanh", "Than", "different"),
    ("digits", "12", "13", "different"),
    ("marks alone", "--", "---", "blank"),
]


@pytest.mark.parametrize(("left", "right"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_same_sound(level_of, left, right):
    assert level_of("phonetic", left, right) == "same_sound"


@pytest.mark.parametrize(("left", "right", "level"), [case[1:] for case in OTHER], ids=[case[0] for case in OTHER])
def test_level(level_of, left, right, level):
    assert level_of("phonetic", left, right) == level


def test_a_word_that_could_be_vietnamese_is_heard_in_the_language_told(level_of):
    assert level_of("phonetic", "lin", "lynn") == "different"
    assert level_of("phonetic", "lin", "lynn", language="other") == "same_sound"
    assert level_of("phonetic", "jon", "john", language="vi") == "different"
