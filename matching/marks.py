"""What a pair's candidates and levels depend on, as one number a side: sides with the same marks compare the same.

An entry's mark covers what it says and which children the register lists under it; a profile's, what it says and who
holds the numbers that it gives. Nothing else of the register enters a comparison; what enters blocking beside these,
oversize keys and repaired names, is watched by itself. Hashes are those of one release of polars.
"""

import polars as pl

from matching.keys import OF_NAME
from matching.numbers import record_numbers, register_numbers
from matching.schemas import RECORDS, REGISTER

WHOSE = ("mention", "dataset", "record_id", "role", "is_withdrawn", "event_date")
"""Columns of RECORDS that say which record it is; all others say whom it means."""
SAID = tuple(name for name in RECORDS if name not in WHOSE)


def mark_entries(register: pl.DataFrame) -> pl.DataFrame:
    """[target, mark] of REGISTER."""
    numbers = register_numbers(register)
    child = pl.struct("reference_id", "words", "birth_date", "birth_precision")
    children = [register.select(number=f"{parent}_number", other=child) for parent in ("mother", "father")]
    listed = pl.concat(children).drop_nulls("number").join(numbers, on="number").select("target", "other")
    return _marked(register, "target", [name for name in REGISTER if name not in ("target", *OF_NAME)], listed)


def mark_profiles(profiles: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """[profile, mark] of profiles, rows of RECORDS that say different things."""
    holders = register.select("target", holder=pl.struct("reference_id", "words", "head_number"))
    held = record_numbers(profiles).join(register_numbers(register), on="number").join(holders, on="target")
    return _marked(profiles, "profile", list(SAID), held.select("profile", other=pl.struct("number", "holder")))


def _marked(rows: pl.DataFrame, who: str, said: list[str], others: pl.DataFrame) -> pl.DataFrame:
    """The mark of each row's own words and of the set of the others that it depends on, `others` being [who, other]."""
    hashed = others.select(who, pl.col("other").hash(1)).unique().sort(who, "other")
    by_row = hashed.group_by(who, maintain_order=True).agg(pl.col("other").cast(pl.String).str.join(" "))
    told = rows.select(who, own=pl.struct(said).hash(0)).join(by_row, on=who, how="left", maintain_order="left")
    return told.select(who, mark=pl.struct("own", "other").hash(2))
