"""`set`: several values in one cell, in any order: authors, phone numbers, members of a household."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine.kinds.base import Kind, Level, codes
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import by_value, tidy
from matching.engine.kinds.weighted_words import Pairs
from matching.engine.spec import Option

_LEVELS = (
    Level("exact", "cùng các phần tử", "the same members", rarity=1.0),
    Level("contained", "một bên chứa đủ bên kia", "all members of one are among the other's", rarity=0.5),
    Level("half", "chung từ một nửa trở lên", "at least half of all members are shared", rarity=0.3),
    Level("shared", "có phần tử chung", "at least one member is shared"),
    Level("different", "không có phần tử chung", "no member is shared"),
)
_CODE = codes(_LEVELS)
_JSON_LIST = r'^\[ *(".*" *)?\]$'
"""A list of texts, as a cell of JSON is kept."""
_BETWEEN = "\x1f"
"""Stands between the members of a comparable value, as no text has it."""


@dataclass(frozen=True, slots=True)
class Members:
    """Levels of agreement of sets by how many members they share."""

    separators: str
    is_weighed_by_frequency: bool = True
    levels: tuple[Level, ...] = _LEVELS

    def value(self, raw: pl.Expr) -> pl.Expr:
        """The members in lower case, each once, in order."""
        return tidy(raw).map_batches(lambda values: by_value(values, self._sorted), pl.String, is_elementwise=True)

    def _sorted(self, text: pl.Expr) -> pl.Expr:
        between = rf" *[{re.escape(self.separators)}]+[{re.escape(self.separators)} ]*"
        listed = text.str.replace_all(r'" *, *"', _BETWEEN).str.strip_chars('[]" ')
        parted = (
            pl.when(text.str.contains(_JSON_LIST))
            .then(listed)
            .otherwise(text)
            .str.replace_all(between, _BETWEEN)
            .str.strip_chars(_BETWEEN + " ")
        )
        return pl.when(parted != "").then(parted.str.split(_BETWEEN).list.unique().list.sort().list.join(_BETWEEN))

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by counts of members."""
        found = Pairs.of(left, right).shared(_members)
        all_members = found.left + found.right - found.both
        code = np.select(
            [found.both == np.minimum(found.left, found.right), 2 * found.both >= all_members, found.both > 0],
            [_CODE["contained"], _CODE["half"], _CODE["shared"]],
            _CODE["different"],
        )
        return pl.Series(code, dtype=pl.Int8)


def _members(values: pl.Series) -> pl.DataFrame:
    rows = values.alias("word").to_frame().with_row_index("at")
    return rows.with_columns(pl.col("word").str.split(_BETWEEN)).explode("word")


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `separator` (";,": each of these marks parts members), `frequency` (true)."""
    read = Options("set", options, ("separator", "frequency"))
    separators = read.text("separator", ";,")
    if not separators.strip() or any(mark.isalnum() for mark in separators):
        raise read.wrong(
            "separator",
            "dấu, không phải chữ, số hay dấu cách",
            "one or more marks that are no letters, digits or spaces",
        )
    return Members(separators, is_weighed_by_frequency=read.flag("frequency", True))
