"""Explanations of a linkage show the figures of the linkage, one by one and all at once."""

import polars as pl
import pytest

from matching.engine.explain import explain, explain_any, sentences
from matching.engine.link import dedupe, link
from matching.engine.one_pair import Tables, weighed
from matching.engine.spec import Cardinality
from matching.errors import PairError
from matching.explain import sentence
from tests.matching.engine import people

SPEC = people.spec()


@pytest.fixture(scope="module")
def tables():
    register = people.register()
    # Every tenth person stands twice, so that some candidates are rivals; every seventh lives elsewhere by now.
    twice = pl.concat([register, register.gather_every(10).with_columns(pl.col("id") + "x")])
    is_moved = pl.int_range(pl.len()) % 7 == 0
    moved = people.records(register).with_columns(place=pl.when(is_moved).then(pl.lit("99999")).otherwise("place"))
    return Tables(moved.lazy(), twice.lazy())


@pytest.fixture(scope="module")
def linked(tables):
    return link(tables.left, tables.right, SPEC)


def told(linked, pair, spec=SPEC):
    return explain(linked, spec, left_id=pair["left_id"], right_id=pair["right_id"])


def test_the_bits_of_the_fields_add_up_to_those_of_the_pair(linked):
    for pair in linked.pairs.iter_rows(named=True):
        assert sum(clue.bits for clue in told(linked, pair).clues) == pytest.approx(pair["bits"], abs=1e-4)


def test_start_clues_and_rivals_lead_to_the_probability_of_the_linkage(linked):
    for pair in linked.pairs.iter_rows(named=True):
        found = told(linked, pair)
        assert found.probability == pair["probability"]
        assert 1 / (1 + 2 ** -(found.odds + found.rivals)) == pytest.approx(pair["probability"], abs=1e-9)


def test_an_entry_that_stands_twice_has_a_rival_and_others_have_none(linked):
    records = linked.pairs.filter(pl.col("bits") > 20)
    rivals = {pair["left_id"]: told(linked, pair).rivals for pair in records.iter_rows(named=True)}
    doubled = records.filter(pl.col("right_id").str.ends_with("x"))["left_id"].to_list()
    assert doubled
    assert all((rivals[each] < -1) == (each in doubled) for each in rivals)


def test_a_blank_is_no_clue(linked):
    pair = linked.pairs.filter((pl.col("number") == 0) & (pl.col("bits") > 10)).row(0, named=True)
    assert "number" not in {clue.field for clue in told(linked, pair).clues}


def test_agreement_on_a_rarer_value_has_a_lower_frequency_and_more_bits(linked):
    equal = linked.pairs.filter(pl.col("name") == pl.col("name").max()).sort("name_bits")
    ends = [told(linked, equal.row(at, named=True)).clues[0] for at in (0, -1)]
    assert ends[0].bits < ends[1].bits
    assert (ends[0].frequency or 0) > (ends[1].frequency or 1)


def test_difference_has_no_frequency(linked):
    clues = [clue for pair in linked.pairs.iter_rows(named=True) for clue in told(linked, pair).clues]
    different = [each.frequency for each in clues if each.level == "different"]
    assert different
    assert set(different) == {None}


def test_the_sentences_of_all_pairs_are_those_of_each(linked):
    vi, en = sentences(linked.pairs, linked, SPEC)
    each = [sentence(told(linked, pair)) for pair in linked.pairs.iter_rows(named=True)]
    assert list(zip(vi, en, strict=True)) == [tuple(one) for one in each]


def test_no_pairs_have_no_sentences(linked):
    vi, en = sentences(linked.pairs.clear(), linked, SPEC)
    assert (len(vi), len(en)) == (0, 0)


def test_a_pair_that_did_not_come_near_cannot_be_explained(linked):
    with pytest.raises(PairError, match="nobody"):
        explain(linked, SPEC, left_id="nobody", right_id="P00000")


def test_two_records_of_one_table_are_explained_whichever_is_named_first():
    register = people.register()
    spec = people.spec(Cardinality.DEDUPE)
    found = dedupe(pl.concat([register, people.records(register)]).lazy(), spec)
    pair = found.pairs.row(0, named=True)
    turned = explain(found, spec, left_id=pair["right_id"], right_id=pair["left_id"])
    assert turned == told(found, pair, spec)


def test_a_pair_that_came_near_is_explained_as_the_linkage_weighed_it(linked, tables):
    pair = linked.pairs.row(5, named=True)
    ids = {"left_id": pair["left_id"], "right_id": pair["right_id"]}
    assert explain_any(linked, SPEC, tables, **ids) == explain(linked, SPEC, **ids)


def test_weighing_a_single_pair_gives_what_the_linkage_gave_it(linked, tables):
    for pair in linked.pairs.gather_every(40).iter_rows(named=True):
        alone = weighed(tables, SPEC, linked.model, left_id=pair["left_id"], right_id=pair["right_id"])
        assert alone.row(0, named=True) == {name: pair[name] for name in alone.columns}


def test_a_pair_that_never_came_near_is_weighed_and_seen_alone(linked, tables):
    with pytest.raises(PairError):
        explain(linked, SPEC, left_id="RP00000", right_id="P00301")
    told = explain_any(linked, SPEC, tables, left_id="RP00000", right_id="P00301")
    assert told.is_alone
    assert {clue.field for clue in told.clues} == set(people.FIELDS)
    assert told.odds < 0
    assert told.probability == pytest.approx(1 / (1 + 2**-told.odds))


@pytest.mark.parametrize("ids", [("nobody", "P00301"), ("RP00000", "nobody")])
def test_an_id_that_no_table_has_cannot_be_explained(linked, tables, ids):
    with pytest.raises(PairError):
        explain_any(linked, SPEC, tables, left_id=ids[0], right_id=ids[1])
