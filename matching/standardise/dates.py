"""Dates in every form that source systems send, down to the year alone, and Excel's day numbers.

Day comes before month, as Vietnamese writes it; only where that is impossible and the other order is a date, the other
order is taken and named. Where both are dates and numbers alone say which is which, the other one is the alternative:
words, and a year in front, leave no choice. A two-digit year up to `LAST_SHORT_YEAR` belongs to this century.
"""

import datetime as dt
import re
from functools import lru_cache

import polars as pl

from matching.standardise.reading import Reading, Step, unreadable

LAST_SHORT_YEAR = 29
"""Two-digit years 00–29 are read as 2000–2029, 30–99 as 1930–1999. A constant, so that runs do not depend on today."""
_YEARS = range(1800, 2101)
_EXCEL_EPOCH = dt.datetime(1899, 12, 30)
_EXCEL_DAYS = range(2101, 73051)
"""Excel day numbers 2101 (1905) to 73050 (2099); smaller numbers are years."""
_ZERO_DATES = (dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1900, 1, 1))
"""What spreadsheets and databases make of an empty date, day after day. A year 1900 alone cannot be told from it."""
_LOCAL_OFFSET = dt.timedelta(hours=7)

_TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AP]M|SA|CH)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_SEPARATOR = r"\s*[/\-. ]\s*"
_YEAR_WORD = r"(?:\s*[/\-.,]\s*|\s*(?:năm|nam)\s+|\s+)"
_MONTH_WORD = r"(?:tháng|thang|thg\.?|th\.?|T\.?)\s*"
_DAY_WORD = r"(?:(?:sinh\s+)?(?:ngày|ngay)\s+)?"
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNKNOWN = r"[-_.?xX*]{1,2}"


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_DAY_FIRST_FORMS = _compiled(
    rf"{_DAY_WORD}(?P<day>\d{{1,2}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})",
)
"""Forms in which the month may have been written first."""
_FORMS = (
    *_compiled(
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}",
        rf"(?P<year>\d{{4}})[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}}){_TIME}",
    ),
    _DAY_FIRST_FORMS[0],
    *_compiled(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?"),
    _DAY_FIRST_FORMS[1],
    *_compiled(
        r"(?P<month>\d{1,2})\s*[/\-.]\s*(?P<year>\d{4})",
        r"(?P<year>\d{4})\s*[/\-]\s*(?P<month>\d{1,2})",
        r"(?:sinh\s+)?(?:năm\s+|nam\s+)?(?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})[ \-]+(?P<name>{'|'.join(_MONTH_NAMES)})[a-z]*[ \-,]+(?P<year>\d{{4}}|\d{{2}}){_TIME}",
        rf"(?P<name>{'|'.join(_MONTH_NAMES)})[a-z]*[ \-]+(?P<day>\d{{1,2}}),?[ \-]+(?P<year>\d{{4}}){_TIME}",
        rf"{_DAY_WORD}(?P<day>\d{{1,2}})[ \-]+{_MONTH_WORD}(?P<month>\d{{1,2}}){_YEAR_WORD}(?P<year>\d{{4}})",
        rf"{_MONTH_WORD}(?P<month>\d{{1,2}}){_YEAR_WORD}(?P<year>\d{{4}})",
        rf"(?:{_UNKNOWN}\s*[/\-. ]\s*)?{_UNKNOWN}\s*[/\-. ]\s*(?P<year>\d{{4}})",
        rf"{_UNKNOWN}\s*[/\-. ]\s*(?P<month>\d{{1,2}})\s*[/\-. ]\s*(?P<year>\d{{4}})",
    ),
)
_EXCEL_NUMBER = re.compile(r"(?P<days>\d{4,5})(?:[.,](?P<fraction>\d+))?")
_WHOLE_FLOAT = re.compile(r"(\d{4}|\d{6,})[.,]0+")
_MARKS = re.compile(r"^[\s'=\"]+|[\s'\";,.]+$")

