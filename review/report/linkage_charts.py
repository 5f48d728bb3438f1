"""The charts of a linkage's report: how sure the pairs are, and how much speaks for them."""

from math import ceil, floor

import polars as pl
from markupsafe import Markup

from matching.reasons import Status
from review.report.histogram import Axis, axis, histogram
from review.report.language import Language
from review.report.summary import WeightBin

_LEAST = 0.01
"""Probability below which a pair is as good as false: such pairs would outnumber all others."""
_SHARES = 20
"""Bins of probability."""
_WEIGHTS = 40
"""At most so many bins of weight."""


def probabilities(decided: pl.DataFrame, lang: Language) -> Markup | None:
    """The pairs of at least one percent by probability; None where there is none."""
    decided = decided.filter((pl.col("probability") >= _LEAST) | (pl.col("status") != Status.NOT_FOUND.value))
    if not decided.height:
        return None
    place = (pl.col("probability") * _SHARES).floor().clip(0, _SHARES - 1)
    bins = _binned(decided.with_columns(place=place), 100 / _SHARES)
    title = lang.t("Số cặp theo xác suất", "Pairs by probability")
    return histogram(bins, Axis(0, 100, "%"), lang, name=f"{lang.code}-probabilities", title=title)


def weights(decided: pl.DataFrame, lang: Language) -> Markup | None:
    """The pairs by weight in bits; None where there is none."""
    weighed = decided.filter(pl.col("weight").is_not_null())
    if not weighed.height:
        return None
    low, high = (float(str(each)) for each in weighed.select(pl.min("weight"), pl.max("weight").alias("high")).row(0))
    width = max(1, ceil((floor(high) + 1 - floor(low)) / _WEIGHTS))
    bins = _binned(weighed.with_columns(place=(pl.col("weight") / width).floor()), width)
    title = lang.t("Số cặp theo trọng số", "Pairs by weight")
    return histogram(bins, axis(bins), lang, name=f"{lang.code}-weights", title=title)


def _binned(pairs: pl.DataFrame, width: float) -> list[WeightBin]:
    counted = pairs.group_by("place", "status").len().sort("place", "status")
    bins: dict[float, dict[str, int]] = {}
    for place, status, count in counted.iter_rows():
        bins.setdefault(place, {})[status] = count
    return [
        WeightBin.model_validate({"from": place * width, "to": (place + 1) * width, **by_status})
        for place, by_status in bins.items()
    ]
