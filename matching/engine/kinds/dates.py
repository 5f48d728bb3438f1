"""`date`: whole and partial dates, day and month in the other order, one wrong digit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine.kinds.base import Kind, Level, codes
from matching.engine.kinds.options import Options
from matching.engine.spec import Option

if TYPE_CHECKING:
    from matching.standardise.reading import Reading

Days = NDArray[Any]
"""Dates as the numbers yyyymmdd, or their day numbers."""
_LEVELS = (
    Level("exact", "trùng ngày", "the same day", rarity=1.0),
    Level("swapped", "đảo ngày và tháng", "day and month swapped"),
    Level("partial", "trùng phần đã ghi", "what is known of a partial date agrees"),
    Level("slip", "sai một chữ số", "one digit differs, or two neighbours are swapped"),
    Level("near", "cách nhau vài ngày", "a few days apart"),
    Level("month_year", "trùng tháng và năm", "the same month of the same year"),
    Level("day_month", "trùng ngày và tháng", "the same day and month of another year"),
    Level("year", "trùng năm", "the same year"),
    Level("different", "khác nhau", "different"),
)
_CODE = codes(_LEVELS)
_MOST_DAYS = 365
"""Beyond a year `near` would mean nothing, and pairs that far apart are not looked at."""


@dataclass(frozen=True, slots=True)
class Date:
    """Levels of agreement of dates, held as the number yyyymmdd with 00 for what is not known."""

    is_weighed_by_frequency: bool = True
    days: int = 7
    """So many days apart are a few."""
    levels: tuple[Level, ...] = _LEVELS

    def value(self, raw: pl.Expr) -> pl.Expr:
        """`1990-05-03`, `03/05/1990`, `19900503`, `05/1990`, `1990`, odder forms, and columns that are dates."""
        return raw.map_batches(_packed, pl.Int32, is_elementwise=True)

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by arithmetic on year, month and day."""
        one, two = left.to_numpy(), right.to_numpy()
        codes = np.full(len(one), _CODE["different"], dtype=np.int8)
        # Most dates have nothing in common, and little tells that.
        related = np.flatnonzero(_may_be_related(one, two))
        codes[related] = _level(one[related], two[related], self.days)
        return pl.Series(codes)


