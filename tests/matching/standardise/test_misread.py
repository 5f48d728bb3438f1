"""Values and columns whose bytes were read with the wrong table."""

import polars as pl
import pytest

from matching.standardise.misread import misread_columns, repair_legacy_text

TCVN3 = ["NguyÔn V¨n An", "TrÇn ThÞ HuÖ", "Lª V¨n Tó", None, "An"]
VNI = ["Nguyeãn Vaên An", "Traàn Thò Hueä", "Lê", None, "An"]
MOJIBAKE = ["Nguyá»…n Thá»‹ Linh", "Tráº§n Diá»…m HÃ¢n", "An", None, "An"]
SOUND = ["Nguyễn Văn An", "Trần Thị Huệ", "Õ", None, "An"]


@pytest.mark.parametrize(
    ("column", "table"), [(TCVN3, "tcvn3"), (VNI, "vni"), (MOJIBAKE, "utf-8"), (SOUND, None), ([None] * 5, None)]
)
def test_a_column_in_a_legacy_table_is_found_among_sound_ones(column, table):
    frame = pl.DataFrame({"column": column, "sound": SOUND}, schema={"column": pl.String, "sound": pl.String})
    assert [(each.name, each.table) for each in misread_columns(frame)] == ([("column", table)] if table else [])


def test_the_confidence_of_a_column_is_the_share_of_its_marked_values():
    column = pl.DataFrame({"column": [*TCVN3[:3], "Trần", "An"]})
    assert [each.confidence for each in misread_columns(column)] == [0.75]


def test_a_column_of_few_misread_values_is_sound():
    assert misread_columns(pl.DataFrame({"column": [*TCVN3[:1], *SOUND]})) == ()


@pytest.mark.parametrize(
    ("value", "repaired"),
    [
        ("Lª", "Lê"),
        ("Lª V¨n Tó", "Lê Văn Tú"),
        ("V¨n Tó Hà", "Văn Tú Hà"),
        ("§ç V¨n Hïng", "Đỗ Văn Hùng"),
        ("Hµ", "Hà"),
        ("TRÇN THÞ HOA", "TRẦN THỊ HOA"),
    ],
)
def test_signs_that_only_tcvn3_has_tell_even_short_words(value, repaired):
    assert repair_legacy_text(value) == (repaired, "legacy_tcvn3")


@pytest.mark.parametrize("value", ["Nguyễn Ð", "Lê Tó", "Nguy\xadễn", "12½m", "Café", "Điện lạnh·Hà"])
def test_sound_or_ambiguous_text_is_left_alone(value):
    assert repair_legacy_text(value) is None
