"""What holds of every kind, whatever it compares."""

import polars as pl
import pytest

from matching.engine import compare
from matching.engine.kinds import KINDS, kind_of
from matching.engine.spec import Comparison
from matching.errors import SpecError

PEOPLE = "Nguyễn Văn Hùng; Nguyen Van Hung; Nguyễn Văn Hưng; N. V. Hùng; Trần Thị Lan; Lan; Hùng Nguyễn Văn"
TEXTS = "Sony Bravia KDL-40V2500; sony kdl40v2500 tv; panasonic tv; tv, panasonic; bravia sony tv lcd"
FIRMS = (
    "Công ty TNHH Minh Anh; CTY TNHH MINH ANH; Chi nhánh Công ty TNHH Minh Anh; Công ty Cổ phần Sao Việt Đỏ; Sao Việt"
)
VALUES = {
    "exact": ["a", "b", "A", "c"],
    "name": PEOPLE.split("; "),
    "date": ["1990-05-03", "03/05/1990", "05/03/1990", "1990", "05/1990", "1990-05-04", "2001-01-01"],
    "identifier": ["079090012345", "79090012345", "079090012354", "079090012344", "1", "AB 12345"],
    "text": TEXTS.split("; "),
    "organisation": FIRMS.split("; "),
    "number": ["100", "100.05", "104", "1,299.00", "119", "-5"],
    "place": ["26740", "Phường Bến Nghé, Quận 1, TP Hồ Chí Minh", "79", "01", "00004", "Tỉnh Đồng Nai"],
    "set": ["a; b", "b, a, c", "a", "d", "c; d; e"],
    "phonetic": ["Sơn", "Xơn", "Xon", "Smith", "Smyth", "Giang"],
    "recordlinkage": ["martha", "marhta", "b", "mart"],
}
every_kind = pytest.mark.parametrize("name", KINDS)


def all_pairs(name):
    """The fitted kind, and every pair of its values."""
    kind = KINDS[name]({})
    raw = pl.Series("raw", VALUES[name])
    values = raw.to_frame().select(kind.value(pl.col("raw"))).to_series()
    places = [(one, two) for one in range(len(raw)) for two in range(len(raw))]
    left, right = (values.gather([pair[side] for pair in places]) for side in (0, 1))
    return kind.fitted(values, values), left, right


def test_the_values_of_these_tests_cover_every_kind():
    assert set(VALUES) == set(KINDS)


@every_kind
def test_levels_have_names_and_sentences_in_both_languages_each_once(name):
    told = [(each.name, each.vi, each.en) for each in KINDS[name]({}).levels]
    assert all(all(words) for words in told)
    assert all(len(set(column)) == len(told) for column in zip(*told, strict=True))


@every_kind
def test_equality_is_first_and_a_difference_last(name):
    levels = KINDS[name]({}).levels
    assert (levels[0].name, levels[-1].name) == ("exact", "different")


@every_kind
def test_a_better_level_never_counts_less_of_a_values_rarity(name):
    rarities = [each.rarity for each in KINDS[name]({}).levels]
    assert rarities == sorted(rarities, reverse=True)
    assert rarities[0] == 1.0


@every_kind
def test_swapped_sides_reach_the_same_level(name):
    kind, left, right = all_pairs(name)
    assert compare.coded(left, right, kind).equals(compare.coded(right, left, kind))


@every_kind
def test_pairs_alone_reach_the_level_that_they_reach_together(name):
    kind, left, right = all_pairs(name)
    together = compare.coded(left, right, kind).to_list()
    alone = [compare.coded(left[at : at + 1], right[at : at + 1], kind)[0] for at in range(len(left))]
    assert alone == together


@every_kind
def test_other_order_of_the_pairs_changes_nothing(name):
    kind, left, right = all_pairs(name)
    backward = compare.coded(left.reverse(), right.reverse(), kind).reverse()
    assert backward.equals(compare.coded(left, right, kind))


@every_kind
def test_seen_in_another_order_the_values_are_compared_alike(name):
    kind, left, right = all_pairs(name)
    other = KINDS[name]({}).fitted(right.reverse(), left.reverse())
    same = KINDS[name]({}).fitted(left, right)
    assert compare.coded(left, right, other).equals(compare.coded(left, right, same))
    assert kind.levels == other.levels


@every_kind
def test_no_pairs_have_no_levels(name):
    kind, left, right = all_pairs(name)
    found = kind.level(left.clear(), right.clear())
    assert found.is_empty()
    assert found.dtype == pl.Int8


@every_kind
def test_blank_values_say_nothing(name):
    kind = KINDS[name]({})
    made = pl.Series("raw", [None, "", "  "], pl.String).to_frame().select(kind.value(pl.col("raw"))).to_series()
    assert made.null_count() == 3


@every_kind
def test_tables_without_values_can_be_seen(name):
    kind = KINDS[name]({})
    raw = pl.Series("raw", [None], pl.String)
    nothing = raw.to_frame().select(kind.value(pl.col("raw"))).to_series()
    _, left, right = all_pairs(name)
    found = kind.fitted(nothing, nothing.clear()).level(left.head(1), right.tail(1))
    assert 1 <= found[0] < len(kind.levels)


@every_kind
def test_levels_of_unequal_values_lie_between_the_worst_and_equality(name):
    kind, left, right = all_pairs(name)
    unequal = (left != right).fill_null(False)
    found = kind.level(left.filter(unequal), right.filter(unequal))
    assert found.is_between(1, len(kind.levels) - 1).all()
    assert found.n_unique() > 1 or len(kind.levels) == 2


@every_kind
def test_an_unknown_option_is_refused_with_the_known_ones(name):
    with pytest.raises(SpecError, match="unknown option colour") as refused:
        KINDS[name]({"colour": True})
    assert "frequency" in refused.value.known


@every_kind
def test_frequency_can_be_left_out_of_account(name):
    assert not KINDS[name]({"frequency": False}).is_weighed_by_frequency


@every_kind
def test_an_option_of_another_type_is_refused(name):
    with pytest.raises(SpecError, match="frequency must be true or false"):
        KINDS[name]({"frequency": "yes"})


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(SpecError, match="unknown kind smell") as refused:
        kind_of(Comparison("name", "smell", "name", "name"))
    assert refused.value.known == tuple(KINDS)
