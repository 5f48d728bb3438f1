"""`phonetic`: names and words that sound alike, for what was written down from hearing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from matching.engine import keys
from matching.engine.kinds.base import Kind, Level, chosen, codes
from matching.engine.kinds.options import Options
from matching.engine.kinds.sounds import sound
from matching.engine.kinds.text_values import tidy
from matching.engine.kinds.weighted_words import Pairs
from matching.engine.spec import Option
from matching.standardise.name_words import words_of

_LEVELS = (
    Level("exact", "trùng cả dấu", "equal, accents included", rarity=1.0),
    Level("same_sound", "nghe giống nhau, cả thanh điệu", "the same sound, tones included", rarity=0.8),
    Level("toneless", "nghe giống nhau khi bỏ dấu", "the same sound once accents are left out", rarity=0.6),
    Level("different", "nghe khác nhau", "another sound"),
)
_CODE = codes(_LEVELS)
_VIETNAMESE = {"auto": None, "vi": True, "other": False}


@dataclass(frozen=True, slots=True)
class Phonetic:
    """Levels of agreement by sound, each distinct word heard once."""

    language: str = "auto"
    is_weighed_by_frequency: bool = True
    levels: tuple[Level, ...] = _LEVELS

    def value(self, raw: pl.Expr) -> pl.Expr:
        """Lower case, composed, one space between words."""
        return tidy(raw)

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by the sounds of the distinct values."""
        pairs = Pairs.of(left, right)
        same = [pl.col(name) == pl.col(f"{name}_2") for name in ("whole", "toneless")]
        code = chosen(list(zip(same, (_CODE["same_sound"], _CODE["toneless"]), strict=True)))
        return pairs.forms(self._sounds(pairs.distinct)).select(code).to_series()

    def _sounds(self, values: pl.Series) -> pl.DataFrame:
        """`whole`, with tones, and `toneless`, of the text without accents; hashed, as only equality is asked."""
        heard = partial(sound, is_vietnamese=_VIETNAMESE[self.language])
        spaced = values.str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ").str.strip_chars()
        plain = spaced.to_frame("text").select(keys.unaccented(pl.col("text"))).to_series()
        forms = {"whole": spaced, "toneless": plain}
        return pl.DataFrame({name: words_of(text).rewritten(heard).joined().hash() for name, text in forms.items()})


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `language` ("auto", "vi", "other"), `frequency` (true)."""
    read = Options("phonetic", options, ("language", "frequency"))
    language = read.choice("language", "auto", tuple(_VIETNAMESE))
    return Phonetic(language, is_weighed_by_frequency=read.flag("frequency", True))
