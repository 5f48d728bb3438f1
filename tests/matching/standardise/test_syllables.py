"""Vietnamese syllables and the place of the tone."""

import pytest

from matching.standardise.syllables import fold, is_folded_syllable, is_syllable, place_tone


@pytest.mark.parametrize(
    "word",
    [
        "Nguyễn",
        "HUỲNH",
        "khuya",
        "quý",
        "quyết",
        "giếng",
        "gì",
        "nghiêng",
        "Ư",
        "đường",
        "hoà",
        "hòa",
        "thuỷ",
        "thủy",
        "yên",
    ],
)
def test_a_vietnamese_syllable_is_one(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["Nguyeãn", "NguyÔn", "Ksor", "Mlô", "nguyẽc", "ngẫc", "Lliên", "Nguyễng", "thịị", "f", "hwing", "ñinh", "Ĩnñ"],
)
def test_what_vietnamese_cannot_say_is_none(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "placed"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("hòang", "hoàng"),
        ("quý", "quý"),
        ("qúy", "quý"),
        ("già", "già"),
        ("giếng", "giếng"),
        ("nguỹên", "nguyễn"),
        ("hòa", "hòa"),
        ("của", "của"),
        ("mlô", "mlô"),
    ],
)
def test_the_tone_goes_to_one_place(word, placed):
    assert place_tone(word) == placed


def test_folding_takes_accents_and_the_stroke_of_d():
    assert fold("Đặng Thị ƯỚC") == "dang thi uoc"


@pytest.mark.parametrize(("word", "is_one"), [("Nguyen", True), ("DUC", True), ("Jun", False), ("Lee", False)])
def test_a_syllable_without_accents_is_told(word, is_one):
    assert is_folded_syllable(word) is is_one
