"""The night before in tonight's numbers: which profiles and entries stand, what their pairs were found to be."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from matching.kept import ENTRIES, PROFILES, Kept
from matching.pairs import Before, Found, Marks
from matching.schemas import CANDIDATES

_PAIR = CANDIDATES.names()

Compare = Callable[[pl.DataFrame], pl.DataFrame]
"""CANDIDATES to the same with a code per field."""


class Levels:
    """The levels of pairs, each compared once: those known before stand."""

    def __init__(self, known: pl.DataFrame, compare: Compare) -> None:
        self._known, self._compare = known.with_columns(is_known=True), compare
        self._asked = [CANDIDATES.to_frame()]
        self.compared = 0
        """Pairs that were compared anew."""

    def of(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The pairs, which are sorted, with their levels."""
        self._asked.append(pairs.select(_PAIR))
        near = self._known.filter(pl.col("profile").is_between(pairs["profile"].min(), pairs["profile"].max()))
        told = pairs.join(near, on=_PAIR, how="left", maintain_order="left")
        missing = told.filter(pl.col("is_known").is_null()).select(_PAIR)
        if not missing.height:
            return told.drop("is_known")
        fresh = self._compare(missing).with_columns(is_known=True).select(self._known.columns)
        self.compared += fresh.height
        self._known = pl.concat([self._known, fresh.cast(self._known.schema)], rechunk=False)
        return pl.concat([told.drop_nulls("is_known"), fresh.cast(told.schema)]).sort(_PAIR).drop("is_known")

    def asked(self) -> pl.DataFrame:
        """The levels of all pairs that anybody asked for."""
        return self._known.drop("is_known").join(pl.concat(self._asked), on=_PAIR, how="semi")


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a night remembers of the one before, and the marks under which it will be remembered."""

    profiles: pl.DataFrame
    """[profile, mark]"""
    entries: pl.DataFrame
    """[target, mark]"""
    kept: Kept
    """In tonight's numbers: what stands of it."""

    @classmethod
    def of(cls, kept: Kept, profiles: pl.DataFrame, entries: pl.DataFrame) -> "Recalled":
        """What stands: rows of profiles and entries that have their mark alone, then and now; all that is prepared."""
        who, whom = _moved(kept.profiles, profiles, "profile"), _moved(kept.entries, entries, "target")
        there = who.with_columns(profile="now").select(PROFILES.names())
        here = whom.with_columns(target="now").select(ENTRIES.names())
        levels, parts = (_renumbered(each, who, whom) for each in (kept.levels, kept.parts))
        return cls(profiles, entries, replace(kept, profiles=there, entries=here, levels=levels, parts=parts))

    def before(self, asked: pl.DataFrame, repaired: pl.DataFrame) -> Before:
        """For blocking the profiles asked for tonight; repaired: [profile, repaired], the names to be tried of them."""
        then = self.kept.profiles.filter("is_blocked").join(asked, on="profile", how="semi")
        told = then.join(repaired, on="profile", how="left", suffix="_now")
        same = told.filter(pl.col("repaired").eq_missing(pl.col("repaired_now")))["profile"]
        standing, there = _marked(self.profiles["profile"], same), self.kept.entries["target"]
        return Before(self.kept.parts, self.kept.oversize, standing, _marked(self.entries["target"], there))

    def left(self, blocked: pl.DataFrame, repaired: pl.DataFrame, levels: Levels, found: Found) -> Kept:
        """What tonight leaves; blocked: the profiles that were, repaired: the names that were tried of them."""
        is_blocked = pl.col("profile").is_in(blocked["profile"].implode())
        profiles = self.profiles.join(repaired, on="profile", how="left", maintain_order="left")
        told = profiles.with_columns(is_blocked=is_blocked).select(PROFILES.names())
        entries = self.entries.select(ENTRIES.names())
        return Kept(told, entries, levels.asked(), found.parts, found.oversize, self.kept.prepared)


def _marked(numbers: pl.Series, some: pl.Series) -> Marks:
    """By number whether it is one of some."""
    highest = numbers.max()
    is_one = np.zeros(highest + 1 if isinstance(highest, int) else 0, dtype=bool)
    is_one[some.to_numpy()] = True
    return is_one


def _moved(then: pl.DataFrame, now: pl.DataFrame, who: str) -> pl.DataFrame:
    """The rows of then with the number that the same mark has `now`."""
    once = now.unique("mark", keep="none").select("mark", now=who)
    return then.unique("mark", keep="none").join(once, on="mark")


def _renumbered(pairs: pl.DataFrame, who: pl.DataFrame, whom: pl.DataFrame) -> pl.DataFrame:
    for each, moved in (("profile", who), ("target", whom)):
        pairs = pairs.join(moved.select(each, "now"), on=each).with_columns(pl.col("now").alias(each)).drop("now")
    return pairs