def _may_be_related(left: Days, right: Days) -> NDArray[np.bool_]:
    """Whether two dates can reach any level but the last: in years next to each other, on one day of the year, or one
    swap of neighbours apart where year and month meet; a partial date always."""
    is_partial = (left % 100 == 0) | (right % 100 == 0)
    is_same_day = (left - right) % 10_000 == 0
    is_near = np.abs(left // 10_000 - right // 10_000) <= 1
    is_swap = ((left - right) % 1_000 == 0) & (left // 100_000 == right // 100_000)
    return np.asarray(is_partial | is_same_day | is_near | is_swap)


def _level(left: Days, right: Days, days: int) -> NDArray[np.int8]:
    (year, month, day), (year2, month2, day2) = _parts(left), _parts(right)
    same_year = year == year2
    is_partial = (day == 0) | (day2 == 0)
    fits = same_year & ((month == month2) | (month == 0) | (month2 == 0))
    cases = [
        (is_partial & fits, "partial"),
        (is_partial & same_year, "year"),
        (is_partial, "different"),
        (same_year & (day == month2) & (month == day2), "swapped"),
        (_is_slip(left, right), "slip"),
        (np.abs(_day_number(left) - _day_number(right)) <= days, "near"),
        (same_year & (month == month2), "month_year"),
        ((month == month2) & (day == day2), "day_month"),
        (same_year, "year"),
    ]
    told = [np.int8(_CODE[name]) for _, name in cases]
    return np.select([case for case, _ in cases], told, np.int8(_CODE["different"]))


def day_numbers(raw: pl.Series) -> pl.Series:
    """The day number of each date; null where the day is not known."""
    dates = _packed(raw)
    whole = (dates % 100 > 0).fill_null(value=False)
    told = pl.Series(_day_number(dates.fill_null(0).to_numpy()), dtype=pl.Int32)
    return pl.select(pl.when(whole).then(told)).to_series()


def _day_number(dates: Days) -> Days:
    """The Julian day number (Fliegel and Van Flandern 1968)."""
    year, month, day = _parts(dates)
    is_early = (month <= 2).astype(np.int32)
    years, months = year + 4800 - is_early, month + 12 * is_early - 3
    return np.asarray(day + (153 * months + 2) // 5 + 365 * years + years // 4 - years // 100 + years // 400)


def _parts(dates: Days) -> tuple[Days, Days, Days]:
    return dates // 10_000, dates // 100 % 100, dates % 100


_PLACES = 10 ** np.arange(8, dtype=np.int64)
"""What each of the eight digits of a date counts."""


def _is_slip(left: Days, right: Days) -> NDArray[np.bool_]:
    """One of eight digits differs, or two neighbours are swapped: told from the difference, most pairs have none."""
    gap = np.abs(left.astype(np.int64) - right)
    # A swap of neighbours a and b differs by 9 (a - b) at their place. Carries make a few one-digit gaps two digits.
    maybe = np.zeros(len(gap), dtype=bool)
    for place in _PLACES:
        maybe |= ((gap % place == 0) & (gap < 10 * place)) | ((gap % (9 * place) == 0) & (gap <= 81 * place))
    rows = np.flatnonzero(maybe)
    mine, theirs = (side[rows, None] // _PLACES % 10 for side in (left, right))
    wrong = (mine != theirs).sum(axis=1)
    is_swapped = ((mine[:, :-1] == theirs[:, 1:]) & (mine[:, 1:] == theirs[:, :-1])).any(axis=1)
    found = np.zeros(len(gap), dtype=bool)
    found[rows] = (wrong == 1) | ((wrong == 2) & is_swapped)
    return found


def _packed(raw: pl.Series) -> pl.Series:
    if raw.dtype in (pl.Date, pl.Datetime):
        return (raw.dt.year().cast(pl.Int32) * 10_000 + raw.dt.month().cast(pl.Int32) * 100 + raw.dt.day()).cast(
            pl.Int32
        )
    text = raw.cast(pl.String)
    iso = text.str.to_date("%Y-%m-%d", strict=False)
    packed = _packed(iso)
    if packed.null_count() == text.null_count():
        return packed
    left = packed.is_null() & text.is_not_null()
    rows = left.arg_true()
    packed = packed.scatter(rows, _read(text.gather(rows)))
    odd = (packed.is_null() & text.str.contains("[0-9]")).arg_true()
    return packed.scatter(odd, _read_odd(text.gather(odd))) if len(odd) else packed


_LOCAL = r"^\s*(?:([0-9]{1,2})[/.\- ])?(?:([0-9]{1,2})[/.\- ])?([0-9]{4})(?:[\sT]|$)"
_ISO = r"^\s*([0-9]{4})[/.\-]?(?:([0-9]{2})(?:[/.\-]?([0-9]{2}))?)?(?:\b|T)"


def _read(text: pl.Series) -> pl.Series:
    local = pl.col("text").str.extract_groups(_LOCAL)
    iso = pl.col("text").str.extract_groups(_ISO)
    both = [local.struct.field("1"), local.struct.field("2"), local.struct.field("3")]
    is_whole = both[1].is_not_null()
    local_parts = [both[2], pl.when(is_whole).then(both[1]).otherwise(both[0]), pl.when(is_whole).then(both[0])]
    iso_parts = [iso.struct.field(str(place)) for place in (1, 2, 3)]
    packed = pl.coalesce(_pack(iso_parts), _pack(local_parts))
    return text.alias("text").to_frame().select(packed).to_series()


_NAMED_MONTHS = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")


def _read_odd(texts: pl.Series) -> pl.Series:
    """Each distinct value as the standardiser reads dates: two-digit years, day numbers of Excel, words."""
    from matching.standardise import dates as standard  # noqa: PLC0415 - loads as long as a small linkage takes
    from matching.standardise.reading import read_through  # noqa: PLC0415 - loads as long as a small linkage takes

    distinct = texts.unique()
    named = pl.coalesce(*(distinct.str.to_date(form, strict=False) for form in _NAMED_MONTHS))
    read = [_from_reading(read_through(value, standard.DATE_STEPS, standard.read_date)) for value in distinct]
    packed = pl.select(pl.coalesce(pl.Series(read, dtype=pl.Int32), _packed(pl.select(named).to_series()))).to_series()
    return texts.replace_strict(distinct, packed, return_dtype=pl.Int32)


def _from_reading(reading: "Reading") -> int | None:
    day = reading.value
    if not isinstance(day, dt.date):
        return None
    known = ("year", "month", "day").index(reading.precision or "day")
    return day.year * 10_000 + (day.month * 100 if known else 0) + (day.day if known == 2 else 0)


def _pack(parts: list[pl.Expr]) -> pl.Expr:
    """The number of year, month and day; null where there is no year, or no such month or day."""
    year, month, day = (part.cast(pl.Int32, strict=False) for part in parts)
    month, day = month.fill_null(0), day.fill_null(0)
    # A month beyond 12 is a day that was written behind its month.
    is_turned = (month > 12) & day.is_between(1, 12)
    month, day = pl.when(is_turned).then(day).otherwise(month), pl.when(is_turned).then(month).otherwise(day)
    return pl.when((year > 0) & (month <= 12) & (day <= 31)).then(year * 10_000 + month * 100 + day)


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `days` (7, at most 365): so many days apart are a few; `frequency` (true)."""
    read = Options("date", options, ("days", "frequency"))
    days = read.number("days", 7)
    if not 0 <= days <= _MOST_DAYS:
        raise read.wrong("days", f"số từ 0 đến {_MOST_DAYS}", f"between 0 and {_MOST_DAYS}")
    return Date(read.flag("frequency", True), int(days))