DATE_STEPS = (
    Step("stray_marks_removed", lambda value: _MARKS.sub("", value)),
    Step("number_as_float", lambda value: match[1] if (match := _WHOLE_FLOAT.fullmatch(value)) else value),
)


def read_date(value: str) -> Reading:
    """The value as a date; a month or a year alone is its first day, told by the precision."""
    reading = _read(value)
    return _with_value(reading, reading.value.date()) if isinstance(reading.value, dt.datetime) else reading


def read_datetime(value: str) -> Reading:
    """The value as local date and time; a date alone is its midnight."""
    return _read(value)


def _with_value(reading: Reading, value: dt.date) -> Reading:
    return Reading(value, None, reading.repairs, reading.precision, reading.alt)


@lru_cache(maxsize=65536)
def _read(value: str) -> Reading:
    problem = "unreadable_date"
    for form in _FORMS:
        match = form.fullmatch(value)
        if match:
            reading = _from_parts(match.groupdict(), may_be_swapped=form in _DAY_FIRST_FORMS)
            if reading:
                return unreadable("zero_date") if _is_zero(reading) else reading
            problem = "impossible_date"
    number = _EXCEL_NUMBER.fullmatch(value)
    if number and int(number["days"]) in _EXCEL_DAYS:
        return _from_excel(int(number["days"]), number["fraction"])
    return unreadable(problem)


def _is_zero(reading: Reading) -> bool:
    value = reading.value
    return isinstance(value, dt.datetime) and value.date() in _ZERO_DATES


def _from_parts(parts: dict[str, str | None], *, may_be_swapped: bool) -> Reading | None:
    """The reading of a matched form; None where no such date exists."""
    year, month, day = (int(parts.get(name) or 0) for name in ("year", "month", "day"))
    name = (parts.get("name") or "").lower()
    month = _MONTH_NAMES.index(name) + 1 if name else month
    repairs: tuple[str, ...] = ()
    if len(parts["year"] or "") == 2:
        year += 2000 if year <= LAST_SHORT_YEAR else 1900
        repairs = ("two_digit_year",)
    if month > 12 >= day > 0:
        day, month = month, day
        repairs = (*repairs, "day_month_swapped")
    moment = _moment(year, month or 1, day or 1, _clock(parts))
    if moment is None or (day and not month):
        return None
    precision = "day" if day else "month" if month else "year"
    is_open = may_be_swapped and precision == "day" and day <= 12 and day != month
    return Reading(moment, None, repairs, precision, dt.date(year, day, month) if is_open else None)


def _moment(year: int, month: int, day: int, clock: tuple[int, int, int, str | None] | None) -> dt.datetime | None:
    hour, minute, second, zone = clock or (0, 0, 0, None)
    if year not in _YEARS:
        return None
    try:
        moment = dt.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment if zone is None else moment - _offset(zone) + _LOCAL_OFFSET


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int, str | None] | None:
    if not parts.get("hour"):
        return None
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    if half in ("AM", "SA") and hour == 12:
        hour = 0
    return hour, minute, second, parts.get("zone")


def _offset(zone: str) -> dt.timedelta:
    if zone.upper() == "Z":
        return dt.timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return dt.timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _from_excel(days: int, fraction: str | None) -> Reading:
    seconds = round(float(f"0.{fraction or 0}") * 86400)
    moment = _EXCEL_EPOCH + dt.timedelta(days=days, seconds=seconds)
    return Reading(moment, None, ("excel_day_number",), "day")


