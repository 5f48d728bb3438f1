"""A linkage's TOML is read strictly: what is there is what happens, and an error says where and what instead."""

import polars as pl
import pytest

from matching.engine import spec_check, spec_file
from matching.engine.model import Field, Model, Training
from matching.engine.spec import Cardinality, Comparison, Costs, Key, Limits, Rule
from matching.errors import SpecError

SMALL = """
[left]
id = "a"
[[compare]]
kind = "name"
column = "full_name"
"""
FULL = """
cardinality = "one-to-one"
seed = 7
[left]
id = "a"
[right]
id = "b"
[[compare]]
field = "name"
kind = "name"
left = "full_name"
right = "ho_ten"
frequency = false
[[compare]]
kind = "date"
column = "born"
[[block]]
on = ["number = person_id", "full_name:sorted"]
[[block]]
on = [{ left = "dc:title", right = "t=x", form = "words" }]
largest_block = 10
[costs]
false_link = 10
review = 0.2
[limits]
pairs_at_once = 1000
"""


def parsed(text, **options):
    return spec_file.parse(text, origin="x.toml", **options)


def refused(text, **options):
    with pytest.raises(SpecError) as caught:
        parsed(text, **options)
    return caught.value


def test_a_full_description_is_read_as_it_stands():
    spec = parsed(FULL)
    assert (spec.left_id, spec.right_id, spec.cardinality, spec.seed) == ("a", "b", Cardinality.ONE_TO_ONE, 7)
    assert spec.comparisons == (
        Comparison("name", "name", "full_name", "ho_ten", {"frequency": False}),
        Comparison("born", "date", "born", "born"),
    )
    assert spec.rules == (
        Rule((Key("number", "person_id"), Key("full_name", "full_name", "sorted"))),
        Rule((Key("dc:title", "t=x", "words"),), largest_block=10),
    )
    assert spec.costs == Costs(10, 1, 0.2)
    assert spec.limits == Limits(pairs_at_once=1000)


def test_what_is_not_given_has_its_default():
    spec = parsed(SMALL)
    assert (spec.right_id, spec.cardinality, spec.seed) == ("a", Cardinality.MANY_TO_ONE, 1)
    assert (spec.rules, spec.costs, spec.limits) == ((), Costs(), Limits())


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    file = tmp_path / "x.toml"
    file.write_text(SMALL, encoding="utf-8-sig")
    assert spec_file.read(file) == parsed(SMALL)


def test_a_file_that_is_not_utf8_is_a_sentence(tmp_path):
    file = tmp_path / "x.toml"
    file.write_bytes("[left]\nid = 'mã'\n".encode("utf-16"))
    with pytest.raises(SpecError, match="UTF-8"):
        spec_file.read(file)


