"""`identifier`: numbers and codes of documents, one of which may be mistyped or have lost its zeros."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import polars_ds as pds

from matching.engine.kinds.base import Kind, Level, chosen, codes
from matching.engine.kinds.options import Options
from matching.engine.spec import Option

_LEVELS = (
    Level("exact", "trùng số", "the same number", rarity=1.0),
    Level("lost_zero", "mất số 0 ở đầu", "the same but for zeros lost at the beginning"),
    Level("transposed", "đảo hai chữ số cạnh nhau", "two neighbouring characters swapped"),
    Level("one_edit", "sai, thừa hoặc thiếu một chữ số", "one character wrong, missing or too many"),
    Level("two_edits", "sai hai chữ số", "two characters wrong"),
    Level("different", "khác nhau", "different"),
)
_CODE = codes(_LEVELS)
_SHORTEST = 5
"""Characters below which one edit is another number."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Levels of agreement of numbers."""

    is_weighed_by_frequency: bool = True
    levels: tuple[Level, ...] = _LEVELS

    def value(self, raw: pl.Expr) -> pl.Expr:
        """In capitals without separators; null where nothing is left."""
        return raw.cast(pl.String).map_batches(_bare, pl.String, is_elementwise=True)

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by edit distance."""
        pairs = pl.DataFrame({"left": left, "right": right})
        edits = pairs.select(pds.str_osa("left", "right", parallel=True)).to_series()
        # Numbers of one length have not lost a zero.
        is_near = (edits <= 2) | (pl.col("left").str.len_bytes() != pl.col("right").str.len_bytes())
        near = pairs.select(is_near).to_series().arg_true()
        found = pairs[near].with_columns(edits=edits.gather(near)).select(_level()).to_series()
        return pl.repeat(_CODE["different"], pairs.height, dtype=pl.Int8, eager=True).scatter(near, found)


def _bare(values: pl.Series) -> pl.Series:
    """The slow way only where a value is more than digits and capitals."""
    if values.str.contains(r"[^0-9A-Z]").any():
        values = values.str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
    return pl.select(pl.when(values != "").then(values)).to_series()


def _level() -> pl.Expr:
    bare = [pl.col(side).str.strip_chars_start("0") for side in ("left", "right")]
    is_long = pl.min_horizontal(pl.col("left", "right").str.len_chars()) >= _SHORTEST
    is_swap = pds.str_leven("left", "right", parallel=True) == 2
    cases = [
        ((bare[0] == bare[1]) & (bare[0] != ""), "lost_zero"),
        (is_long & (pl.col("edits") == 1) & is_swap, "transposed"),
        (is_long & (pl.col("edits") == 1), "one_edit"),
        (is_long & (pl.col("edits") == 2), "two_edits"),
    ]
    return chosen([(case, _CODE[name]) for case, name in cases])


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `frequency` (true)."""
    return Identifier(Options("identifier", options, ("frequency",)).flag("frequency", True))
