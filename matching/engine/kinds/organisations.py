"""`organisation`: names of enterprises, their legal form and the words that most of them share set apart."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import polars_ds as pds

from matching import keys
from matching.engine.kinds.base import Kind, Level, codes
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import tidy
from matching.engine.kinds.weighted_words import Pairs, plain_words
from matching.engine.spec import Option
from matching.standardise import names, organisations

_LEVELS = (
    Level("exact", "trùng tên, cả dấu", "equal, accents included", rarity=1.0),
    Level("unaccented", "trùng tên khi bỏ dấu", "equal but for accents and marks", rarity=0.9),
    Level("core", "trùng tên riêng", "the same but for legal form and common words", rarity=0.8),
    Level("near", "tên riêng sai một chữ cái", "the proper name with one slip", rarity=0.6),
    Level("subset", "tên riêng này nằm trong tên riêng kia", "all words of one proper name stand in the other"),
    Level("partial", "chung nửa số chữ của tên riêng", "half of the words of the proper names are shared"),
    Level("branch", "chỉ một bên là chi nhánh", "one of the two is a branch of such a name"),
    Level("different", "khác nhau", "different"),
)
_CODE = codes(_LEVELS)
_SHORTEST_FOR_A_SLIP = 5
"""Letters of a proper name below which one slip is another name."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Levels of agreement of the names of enterprises; a branch never equals its head office."""

    is_weighed_by_frequency: bool = True
    levels: tuple[Level, ...] = _LEVELS

    def value(self, raw: pl.Expr) -> pl.Expr:
        """Lower case, composed, one space between words."""
        return tidy(raw)

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by the forms of the distinct names."""
        pairs = Pairs.of(left, right)
        forms = _forms(pairs.distinct)
        found = Pairs(forms["core"], pairs.left, pairs.right).shared(plain_words)
        fewer, more = np.minimum(found.left, found.right), np.maximum(found.left, found.right)
        wide = pairs.forms(forms.select("key", "bare", "is_branch")).with_columns(
            is_subset=(found.both == fewer) & (fewer >= 2),
            is_partial=(2 * found.both >= more) & (found.both >= 1),
        )
        return wide.with_columns(is_near=_is_near(wide)).select(_level()).to_series()


def _forms(values: pl.Series) -> pl.DataFrame:
    """Of each name `key`, `core`, its letters as `bare`, and whether it `is_branch`."""
    read = names.forms(values).select("key", is_branch=pl.col("is_branch").fill_null(False))
    key = read["key"].fill_null(values)
    core = organisations.core(key).alias("core")
    return read.with_columns(key, core).with_columns(bare=keys.squeezed(pl.col("core")))


def _is_near(pairs: pl.DataFrame) -> pl.Series:
    """One edit between the letters of the cores, asked only where they are about as long."""
    length, length_2 = pairs["bare"].str.len_chars().cast(pl.Int32), pairs["bare_2"].str.len_chars().cast(pl.Int32)
    rows = (((length - length_2).abs() <= 1) & (length >= _SHORTEST_FOR_A_SLIP)).arg_true()
    edits = pairs.select("bare", "bare_2")[rows].select(pds.str_osa("bare", "bare_2", parallel=True)).to_series()
    return pl.repeat(False, pairs.height, dtype=pl.Boolean, eager=True).scatter(rows, edits <= 1)


def _level() -> pl.Expr:
    is_same, is_core = pl.col("key") == pl.col("key_2"), pl.col("bare") == pl.col("bare_2")
    cases = [(is_same, "unaccented"), (is_core, "core")]
    cases += [(pl.col(f"is_{name}"), name) for name in ("near", "subset", "partial")]
    alike = pl.coalesce(*(pl.when(case).then(pl.lit(_CODE[name], pl.Int8)) for case, name in cases))
    is_mixed = pl.col("is_branch") != pl.col("is_branch_2")
    capped = pl.when(is_mixed & alike.is_not_null()).then(pl.lit(_CODE["branch"], pl.Int8)).otherwise(alike)
    return capped.fill_null(_CODE["different"])


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `frequency` (true)."""
    return Organisation(Options("organisation", options, ("frequency",)).flag("frequency", True))
