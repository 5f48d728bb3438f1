"""Columns that were read with the wrong table as a whole."""

import polars as pl
import pytest

from contracts import received
from matching.standardise import standardise
from matching.standardise.column_tables import TABLES, MisreadColumn, misread_columns, tables_told

TCVN3 = ["NguyÔn V¨n An", "TrÇn ThÞ HuÖ", "Lª V¨n Tó", None, "An"]
VNI = ["Nguyeãn Vaên An", "Traàn Thò Hueä", "Lê", None, "An"]
WINDOWS_1258 = ["NguyêÞn Vãn An", "TrâÌn Thiò Huêò", "Lê Vãn Tuì", None, "An"]
VISCII = ["Nguy\xadn V\xe5n An", "Tr¥n Th¸ Hu®", "Lê V\xe5n Tú", None, "An"]
MOJIBAKE = ["Nguyá»…n Thá»‹ Linh", "Tráº§n Diá»…m HÃ¢n", "An", None, "An"]
SOUND = ["Nguyễn Văn An", "Trần Thị Huệ", "Õ", None, "An"]
DOSSIER = received()["dossier"]


def frame_of(*columns):
    return pl.DataFrame({str(at): values for at, values in enumerate(columns)}, schema_overrides={"1": pl.String})


@pytest.mark.parametrize(
    ("column", "table"),
    [
        (TCVN3, "tcvn3"),
        (VNI, "vni"),
        (WINDOWS_1258, "windows-1258"),
        (VISCII, "viscii"),
        (MOJIBAKE, "utf-8"),
        (SOUND, None),
        ([None] * 5, None),
    ],
)
def test_a_column_in_a_legacy_table_is_found_among_sound_ones(column, table):
    found = misread_columns(pl.DataFrame({"column": column, "sound": SOUND}, schema_overrides={"column": pl.String}))
    assert [(each.name, each.table) for each in found] == ([("column", table)] if table else [])


def test_the_confidence_of_a_column_is_about_the_share_of_its_marked_values():
    (found,) = misread_columns(pl.DataFrame({"column": [*TCVN3[:3], "Trần", "An"]}))
    assert found.confidence == pytest.approx(0.75, abs=0.03)


def test_a_column_of_few_misread_values_is_sound():
    assert misread_columns(pl.DataFrame({"column": [*TCVN3[:1], *SOUND]})) == ()


def test_one_value_that_both_tables_read_makes_no_column():
    assert misread_columns(pl.DataFrame({"column": ["LÖU THU ANH"]})) == ()


def test_the_order_of_rows_changes_nothing_of_what_is_found():
    values = [f"TrÇn ThÞ {letter}{other}" for letter in "abcdeghiklmnopqrstuvxy" for other in "aeiou" * 20 + "Çáé"]
    frame = pl.DataFrame({"column": [*values, *SOUND]})
    assert misread_columns(frame) == misread_columns(frame.reverse())


def test_a_doubtful_column_is_not_read_again():
    assert not MisreadColumn("column", "tcvn3", 0.6).is_read_again


def told_of(values, *, is_mixed):
    column = MisreadColumn("column", "tcvn3", 0.9, is_mixed=is_mixed)
    return tables_told(pl.DataFrame({"column": values}), [column]).to_list()


def test_every_value_with_marks_that_the_table_can_write_is_to_be_read_again():
    assert told_of(["Lê Tó", "An", "Trần", None], is_mixed=False) == ["column:tcvn3", None, None, None]


def test_what_is_vietnamese_already_stays_in_a_mixed_column():
    assert told_of(["Lê Tó", "Lª Tó", "Trần"], is_mixed=True) == [None, "column:tcvn3", None]


def standard(names, tables):
    lacking = [pl.lit(None, pl.String).alias(name) for name in DOSSIER.names if name != "owner_name"]
    frame = pl.DataFrame({"owner_name": names, TABLES: tables}, schema_overrides={TABLES: pl.String})
    return standardise(frame.with_columns(*lacking).lazy(), DOSSIER).collect()


def test_a_value_may_be_told_to_be_in_any_table():
    done = standard(["TrâÌn Tuì", "Tr¥n", "Trần"], ["owner_name:windows-1258", "owner_name:viscii", None])
    assert done["owner_name__std"].to_list() == ["Trần Tú", "Trần", "Trần"]


def test_a_value_is_read_in_the_table_that_its_row_tells():
    done = standard(["LÖU THU ANH", "LÖU THU ANH", "Lª An"], ["owner_name:vni", None, "owner_address:tcvn3"])
    assert done["owner_name__std"].to_list() == ["LƯU THU ANH", "LÖU THU ANH", "Lê An"]


def test_reading_in_a_told_table_is_a_named_repair_and_the_original_stays():
    done = standard(["VUÕ  GIA", "An", None], ["owner_name:vni", "owner_name:vni", None])
    assert done["owner_name"].to_list() == ["VUÕ  GIA", "An", None]
    assert done["repairs"].to_list() == [["owner_name:legacy_font", "owner_name:spaces_collapsed"], [], []]


def test_rows_in_parts_are_read_as_in_one():
    frame = pl.DataFrame({"owner_name": [*TCVN3, "LÖU THU"], "other": [*SOUND, "An"]})
    told = tables_told(frame, misread_columns(frame))
    whole = standard(frame["owner_name"], told)
    parts = [standard(frame["owner_name"][cut], told[cut]) for cut in (slice(0, 2), slice(2, 6))]
    assert pl.concat(parts).equals(whole)
