"""`text`: titles, descriptions, addresses: which share of their words two texts have in common, rare words first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from matching.engine.kinds.base import Kind, Level
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import tidy
from matching.engine.kinds.weighted_words import Pairs, Weights, words
from matching.engine.spec import Option

_THRESHOLDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Many, so that two candidates are seldom equally alike."""
_SAME = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Text:
    """Levels of agreement by the cosine of the texts' words, each weighed by how rare it is in both tables."""

    levels: tuple[Level, ...]
    thresholds: tuple[float, ...]
    weights: Weights
    is_weighed_by_frequency: bool = True

    def value(self, raw: pl.Expr) -> pl.Expr:
        """Lower case, composed, one space between words."""
        return tidy(raw)

    def fitted(self, left: pl.Series, right: pl.Series) -> Kind:
        """Knows how rare each word is."""
        texts = pl.concat([left.alias("text"), right.alias("text")])
        return replace(self, weights=Weights.by_rarity(texts, words))

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by cosine."""
        cosine = Pairs.of(left, right).shared(words, self.weights).cosine
        steps = np.array([*self.thresholds[::-1], _SAME])
        return pl.Series(np.searchsorted(steps, cosine, side="right") + 1, dtype=pl.Int8)


def _levels(thresholds: tuple[float, ...]) -> tuple[Level, ...]:
    return (
        Level("exact", "giống hệt", "equal", rarity=1.0),
        Level(
            "same_words", "cùng các từ, khác thứ tự hoặc dấu câu", "the same words, other order or marks", rarity=0.8
        ),
        *(_level(each) for each in thresholds),
        Level("different", "khác nhau", "different"),
    )


def _level(threshold: float) -> Level:
    percent = f"{threshold * 100:g}"
    vi = f"giống từ {percent.replace('.', ',')} % trở lên, từ hiếm tính nhiều hơn"
    return Level(f"alike_{percent}", vi, f"alike by {percent} % or more, rare words counting more")


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `thresholds` (shares of 1, from high to low), `frequency` (true)."""
    read = Options("text", options, ("thresholds", "frequency"))
    thresholds = read.shares("thresholds", _THRESHOLDS)
    is_weighed = read.flag("frequency", True)
    return Text(_levels(thresholds), thresholds, Weights.equal(), is_weighed_by_frequency=is_weighed)
