"""The repair log in figures: rows by repair, dataset, field and receiving unit."""

import json

import polars as pl

from contracts import received
from flows import repairs
from flows.workspace import Workspace
from matching.standardise import standardise

SCHEMA = {"registration_place__std": pl.String, "repairs": pl.List(pl.String)}
ROWS = [
    ("A", ["deceased_name:typing_residue", "number:spaces_collapsed"]),
    ("A", ["deceased_name:spaces_collapsed", "number:spaces_collapsed"]),
    ("B", ["deceased_name:unicode_composed"]),
    ("B", []),
    (None, ["deceased_name:typing_residue"]),
]


def deaths(rows=ROWS):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").lazy()


def test_totals_count_rows_by_field_and_repair_and_relate_them_to_the_rows_held():
    found = repairs.log({"death": deaths()}).totals
    assert found.rows() == [
        ("death", "deceased_name", "typing_residue", 2, 0.4),
        ("death", "number", "spaces_collapsed", 2, 0.4),
        ("death", "deceased_name", "spaces_collapsed", 1, 0.2),
        ("death", "deceased_name", "unicode_composed", 1, 0.2),
    ]


def test_a_row_counts_once_for_its_unit_however_many_fields_needed_the_repair():
    found = repairs.log({"death": deaths()}).units
    assert ("death", "A", "spaces_collapsed", 2, 2) in found.rows()


def test_the_units_with_most_rows_come_first_and_an_unknown_one_is_a_question_mark():
    found = repairs.log({"death": deaths()}).units
    assert found.select("unit", "rows").rows() == [("A", 2), ("?", 1), ("A", 1)]


def test_technical_repairs_are_told_in_the_totals_but_held_against_nobody():
    found = repairs.log({"death": deaths()})
    assert "unicode_composed" in found.totals["repair"]
    assert "unicode_composed" not in found.units["repair"]
    assert found.need.rows() == [("death", "?", 1, 1), ("death", "A", 2, 2), ("death", "B", 2, 0)]


def test_what_the_messages_let_one_write_is_counted_but_no_fault():
    found = repairs.log({"death": deaths([("A", ["deceased_sex:word_to_code"])])})
    assert found.totals["rows"].to_list() == [1]
    assert (found.units.height, found.need.rows()) == (0, [("death", "A", 1, 0)])


def test_the_log_tells_of_each_record_its_repairs_the_form_before_and_the_value_after():
    contract = received()["death"]
    typed = {"number": "1.0", "book": "01/1999", "registration_place": "Phú An", "deceased_name": "Nguyeenx  An"}
    row = dict.fromkeys(contract.names) | typed | {"deceased_sex": "Nữ"}
    frame = pl.DataFrame([row], schema=dict.fromkeys(contract.names, pl.String))
    assert repairs.lines(standardise(frame.lazy(), contract), "death").collect().rows() == [
        ("death:01/1999|1|Phú An", "deceased_name", "spaces_collapsed", "keying", "Nguyễn An"),
        ("death:01/1999|1|Phú An", "deceased_name", "typing_residue", "keying", "Nguyễn An"),
        ("death:01/1999|1|Phú An", "deceased_sex", "word_to_code", "word", "2"),
        ("death:01/1999|1|Phú An", "number", "number_as_float", "spreadsheet", "1"),
    ]


def test_the_log_of_a_dataset_is_kept_whole_and_without_repairs_has_no_line(tmp_path):
    contract = received()["death"]
    frame = pl.LazyFrame(schema=dict.fromkeys(contract.names, pl.String))
    repairs.keep({"death": standardise(frame, contract)}, Workspace(tmp_path))
    assert [path.name for path in (tmp_path / "repairs").iterdir()] == ["death.parquet"]
    assert pl.read_parquet(tmp_path / "repairs" / "death.parquet").is_empty()


def test_registers_have_totals_but_no_receiving_units():
    rows = pl.DataFrame({"permanent_province__std": ["74"], "repairs": [["full_name:typing_residue"]]}).lazy()
    found = repairs.log({"population": rows})
    assert found.totals["rows"].to_list() == [1]
    assert found.units.is_empty()


def test_nothing_held_gives_empty_figures():
    for held in ({}, {"death": deaths([])}):
        found = repairs.log(held)
        assert found.as_dict() == {"totals": [], "units": []}
    assert repairs.log({"death": deaths([])}).need.is_empty()


def test_the_order_of_rows_does_not_change_the_figures():
    assert repairs.log({"death": deaths()}).as_dict() == repairs.log({"death": deaths(ROWS[::-1])}).as_dict()


def test_the_summary_is_plain_json_and_carries_the_worst_units_only():
    rows = [(f"unit {number}", ["number:code_form"]) for number in range(repairs.WORST_UNITS + 5)]
    told = repairs.log({"death": deaths(rows)}).as_dict()
    assert len(told["units"]) == repairs.WORST_UNITS
    assert json.loads(json.dumps(told)) == told
