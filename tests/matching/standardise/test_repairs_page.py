"""docs/repairs.md names every repair and problem, and no other."""

import re
from pathlib import Path

from matching.standardise.kinds import KINDS
from matching.standardise.vocabulary import PROBLEMS, REPAIRS

PAGE = (Path(__file__).parents[3] / "docs/repairs.md").read_text(encoding="utf-8")


def names_in(part):
    return set(re.findall(r"^\| `([a-z_]+)` \|", part, re.MULTILINE))


def test_the_page_lists_the_repairs_and_problems_of_the_code():
    repairs, problems = PAGE.split("## Problems")
    assert names_in(repairs) == set(REPAIRS)
    assert names_in(problems) == set(PROBLEMS)


def test_every_step_is_a_listed_repair():
    assert {step.repair for kind in KINDS.values() for step in kind.steps} <= set(REPAIRS)
