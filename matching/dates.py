"""How alike two birth dates are, partial dates and slips included."""

import polars as pl

from matching.linkages.person import BIRTH


def birth_level(left: str, right: str) -> pl.Expr:
    """A code of BIRTH for `<left>birth_date` against `<right>birth_date`, null where a side is blank."""
    mine, theirs = pl.col(f"{left}birth_date"), pl.col(f"{right}birth_date")
    full = (pl.col(f"{left}birth_precision") == "day") & (pl.col(f"{right}birth_precision") == "day")
    # 1 January is what clerks write who know the year only.
    is_rounded = _is_new_year(mine) != _is_new_year(theirs)
    years_apart = (mine.dt.year() - theirs.dt.year()).abs()
    code = BIRTH.code
    return (
        pl.when(mine.is_null() | theirs.is_null())
        .then(None)
        .when(full & (mine == theirs))
        .then(code("exact"))
        .when(full & (pl.col(f"{left}birth_alt") == theirs).fill_null(False))
        .then(code("swapped"))
        .when((~full | is_rounded) & (years_apart == 0))
        .then(code("year"))
        .when(full & _is_one_slip(mine, theirs))
        .then(code("slip"))
        .when(full & (mine.dt.month() == theirs.dt.month()) & (mine.dt.day() == theirs.dt.day()) & ~_is_new_year(mine))
        .then(code("day_month"))
        .when(full & (years_apart == 0))
        .then(code("same_year"))
        .when(~full & (years_apart == 1))
        .then(code("near_year"))
        .otherwise(code("different"))
        .cast(pl.Int8)
    )


def _is_new_year(date: pl.Expr) -> pl.Expr:
    return (date.dt.month() == 1) & (date.dt.day() == 1)


def _is_one_slip(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """One of the eight digits differs, or two neighbours within day, month or year are swapped."""
    digits = [(_digit(left, place), _digit(right, place)) for place in range(8)]
    wrong = pl.sum_horizontal((mine != theirs).cast(pl.Int8) for mine, theirs in digits)
    neighbours = ((0, 1), (1, 2), (2, 3), (4, 5), (6, 7))
    swapped = pl.any_horizontal(
        (digits[one][0] == digits[two][1]) & (digits[two][0] == digits[one][1]) for one, two in neighbours
    )
    return (wrong == 1) | ((wrong == 2) & swapped)


def _digit(date: pl.Expr, place: int) -> pl.Expr:
    number = date.dt.year().cast(pl.Int32) * 10_000 + date.dt.month().cast(pl.Int32) * 100 + date.dt.day()
    return number.floordiv(10 ** (7 - place)).mod(10)
