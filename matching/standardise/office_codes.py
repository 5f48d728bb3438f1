"""Codes that offices give: dossiers, procedures, and the offices themselves.

The code of an office was written from the lowest level up (`000.05.16.H09`) and is now written from the highest down
(`H09.16.05`); the latter is its one form here, without the levels that say nothing.
"""

import re

import polars as pl

from matching.standardise.distinct import told_apart
from matching.standardise.reading import Reading, Step, unreadable
from matching.standardise.text import in_capitals

_OLD, _NEW = r"(?:[0-9]{2,3}\.){0,4}[GH][0-9]{2}", r"[GH][0-9]{2}(?:\.[0-9]{1,3}){0,4}"
_OFFICE = rf"(?:{_OLD}|{_NEW})"
_THIRTY = r"(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
_THIRTY_ONE = r"(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])"
_DAY = rf"[0-9]{{2}}(?:{_THIRTY_ONE}|{_THIRTY}|02(?:0[1-9]|1[0-9]|2[0-8]))"
"""Every yyMMdd but the 29th of February."""
_LEAP_DAY = r"(?:[02468][048]|[13579][26])0229"
_DOSSIER = re.compile(rf"{_OFFICE}-([0-9]{{6}})-[0-9]{{4,6}}")
_QUICK_DOSSIER = rf"^{_OFFICE}-{_DAY}-[0-9]{{4,6}}$"
_PROCEDURE = re.compile(r"([0-9]\.[0-9]{6})(?:\.[0-9]{3})?(?:\.[0-9]{2}\.[0-9]{2})?(?:\.[GH][0-9]+(?:\.[0-9]{1,3})*)*")
_DASHES = re.compile(r"\s*[-‐‑‒–—―−_/]\s*|(?<=[0-9])\s+(?=[0-9]{6}(?![0-9])|[0-9]{4,6}$)")
"""And what stands in their place: a line, a stroke, or a space before the day or the number."""
_LABEL = re.compile(r"^(?:mã\s+)?(?:số\s+)?(?:hồ\s+sơ|TTHC|thủ\s+tục|HS)\s*[:.]?\s*(?=[0-9GH])", re.IGNORECASE)
_COMMA = re.compile(r"^([0-9]),(?=[0-9]{6})")
_MARKS = re.compile(r"^[\s'\"=`’]+|[\s'\"`’;,.]+$")

OFFICE_CODE_STEPS = (
    Step("stray_marks_removed", lambda value: _MARKS.sub("", value)),
    Step("label_removed", lambda value: _LABEL.sub("", value)),
    Step("code_form", lambda value: in_capitals(re.sub(r"\s", "", _DASHES.sub("-", _COMMA.sub(r"\1.", value))))),
)
"""For the codes of dossiers and procedures."""
DOSSIER_FORMS: dict[str, pl.DataType] = {"unit": pl.String(), "date": pl.Date(), "style": pl.String()}
OFFICE_FORMS: dict[str, pl.DataType] = {"unit": pl.String()}


def read_dossier_code(value: str) -> Reading:
    """A dossier code: office, date, sequence."""
    match = _DOSSIER.fullmatch(value)
    if match is None:
        return unreadable("unreadable_code")
    is_date = re.fullmatch(f"{_DAY}|{_LEAP_DAY}", match[1])
    return Reading(value) if is_date else unreadable("impossible_date")


def quick_dossier_codes(values: pl.Series) -> pl.DataFrame:
    """`std` of dossier codes without a fault; null for all other values."""
    return values.to_frame("value").select(std=pl.when(pl.col("value").str.contains(_QUICK_DOSSIER)).then("value"))


def read_procedure_code(value: str) -> Reading:
    """The national part of a procedure code, without the suffix of the office."""
    match = _PROCEDURE.fullmatch(value)
    if match is None:
        return unreadable("unreadable_code")
    return Reading(match[1], repairs=("office_suffix_left_out",) if match[1] != value else ())


def dossier_forms(codes: pl.Series) -> pl.DataFrame:
    """DOSSIER_FORMS of dossier codes: the office in its one form, the date, and whether the style is `old` or `new`."""
    parts = codes.to_frame("code").select(pl.col("code").str.splitn("-", 3).struct.unnest())
    offices, office_at = told_apart(parts["field_0"])
    days, day_at = told_apart(parts["field_1"])
    date = pl.concat_str(pl.lit("20"), days).str.to_date("%Y%m%d", strict=False)
    read = offices.to_frame("office").select(unit=_unit(), style=_style())[office_at]
    return read.select("unit", pl.select(date).to_series()[day_at].alias("date"), "style")


def office_forms(values: pl.Series) -> pl.DataFrame:
    """OFFICE_FORMS of what names an office: null where it is no code."""
    is_code = pl.col("office").str.contains(rf"^{_OFFICE}$")
    return values.to_frame("office").select(unit=pl.when(is_code).then(_unit()))


def _unit() -> pl.Expr:
    """From the highest level down, without lower levels of zeros."""
    office = pl.col("office")
    levels = office.str.split(".")
    down = pl.when(office.str.contains("^[GH]")).then(levels).otherwise(levels.list.reverse())
    return down.list.join(".").str.replace(r"(?:\.0+)+$", "")


def _style() -> pl.Expr:
    """An office without levels below reads alike either way, and is new."""
    return (
        pl.when(pl.col("office").str.contains("^[GH]"))
        .then(pl.lit("new"))
        .when(pl.col("office").is_not_null())
        .then(pl.lit("old"))
    )
