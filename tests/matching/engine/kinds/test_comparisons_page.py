"""The page of the kinds of comparison says what the kinds do."""

import re
import tomllib
from pathlib import Path

import pytest

from matching.engine.kinds import KINDS, kind_of
from matching.engine.spec import Comparison
from matching.errors import SpecError

PAGE = Path(__file__).parents[4] / "docs" / "linking" / "comparisons.md"
SECTIONS = dict(
    re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)
every_kind = pytest.mark.parametrize("name", KINDS)


def shown(name):
    """The kind as the section's example makes it, and the example's options."""
    (block,) = re.findall(r"^```toml\n(.*?)^```", SECTIONS[name], re.MULTILINE | re.DOTALL)
    (compare,) = tomllib.loads(block)["compare"]
    column = compare.pop("column", None)
    left, right = compare.pop("left", column), compare.pop("right", column)
    comparison = Comparison(compare.pop("field"), compare.pop("kind"), left, right, compare)
    return kind_of(comparison), comparison


def options_listed(name):
    return dict(
        re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\| .+ \|$", SECTIONS[name].split("| level |")[0], re.MULTILINE)
    )


def options_known(name, **options):
    """The options that the kind takes, as its refusal of another one tells."""
    with pytest.raises(SpecError) as refused:
        KINDS[name]({"colour": True, **options})
    return set(refused.value.known)


def test_every_kind_has_a_section_and_nothing_else_has():
    assert sorted(SECTIONS) == sorted(KINDS)


@every_kind
def test_the_example_is_accepted(name):
    _, comparison = shown(name)
    assert comparison.kind == name
    assert comparison.left
    assert comparison.right


@every_kind
def test_levels_and_sentences_are_those_of_the_example(name):
    kind, _ = shown(name)
    rows = re.findall(r"^\| `([\w.]+)` \| (.+) \| (.+) \|$", SECTIONS[name].split("| level |")[1], re.MULTILINE)
    assert rows == [(each.name, each.vi, each.en) for each in kind.levels]


@every_kind
def test_options_listed_are_the_ones_known(name):
    methods = [{"method": method} for method in ("string", "numeric", "date", "geo")]
    ways = methods if name == "recordlinkage" else [{}]
    known = set().union(*(options_known(name, **way) for way in ways))
    assert {*options_listed(name), "frequency"} == known


@every_kind
def test_defaults_listed_are_the_defaults(name):
    defaults = {
        option: tomllib.loads(f"value = {text}")["value"] for option, text in options_listed(name).items() if text
    }
    known = {
        option: value
        for option, value in defaults.items()
        if name != "recordlinkage" or option in ("method", "thresholds")
    }
    assert KINDS[name](known).levels == KINDS[name]({}).levels
    assert repr(KINDS[name](known)) == repr(KINDS[name]({}))
