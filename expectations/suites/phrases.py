"""SQL conditions that several suites share, over the standard columns of a staged table.

Every condition states a failure that is certain: a date known by year or month counts as its whole period, so
`2019` is before `2019-03-01` for no rule. A value that is missing or was not understood makes the condition NULL.
"""

from string import Template

_LAST_DAY = Template(
    "CAST(${date}__std + CASE ${date}__precision WHEN 'year' THEN INTERVAL '1 year - 1 day'"
    " WHEN 'month' THEN INTERVAL '1 month - 1 day' ELSE INTERVAL '0 days' END AS date)"
)
_BEFORE = Template("$last_day < ${earlier}__std")
_UNDER_AGE = Template("$last_day < ${birth}__std + INTERVAL '$years years'")
_DAY_BEFORE = Template("CAST(${later}__std AS date) < CAST(${earlier}__std AS date)")
# As texts, so that a folder named 2026-13-45 is an odd name and not an error.
_AFTER_DELIVERY = Template(
    "to_char(${date}__std, 'YYYY-MM-DD') > substring(_delivery_id FROM '/([0-9]{4}-[0-9]{2}-[0-9]{2})')"
)
# Digits are compared as text: PostgreSQL may evaluate a cast before the condition that guards it.
_SEX_DIGIT = Template(
    "${number}__kind = 'citizen_id' AND ${sex}__std IN (1, 2)"
    " AND (substr(${number}__std, 4, 1) IN ('0', '2', '4', '6', '8')) <> (${sex}__std = 1)"
)
# As a set difference: the database hashes both sides once, whatever their size.
_IN_NO_ROW = Template("$column IN (SELECT $column FROM $table EXCEPT SELECT $key FROM $other)")
_CENTURY = "(CAST(date_part('year', ${birth}__std) AS integer) / 100 - 19) * 2"
_TWO_DIGITS = "to_char(${birth}__std, 'YY')"
_YEAR_DIGITS = Template(
    "${number}__kind = 'citizen_id' AND substr(${number}__std, 4, 3) NOT IN"
    f" (CAST({_CENTURY} AS text) || {_TWO_DIGITS}, CAST({_CENTURY} + 1 AS text) || {_TWO_DIGITS})"
)


def last_day(date: str) -> str:
    """The last day that the date may mean, given how precisely it is known."""
    return _LAST_DAY.substitute(date=date)


def before(later: str, earlier: str) -> str:
    """The date that should be later is before the other one, however both are completed."""
    return _BEFORE.substitute(last_day=last_day(later), earlier=earlier)


def day_before(later: str, earlier: str) -> str:
    """The time that should be later lies on an earlier day.

    Days are compared, not times: one field of a row often has a time of day where the other has only a date.
    """
    return _DAY_BEFORE.substitute(later=later, earlier=earlier)


def after_delivery(date: str) -> str:
    """The day lies after the day that the delivery is named after; of a delivery named otherwise nothing is said."""
    return _AFTER_DELIVERY.substitute(date=date)


def under_age(birth: str, *, at: str, years: int) -> str:
    """Somebody born then has not reached that age at the other date, however both are completed."""
    return _UNDER_AGE.substitute(last_day=last_day(at), birth=birth, years=years)


def sex_digit_differs(number: str, sex: str) -> str:
    """Digit 4 of the citizen ID (even male, odd female) contradicts the recorded sex."""
    return _SEX_DIGIT.substitute(number=number, sex=sex)


def year_digits_differ(number: str, birth: str) -> str:
    """Digits 4 to 6 of the citizen ID (century, two digits of the year) contradict the birth date."""
    return _YEAR_DIGITS.substitute(number=number, birth=birth)


def in_no_row_of(column: str, table: str, other: str, key: str) -> str:
    """The column's value, where there is one, is the key of no row of the other table."""
    return f"{column} IS NOT NULL AND {_IN_NO_ROW.substitute(column=column, table=table, other=other, key=key)}"
