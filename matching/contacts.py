"""Phones and e-mails: whom a record means whose contact stands in another record that is firmly linked."""

import polars as pl

from matching.linkages.thresholds import FIRM_ODDS
from matching.reasons import Status

_MOST_OWNERS = 4
"""People of one household; a contact that more people gave is an office's, an agent's or a placeholder."""


def contacts_of_the_open(decided: pl.DataFrame) -> pl.DataFrame:
    """[profile, target] of profiles that are not linked and persons firmly linked elsewhere by the same contact."""
    given = pl.concat(
        [
            decided.select("profile", "target", "odds", "status", contact=pl.format("{} {}", pl.lit(name), name))
            for name in ("phone", "email")
        ]
    ).drop_nulls("contact")
    is_linked = pl.col("status") == Status.LINKED.value
    owners = given.filter(is_linked & (pl.col("odds") >= FIRM_ODDS)).select("contact", "target").unique()
    owners = owners.filter(pl.len().over("contact") <= _MOST_OWNERS)
    asked = given.filter(pl.col("status").is_in([Status.REVIEW.value, Status.NOT_FOUND.value]))
    return asked.select("profile", "contact").join(owners, on="contact").select("profile", "target").unique()
