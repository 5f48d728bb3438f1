"""Blocking rules for whoever names none: the loosest that the data can bear, no field needed by all of them.

Every form of every compared column is counted, alone and in pairs of two columns; a rule may make a few pairs for each
record. Of the rules over the same columns the loosest stays, so that few matches are lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import polars as pl

from matching.engine import keys
from matching.engine.spec import Comparison, Key, Rule, Spec
from matching.errors import SpecError

_FORMS = {
    "exact": ("value",),
    "identifier": ("bare",),
    "name": ("sorted", "consonants", "first_word", "last_word", "first3"),
    "organisation": ("words",),
    "text": ("words",),
    "date": ("bare", "month_day", "year", "weeks"),
    "number": ("value", "about"),
    "phonetic": ("consonants",),
    "place": ("bare",),
    "set": ("words",),
}
"""Forms worth blocking on, by kind of comparison."""
_SAMPLE = 1_000_000
_PAIRS_A_RECORD = 8.0
"""Candidates that one rule may make for each record of both tables."""
_ALL_PAIRS_A_RECORD = 60.0
"""Candidates that all rules together may make for each record."""
_FEW_PAIRS = 4_000_000
"""Tables that make no more pairs than this are compared whole; and so many pairs all rules may make at any rate."""
_MOST_RULES = 20
_TELLING = ("words",)
"""Forms of several values that may be a key alone: a rare word tells, a week does not."""
_RARE_WORD_PAIRS = 2_000
"""A word that makes more pairs says too little to be a key."""
_SEED = 3


@dataclass(frozen=True, slots=True)
class _Counted:
    rule: Rule
    fields: frozenset[str]
    pairs: float


def choose(left: pl.LazyFrame, right: pl.LazyFrame, spec: Spec) -> tuple[Rule, ...]:
    """The rules; SpecError where no compared column can serve."""
    mine, theirs = _sampled(left, spec, is_left=True), _sampled(right, spec, is_left=False)
    if mine.height * theirs.height <= _FEW_PAIRS:
        return (Rule((), largest_block=_FEW_PAIRS),)
    rows = mine.height + theirs.height
    counted = [each for each in _candidates(mine, theirs, spec) if each.pairs > 0]
    in_all = max(_ALL_PAIRS_A_RECORD * rows, _FEW_PAIRS)
    for most in (max(_PAIRS_A_RECORD * rows, in_all / 4) / 2**step for step in range(8)):
        chosen = _loosest([each for each in counted if each.pairs <= most])
        if chosen and sum(each.pairs for each in chosen) <= in_all:
            return tuple(each.rule for each in chosen)
    if not counted and (rules := _whatever(spec)):
        return rules
    vi = "không quy tắc chọn cặp nào hợp với dữ liệu; hãy nêu quy tắc"
    raise SpecError("[[block]]", "no rule fits these tables; name some", tuple(keys.FORMS), vi=vi)


def _whatever(spec: Spec) -> tuple[Rule, ...]:
    """For tables that say one thing over and over: rules whose blocks will be cut, set aside and reported."""
    return tuple(_rule((each, forms[0])) for each in spec.comparisons if (forms := _FORMS.get(each.kind, ())))


def _loosest(counted: Sequence[_Counted]) -> list[_Counted]:
    """Over each set of columns the rule that makes the most pairs, and none that another one contains."""
    loosest: dict[frozenset[str], _Counted] = {}
    for each in sorted(counted, key=lambda each: (-each.pairs, each.rule.name)):
        loosest.setdefault(each.fields, each)
    alone = [each for each in loosest.values() if len(each.fields) == 1]
    atoms = {key for each in alone for key in each.rule.keys}
    both = [each for each in loosest.values() if len(each.fields) == 2 and not atoms & set(each.rule.keys)]
    return [*alone, *both][:_MOST_RULES]


def _sampled(source: pl.LazyFrame, spec: Spec, *, is_left: bool) -> pl.DataFrame:
    names = [each.left if is_left else each.right for each in spec.comparisons]
    columns = list(dict.fromkeys(names))
    own_id = spec.left_id if is_left else spec.right_id
    # Longer than any name of a column, so it is none of them.
    order = "".join(columns) + " order"
    rows = source.select(pl.col(own_id).cast(pl.String).hash(_SEED).alias(order), *columns).collect()
    if rows.height > _SAMPLE:
        rows = rows.bottom_k(_SAMPLE, by=order)
    return rows.select(columns).cast(pl.String)


def _candidates(mine: pl.DataFrame, theirs: pl.DataFrame, spec: Spec) -> Iterator[_Counted]:
    """Every form of every column alone and with one of another column; of two one at most has several values.

    Blocks that are too large, of placeholders say, are not counted: they will be cut or set aside.
    """
    largest = spec.limits.largest_block
    atoms = [(each, name) for each in spec.comparisons for name in _FORMS.get(each.kind, ())]
    single = {atom: _hashes(mine, theirs, *atom) for atom in atoms if atom[1] not in keys.SEVERAL}
    several = {atom: _spread(mine, theirs, *atom) for atom in atoms if atom[1] in keys.SEVERAL}
    for atom, hashes in single.items():
        yield _Counted(_rule(atom), frozenset((atom[0].field,)), _pairs(*hashes, largest=largest))
    for atom, spread in several.items():
        if atom[1] not in _TELLING:
            continue
        rule = replace(_rule(atom), largest_block=_RARE_WORD_PAIRS)
        counted = _pairs(*(side["k"] for side in spread), largest=_RARE_WORD_PAIRS)
        yield _Counted(rule, frozenset((atom[0].field,)), counted)
    for one, two in combinations(single, 2):
        if one[0].field != two[0].field:
            both = [_mixed(a, b) for a, b in zip(single[one], single[two], strict=True)]
            yield _Counted(_rule(one, two), frozenset((one[0].field, two[0].field)), _pairs(*both, largest=largest))
    for one, two in product(single, several):
        if one[0].field != two[0].field:
            sides = zip(single[one], several[two], strict=True)
            both = [_mixed(hashes.gather(spread["row"]), spread["k"]) for hashes, spread in sides]
            yield _Counted(_rule(one, two), frozenset((one[0].field, two[0].field)), _pairs(*both, largest=largest))


def _mixed(one: pl.Series, two: pl.Series) -> pl.Series:
    return (
        pl.DataFrame({"one": one, "two": two}).select(pl.col("one") * pl.lit(31, pl.UInt64) + pl.col("two")).to_series()
    )


def _rule(*atoms: tuple[Comparison, str]) -> Rule:
    return Rule(tuple(Key(each.left, each.right, name) for each, name in atoms))


def _hashes(mine: pl.DataFrame, theirs: pl.DataFrame, each: Comparison, name: str) -> tuple[pl.Series, pl.Series]:
    rule = _rule((each, name))
    return (
        mine.select(keys.scalar_key(rule, [each.left]).alias("k")).to_series(),
        theirs.select(keys.scalar_key(rule, [each.right]).alias("k")).to_series(),
    )


def _spread(mine: pl.DataFrame, theirs: pl.DataFrame, each: Comparison, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    rule = _rule((each, name))
    left, right = (
        keys.several_keys(frame.select(text=column).with_row_index("row"), rule, ["text"])
        for frame, column in ((mine, each.left), (theirs, each.right))
    )
    return left, right


def _pairs(mine: pl.Series, theirs: pl.Series, *, largest: int) -> float:
    counts = _count(mine, "mine").join(_count(theirs, "theirs"), on="k")
    pairs = counts.select(pl.col("mine").cast(pl.Float64) * pl.col("theirs")).to_series()
    return float(pairs.filter(pairs <= largest).sum())


def _count(values: pl.Series, name: str) -> pl.DataFrame:
    return values.drop_nulls().alias("k").value_counts(name=name)
