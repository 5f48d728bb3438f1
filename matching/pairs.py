"""Pairs worth comparing out of blocking rules, each a key that both sides share.

A key that many entries share says little and would cost a lot, so it is cut by a further value that both sides give;
what is still oversize then is set aside and reported. How many pairs there are is told before any is compared.

Where the night before is known, its pairs stand for whoever has not changed on either side; a profile is looked up anew
where a key of it has become oversize, or has ceased to be.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

LARGEST_BLOCK = 300
"""Register entries behind one key; more are cut by a further value, or set aside."""

PARTS = pl.Schema({"profile": pl.UInt32, "target": pl.UInt32, "rule": pl.UInt16, "level": pl.UInt8})
"""Pairs by the rule that made them, and by how many values its key was cut."""
OVERSIZE = pl.Schema({"rule": pl.UInt16, "level": pl.UInt8, "key": pl.String})
"""Keys that profiles have and that too many entries share."""

Marks = NDArray[np.bool_]


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


@dataclass(frozen=True, slots=True)
class Before:
    """What blocking gave the night before, in tonight's numbers."""

    parts: pl.DataFrame
    """PARTS of profiles that stand, with entries that stand."""
    oversize: pl.DataFrame
    profiles: Marks
    """By profile: whether it was blocked that night, with the same keys."""
    targets: Marks
    """By target: whether the entry was there that night, with the same keys."""


@dataclass(frozen=True, slots=True)
class Found:
    """What blocking gives."""

    parts: pl.DataFrame
    oversize: pl.DataFrame
    counted: pl.DataFrame
    """[profile, target, rules]: how many rules found each pair."""

    @property
    def pairs(self) -> pl.DataFrame:
        """CANDIDATES, each once."""
        return self.counted.select("profile", "target")


Report = Callable[[str], None]


def candidates(
    rules: Iterable[Blocking], *, finer: Finer | None = None, report: Report | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """CANDIDATES by any of the rules, each pair once; and [profile, target, rules]: how many rules found it."""
    found = blocked(rules, finer=finer, report=report)
    return found.pairs, found.counted


def blocked(
    rules: Iterable[Blocking],
    *,
    finer: Finer | None = None,
    report: Report | None = None,
    before: Before | None = None,
) -> Found:
    """The pairs of all rules: made anew, or as they were `before` where nothing changed; the same either way."""
    parts, oversize = [PARTS.to_frame()], [OVERSIZE.to_frame()]
    for at, rule in enumerate(rules):
        for level, (pairs, keys) in enumerate(_of_rule(rule, finer, report, _Former.of(before, at))):
            place = {"rule": pl.lit(at, pl.UInt16), "level": pl.lit(level, pl.UInt8)}
            parts.append(pairs.with_columns(**place))
            oversize.append(keys.select(**place, key="key"))
    made = pl.concat(parts)
    counted = made.group_by("profile", "target").agg(rules=pl.len()).sort("profile", "target")
    if report:
        alone = int((counted["rules"] == 1).sum())
        report(f"{counted.height} cặp để so sánh · pairs to compare, {alone} theo một quy tắc · by one rule alone")
    return Found(made, pl.concat(oversize), counted)


@dataclass(slots=True)
class _Former:
    """What one rule gave the night before, and for whom it still stands."""

    parts: pl.DataFrame
    oversize: pl.DataFrame
    profiles: Marks
    targets: Marks

    @classmethod
    def of(cls, before: Before | None, rule: int) -> "_Former | None":
        """None where nothing is known."""
        if before is None:
            return None
        parts, oversize = (each.filter(pl.col("rule") == rule) for each in (before.parts, before.oversize))
        return cls(parts, oversize, before.profiles.copy(), before.targets)

    def turned(self, left: pl.DataFrame, oversize: pl.Series, key: list[str], level: int) -> None:
        """From this level on nothing stands of whom a key has become oversize, or has ceased to be."""
        then = self.oversize.filter(pl.col("level") == level)["key"]
        ceased, became = then.is_in(oversize.implode()), oversize.is_in(then.implode())
        turned = pl.concat([then.filter(~ceased), oversize.filter(~became)])
        if len(turned):
            self.profiles[left.filter(_text(left, key).is_in(turned.implode()))["profile"].to_numpy()] = False

    def pairs(self, left: pl.DataFrame, right: pl.DataFrame, key: list[str], level: int) -> pl.DataFrame:
        """CANDIDATES of this level: as they were, and of whoever is new on either side."""
        stands = pl.Series(self.profiles[left["profile"].to_numpy()])
        fresh = right.filter(pl.Series(~self.targets[right["target"].to_numpy()]))
        kept = self.parts.filter(pl.col("level") == level).select("profile", "target")
        kept = kept.filter(pl.Series(self.profiles[kept["profile"].to_numpy()]))
        anew = [_pairs(left.filter(~stands), right, key), _pairs(left.filter(stands), fresh, key)]
        return pl.concat([kept, *anew])


def _of_rule(
    rule: Blocking, finer: Finer | None, report: Report | None, former: _Former | None
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """For each level CANDIDATES, each once, and the oversize keys, as they are and as one text `key`."""
    key = [name for name in rule.left.columns if name != "profile"]
    left = rule.left.drop_nulls().unique()
    # Most entries share no key with tonight's profiles, so these go first.
    right = rule.right.drop_nulls().join(left.select(key).unique(), on=key, how="semi").unique()
    for level, value in enumerate((None, *(finer.values if finer else []))):
        if finer and value and value not in key:
            left, right = finer.cut(left, right, value)
            key = [*key, value]
        oversize = _oversize(right, key)
        small = right.join(oversize, on=key, how="anti")
        if former:
            former.turned(left, oversize["key"], key, level)
        yield former.pairs(left, small, key, level) if former else _pairs(left, small, key), oversize
        if not oversize.height:
            return
        left, right = (side.join(oversize, on=key, how="semi") for side in (left, right))
    if report and left.height:
        keys, entries = left.select(key).n_unique(), right["target"].n_unique()
        report(f"{rule.name}: {keys} khóa để lại · keys set aside, {entries} mục · entries")


def _pairs(left: pl.DataFrame, right: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    return left.join(right, on=key).select("profile", "target").unique()


def _oversize(right: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    keys = right.group_by(key).len("size").filter(pl.col("size") > LARGEST_BLOCK).select(key)
    return keys.with_columns(key=_text(keys, key))


def _text(rows: pl.DataFrame, key: list[str]) -> pl.Series:
    return rows.select(pl.concat_str(pl.col(key).cast(pl.String), separator="\x1f")).to_series()
