"""Values whose bytes were read with the wrong table."""

import pytest

from matching.standardise.misread import repair_legacy_text


@pytest.mark.parametrize(
    ("value", "repaired"),
    [
        ("Lª", "Lê"),
        ("Lª V¨n Tó", "Lê Văn Tú"),
        ("V¨n Tó Hà", "Văn Tú Hà"),
        ("§ç V¨n Hïng", "Đỗ Văn Hùng"),
        ("Hµ", "Hà"),
        ("TRÇN THÞ HOA", "TRẦN THỊ HOA"),
        ("§INH THÕ DòNG", "ĐINH THẾ DŨNG"),
        ("L£ THANH Vò", "LÊ THANH VŨ"),
        ("V¡N", "VĂN"),
        ("TR¦¥NG KIM LAN", "TRƯƠNG KIM LAN"),
        ("Ng« BÝch Lam", "Ngô Bích Lam"),
        ("HUúNH THANH TUÊN", "HUỲNH THANH TUẤN"),
        ("Vâ NGUYÔN", "VÕ NGUYỄN"),
        ("Vâ H÷U KHANG", "VÕ HỮU KHANG"),
    ],
)
def test_signs_that_only_tcvn3_has_tell_even_short_words(value, repaired):
    assert repair_legacy_text(value) == (repaired, "legacy_font")


@pytest.mark.parametrize(
    "value",
    [
        "Nguyễn Ð",
        "Lê Tó",
        "Nguy\xadễn",
        "12½m",
        "Café",
        "Điện lạnh·Hà",
        "½m²",
        "«Hòa An»",
        "ABC®",
        "LÖU THU ANH",
        "VUÕ GIA TRUNG",
    ],
)
def test_sound_or_ambiguous_text_is_left_alone(value):
    assert repair_legacy_text(value) is None
