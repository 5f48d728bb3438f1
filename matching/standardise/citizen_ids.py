"""What the whole row tells about a citizen ID: whether it contradicts the sex and birth year that the row states, and
the one slip that would explain it.
"""

import polars as pl

from contracts import Contract
from matching.standardise.identifiers import CITIZEN_ID_PROVINCES
from matching.standardise.rows import HOLDERS, Holder
from matching.standardise.vocabulary import CONTRADICTIONS

_PROVINCES = tuple(sorted(map(int, CITIZEN_ID_PROVINCES)))
_REGISTERED = {"population": (Holder("citizen_id", "full_name", "birth_date", "sex"),)}
"""Whose citizen ID a register holds: it is held against the row, but no other is proposed and none is a placeholder."""
_FOREIGN = (100, 899)
"""Countries of birth, whose list is not public; no numbering of countries reaches 900."""


def contradictions_of(contract: Contract) -> list[str]:
    """The columns that `held_against_rows` adds."""
    return [f"{holder.number}__contradiction" for holder in _all_holders(contract)]


def held_against_rows(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The frame with what contradicts each citizen ID, and proposals for the slips that explain it."""
    return frame.with_columns(each for holder in _all_holders(contract) for each in _held_against_row(frame, holder))


def _all_holders(contract: Contract) -> tuple[Holder, ...]:
    return HOLDERS.get(contract.dataset, ()) + _REGISTERED.get(contract.dataset, ())


def _held_against_row(frame: pl.DataFrame, holder: Holder) -> list[pl.Series]:
    """The contradiction; and the proposal, or else the one number a slip away that fits sex and birth year."""
    asked = frame.select(**_asked(holder)).with_columns(middle=_middle())
    doubtful = asked.select(_is_doubtful()).to_series().arg_true()
    rows = asked[doubtful]
    contradiction = _nothing(f"{holder.number}__contradiction", frame.height)
    told = [contradiction.scatter(doubtful, rows.select(_contradiction()).to_series())]
    forms = (f"{holder.number}__proposal", f"{holder.number}__proposal_repair")
    if forms[0] not in frame.columns:
        return told
    slips = _one_slip_away(rows)
    return told + [
        frame[form].clone().scatter(doubtful, pl.select(pl.coalesce(frame[form].gather(doubtful), slip)).to_series())
        for form, slip in zip(forms, slips, strict=True)
    ]


def _asked(holder: Holder) -> dict[str, pl.Expr]:
    number = pl.col(f"{holder.number}__std")
    is_asked = (number.str.len_bytes() == 12) & (pl.col(f"{holder.number}__kind") == "citizen_id")
    sex = pl.lit(holder.sex) if isinstance(holder.sex, int) else pl.col(f"{holder.sex}__std")
    return {
        "number": pl.when(is_asked).then(number).str.to_integer(strict=False),
        "sex": sex.cast(pl.Int64),
        "year": pl.col(f"{holder.birth_date}__std").dt.year().cast(pl.Int64),
    }


def _nothing(name: str, height: int) -> pl.Series:
    return pl.repeat(None, height, dtype=pl.String, eager=True).alias(name)


def _is_doubtful() -> pl.Expr:
    """Whether anything can be said against the number; a foreign country is asked about, as it may be a slip."""
    known = (pl.col("number") // 10**9).is_in(_PROVINCES)
    return (~known | _differs("century") | _differs("sex") | _differs("birth_year")).fill_null(value=False)


def _differs(what: str) -> pl.Expr:
    """Null where number or row says nothing of it."""
    number, year = pl.col("number"), pl.col("year")
    digit = number // 10**8 % 10
    match what:
        case "century":
            return (digit > _LAST_CENTURY_DIGIT) | (digit // 2 != year // 100 - 19)
        case "sex":
            return pl.when(pl.col("sex").is_between(1, 2)).then(digit % 2 != pl.col("sex") - 1)
        case "birth_year":
            return number // 10**6 % 100 != year % 100
        case _:
            place = number // 10**9
            return ~place.is_in(_PROVINCES) & ~place.is_between(*_FOREIGN)


_LAST_CENTURY_DIGIT = 3
"""A woman born in the 2000s."""


def _contradiction() -> pl.Expr:
    return pl.coalesce(pl.when(_differs(each)).then(pl.lit(each)) for each in CONTRADICTIONS)


def _middle() -> pl.Expr:
    """The digits 4 to 6 of a citizen ID: century and sex, and the year of birth; null where the row says too little."""
    year, sex = pl.col("year"), pl.col("sex")
    century = (year // 100 - 19) * 2 + (sex - 1)
    return pl.when(sex.is_between(1, 2) & year.is_between(1900, 2099)).then(century * 100 + year % 100)


def _fits(number: pl.Expr) -> pl.Expr:
    return (number // 10**9).is_in(_PROVINCES) & (number // 10**6 % 1000 == pl.col("middle"))


def _one_slip_away(doubtful: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The only number one slip away that does not contradict its row, and the slip; null if there is none, or more."""
    digits = doubtful.with_columns((pl.col("number") // 10 ** (11 - at) % 10).alias(f"{at}") for at in range(7))
    swapped, changed = ([pl.when(_fits(each)).then(each) for each in slips] for slips in (_swaps(), _changes()))
    found = digits.select(
        "number", "middle", least=pl.min_horizontal(swapped + changed), most=pl.max_horizontal(swapped + changed),
        is_swap=pl.coalesce(swapped).is_not_null(),
    )  # fmt: skip
    is_only = ~_fits(pl.col("number")) & (pl.col("least") == pl.col("most"))
    repair = pl.when("is_swap").then(pl.lit("transposed_digits")).otherwise(pl.lit("one_digit_edit"))
    told = found.select(
        pl.when(is_only).then(pl.col("least").cast(pl.String).str.zfill(12)), repair=pl.when(is_only).then(repair)
    )
    return told["least"], told["repair"]


def _swaps() -> list[pl.Expr]:
    """The numbers with two neighbouring digits swapped."""
    number = pl.col("number")
    return [number + _change(at, pl.col(f"{at + 1}")) + _change(at + 1, pl.col(f"{at}")) for at in range(6)]


def _changes() -> list[pl.Expr]:
    """The numbers with one digit changed: of century, sex or year as the row says, of the province in any way."""
    number, middle = pl.col("number"), pl.col("middle")
    meant = [number + _change(at, middle // 10 ** (5 - at) % 10) for at in range(3, 6)]
    return meant + [number + _change(at, pl.lit(digit)) for at in range(3) for digit in range(10)]


def _change(at: int, digit: pl.Expr) -> pl.Expr:
    return (digit - pl.col(f"{at}")) * pl.lit(10 ** (11 - at))
