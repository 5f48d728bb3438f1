"""`recordlinkage`: any comparison of the toolkit of that name, for fields that no kind of ours fits.

It compares through pandas, a hundred times slower than the kinds beside it: for small tables and exotic fields.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray
from recordlinkage import compare

from matching.engine.kinds.base import Kind, Level
from matching.engine.kinds.numbers import parsed
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import tidy
from matching.engine.kinds.weighted_words import Pairs
from matching.engine.spec import Option

_ALGORITHMS = ("jaro", "jarowinkler", "levenshtein", "damerau_levenshtein", "qgram", "cosine", "smith_waterman", "lcs")
_DECAYS = ("step", "linear", "exp", "gauss", "squared")
_METHODS = {
    "string": ("algorithm",),
    "numeric": ("decay", "offset", "scale"),
    "date": ("swap_month_day",),
    "geo": ("decay", "offset", "scale"),
}
"""Options of each method beside `method`, `thresholds` and `frequency`."""
_COMPARED = {"string": compare.String, "numeric": compare.Numeric, "date": compare.Date, "geo": compare.Geographic}
_THRESHOLDS = (0.9, 0.75, 0.5)
_POINT = r"^(-?[0-9]+(?:\.[0-9]+)?)\s*[,; ]\s*(-?[0-9]+(?:\.[0-9]+)?)$"


@dataclass(frozen=True, slots=True)
class Toolkit:
    """Levels of agreement by the similarity (0 to 1) that a comparison of the toolkit finds."""

    method: str
    settings: tuple[tuple[str, str | float], ...]
    levels: tuple[Level, ...]
    thresholds: tuple[float, ...]
    is_weighed_by_frequency: bool = False

    def value(self, raw: pl.Expr) -> pl.Expr:
        """Tidy text; a number for `numeric`, `latitude,longitude` for `geo`, `yyyy-mm-dd` for `date`, else null."""
        if self.method == "numeric":
            return raw.map_batches(lambda values: parsed(values, "."), pl.Float64, is_elementwise=True)
        text = tidy(raw)
        if self.method == "date":
            return text.str.to_date("%Y-%m-%d", strict=False).cast(pl.String)
        if self.method == "string":
            return text
        point = text.str.extract_groups(_POINT)
        return point.struct.field("1") + pl.lit(",") + point.struct.field("2")

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by similarity."""
        pairs = Pairs.of(left, right)
        steps = np.array(self.thresholds[::-1])
        found = np.nan_to_num(self._similarity(pairs)) if len(left) else np.array([])
        return pl.Series(np.searchsorted(steps, found, side="right") + 1, dtype=pl.Int8)

    def _similarity(self, pairs: Pairs) -> NDArray[np.float64]:
        values = _columns(pairs.distinct, self.method)
        asked = pd.MultiIndex.from_arrays([pairs.left, pairs.right])
        names = list(values.columns)
        # A place is told by two columns, which its comparison takes one by one.
        sides = [*names, *names]
        with warnings.catch_warnings(), np.errstate(divide="ignore"):
            # Its comparison of dates puts 0.5 into a column of whole numbers; `squared` takes the logarithm of 0.
            warnings.filterwarnings("ignore", message="Setting an item of incompatible dtype", category=FutureWarning)
            found = _COMPARED[self.method](*sides, **dict(self.settings)).compute(asked, values, values)
        return np.asarray(found, dtype=np.float64)


def _columns(distinct: pl.Series, method: str) -> pd.DataFrame:
    if method == "date":
        return pd.DataFrame({"date": pd.to_datetime(distinct.to_list()).astype("datetime64[ns]")})
    if method != "geo":
        return pd.DataFrame({"value": distinct.to_list()})
    parts = distinct.str.split(",").list
    return pd.DataFrame({name: parts.get(at).cast(pl.Float64).to_list() for at, name in enumerate(("lat", "lng"))})


def _levels(thresholds: tuple[float, ...]) -> tuple[Level, ...]:
    return (
        Level("exact", "giống hệt", "equal", rarity=1.0),
        *(_level(each) for each in thresholds),
        Level("different", "khác nhau", "different"),
    )


def _level(threshold: float) -> Level:
    share = f"{threshold:g}"
    return Level(f"from_{share}", f"độ giống từ {share.replace('.', ',')}", f"similarity from {share}")


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `method`, `thresholds`, `frequency` (false) and those of the method."""
    method = Options("recordlinkage", {"method": options.get("method", "string")}, ("method",)).choice(
        "method", "string", tuple(_METHODS)
    )
    known = _METHODS[method]
    read = Options("recordlinkage", options, ("method", "thresholds", "frequency", *known))
    thresholds = read.shares("thresholds", _THRESHOLDS)
    settings = tuple((name, value) for name, value in _settings(read) if name in (*known, "method"))
    return Toolkit(method, settings, _levels(thresholds), thresholds, read.flag("frequency", False))


def _settings(read: Options) -> list[tuple[str, str | float]]:
    """The options as the comparison of the toolkit names them."""
    by = read.choice("algorithm", "jarowinkler", _ALGORITHMS)
    if "decay" in read.known:
        by = read.choice("decay", "linear", _DECAYS)
    settings: list[tuple[str, str | float]] = [("offset", read.number("offset", 0.0)), ("scale", _scale(read))]
    settings += [("swap_month_day", read.number("swap_month_day", 0.5))]
    return settings if "swap_month_day" in read.known else [("method", by), *settings]


def _scale(read: Options) -> float:
    scale = read.number("scale", 1.0)
    if scale <= 0:
        raise read.wrong("scale", "số lớn hơn 0", "a number above 0")
    return scale
