"""What a kind of comparison is: how a column becomes comparable values, and the levels that two values may reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import polars as pl

from matching.engine.spec import Option

if TYPE_CHECKING:
    from matching.engine.kinds.weighted_words import Pairs

BLANK = 0
"""The code of a pair where a side says nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of agreement, told in Vietnamese and English."""

    name: str
    vi: str
    en: str
    rarity: float = 0.0
    """Which share of the value's rarity counts: 1 for equality of a value weighed by frequency."""


class Kind(Protocol):
    """A comparison with its options; `levels` from best to worst, the first is equality of values.

    The code of a level is its place from the end: the worst has 1, equality `len(levels)`; 0 is `BLANK`.
    """

    @property
    def levels(self) -> tuple[Level, ...]:
        """From best (equal values) to worst."""

    @property
    def is_weighed_by_frequency(self) -> bool:
        """Whether agreement on a rare value says more."""

    def value(self, raw: pl.Expr) -> pl.Expr:
        """The comparable value of a text column; null where it says nothing. Cheap: every row passes it."""

    def fitted(self, left: pl.Series, right: pl.Series) -> "Kind":
        """The kind once it has seen the values of both tables."""

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes (Int8) of pairs of unequal values, none of them null."""


@runtime_checkable
class ByDistinct(Protocol):
    """A kind that compares letters: it looks at each distinct value once, and is asked last."""

    def level_of(self, pairs: "Pairs") -> pl.Series:
        """Codes (Int8) of pairs of unequal values."""


class KindFactory(Protocol):
    """Makes a kind of the options of a comparison; UnknownOptionError for an option it does not know."""

    def __call__(self, options: Mapping[str, Option]) -> Kind:
        """The kind with these options."""


def codes(levels: tuple[Level, ...]) -> dict[str, int]:
    """Code by name of level."""
    return {level.name: len(levels) - place for place, level in enumerate(levels)}


def chosen(cases: list[tuple[pl.Expr, int]], otherwise: int = 1) -> pl.Expr:
    """The code of the first case that holds."""
    picked = [pl.when(condition).then(pl.lit(code, pl.Int8)) for condition, code in cases]
    return pl.coalesce(*picked, pl.lit(otherwise, pl.Int8))
