"""Golden tables: cases decided by hand, one table a module.

A cell left empty is not asked; `∅` asks for nothing at all; `\\uXXXX` stands for a character that an editor would hide.
"""

import csv
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from contracts import received
from matching.standardise import standardise
from matching.standardise.columns import read_column

GOLDEN = Path(__file__).parents[2] / "golden"
FEWEST_CASES = 400
DOSSIER = received()["dossier"]
EACH_KIND = {each.kind: each for contract in received().values() for each in contract.properties} | {
    "code": DOSSIER["status"]
}
NOTHING = "∅"
TEXT = dict.fromkeys(DOSSIER.names, pl.String)


def cases(table):
    with (GOLDEN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = [{name: unhidden(value) for name, value in row.items()} for row in csv.DictReader(file)]
    return [pytest.param(row, id=row["id"]) for row in rows]


def unhidden(value):
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), value)


@cache
def read(value, kind):
    """The forms of the value as text; a boolean in lower case."""
    told = read_column(pl.Series("x", [value]), EACH_KIND[kind]).struct.unnest().row(0, named=True)
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in told.items()}


def assert_told(told, expected):
    asked = {name: None if value == NOTHING else value for name, value in expected.items() if value != ""}
    assert {name: told[name] if told[name] is None else str(told[name]) for name in asked} == asked


def test_there_are_enough_cases_and_each_has_its_own_id():
    tables = {path.stem: [row.id for row in cases(path.stem)] for path in GOLDEN.glob("*.csv")}
    assert all(len(set(ids)) == len(ids) for ids in tables.values())
    assert sum(map(len, tables.values())) >= FEWEST_CASES


@pytest.mark.parametrize("case", cases("text"))
def test_a_text_is_repaired_by_name(case):
    told = read(case["input"], "text")
    repairs = [each.partition(":")[2] for each in (told["repairs"] or "").split(",") if each]
    assert (told["std"], repairs) == (case["text"], case["repairs"].split())


@pytest.mark.parametrize("case", cases("names"))
def test_a_name_has_its_forms(case):
    told = read(case["input"], "person_name")
    assert_told(told | {"display": told["std"]}, {name: case[name] for name in case if name not in ("id", "input")})


@pytest.mark.parametrize("case", cases("name_pairs"))
def test_two_names_are_as_near_as_the_law_says(case):
    left, right = read(case["left"], "person_name"), read(case["right"], "person_name")
    relations = {
        "equal": left["form"] == right["form"],
        "near": left["form"] != right["form"] and left["near"] == right["near"],
        "same key": left["near"] != right["near"] and left["key"] == right["key"],
        "same words": left["key"] != right["key"] and left["sorted"] == right["sorted"],
        "same initials": left["sorted"] != right["sorted"] and left["initials"] == right["initials"],
        "different": not any(left[form] == right[form] for form in ("form", "near", "key", "sorted", "initials")),
    }
    assert relations[case["relation"]]


@pytest.mark.parametrize("case", cases("dates"))
def test_a_date_is_read(case):
    expected = {"std": case["date"], "precision": case["precision"], "alt": case["alt"], "problem": case["problem"]}
    assert_told(read(case["input"], "date"), expected)


@pytest.mark.parametrize("case", cases("identifiers"))
def test_a_number_is_told_apart(case):
    expected = {name: case[name] for name in ("kind", "proposal", "proposal_repair", "problem")} | {
        "std": case["number"]
    }
    assert_told(read(case["input"], case["kind_of_property"]), expected)


@pytest.mark.parametrize("case", cases("organisations"))
def test_an_organisation_is_known_with_its_core(case):
    expected = {name: case[name] for name in ("is_organisation", "is_branch", "core", "legal_form", "places")}
    assert_told(read(case["input"], "owner_name"), expected)


@pytest.mark.parametrize("case", cases("organisation_pairs"))
def test_two_organisations_are_one_only_where_both_are_head_offices_or_both_branches(case):
    left, right = read(case["left"], "owner_name"), read(case["right"], "owner_name")
    is_one_kind = left["is_branch"] == right["is_branch"]
    relations = {
        "same": is_one_kind and left["core"] == right["core"] and left["legal_form"] == right["legal_form"],
        "other form": is_one_kind and left["core"] == right["core"] and left["legal_form"] != right["legal_form"],
        "head and branch": not is_one_kind,
        "different": left["core"] != right["core"],
    }
    assert relations[case["relation"]]


@pytest.mark.parametrize("case", cases("codes"))
def test_a_code_is_read(case):
    assert_told(read(case["input"], case["kind_of_property"]), {"std": case["value"], "problem": case["problem"]})


@pytest.mark.parametrize("case", cases("offices"))
def test_the_code_of_an_office_has_one_form(case):
    told = read(case["input"], case["kind_of_property"])
    assert_told(told, {name: case[name] for name in ("unit", "date", "style")})


@pytest.mark.parametrize("case", cases("slips"))
def test_a_citizen_id_is_held_against_its_row_and_a_slip_proposed_where_the_row_tells_which(case):
    row = {"owner_number": case["number"], "owner_birth_date": case["birth_date"], "owner_sex": case["sex"]}
    frame = pl.DataFrame({name: [row.get(name) or None] for name in DOSSIER.names}, schema_overrides=TEXT)
    told = standardise(frame.lazy(), DOSSIER).collect().row(0, named=True)
    forms = ("proposal", "proposal_repair", "contradiction")
    assert {form: told[f"owner_number__{form}"] or NOTHING for form in forms} == {form: case[form] for form in forms}
