"""Phone numbers and e-mail addresses."""

import re

import polars as pl

from matching.standardise.number_cells import expand
from matching.standardise.placeholders import PHONE_PLACEHOLDERS
from matching.standardise.reading import Reading, Step, unreadable

_SEVERAL = re.compile(r"\s*[/;,|]\s*|\s+[-–]\s+|[-–](?=0)|\s+(?:và|va|hoặc|hoac)\s+|\s+(?=\+?0?84|0)")
_PHONE_LABEL = re.compile(
    r"^(?:số\s+|so\s+)?(?:điện thoại|dien thoai|đtdđ|dtdd|đt|dt|sđt|sdt|tel|phone|mobile|di động|di dong|zalo)"
    r"\s*[.:]*\s*(?=[+(0-9])",
    re.IGNORECASE,
)
_BEFORE_WORDS = re.compile(r"([+(0-9][0-9 .()\-]*[0-9])\s*[(\[:\-–]*\s*[^\W\d_][^0-9]*")
_OLD_MOBILES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    **{f"016{digit}": f"03{digit}" for digit in range(2, 10)},
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
"""Beginnings of mobile numbers of eleven digits, which got ten in 2018."""
_QUICK_PHONE = "^0(?:[35789][0-9]{8}|2[0-9]{9})$"
_QUICK_EMAIL = r"^[a-z0-9._+\-]+@[a-z0-9\-]+(\.[a-z0-9\-]+)*\.[a-z]{2,}$"


def _first(value: str) -> str:
    """The first of several phone numbers, each whole by itself."""
    parts = _SEVERAL.split(value)
    is_each = all(read_phone(part).value is not None for part in parts)
    return parts[0] if len(parts) > 1 and is_each else value


def _taken(value: str) -> str:
    """The number before a name or a remark, where it is whole."""
    match = _BEFORE_WORDS.fullmatch(value)
    return match[1] if match and read_phone(match[1]).value is not None else value


PHONE_STEPS = (
    Step("label_removed", lambda value: _PHONE_LABEL.sub("", value)),
    Step("scientific_notation", expand),
    Step("first_of_several", _first),
    Step("number_among_words", _taken),
)
EMAIL_STEPS = (
    Step("stray_marks_removed", lambda value: value.strip("<>.,;:'\" ")),
    Step("label_removed", lambda value: re.sub(r"^(?:mailto|e-?mail)\s*:\s*", "", value, flags=re.IGNORECASE)),
    Step("letter_case", str.lower),
)


def read_phone(value: str) -> Reading:
    """Digits of a phone number in its national form of today."""
    digits = re.sub(r"[\s.\-()/]", "", value)
    national = re.sub(r"^(?:\+|00)?840?(?=[1-9][0-9]{8,9}$)", "0", digits)
    if re.fullmatch("[1-9][0-9]{8}", digits):
        return _named("0" + digits, "leading_zero_restored")
    if not re.fullmatch(r"0[0-9]{9}|0[1-7][0-9]{9}", national):
        return unreadable("unreadable_phone")
    return _named(national, *(("phone_form",) if national != value else ()))


def _named(national: str, *repairs: str) -> Reading:
    if national in PHONE_PLACEHOLDERS:
        return unreadable("placeholder_number")
    beginning = _OLD_MOBILES.get(national[:4]) if len(national) == 11 else None
    if beginning is None:
        return Reading(national, repairs=repairs)
    return Reading(beginning + national[4:], repairs=(*repairs, "old_mobile_number"))


def quick_phones(values: pl.Series) -> pl.DataFrame:
    """`std` of mobile and landline numbers in their national form; null for all other values."""
    value = pl.col("value")
    is_plain = value.str.contains(_QUICK_PHONE) & ~value.is_in(sorted(PHONE_PLACEHOLDERS))
    return values.to_frame("value").select(std=pl.when(is_plain).then(value))


def quick_emails(values: pl.Series) -> pl.DataFrame:
    """`std` of plain addresses in lower case; null for all other values."""
    return values.to_frame("value").select(std=pl.when(pl.col("value").str.contains(_QUICK_EMAIL)).then("value"))


def read_email(value: str) -> Reading:
    """An address in lower case."""
    is_address = re.fullmatch(r"[^@\s,;<>=|]+@(?:[^@\s,;<>=|.]+\.)+[a-z]{2,}", value)
    return Reading(value) if is_address else unreadable("unreadable_email")
