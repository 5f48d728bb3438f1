"""Levels by name: what a kind says of two values as they stand in files."""

import polars as pl
import pytest

from matching.engine import compare
from matching.engine.kinds import KINDS


def comparable(kind, raw):
    """The values that a kind makes of texts."""
    return pl.Series("raw", raw, pl.String).to_frame().select(kind.value(pl.col("raw"))).to_series()


def levels(kind_name, pairs, seen=(), **options):
    """The level of each pair, "blank" where a side says nothing; `seen` are further values of the tables."""
    kind = KINDS[kind_name](options)
    left, right = (comparable(kind, list(side)) for side in zip(*pairs, strict=True))
    fitted = kind.fitted(pl.concat([left, comparable(kind, list(seen))]), right)
    named = ["blank", *(each.name for each in reversed(kind.levels))]
    return [named[code] for code in compare.coded(left, right, fitted)]


@pytest.fixture
def levels_of():
    """Levels of many pairs at once."""
    return levels


@pytest.fixture
def level_of():
    """The level of one pair."""

    def level(kind_name, left, right, **options):
        return levels(kind_name, [(left, right)], **options)[0]

    return level


@pytest.fixture
def values_of():
    """The comparable values of texts."""

    def values(kind_name, *raw, **options):
        return comparable(KINDS[kind_name](options), list(raw)).to_list()

    return values
