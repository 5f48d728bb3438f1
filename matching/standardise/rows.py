"""What all rows of one unit tell about a number: one that a unit writes for everybody is a placeholder.

It is counted over all rows of one delivery; other deliveries do not count, so that a delivery is standardised alike
whatever is held already.
"""

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from contracts import Contract

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


_CLEARED = {
    "std": None, "proposal": None, "proposal_repair": None, "contradiction": None,
    "kind": "placeholder", "problem": "shared_number",
}  # fmt: skip
"""What the forms of a number become that stands for nobody."""


class Claims(NamedTuple):
    """Whose number is claimed in which unit: some bytes a row, so that chunks can be counted that nobody holds."""

    rows: pl.DataFrame
    """[property, place, name]: hashes of unit and number, and of the name."""
    names: pl.DataFrame
    """[name, text], each once."""


_CLAIMS = pl.Schema({"property": pl.String(), "place": pl.UInt64(), "name": pl.UInt64()})
_NAMES = pl.Schema({"name": pl.UInt64(), "text": pl.String()})


def claims(frame: pl.DataFrame, contract: Contract) -> Claims:
    """What `shared_numbers` counts, of any part of a delivery's rows."""
    found = Claims(_CLAIMS.to_frame(), _NAMES.to_frame())
    for holder in HOLDERS.get(contract.dataset, ()) if contract.unit_property else ():
        told = frame.select(
            number=f"{holder.number}__std",
            place=_place(holder, contract),
            text=pl.coalesce(f"{holder.name}__sorted", f"{holder.name}__key"),
        ).with_columns(property=pl.lit(holder.number), name=pl.col("text").hash())
        rows = told.drop_nulls("number").select(*_CLAIMS)
        names = told.select(*_NAMES).unique("name", keep="any")
        found = Claims(pl.concat([found.rows, rows]), pl.concat([found.names, names]))
    return found


def _place(holder: Holder, contract: Contract) -> pl.Expr:
    return pl.struct(f"{contract.unit_property}__std", f"{holder.number}__std").hash()


def shared_numbers(parts: Iterable[Claims]) -> pl.DataFrame:
    """[property, place]: the numbers that a unit wrote for everybody in the delivery whose parts these are.

    Names count by the initials of their words in order of the alphabet, so that spellings of one name are one.
    """
    every = list(parts)
    rows = pl.concat([_CLAIMS.to_frame(), *(each.rows for each in every)])
    # Most numbers have one row, so names are looked at of the few that have more.
    often = rows.group_by("property", "place").len().filter(pl.col("len") >= FEWEST_NAMES)
    repeated = rows.join(often, on=["property", "place"], how="semi")
    names = pl.concat([_NAMES.to_frame(), *(each.names for each in every)]).drop_nulls("text")
    asked = names.join(repeated, on="name", how="semi").unique("name", keep="any")
    initials = pl.col("text").str.split(" ").list.eval(pl.element().str.slice(0, 1)).list.sort().list.join("")
    told = repeated.join(asked.select("name", initials=initials), on="name")
    counted = told.group_by("property", "place").agg(names=pl.col("initials").n_unique())
    return counted.filter(pl.col("names") >= FEWEST_NAMES).select("property", "place")


def without_shared(frame: pl.DataFrame, shared: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The frame with the delivery's `shared_numbers` as a problem; a tax code whose check digit fits is never one."""
    for holder in HOLDERS.get(contract.dataset, ()):
        places = shared.filter(property=holder.number)["place"]
        if len(places):
            fits = pl.col(f"{holder.number}__has_check_digit").fill_null(value=False)
            is_shared = pl.col(f"{holder.number}__std").is_not_null() & _place(holder, contract).is_in(places.implode())
            frame = frame.with_columns(_cleared(holder.number, frame.select(is_shared & ~fits).to_series()))
    return frame


def _cleared(number: str, is_shared: pl.Series) -> list[pl.Expr]:
    told = [
        pl.when(is_shared).then(pl.lit(value, pl.String)).otherwise(f"{number}__{form}").alias(f"{number}__{form}")
        for form, value in _CLEARED.items()
    ]
    fits = f"{number}__has_check_digit"
    return [*told, pl.when(~is_shared).then(fits).alias(fits)]
