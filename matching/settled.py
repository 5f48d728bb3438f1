"""The first stage of the cascade: who gives a number that one entry of the register has."""

import polars as pl

from matching.numbers import record_numbers, register_numbers


def number_holders(profiles: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """CANDIDATES of the profiles whose numbers, repairs included, belong to one entry alone and need no repair."""
    hits = record_numbers(profiles).join(register_numbers(register), on="number")
    held = hits.group_by("profile").agg(
        pl.col("target").min(),
        is_one=pl.col("target").n_unique() == 1,
        is_given=~pl.col("is_proposal").all(),
    )
    return held.filter(pl.col("is_one") & pl.col("is_given")).select("profile", "target").sort("profile")
