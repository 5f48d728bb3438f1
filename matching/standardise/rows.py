"""What only the whole row, or all rows of one unit, can tell about a number: a slip in a citizen ID whose sex and birth
year the row states, and a number that a unit writes for everybody.
"""

from itertools import pairwise
from typing import NamedTuple

import polars as pl

from contracts import Contract
from matching.standardise.identifiers import CITIZEN_ID_PROVINCES

FEWEST_NAMES = 4
"""A number on so many different names in one unit is a placeholder."""


class Holder(NamedTuple):
    """The properties of the person whose number it is."""

    number: str
    name: str
    birth_date: str
    sex: str | int


HOLDERS = {
    "dossier": (Holder("owner_number", "owner_name", "owner_birth_date", "owner_sex"),),
    "birth": (
        Holder("child_citizen_id", "child_name", "child_birth_date", "child_sex"),
        Holder("mother_id_number", "mother_name", "mother_birth_date", 2),
        Holder("father_id_number", "father_name", "father_birth_date", 1),
    ),
    "marriage": (
        Holder("husband_paper_number", "husband_name", "husband_birth_date", 1),
        Holder("husband_citizen_id", "husband_name", "husband_birth_date", 1),
        Holder("wife_paper_number", "wife_name", "wife_birth_date", 2),
        Holder("wife_citizen_id", "wife_name", "wife_birth_date", 2),
    ),
    "death": (Holder("deceased_paper_number", "deceased_name", "deceased_birth_date", "deceased_sex"),),
}
"""Whose numbers the local books hold; the registers are not doubted."""


def with_row_knowledge(frame: pl.LazyFrame, contract: Contract) -> pl.LazyFrame:
    """The frame with proposals for slips in citizen IDs, and shared numbers taken for placeholders."""
    for holder in HOLDERS.get(contract.dataset, ()):
        frame = frame.with_columns(_proposal(holder)).pipe(_without_shared, holder, contract.unit_property)
    return frame


def _proposal(holder: Holder) -> pl.Expr:
    """The proposal, or else the one number a slip away that fits the row's sex and birth year."""
    number = pl.col(f"{holder.number}__std")
    sex = pl.lit(holder.sex) if isinstance(holder.sex, int) else pl.col(f"{holder.sex}__std")
    asked = pl.struct(
        number=pl.when(pl.col(f"{holder.number}__kind") == "citizen_id").then(number),
        sex=sex.cast(pl.Int64),
        year=pl.col(f"{holder.birth_date}__std").dt.year().cast(pl.Int64),
    )
    found = asked.map_batches(_one_slip_away, pl.String, is_elementwise=True)
    name = f"{holder.number}__proposal"
    return pl.coalesce(name, found).alias(name)


def _one_slip_away(asked: pl.Series) -> pl.Series:
    """For each 12-digit number that contradicts its row: the only number one slip away that does not; else null."""
    rows = asked.struct.unnest().with_row_index("row").with_columns(middle=_middle())
    number = pl.col("number")
    contradicts = (number.str.len_bytes() == 12) & number.is_not_null() & ~_fits(number)
    doubtful = rows.filter(pl.col("middle").is_not_null() & contradicts).select("row", "number", "middle")
    candidates = [pl.when(_fits(each)).then(each) for each in _slips(number)]
    found = doubtful.select("row", found=pl.concat_list(candidates).list.drop_nulls().list.unique())
    only = found.filter(pl.col("found").list.len() == 1).with_columns(pl.col("found").list.first())
    return rows.select("row").join(only, on="row", how="left", maintain_order="left")["found"]


def _middle() -> pl.Expr:
    """The digits 4 to 6 of a citizen ID: century and sex, and the year of birth; null where the row says too little."""
    year, sex = pl.col("year"), pl.col("sex")
    century = (year // 100 - 19) * 2 + (sex - 1)
    return pl.when(sex.is_in([1, 2]) & year.is_between(1900, 2099)).then(
        century.cast(pl.String) + (year % 100).cast(pl.String).str.zfill(2)
    )


def _fits(number: pl.Expr) -> pl.Expr:
    is_province = number.str.slice(0, 3).is_in(sorted(CITIZEN_ID_PROVINCES))
    return is_province & (number.str.slice(3, 3) == pl.col("middle"))


def _slips(number: pl.Expr) -> list[pl.Expr]:
    """The numbers with two neighbouring digits swapped, or with one digit that says something changed."""
    digits = [number.str.slice(at, 1) for at in range(12)]
    swapped = [
        pl.concat_str(*digits[:at], digits[after], digits[at], *digits[after + 1 :]) for at, after in pairwise(range(7))
    ]
    meant = [
        pl.concat_str(*digits[:at], pl.col("middle").str.slice(at - 3, 1), *digits[at + 1 :]) for at in range(3, 6)
    ]
    provinces = [
        pl.concat_str(*digits[:at], pl.lit(digit), *digits[at + 1 :]) for at in range(3) for digit in "0123456789"
    ]
    return swapped + meant + provinces


def _without_shared(frame: pl.LazyFrame, holder: Holder, unit: str | None) -> pl.LazyFrame:
    """The frame with shared numbers as a problem; a tax code whose check digit fits is never one."""
    if unit is None:
        return frame
    number = f"{holder.number}__"
    asked = pl.struct(
        unit=f"{unit}__std", number=f"{number}std", name=f"{holder.name}__sorted", whole=f"{holder.name}__key"
    )
    shared = asked.map_batches(_is_shared, pl.Boolean) & ~pl.col(f"{number}has_check_digit").fill_null(False)
    nothing = pl.lit(None, pl.String)
    return (
        frame.with_columns(__shared=shared)
        .with_columns(
            pl.when("__shared").then(nothing).otherwise(f"{number}std").alias(f"{number}std"),
            pl.when("__shared").then(nothing).otherwise(f"{number}proposal").alias(f"{number}proposal"),
            pl.when("__shared").then(pl.lit("placeholder")).otherwise(f"{number}kind").alias(f"{number}kind"),
            pl.when("__shared").then(pl.lit("shared_number")).otherwise(f"{number}problem").alias(f"{number}problem"),
            pl.when("__shared").then(None).otherwise(f"{number}has_check_digit").alias(f"{number}has_check_digit"),
        )
        .drop("__shared")
    )


def _is_shared(asked: pl.Series) -> pl.Series:
    """Names count by the initials of their words in order of the alphabet, so that spellings of one name are one."""
    rows = asked.struct.unnest()
    key = ["unit", "number"]
    repeated = rows.filter(pl.struct(key).is_duplicated() & pl.col("number").is_not_null())
    words = pl.coalesce("name", "whole").str.split(" ").list
    initials = words.eval(pl.element().str.slice(0, 1)).list.sort().list.join("")
    shared = repeated.group_by(key).agg(names=initials.drop_nulls().n_unique()).filter(pl.col("names") >= FEWEST_NAMES)
    marked = shared.select(*key, pl.lit(True).alias("shared"))
    joined = rows.join(marked, on=key, how="left", maintain_order="left", nulls_equal=True)
    return joined["shared"].fill_null(False)
