"""docs/repairs.md names every repair and problem, and no other."""

import re
from pathlib import Path

import pytest

from matching.standardise.kinds import KINDS
from matching.standardise.vocabulary import BEFORE, CONTRADICTIONS, PROBLEMS, PROPOSALS, REPAIRS, REPAIRS_BY_FORM

PAGE = (Path(__file__).parents[3] / "docs/repairs.md").read_text(encoding="utf-8")


def names_in(part):
    return set(re.findall(r"^\| `([a-z_]+)` \|", part, re.MULTILINE))


PARTS = dict(re.findall(r"^##+ (.*?)$\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("Repairs", REPAIRS),
        ("Proposals", PROPOSALS),
        ("Contradictions", CONTRADICTIONS),
        ("Problems", PROBLEMS),
        ("The log", REPAIRS_BY_FORM),
    ],
)
def test_the_page_lists_the_names_of_the_code(part, names):
    assert names_in(PARTS[part]) == set(names)


def test_the_page_tells_the_form_before_each_repair():
    rows = re.findall(r"^\| `([a-z_]+)` \| [^|]* \| (.*) \|$", PARTS["The log"], re.MULTILINE)
    assert {form: set(re.findall("[a-z_]+", repairs)) for form, repairs in rows} == {
        form: set(repairs.split(" ")) for form, repairs in REPAIRS_BY_FORM.items()
    }


def test_each_repair_has_one_form_before_it():
    assert set(BEFORE) == set(REPAIRS)
    assert len(BEFORE) == sum(len(repairs.split(" ")) for repairs in REPAIRS_BY_FORM.values())


def test_every_step_is_a_listed_repair():
    assert {step.repair for kind in KINDS.values() for step in kind.steps} <= set(REPAIRS)
