"""A sheet for clerks and its design, and the estimate once it is filled in."""

from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from flows.commands.sample import Asked, draw_sample, estimate_sample
from flows.errors import PathError, TableError
from flows.evaluation.sheet import design_beside
from matching.errors import SpecError

SPEC = '[left]\nid = "ma"\n[[compare]]\nkind = "name"\ncolumn = "ten"\n'


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """A hundred records, all but ten linked to the one of their number."""
    ids = [f"{at:03}" for at in range(100)]
    p = [0.1 if at < 10 else 0.95 for at in range(100)]
    status = ["not_found" if at < 10 else "linked" for at in range(100)]
    pairs = pl.DataFrame({"left_id": ids, "right_id": ids, "probability": p, "status": status})
    pairs.with_columns(right_id=pl.when(pl.col("status") == "linked").then("right_id")).write_csv(
        tmp_path / "links.csv"
    )
    pairs.drop("status").write_csv(tmp_path / "pairs.csv")
    pl.DataFrame({"ma": ids, "ten": [f"An {at % 7}" for at in range(100)]}).write_csv(tmp_path / "table.csv")
    (tmp_path / "spec.toml").write_text(SPEC, encoding="utf-8")
    return Asked(tmp_path / "links.csv", tmp_path / "pairs.csv", tmp_path / "sheet.csv", 60, 1)


def changed(asked: Asked, **values: object) -> Asked:
    return Asked(**{name: values.get(name, getattr(asked, name)) for name in Asked.__slots__})


def filled(path: Path, answers: dict[str, str], *, other: str = "có") -> None:
    sheet = pl.read_csv(path, infer_schema=False)
    words = [answers.get(each, other) for each in sheet["left_id"]]
    sheet.with_columns(is_match=pl.Series(words)).write_csv(path)


def test_the_sheet_shows_ids_and_neither_stratum_nor_probability(asked):
    draw_sample(asked)
    assert pl.read_csv(asked.out).columns == ["pair", "left_id", "right_id", "is_match"]


def test_the_design_beside_it_holds_every_pairs_chance(asked):
    draw_sample(asked)
    design = pl.read_csv(design_beside(asked.out), infer_schema=False)
    assert design.height == pl.read_csv(asked.out).height == 60
    assert all(0 < float(each) <= 1 for each in design["inclusion_probability"])


def test_all_right_answers_give_full_precision(asked):
    draw_sample(asked)
    filled(asked.out, {})
    told = estimate_sample(asked.out)
    assert told.precision is not None
    assert told.precision.estimate == 1.0
    assert told.recall is not None
    assert told.recall.estimate == pytest.approx(0.9)


def test_a_workbook_keeps_leading_zeros_and_is_read_again(asked):
    asked = changed(asked, out=asked.out.with_suffix(".xlsx"))
    draw_sample(asked)
    book = load_workbook(asked.out)
    rows = list(book.worksheets[0].iter_rows(min_row=2))
    assert all(len(row[1].value) == 3 for row in rows)
    for row in rows:
        row[3].value = "Không" if row[1].value < "010" else "CÓ"
    book.save(asked.out)
    told = estimate_sample(asked.out)
    assert (told.unanswered, told.matches) == (0, 90)


def test_zeros_that_a_spreadsheet_lost_are_no_difference(asked):
    draw_sample(asked)
    filled(asked.out, {})
    sheet = pl.read_csv(asked.out, infer_schema=False)
    sheet.with_columns(pl.col("left_id", "right_id").cast(pl.Int64)).write_csv(asked.out)
    assert estimate_sample(asked.out).unanswered == 0


def test_blanks_and_question_marks_are_no_answers(asked):
    draw_sample(asked)
    filled(asked.out, {f"{at:03}": "" if at % 2 else "?" for at in range(10, 40)})
    told = estimate_sample(asked.out)
    sheet = pl.read_csv(asked.out, infer_schema=False)
    assert told.unanswered == sheet.filter(pl.col("is_match").fill_null("").is_in(["", "?"])).height > 0


def test_an_answer_that_is_not_understood_is_named_by_its_pair(asked):
    draw_sample(asked)
    filled(asked.out, {}, other="maybe")
    with pytest.raises(TableError, match="60 answers are not understood"):
        estimate_sample(asked.out)


def test_a_sheet_of_another_sample_is_refused(asked):
    draw_sample(asked)
    other = changed(asked, out=asked.out.with_name("other.csv"), seed=2)
    draw_sample(other)
    asked.out.write_bytes(other.out.read_bytes())
    with pytest.raises(TableError, match="of one sample"):
        estimate_sample(asked.out)


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_a_sheet_that_may_be_filled_in_and_its_design_are_never_replaced(asked, name):
    draw_sample(asked)
    before = design_beside(asked.out).read_bytes()
    with pytest.raises(PathError, match="may be filled in"):
        draw_sample(changed(asked, out=asked.out.with_name(name), seed=2))
    assert design_beside(asked.out).read_bytes() == before


def test_a_sheet_without_a_row_is_refused(asked):
    draw_sample(asked)
    pl.read_csv(asked.out, infer_schema=False).head(59).write_csv(asked.out)
    with pytest.raises(TableError, match="1 rows differ"):
        estimate_sample(asked.out)


def test_a_sheet_without_its_design_is_refused(asked):
    draw_sample(asked)
    design_beside(asked.out).unlink()
    with pytest.raises(PathError, match="design"):
        estimate_sample(asked.out)


def test_tables_and_a_rule_bring_pairs_that_were_never_weighed(asked):
    folder = asked.links.parent
    outside = changed(asked, tables=(folder / "table.csv",) * 2, spec=folder / "spec.toml", rule=["ten"])
    sizes = dict(draw_sample(outside).select("stratum", "stratum_pairs").rows())
    assert sizes["unused rule"] == sum(n * n for n in (15, 15, 14, 14, 14, 14, 14)) - 100
    assert sum(sizes.values()) == 100 * 100


def test_one_table_has_each_two_records_once(asked):
    folder = asked.links.parent
    pl.DataFrame({"left_id": ["001"], "right_id": ["000"], "probability": [0.5]}).write_csv(asked.candidates)
    pl.DataFrame(schema=dict.fromkeys(("left_id", "right_id", "status", "probability"), pl.String)).write_csv(
        asked.links
    )
    sizes = draw_sample(changed(asked, tables=(folder / "table.csv",), spec=folder / "spec.toml"))["stratum_pairs"]
    assert sizes.sum() == 100 * 99 // 2


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"out": Path("sheet.txt")}, PathError),
        ({"tables": (Path("table.csv"),)}, PathError),
        ({"rule": ["ten"]}, PathError),
        ({"tables": (Path("table.csv"),), "spec": Path("spec.toml"), "rule": ["ten:sideways"]}, SpecError),
    ],
    ids=["unknown ending", "table without spec", "rule without table", "unknown form"],
)
def test_what_cannot_be_done_is_refused(asked, values, error):
    folder = asked.links.parent
    placed = {
        name: folder / each
        if isinstance(each, Path)
        else tuple(folder / one if isinstance(one, Path) else one for one in each)
        for name, each in values.items()
    }
    with pytest.raises(error):
        draw_sample(changed(asked, **placed))
    assert not asked.out.exists()
