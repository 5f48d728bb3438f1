"""Twins: who was born on the same day to the same parent, and whether anything but the name tells the two apart."""

import polars as pl

from matching.linkages.thresholds import TWIN_BITS
from matching.schemas import CANDIDATES

_MOST_TOGETHER = 8
"""More born on one day to one parent are no children of one birth, but a placeholder or a common pair of names."""


def twins(register: pl.DataFrame) -> pl.DataFrame:
    """[target, twin]: both ways round, everyone beside each who shares the birth day and a parent."""
    born = register.filter(pl.col("birth_precision") == "day")
    by_number = [_together(born, ["birth_date", f"{parent}_number"]) for parent in ("mother", "father")]
    by_names = _together(born, ["birth_date", "mother_words", "father_words"])
    # Two mothers of one name are told apart by their numbers where the register gives both.
    is_other = (pl.col("mother_number") != pl.col("mother_number_right")).fill_null(False)
    return pl.concat([*(each.select(_PAIR) for each in by_number), by_names.filter(~is_other).select(_PAIR)]).unique()


_PAIR = ["target", "twin"]


def _together(born: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    columns = dict.fromkeys(("target", "form", "mother_number", *key))
    shared = born.select(*columns).drop_nulls(key).filter(pl.len().over(key).is_between(2, _MOST_TOGETHER))
    other = shared.select(*key, twin="target", form_right="form", mother_number_right="mother_number")
    # No two children of one birth have one name: such entries are namesakes, or one person twice.
    return shared.join(other, on=key).filter(pl.col("form").ne_missing(pl.col("form_right")))


def with_twins(pairs: pl.DataFrame, twins: pl.DataFrame) -> pl.DataFrame:
    """CANDIDATES with the twins of all who are candidates."""
    beside = pairs.join(twins, on="target").select("profile", target="twin")
    return pl.concat([pairs, beside]).unique().sort(CANDIDATES.names())


def by_name_alone(weighed: pl.DataFrame, twins: pl.DataFrame) -> pl.Series:
    """Whether a twin of the pair's target fits the record as well, the name and the parents aside."""
    shared = pl.sum_horizontal(pl.col(f"{name}_bits").fill_null(0.0) for name in ("name", "mother", "father"))
    rest = weighed.select("profile", "target", rest=pl.col("odds") - shared)
    beside = rest.join(twins, on="target").join(
        rest.rename({"target": "twin", "rest": "twins_rest"}), on=["profile", "twin"]
    )
    alike = beside.filter(pl.col("rest") - pl.col("twins_rest") < TWIN_BITS).select("profile", "target").unique()
    marked = rest.join(alike.with_columns(is_alike=True), on=["profile", "target"], how="left", maintain_order="left")
    return marked["is_alike"].fill_null(False)
