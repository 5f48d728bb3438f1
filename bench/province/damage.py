"""What becomes of a column when clerks write it: the values as written, and what happened to which record.

Each function takes the truth and returns the same columns damaged. A damage that cannot befall a record (no card, a day
after the twelfth) leaves it as it is and is not told.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from bench.province.draws import Bools, Ints, fates, happens
from bench.province.places import communes
from bench.province.settings import Dirt, damages
from bench.province.vocabulary import PLACEHOLDERS


@dataclass(frozen=True, slots=True)
class Damaged:
    """Columns as written, and for each damage the records that it befell."""

    columns: pl.DataFrame
    befell: Mapping[str, Bools]


def numbers(rng: np.random.Generator, people: pl.DataFrame, dirt: Dirt) -> Damaged:
    """`number` of `person_id`, `cmnd` and `relative_id`."""
    group, size = damages("number"), people.height
    ids = people["person_id"].cast(pl.Int64).to_numpy()
    written = people.select("person_id", "cmnd", "relative_id").with_columns(
        fate=fates(rng, dirt.rates("number"), size),
        wrong=_twelve_digits(_wrong_digit(rng, ids)),
        turned=_twelve_digits(_transposed(rng, ids)),
        placeholder=pl.Series(PLACEHOLDERS).gather(rng.integers(0, len(PLACEHOLDERS), size)),
    )
    value = pl.col("person_id")
    instead = {
        "number_missing": pl.lit(None, pl.String),
        "number_lost_zero": value.str.strip_prefix("0"),
        "number_wrong_digit": pl.col("wrong"),
        "number_transposed": pl.col("turned"),
        "number_cmnd": pl.col("cmnd"),
        "number_of_household": pl.col("relative_id"),
        "number_placeholder": pl.col("placeholder"),
    }
    can = {"number_cmnd": pl.col("cmnd").is_not_null(), "number_of_household": pl.col("relative_id").is_not_null()}
    return _one_of(written, group, value=value, instead=instead, can=can, name="number")


def births(rng: np.random.Generator, people: pl.DataFrame, dirt: Dirt) -> Damaged:
    """`birth_date`, `birth_year` where only the year was written, and `birth_text` as it was."""
    size, value = people.height, pl.col("birth_date")
    day, month, year = value.dt.day(), value.dt.month(), value.dt.year()
    written = people.select("birth_date").with_columns(
        fate=fates(rng, dirt.rates("birth"), size),
        add=pl.Series(rng.integers(1, 10, size).astype(np.int32)),
        is_year=happens(rng, 0.5, size),
    )
    other_year = year // 10 * 10 + (year % 10 + pl.col("add")) % 10
    other_day = day // 10 * 10 + (day % 10 + pl.col("add")) % 10
    written = written.with_columns(
        swapped=_date(year, day, month), shifted=_date(other_year, month, day), moved=_date(year, month, other_day)
    )
    shifted = pl.when("is_year").then(pl.coalesce("shifted", "moved")).otherwise(pl.coalesce("moved", "shifted"))
    nothing = pl.lit(None, pl.Date)
    instead = {
        "birth_missing": nothing,
        "birth_year_only": nothing,
        "birth_swapped": pl.col("swapped"),
        "birth_wrong_digit": shifted,
    }
    can = {"birth_swapped": (pl.col("swapped") != value).fill_null(False), "birth_wrong_digit": shifted.is_not_null()}
    dates = _one_of(written, damages("birth"), value=value, instead=instead, can=can, name="birth_date")
    is_year_only = pl.Series(dates.befell["birth_year_only"])
    columns = dates.columns.with_columns(
        birth_year=pl.when(is_year_only).then(people["birth_date"].dt.year().cast(pl.Int16)),
    ).with_columns(
        birth_text=pl.coalesce(value.dt.strftime("%d/%m/%Y"), pl.col("birth_year").cast(pl.String)),
    )
    return Damaged(columns, dates.befell)


def sexes(rng: np.random.Generator, people: pl.DataFrame, dirt: Dirt) -> Damaged:
    """`sex`."""
    written = people.select("sex").with_columns(fate=fates(rng, dirt.rates("sex"), people.height))
    instead = {"sex_missing": pl.lit(None, pl.Int8), "sex_wrong": (3 - pl.col("sex")).cast(pl.Int8)}
    return _one_of(written, damages("sex"), value=pl.col("sex"), instead=instead, can={}, name="sex")


def homes(rng: np.random.Generator, people: pl.DataFrame, dirt: Dirt) -> Damaged:
    """`commune_code`."""
    value = pl.col("commune_code")
    written = people.select("commune_code").with_columns(
        fate=fates(rng, dirt.rates("commune"), people.height),
        other=pl.Series(communes(rng, people.height)).cast(pl.String),
    )
    instead = {"commune_moved": pl.col("other"), "commune_missing": pl.lit(None, pl.String)}
    can = {"commune_moved": pl.col("other") != value}
    return _one_of(written, damages("commune"), value=value, instead=instead, can=can, name="commune_code")


def contacts(rng: np.random.Generator, people: pl.DataFrame, dirt: Dirt) -> Damaged:
    """`phone`; another one is one that the register has of nobody, or of somebody else by chance."""
    value = pl.col("phone")
    written = people.select("phone", "other_phone").with_columns(fate=fates(rng, dirt.rates("phone"), people.height))
    instead = {"phone_missing": pl.lit(None, pl.String), "phone_other": pl.col("other_phone")}
    can = {"phone_missing": value.is_not_null()}
    return _one_of(written, damages("phone"), value=value, instead=instead, can=can, name="phone")


def _one_of(
    frame: pl.DataFrame,
    group: list[str],
    *,
    value: pl.Expr,
    instead: Mapping[str, pl.Expr],
    can: Mapping[str, pl.Expr],
    name: str,
) -> Damaged:
    """The value, or what the record's `fate` makes of it where it can."""
    happened = {each: (pl.col("fate") == place) & can.get(each, pl.lit(True)) for place, each in enumerate(group)}
    written = value
    for each, hit in happened.items():
        written = pl.when(hit).then(instead[each]).otherwise(written)
    told = frame.select(written.alias(name), **happened)
    return Damaged(told.select(name), {each: told[each].to_numpy() for each in group})


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The date; null where there is none."""
    number = year.cast(pl.Int32) * 10_000 + month.cast(pl.Int32) * 100 + day.cast(pl.Int32)
    return number.cast(pl.String).str.to_date("%Y%m%d", strict=False)


def _twelve_digits(numbers: Ints) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(12)


def _wrong_digit(rng: np.random.Generator, ids: Ints) -> Ints:
    place = np.power(10, rng.integers(0, 11, len(ids)), dtype=np.int64)
    digit = ids // place % 10
    other = (digit + rng.integers(1, 10, len(ids))) % 10
    wrong: Ints = ids + (other - digit) * place
    return wrong


def _transposed(rng: np.random.Generator, ids: Ints) -> Ints:
    """Two neighbouring digits change places, two that differ."""
    digits = ids[:, None] // 10 ** np.arange(12) % 10
    difference = digits[:, 1:] - digits[:, :-1]
    place = (rng.random(difference.shape) * (difference != 0)).argmax(axis=1)
    moved = difference[np.arange(len(ids)), place] * 10**place
    transposed: Ints = ids - 9 * moved
    return transposed
