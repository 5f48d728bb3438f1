"""`exact`: two values are equal or they are not."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from matching.engine.kinds.base import Kind, Level
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import by_value
from matching.engine.spec import Option
from matching.lower_case import lower

_SEED = 7


@dataclass(frozen=True, slots=True)
class Exact:
    """Equality of values, in any case unless `case` is true."""

    case: bool = False
    is_weighed_by_frequency: bool = True
    levels: tuple[Level, ...] = (
        Level("exact", "giống hệt", "equal", rarity=1.0),
        Level("different", "khác nhau", "different"),
    )

    def value(self, raw: pl.Expr) -> pl.Expr:
        """A hash: the text itself is not needed any more."""
        return raw.map_batches(lambda values: by_value(values, self._hashed), pl.UInt64, is_elementwise=True)

    def _hashed(self, raw: pl.Expr) -> pl.Expr:
        text = raw.cast(pl.String).str.strip_chars()
        text = text if self.case else lower(text)
        return pl.when(text != "").then(text.hash(_SEED))

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, _right: pl.Series) -> pl.Series:
        """Unequal values are different."""
        return pl.repeat(1, len(left), dtype=pl.Int8, eager=True)


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `case` (false), `frequency` (true)."""
    read = Options("exact", options, ("case", "frequency"))
    return Exact(case=read.flag("case", False), is_weighed_by_frequency=read.flag("frequency", True))
