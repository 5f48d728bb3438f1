"""The judge of damaged names, which must not know the standardiser."""

import pytest

from bench.name_damage import damage


@pytest.mark.parametrize(
    ("delivered", "true", "what"),
    [
        ("NGUYỄN AN", "NGUYỄN AN", ""),
        ("nguyễn an", "NGUYỄN AN", "case"),
        ("Hu\u0300ng", "Hùng", "unicode form"),
        ("Ðỗ Lan", "Đỗ Lan", "look-alike"),
        ("ТНỊ", "THỊ", "look-alike"),
        ("Lê  \u200bAn.", "Lê An", "spaces and marks"),
        ("LêAn", "Lê An", "spaces lost or added"),
        ("Hoà", "Hòa", "tone placement"),
        ("Nguyeenx Thij Sasu", "Nguyễn Thị Sáu", "typing residue"),
        ("Dduwowng", "Đương", "typing residue"),
        ("Nguye64n", "Nguyễn", "typing residue"),
        ("Nguyênx", "Nguyễn", "typing residue"),
        ("Nguyá»…n An", "Nguyễn An", "encoding"),
        ("Nguyeãn", "Nguyễn", "encoding"),
        ("NguyÔn", "Nguyễn", "encoding"),
    ],
)
def test_damage_of_the_surface_is_told(delivered, true, what):
    assert damage(delivered, true) == what


@pytest.mark.parametrize(
    ("delivered", "true"),
    [
        ("Nguyen An", "Nguyễn An"),
        ("Lê Thúy", "Lê Thùy"),
        ("Lí An", "Lý An"),
        ("Nguyễn Thới", "Nguyễn Thái"),
        ("Thịị", "Thị"),
        ("Ng?yễn", "Nguyễn"),
        ("Lê An", "Lê Văn An"),
        ("Nguyenx", "Nguyễn"),
    ],
)
def test_what_another_spelling_or_a_loss_explains_is_no_damage_of_the_surface(delivered, true):
    assert damage(delivered, true) is None