WRONG = {
    "not TOML": ("[left\n", ("x.toml", "line 1")),
    "no id": (SMALL.replace('id = "a"', ""), ("[left]", "id", "missing")),
    "no comparison": ('[left]\nid = "a"\n', ("compare", "at least one")),
    "unknown table": (SMALL + "[cost]\nmiss = 1\n", ("x.toml, cost", "known: costs")),
    "unknown key of a side": (SMALL.replace('id = "a"', 'id = "a"\nname = "x"'), ("[left], name", "known: id")),
    "unknown kind": (SMALL.replace('"name"', '"nmae"'), ("[[compare]] 1, kind", '"nmae"', "known: name")),
    "unknown option": (SMALL + "fuzzy = 1\n", ("[[compare]] 1", "fuzzy", "known: frequency")),
    "mistyped key": (SMALL + 'feild = "x"\n', ("[[compare]] 1", "feild", "field")),
    "option of another type": (SMALL + "frequency = 3\n", ("[[compare]] 1", "frequency must be true or false")),
    "option that is a date": (SMALL + "frequency = 2020-01-01\n", ("[[compare]] 1, frequency", "true or false")),
    "column and left": (SMALL + 'left = "x"\n', ("[[compare]] 1, left", "not both")),
    "only one side": (SMALL.replace("column", "left"), ("[[compare]] 1, right", "missing")),
    "empty column": (SMALL.replace("full_name", " "), ("[[compare]] 1, column", "double quotes")),
    "field twice": (SMALL + '[[compare]]\nkind = "exact"\ncolumn = "full_name"\n', ("2, field", "already")),
    "field of the results": (SMALL + 'field = "bits"\n', ("1, field", "another name")),
    "field like the evidence of another": (SMALL + 'field = "name_bits"\n', ("1, field", "another name")),
    "compare as one table": (SMALL.replace("[[compare]]", "[compare]"), ("compare", "[[compare]]")),
    "side as a value": ("left = 1\n", ("left", "[left]")),
    "unknown form": (SMALL + '[[block]]\non = ["x:sorte"]\n', ("[[block]] 1, on", '"sorte"', "sorted")),
    "key without column": (SMALL + '[[block]]\non = [":year"]\n', ("[[block]] 1, on", "names no column")),
    "key that is a number": (SMALL + "[[block]]\non = [1]\n", ("[[block]] 1, on", "text")),
    "rule without keys": (SMALL + "[[block]]\non = []\n", ("[[block]] 1, on", "list")),
    "rule twice": (SMALL + '[[block]]\non = ["x"]\n' * 2, ("[[block]] 2, on", "remove it")),
    "two forms of several values": (
        SMALL + '[[block]]\non = ["x:words", "y:deletions"]\n',
        ("[[block]] 1, on", "x:words, y:deletions", "two [[block]]"),
    ),
    "unknown key of a rule": (SMALL + '[[block]]\nby = ["x"]\n', ("[[block]] 1, by", "known: on")),
    "unknown cardinality": ('cardinality = "1:1"\n' + SMALL, ("cardinality", '"1:1"', "one-to-one")),
    "cost of nothing": (SMALL + "[costs]\nmiss = 0\n", ("[costs], miss", "above 0")),
    "cost that is a text": (SMALL + '[costs]\nmiss = "1"\n', ("[costs], miss", "number")),
    "endless cost": (SMALL + "[costs]\nreview = inf\n", ("[costs], review", "number")),
    "limit that is a truth": (SMALL + "[limits]\nlargest_block = true\n", ("[limits], largest_block", "whole")),
    "seed beyond a machine's numbers": ("seed = 99999999999999999999\n" + SMALL, ("seed", "to 1000000000000")),
    "negative seed": ("seed = -1\n" + SMALL, ("seed", "from 0")),
    "dedupe as a cardinality": ('cardinality = "dedupe"\n' + SMALL, ("cardinality", "command `dedupe`")),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_description_is_refused_with_its_place_and_remedy(name):
    text, wanted = WRONG[name]
    error = refused(text)
    assert error.where.startswith("x.toml")
    for words in wanted:
        assert words in error.en
    assert error.vi != error.en


def test_dedupe_sets_its_own_cardinality():
    assert parsed(SMALL, is_dedupe=True).cardinality is Cardinality.DEDUPE


def test_dedupe_refuses_another_cardinality():
    assert "remove this key" in refused('cardinality = "one-to-one"\n' + SMALL, is_dedupe=True).en


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ('[right]\nid = "b"\n', "[right], id"),
        ('[[compare]]\nkind = "name"\nfield = "f"\nleft = "x"\nright = "y"\n', '[[compare]] "f"'),
        ('[[block]]\non = ["x = y"]\n', "[[block]] x"),
    ],
)
def test_dedupe_refuses_two_columns_for_one_thing(given, where):
    assert where in refused(SMALL + given, is_dedupe=True).where


SCHEMA = pl.Schema({"a": pl.String, "Full_Name": pl.String, "tags": pl.List(pl.String)})


def test_a_column_that_is_missing_is_told_with_the_near_ones():
    left = pl.Schema({"a": pl.String, "full_name": pl.String})
    with pytest.raises(SpecError, match=r'"full_name".*right table has no column "full_name" \(known: Full_Name'):
        spec_check.check_columns(parsed(SMALL), left, SCHEMA, origin="x.toml")


def test_a_missing_column_of_a_rule_names_the_rule():
    left = pl.Schema({"a": pl.String, "full_name": pl.String})
    spec = parsed(SMALL + '[[block]]\non = ["born:year"]\n')
    with pytest.raises(SpecError, match=r'\[\[block\]\] "born:year".*left table has no column "born"'):
        spec_check.check_columns(spec, left, pl.Schema({**left}), origin="x.toml")


def test_a_column_of_lists_is_refused():
    spec = parsed(SMALL.replace("full_name", "tags"))
    with pytest.raises(SpecError, match="the table holds lists"):
        spec_check.check_columns(spec, SCHEMA, SCHEMA, origin="x.toml")


def test_columns_that_are_there_pass():
    spec_check.check_columns(parsed(SMALL.replace("full_name", "Full_Name")), SCHEMA, SCHEMA, origin="x.toml")


def model_of(**fields):
    made = [
        Field(name, kind, levels, (0.1, 0.9), (0.9, 0.1), (0, 1), 0, 0, 0) for name, (kind, levels) in fields.items()
    ]
    return Model(tuple(made), 0.5, Training(1, True, ""))


EXACT = SMALL.replace('"name"', '"exact"')
LEVELS = ("different", "exact")


def test_a_model_of_the_same_comparisons_is_accepted():
    spec_check.check_model(parsed(EXACT), model_of(full_name=("exact", LEVELS)), origin="m.json")


@pytest.mark.parametrize(
    "model",
    [
        model_of(name=("exact", LEVELS)),
        model_of(full_name=("name", LEVELS)),
        model_of(full_name=("exact", LEVELS[::-1])),
        model_of(full_name=("exact", LEVELS), born=("exact", LEVELS)),
    ],
    ids=["another field", "another kind", "other levels", "one field more"],
)
def test_a_model_of_other_comparisons_is_refused(model):
    with pytest.raises(SpecError, match=r"(?s)m\.json.*anew"):
        spec_check.check_model(parsed(EXACT), model, origin="m.json")
