"""The page of the quality rules says of every rule what the code says, and names no other."""

import re
from pathlib import Path

import pytest

from contracts import received
from expectations import drift, freshness, rollup, volume
from expectations.catalogue import catalogue
from expectations.groups import GROUPS
from expectations.suites import conditions

PAGE = (Path(__file__).parents[2] / "docs" / "quality.md").read_text(encoding="utf-8")


def line(each):
    told = f"{each['title_vi']} · {each['title_en']}"
    cells = (f"`{each['rule']}`", each["criterion"], each["severity"], each["error_group"], told, each["source"])
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("dataset", sorted(received()))
def test_the_table_of_a_dataset_is_that_of_the_code(dataset):
    section = PAGE.split(f"\n### {dataset}\n")[1].split("\n### ")[0]
    lines = [each for each in section.splitlines() if each.startswith("| `")]
    assert lines == [line(each) for each in catalogue(dataset)]


def test_every_error_group_is_named_in_both_languages():
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    assert {name: (vi, en) for name, vi, en in rows} == dict(GROUPS)


@pytest.mark.parametrize(
    ("constant", "value"),
    [
        ("green from", rollup.GREEN_FROM),
        ("yellow from", rollup.YELLOW_FROM),
        ("error rule weighs", rollup.ERROR_RULE_WEIGHT),
        ("key or number weighs", rollup.KEY_FIELD_WEIGHT),
        ("required field weighs", rollup.REQUIRED_FIELD_WEIGHT),
        ("missed deliveries:", freshness.MISSED_DELIVERIES),
        ("deliveries looked at:", volume.DELIVERIES_LOOKED_AT),
        ("deliveries needed:", volume.DELIVERIES_NEEDED),
        ("deliveries needed:", drift.DELIVERIES_NEEDED),
        ("warning beyond", volume.WARNING_DEVIATIONS),
        ("refusal beyond", volume.REFUSAL_DEVIATIONS),
        ("false alarms at most", drift.FALSE_ALARM_SHARE),
        ("shift of at least", drift.LEAST_SHIFT),
        ("rows at least", drift.LEAST_ROWS),
        ("rows more than expected", drift.LEAST_ROWS_MORE),
        ("judged from", conditions.JUDGED_FROM_ROWS),
    ],
)
def test_the_numbers_of_the_page_are_those_of_the_code(constant, value):
    assert f"{constant} **{value:g}**" in PAGE
