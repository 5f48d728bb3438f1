"""Distinct values: each is read once in a column and, where reading is dear, once in all the columns of a run."""

from collections.abc import Callable

import polars as pl


def told_apart(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct values, null among them, and the place of each value there."""
    # Categories of their own go with the column; those that columns share would grow with every file.
    coded = values.cast(pl.Categorical(pl.Categories.random())).to_physical().to_frame("at")
    numbers = coded.select(pl.col("at").fill_null(pl.col("at").max().fill_null(0) + 1)).to_series()
    firsts = numbers.arg_unique()
    places = coded.select(pl.repeat(0, pl.col("at").max().fill_null(0) + 2, dtype=pl.UInt32)).to_series()
    places.scatter(numbers.gather(firsts), pl.int_range(len(firsts), dtype=pl.UInt32, eager=True))
    return values.gather(firsts), places.gather(numbers)


class Remembered:
    """What a function gave of each text, kept for the next call; all is forgotten beyond `most` texts.

    The function gives a row for each text, the same whatever other texts stand beside it, and no column `text`.
    """

    def __init__(self, read: Callable[[pl.Series], pl.DataFrame], *, most: int) -> None:
        self._read = read
        self._most = most
        self._known: pl.DataFrame | None = None

    def __call__(self, texts: pl.Series) -> pl.DataFrame:
        """One row for each of the distinct texts."""
        asked = texts.to_frame("text")
        # Threads may learn at once: each takes and leaves a whole frame, and what the last one learnt is kept.
        known = self._known
        new = asked if known is None else asked.join(known, on="text", how="anti", nulls_equal=True)
        if known is None or new.height:
            read = self._read(new["text"]).with_columns(new["text"])
            known = read if known is None else pl.concat([known, read], rechunk=True)
            self._known = known if known.height <= self._most else None
        return asked.join(known, on="text", how="left", maintain_order="left", nulls_equal=True).drop("text")
