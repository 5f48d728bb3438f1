"""`doisoat explain`: any two records, near or far, field by field with their sum."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from flows.commands.explain import Asked, run_explain
from flows.commands.link import Job, run_link
from flows.errors import PathError, TableError

SAMPLE = Path(__file__).parents[2] / "samples" / "linkage"
TABLES = (SAMPLE / "members.csv", SAMPLE / "residents.csv")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained")
    run_link(Job(SAMPLE / "link.toml", TABLES, folder / "links.csv", model=folder / "model.json"), Console(quiet=True))
    return folder / "model.json"


def said(left, right, *, model=None, svg=None, spec="link.toml", tables=TABLES):
    console = Console(file=io.StringIO(), width=160)
    run_explain(Asked(SAMPLE / spec, tables, left, right, model, svg), console)
    return console.file.getvalue()


def test_a_match_is_told_field_by_field_with_its_sum_and_a_sentence(model):
    told = said("M002", "R11384", model=model)
    for words in ("name", "birth_date", "phone", "commune", "sum, probability", "1/", "the same day"):
        assert words in told
    assert "was no candidate" not in told


def test_a_model_learnt_in_between_says_the_same(model):
    assert said("M002", "R11384") == said("M002", "R11384", model=model)


def test_a_pair_that_never_came_near_is_told_too(model):
    told = said("M002", "R10119", model=model)
    assert "was no candidate" in told
    assert "sum, probability < 0.01%" in told


def test_two_records_of_one_table_are_told(model):
    assert "sum, probability" in said("M002", "M001", spec="dedupe.toml", tables=TABLES[:1])


def test_the_drawing_holds_no_value_of_a_record(model, tmp_path):
    said("M002", "R11384", model=model, svg=tmp_path / "why.svg")
    drawn = (tmp_path / "why.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "Tuyet" not in drawn


def test_an_unknown_id_is_a_sentence(model):
    with pytest.raises(TableError, match=r'residents\.csv: column "resident_id" has no such id'):
        said("M002", "R0", model=model)


def test_a_record_is_not_held_against_itself():
    with pytest.raises(TableError, match=r"members\.csv: --left and --right are one record"):
        said("M002", "M002", spec="dedupe.toml", tables=TABLES[:1])


def test_a_pair_of_a_tiny_table_that_nothing_speaks_for_is_told_too(tmp_path):
    table, spec = tmp_path / "two.csv", tmp_path / "two.toml"
    table.write_text("id,name\n1,An\n2,\n", encoding="utf-8")
    spec.write_text('[left]\nid = "id"\n[[compare]]\nkind = "name"\ncolumn = "name"\n', encoding="utf-8")
    assert "before anything is compared: 1 in" in said("1", "2", spec=spec, tables=(table,))


def test_the_drawing_never_overwrites_an_input(model):
    with pytest.raises(PathError):
        said("M002", "R11384", model=model, svg=TABLES[0])
