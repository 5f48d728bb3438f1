"""Pairs worth comparing out of blocking rules, each a key that both sides share.

A key that many entries share says little and would cost a lot, so it is cut by a further value that both sides give;
what is still oversize then is set aside and reported. How many pairs there are is told before any is compared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from matching.schemas import CANDIDATES

LARGEST_BLOCK = 300
"""Register entries behind one key; more are cut by a further value, or set aside."""


@dataclass(frozen=True, slots=True)
class Blocking:
    """A rule by name, with the key of each side: frames [profile, key...] and [target, key...]."""

    name: str
    left: pl.DataFrame
    right: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Finer:
    """Further values that cut oversize keys, one after the other, made of those rows only whose keys are."""

    profiles: pl.DataFrame
    register: pl.DataFrame
    made: Mapping[str, pl.Expr]
    """By name of the value what it is of a profile and of an entry: one value, or a list of them."""

    @property
    def values(self) -> list[str]:
        """Names of the values in the order in which they are added to the key."""
        return list(self.made)

    def cut(self, left: pl.DataFrame, right: pl.DataFrame, value: str) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both sides with a further value; who does not give it is in no finer block."""
        sides = ((left, self.profiles, "profile"), (right, self.register, "target"))
        one, two = (self._with(side, source, who, value) for side, source, who in sides)
        return one, two

    def _with(self, side: pl.DataFrame, source: pl.DataFrame, who: str, value: str) -> pl.DataFrame:
        asked = source.join(side.select(who).unique(), on=who, how="semi").select(who, self.made[value].alias(value))
        told = asked.explode(value) if asked.schema[value] == pl.List(pl.String) else asked
        return side.join(told.drop_nulls().unique(), on=who)


Report = Callable[[str], None]


def candidates(
    rules: Iterable[Blocking], *, finer: Finer | None = None, report: Report | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """CANDIDATES by any of the rules, each pair once; and [profile, target, rules]: how many rules found it."""
    found = [each for rule in rules for each in _pairs(rule, finer, report)]
    counted = pl.concat([CANDIDATES.to_frame(), *found]).group_by("profile", "target").agg(rules=pl.len())
    counted = counted.sort("profile", "target")
    if report:
        alone = int((counted["rules"] == 1).sum())
        report(f"{counted.height} cặp để so sánh · pairs to compare, {alone} theo một quy tắc · by one rule alone")
    return counted.select("profile", "target"), counted


def _pairs(rule: Blocking, finer: Finer | None, report: Report | None) -> list[pl.DataFrame]:
    key = [name for name in rule.left.columns if name != "profile"]
    left = rule.left.drop_nulls().unique()
    # Most entries share no key with tonight's profiles, so these go first.
    right = rule.right.drop_nulls().join(left.select(key).unique(), on=key, how="semi").unique()
    parts = []
    for value in (None, *(finer.values if finer else [])):
        if finer and value and value not in key:
            left, right = finer.cut(left, right, value)
            key = [*key, value]
        oversize = _oversize(right, key)
        parts.append(left.join(right.join(oversize, on=key, how="anti"), on=key).select("profile", "target").unique())
        if not oversize.height:
            return parts
        left, right = (side.join(oversize, on=key, how="semi") for side in (left, right))
    if report and left.height:
        keys, entries = left.select(key).n_unique(), right["target"].n_unique()
        report(f"{rule.name}: {keys} khóa để lại · keys set aside, {entries} mục · entries")
    return parts


def _oversize(right: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    return right.group_by(key).len("size").filter(pl.col("size") > LARGEST_BLOCK).select(key)