_SHORT_DAY_FIRST = ("^[0-9]{1,2}/[0-9]{1,2}/[12][0-9]{3}$", "%d/%m/%Y")
_YEAR_LEADS = "^(?:1[89]|20)[0-9]{2}"
_DAY_FIRST, _YEAR_FIRST = "[0-9]{2}/[0-9]{2}/[12][0-9]{3}", "[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
_TO_MINUTE = "[0-9]{2}:[0-9]{2}"
_TO_SECOND = f"{_TO_MINUTE}:[0-5][0-9]"
_QUICK_FORMS = {
    8: (("^(?:1[89]|20)[0-9]{6}$", "%Y%m%d"), ("^[03][0-9]{3}[12][0-9]{3}$", "%d%m%Y"), _SHORT_DAY_FIRST),
    9: (_SHORT_DAY_FIRST,),
    10: (
        (f"^{_DAY_FIRST}$", "%d/%m/%Y"),
        (f"^{_YEAR_FIRST}$", "%Y-%m-%d"),
        ("^[0-9]{2}-[0-9]{2}-[12][0-9]{3}$", "%d-%m-%Y"),
        (r"^[0-9]{2}\.[0-9]{2}\.[12][0-9]{3}$", "%d.%m.%Y"),
    ),
    14: (("^[12][0-9]{11}[0-5][0-9]$", "%Y%m%d%H%M%S"),),
    16: ((f"^{_DAY_FIRST} {_TO_MINUTE}$", "%d/%m/%Y %H:%M"),),
    19: (
        (f"^{_YEAR_FIRST}T{_TO_SECOND}$", "%Y-%m-%dT%H:%M:%S"),
        (f"^{_YEAR_FIRST} {_TO_SECOND}$", "%Y-%m-%d %H:%M:%S"),
        (f"^{_DAY_FIRST} {_TO_SECOND}$", "%d/%m/%Y %H:%M:%S"),
    ),
}
"""The usual forms by their length: a regex, and the layout of what matches it."""


def quick_datetimes(values: pl.Series) -> pl.DataFrame:
    """`std` of moments in the usual forms; null for every other value, an odd year and a zero date among them."""
    return _quick_moments(values).to_frame("std")


def quick_dates(values: pl.Series) -> pl.DataFrame:
    """`std`, `precision` and `alt` of dates in the usual forms and of years alone; null for every other value."""
    moment, value, year = pl.col("moment"), pl.col("value"), pl.col("year")
    is_year = value.str.contains("^(?:1[89]|20)[0-9]{2}$") & (value != "1900")
    read = pl.DataFrame({"value": values, "moment": _quick_moments(values)})
    read = read.with_columns(year=pl.when(is_year).then(value).str.to_integer())
    day, month = moment.dt.day(), moment.dt.month()
    is_open = (day <= 12) & (day != month) & ~value.str.contains(_YEAR_LEADS)
    return read.select(
        std=pl.coalesce(moment.dt.date(), pl.date(year, 1, 1)),
        precision=pl.when(moment.is_not_null()).then(pl.lit("day")).when(year.is_not_null()).then(pl.lit("year")),
        alt=pl.when(is_open).then(pl.date(moment.dt.year(), day, month)),
    )


def _quick_moments(values: pl.Series) -> pl.Series:
    moments = pl.repeat(None, len(values), dtype=pl.Datetime("us"), eager=True)
    lengths = values.str.len_bytes()
    for length, forms in _QUICK_FORMS.items():
        rows = (lengths == length).arg_true()
        for form, layout in forms:
            asked = values.gather(rows)
            has_form = asked.str.contains(form)
            read = asked.filter(has_form).str.to_datetime(layout, strict=False, time_unit="us", cache=False)
            moments.scatter(rows.filter(has_form), read)
            rows = rows.filter(~has_form)
            if rows.is_empty():
                break
    moment = pl.lit(moments)
    is_zero = moment.is_between(_ZERO_DATES[0], _ZERO_DATES[-1] + dt.timedelta(days=1), closed="left")
    is_usual = moment.is_between(dt.datetime(_YEARS[0], 1, 1), dt.datetime(_YEARS[-1] + 1, 1, 1), closed="left")
    return pl.select(pl.when(is_usual & ~is_zero).then(moment)).to_series()
