"""What all rows of one unit tell about a number: one that a unit writes for everybody is a placeholder.

It is counted over all rows of one delivery; other deliveries do not count, so that a delivery is standardised alike
whatever is held already.
"""

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


def counted(contract: Contract) -> list[str]:
    """The columns that `shared_numbers` and `without_shared` ask for."""
    if contract.unit_property is None:
        return []
    asked = [f"{contract.unit_property}__std"]
    for holder in HOLDERS.get(contract.dataset, ()):
        asked += [f"{holder.number}__{form}" for form in (*_CLEARED, "has_check_digit")]
        asked += [f"{holder.name}__sorted", f"{holder.name}__key"]
    return list(dict.fromkeys(asked))


def shared_numbers(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The numbers that a unit wrote for everybody in the delivery: `property`, `unit` and `number`."""
    shared = [
        _shared(frame, holder, contract.unit_property)
        for holder in HOLDERS.get(contract.dataset, ())
        if contract.unit_property
    ]
    return pl.concat([pl.DataFrame(schema=dict.fromkeys(("property", *_SHARED_KEY), pl.String)), *shared])


_SHARED_KEY = ["unit", "number"]


def _shared(frame: pl.DataFrame, holder: Holder, unit: str) -> pl.DataFrame:
    """Names count by the initials of their words in order of the alphabet, so that spellings of one name are one."""
    rows = frame.select(
        unit=f"{unit}__std",
        number=f"{holder.number}__std",
        name=pl.coalesce(f"{holder.name}__sorted", f"{holder.name}__key"),
    )
    # Most numbers have one row; to find them by the number alone costs less than by unit and number.
    often = rows["number"].drop_nulls().value_counts().filter(pl.col("count") >= FEWEST_NAMES)
    repeated = rows.join(often, on="number", how="semi")
    initials = pl.col("name").str.split(" ").list.eval(pl.element().str.slice(0, 1)).list.sort().list.join("")
    names = repeated.group_by(_SHARED_KEY).agg(names=initials.drop_nulls().n_unique())
    return names.filter(pl.col("names") >= FEWEST_NAMES).select(pl.lit(holder.number).alias("property"), *_SHARED_KEY)


def without_shared(frame: pl.DataFrame, shared: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The frame with the delivery's `shared_numbers` as a problem; a tax code whose check digit fits is never one."""
    for holder in HOLDERS.get(contract.dataset, ()):
        own = shared.filter(property=holder.number)
        if contract.unit_property and len(own):
            frame = frame.with_columns(_cleared(holder.number, _is_shared(frame, own, holder, contract.unit_property)))
    return frame


def _is_shared(frame: pl.DataFrame, shared: pl.DataFrame, holder: Holder, unit: str) -> pl.Series:
    number, fits = pl.col(f"{holder.number}__std"), pl.col(f"{holder.number}__has_check_digit")
    rows = frame.select(unit=f"{unit}__std", number=number, fits=fits).with_row_index("row")
    maybe = rows.filter(pl.col("number").is_in(shared["number"].implode()) & ~pl.col("fits").fill_null(value=False))
    found = maybe.join(shared, on=_SHARED_KEY, how="semi", nulls_equal=True)["row"]
    return pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True).scatter(found, values=True)


def _cleared(number: str, is_shared: pl.Series) -> list[pl.Expr]:
    told = [
        pl.when(is_shared).then(pl.lit(value, pl.String)).otherwise(f"{number}__{form}").alias(f"{number}__{form}")
        for form, value in _CLEARED.items()
    ]
    fits = f"{number}__has_check_digit"
    return [*told, pl.when(~is_shared).then(fits).alias(fits)]
