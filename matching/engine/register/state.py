"""What one night leaves to the next: the local ids, the pairs that came near, and the answer of every form.

A form is a way of writing: local records that agree on all that is compared and looked for are one form. So a
thousand placeholders are weighed once.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine import compare
from matching.engine.register.segments import frame, write_frames
from matching.engine.tables import Plan

_LOCALS, _PAIRS, _CHOSEN = "locals.arrow", "pairs.arrow", "chosen.arrow"
LOCALS = pl.Schema({"id": pl.String, "form": pl.UInt32})
"""Local records and the address of their form, sorted by id."""


def pairs_schema(plan: Plan) -> pl.Schema:
    """Addresses of form and entry, a code per comparison, bits, and the probability where it is the form's own."""
    codes = dict.fromkeys(compare.code_names(plan), pl.Int8)
    return pl.Schema({"l": pl.UInt32, "r": pl.UInt32, **codes, "bits": pl.Float64})


@dataclass(frozen=True, slots=True)
class Pairs:
    """The files of a night."""

    locals: pl.DataFrame
    pairs: pl.DataFrame
    """As `pairs_schema`; a form's pairs stand together, the weakest first."""
    chosen: pl.DataFrame | None
    """Where a record may have one partner and an entry many: the best pair of every form that has any."""

    @classmethod
    def opened(cls, folder: Path) -> "Pairs":
        """Mapped from disk."""
        chosen = folder / _CHOSEN
        return cls(frame(folder / _LOCALS), frame(folder / _PAIRS), frame(chosen) if chosen.is_file() else None)

    def write(self, folder: Path) -> None:
        """Into a new folder."""
        folder.mkdir()
        write_frames([self.locals], folder / _LOCALS)
        write_frames([self.pairs], folder / _PAIRS)
        if self.chosen is not None:
            write_frames([self.chosen], folder / _CHOSEN)

    def renumbered(self, forms: NDArray[np.int64], entries: NDArray[np.int64]) -> "Pairs":
        """With the addresses that rows have after a compaction; pairs of dead rows go."""
        pairs, chosen = _moved(self.pairs, forms, entries), None
        if self.chosen is not None:
            # A form that lost a pair has no answer until the next night gives it one.
            is_lost = (forms[self.pairs["l"].to_numpy()] < 0) | (entries[self.pairs["r"].to_numpy()] < 0)
            lost = self.pairs["l"].filter(pl.Series(is_lost)).unique()
            chosen = _moved(self.chosen.filter(~pl.col("l").is_in(lost.implode())), forms, entries)
        locals_ = self.locals.with_columns(form=pl.Series(forms[self.locals["form"].to_numpy()], dtype=pl.UInt32))
        return Pairs(locals_, pairs, chosen)


def _moved(pairs: pl.DataFrame, forms: NDArray[np.int64], entries: NDArray[np.int64]) -> pl.DataFrame:
    left, right = forms[pairs["l"].to_numpy()], entries[pairs["r"].to_numpy()]
    is_there = pl.Series((left >= 0) & (right >= 0))
    moved = pairs.with_columns(l=pl.Series(left), r=pl.Series(right)).filter(is_there)
    return moved.with_columns(pl.col("l", "r").cast(pl.UInt32))
