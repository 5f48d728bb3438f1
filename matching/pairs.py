"""Pairs worth comparing out of blocking rules, each a key that both sides share.

A key that many entries share says little and would cost a lot, so it is cut by a further value that both sides give;
what is still oversize then is set aside and reported. How many pairs there are is told before any is compared.
"""

from collections.abc import Callable, Iterable
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
    """Further values that cut oversize keys, one after the other: [profile, value...] and [target, value...]."""

    left: pl.DataFrame
    right: pl.DataFrame

    @property
    def values(self) -> list[str]:
        """Names of the values in the order in which they are added to the key."""
        return self.left.columns[1:]


Report = Callable[[str], None]


def candidates(
    rules: Iterable[Blocking], *, finer: Finer | None = None, report: Report | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """CANDIDATES by any of the rules, each pair once; and [profile, target, rules]: how many rules found it."""
    found = [each for rule in rules for each in _pairs(rule, finer, report)]
    counted = pl.concat([CANDIDATES.to_frame(), *found]).group_by("profile", "target").agg(rules=pl.len())
    counted = counted.sort("profile", "target")
    if report:
        report(
            f"blocking: {counted.height} pairs to compare, {(counted['rules'] == 1).sum()} of them by one rule alone"
        )
    return counted.select("profile", "target"), counted


def _pairs(rule: Blocking, finer: Finer | None, report: Report | None) -> list[pl.DataFrame]:
    key = [name for name in rule.left.columns if name != "profile"]
    left, right = rule.left.drop_nulls().unique(), rule.right.drop_nulls().unique()
    right = right.join(left.select(key).unique(), on=key, how="semi")
    parts = []
    for value in (None, *(finer.values if finer else [])):
        if finer and value and value not in key:
            left, right = (_with(side, values, value) for side, values in ((left, finer.left), (right, finer.right)))
            key = [*key, value]
        oversize = _oversize(right, key)
        parts.append(left.join(right.join(oversize, on=key, how="anti"), on=key).select("profile", "target").unique())
        if not oversize.height:
            return parts
        left, right = (side.join(oversize, on=key, how="semi") for side in (left, right))
    if report and left.height:
        keys, entries = left.select(key).n_unique(), right["target"].n_unique()
        report(f"blocking rule {rule.name}: {keys} keys set aside, shared by {entries} entries")
    return parts


def _oversize(right: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    return right.group_by(key).len("size").filter(pl.col("size") > LARGEST_BLOCK).select(key)


def _with(side: pl.DataFrame, values: pl.DataFrame, value: str) -> pl.DataFrame:
    """The side with a further value; who does not give it is in no finer block."""
    who = side.columns[0]
    return side.join(values.select(who, value).drop_nulls().unique(), on=who)
