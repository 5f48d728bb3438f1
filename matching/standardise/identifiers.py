"""Numbers that name a person or an enterprise: told apart by form, cleaned of labels and separators, and proposals for
what a spreadsheet lost. Only the tax code has a check digit; a citizen ID has a structure.
"""

import re
from dataclasses import replace

import polars as pl
from stdnum.vn import mst

from matching.standardise.dates import LAST_SHORT_YEAR
from matching.standardise.number_cells import BRANCH, SCIENTIFIC, UNIT_CODE, whole_numbers
from matching.standardise.placeholders import PLACEHOLDER_PATTERN, PLACEHOLDERS
from matching.standardise.reading import Reading, unreadable
from matching.standardise.text import in_capitals

_PROVINCES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 "
    "042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 "
    "086 087 089 091 092 093 094 095 096"
)
CITIZEN_ID_PROVINCES = frozenset(_PROVINCES.split(" "))
"""Provinces of birth registration that a citizen ID can begin with (the 63 of before July 2025)."""
_PROVINCE_NUMBERS = tuple(int(each) for each in sorted(CITIZEN_ID_PROVINCES))
_NO_NUMBER = re.compile(
    r"(?:[-–—._/x?*,;: ]+|không( có| rõ| biết)?|khong( co| ro| biet)?|chưa( có| cấp| rõ)?|chua( co| cap| ro)?"
    r"|ko( có| co)?|none|null|nil|n/?a|na|trống|trong)",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}")
_SOCIAL_INSURANCE = re.compile(r"(?:6[5-9]|7\d|9[0-6])\d{8}")
"""Begins with a province; below 65 and from 80 on so do tax codes, those of households and persons among them."""
_MOBILE_BEGINNINGS = (*range(32, 40), 52, 55, 56, 58, 59, 70, *range(76, 80), *range(81, 90), *range(90, 100))
_INSURANCE_BEGINNINGS = (*range(65, 80), *range(90, 97))
"""The same two forms, as the first two digits of the number as an integer."""
_INSURANCE_CARD = re.compile(r"[A-Z]{2}[1-5]\d{2}(\d{10})")
"""Group of insured people, level, province, social insurance number."""
_PLACEHOLDERS = pl.Series(sorted(PLACEHOLDERS))
_FORMS = {
    "tax_code": BRANCH,
    "unit_code": UNIT_CODE,
    "business_certificate": re.compile(r"\d{2}[A-Z]\d{7}"),
    "passport": re.compile(r"[A-Z]{1,2}\d{6,8}"),
}
_DIGIT_LETTERS = str.maketrans("OILSBZ", "011582")
"""In numbers that are in capitals by then, so that an l for 1 is an L."""


def has_citizen_id_structure(number: str) -> bool:
    """Whether the 12 digits begin with a province of before July 2025, a century and a year that have begun."""
    if len(number) != 12 or not number.isdecimal() or number[:3] not in CITIZEN_ID_PROVINCES:
        return False
    return number[3] in "01" or (number[3] in "23" and int(number[4:6]) <= LAST_SHORT_YEAR)


def read_identifier(value: str) -> Reading:
    """The number as written, its kind, and a proposal where digits seem lost."""
    if _NO_NUMBER.fullmatch(value):
        return unreadable("placeholder_number", kind="placeholder")
    if SCIENTIFIC.fullmatch(value):
        return unreadable("lost_digits", kind="lost")
    number = in_capitals(value)
    reading = _read_number(number)
    if number == value or reading.problem is not None:
        return reading
    return replace(reading, repairs=("letter_case", *reading.repairs))


def _read_number(number: str) -> Reading:
    card = _INSURANCE_CARD.fullmatch(number)
    if card:
        reading = _read_number(card[1])
        repairs = ("card_prefix_removed",)
        return reading if reading.problem else Reading(card[1], repairs=repairs, kind="social_insurance")
    if number in PLACEHOLDERS or re.match(PLACEHOLDER_PATTERN, number):
        return unreadable("placeholder_number", kind="placeholder")
    if re.search(r"\d", number) and re.fullmatch(r"[\dX*#•]+", number) and re.search(r"[X*#•]{2}", number):
        return unreadable("masked_number", kind="masked")
    if not re.search(r"\d", number):
        return unreadable("unreadable_number", kind="junk")
    return _told_of(number)


def _told_of(number: str) -> Reading:
    """The number with its kind and proposal."""
    if number.isdecimal() and number.isascii():
        return _told_of_digits(number)
    several = whole_numbers(number)
    if len(several) > 1:
        citizen_id = next(filter(has_citizen_id_structure, several), None)
        repair = "one_of_two_numbers" if citizen_id else None
        return Reading(number, kind="two_numbers", proposal=citizen_id, proposal_repair=repair)
    kind = next((kind for kind, form in _FORMS.items() if form.fullmatch(number)), "other")
    digits = number.translate(_DIGIT_LETTERS)
    has_length = len(digits) in (9, 12) or (len(digits) == 10 and mst.is_valid(digits))
    is_typed_letter = digits.isdecimal() and has_length and 0 < sum(map(str.isalpha, number)) <= 2
    if kind != "other" or not is_typed_letter:
        return Reading(number, kind=kind)
    return Reading(number, kind=kind, proposal=digits, proposal_repair="letter_for_digit")


def _told_of_digits(number: str) -> Reading:
    kind, proposal = _kind_of_digits(number)
    is_tax_code = len(number) == 9
    lost = None if proposal is None else "lost_tax_code_zero" if is_tax_code else "lost_leading_zero"
    return Reading(number, kind=kind, proposal=proposal, proposal_repair=lost)


def _kind_of_digits(number: str) -> tuple[str, str | None]:
    lost_zero = number.zfill(12)
    proposal = lost_zero if has_citizen_id_structure(lost_zero) else None
    match len(number):
        case 12:
            return "citizen_id", None
        case 11 if proposal:
            return "citizen_id", proposal
        case 10:
            # Two zeros are lost where the province is 001 to 008; the check digit tells such a number from a tax code.
            return _kind_of_ten_digits(number, proposal)
        case 8 | 9:
            tax_code = number.zfill(10)
            as_written = "0" + number if len(number) == 8 else None
            return "cmnd", as_written or (tax_code if mst.is_valid(tax_code) else None)
        case 13:
            return "tax_code", None
        case _:
            return "other", None


def _kind_of_ten_digits(number: str, proposal: str | None) -> tuple[str, str | None]:
    """Tax code, phone and social insurance all have ten digits; the check digit of the tax code speaks first."""
    if mst.is_valid(number):
        return "tax_code", proposal
    if _MOBILE.fullmatch(number):
        return "phone", None
    if proposal:
        return "citizen_id", proposal
    return "social_insurance" if _SOCIAL_INSURANCE.fullmatch(number) else "tax_code", None


def read_citizen_id(value: str) -> Reading:
    """A citizen ID as a key: a lost leading zero is restored where the structure then fits."""
    reading = read_identifier(value)
    if reading.kind == "citizen_id" and reading.proposal:
        repairs = (*reading.repairs, "leading_zero_restored")
        return replace(reading, value=reading.proposal, proposal=None, proposal_repair=None, repairs=repairs)
    return reading


def read_tax_code(value: str) -> Reading:
    """A tax code as a key: 10 digits, 10-3 or 12; a lost leading zero is restored where the check digit then fits."""
    reading = read_identifier(value)
    number = str(reading.value or "")
    head, _, branch = number.partition("-")
    if re.fullmatch(r"\d{9}", head) and mst.is_valid("0" + head):
        return Reading("-".join(filter(None, ("0" + head, branch))), repairs=("leading_zero_restored",))
    if re.fullmatch(r"\d{12}", number) and not has_citizen_id_structure(number) and mst.is_valid("0" + number[:9]):
        return Reading(f"0{number[:9]}-{number[9:]}", repairs=("leading_zero_restored",))
    return replace(reading, kind=None, proposal=None, proposal_repair=None)


_QUICK_FORMS = "^(?:[0-9]{8,12}|[0-9]{10}-[0-9]{3}|[A-Z][0-9]{6,8}|[0-9]{2}[A-Z][0-9]{7})$"
"""Branches, business certificates and plain digits; passports with one letter, as two may be a label (CC, PP)."""


def quick_identifiers(values: pl.Series) -> pl.DataFrame:
    """`std`, `kind`, `proposal` with its repair and `has_check_digit` of plain numbers; null for all other values."""
    lost = (
        pl.when(pl.col("number").str.len_bytes() == 9)
        .then(pl.lit("lost_tax_code_zero"))
        .otherwise(pl.lit("lost_leading_zero"))
    )
    return _quick(values).select(
        "kind",
        "proposal",
        std="number",
        proposal_repair=pl.when(pl.col("proposal").is_not_null()).then(lost),
        has_check_digit=pl.when(pl.col("kind") == "tax_code").then("fits"),
    )


def quick_citizen_ids(values: pl.Series) -> pl.DataFrame:
    """`std` and `kind` of plain digits that have lost none; null for all other values."""
    is_whole = (pl.col("kind") != "citizen_id") | pl.col("proposal").is_null()
    return _quick(values).select(pl.when(is_whole).then(pl.col("number", "kind"))).rename({"number": "std"})


def quick_tax_codes(values: pl.Series) -> pl.DataFrame:
    """`std` of plain tax codes of ten digits, or of a branch; null for all other values."""
    return values.to_frame("value").select(std=_plain(r"^[0-9]{10}(?:-[0-9]{3})?$"))


def _plain(form: str) -> pl.Expr:
    value = pl.col("value")
    is_real = ~value.str.starts_with("0000000") & ~value.is_in(_PLACEHOLDERS.implode())
    return pl.when(value.str.contains(form) & is_real).then(value)


def _quick(values: pl.Series) -> pl.DataFrame:
    """`number`, `kind`, `proposal` and whether the check digit `fits`, by the rules of `_kind`."""
    number = values.to_frame("value").select(number=_plain(_QUICK_FORMS))
    # Most numbers have twelve digits, which say all by their length.
    others = (number["number"].str.len_bytes() != 12).arg_true()
    told = _told_apart(number["number"].gather(others))
    is_read = pl.col("number").is_not_null()
    whole = number.with_columns(
        kind=pl.when(is_read).then(pl.lit("citizen_id")),
        proposal=pl.lit(None, pl.String),
        fits=pl.when(is_read).then(pl.lit(value=False)),
    )
    return whole.with_columns(whole[name].scatter(others, told[name]) for name in ("kind", "proposal", "fits"))


def _told_apart(numbers: pl.Series) -> pl.DataFrame:
    """`kind`, `proposal` and `fits` of plain numbers of other lengths."""
    number, digits, length = pl.col("number"), pl.col("digits"), pl.col("length")
    head = pl.when(length == 14).then(number.str.head(10)).otherwise(number)
    # Where the digits are those of a citizen ID: the province, the century with the sex, the year.
    beginning, century, year = digits // 10**9, digits // 10**8 % 10, digits // 10**6 % 100
    read = numbers.to_frame("number").with_columns(length=number.str.len_bytes())
    read = read.with_columns(digits=head.str.to_integer(strict=False)).with_columns(
        fits=_fits_check_digit(digits),
        is_citizen=beginning.is_in(_PROVINCE_NUMBERS) & ((century < 2) | ((century < 4) & (year <= LAST_SHORT_YEAR))),
        is_mobile=(length == 10) & (digits // 10**7).is_in(_MOBILE_BEGINNINGS),
    )
    return read.select("fits", **_quick_kind())


def _quick_kind() -> dict[str, pl.Expr]:
    number, digits, length = pl.col("number"), pl.col("digits"), pl.col("length")
    fits, is_citizen, is_phone = pl.col("fits"), pl.col("is_citizen"), pl.col("is_mobile") & ~pl.col("fits")
    kind = (
        pl.when(number.str.contains("^[A-Z]"))
        .then(pl.lit("passport"))
        .when(number.str.contains("[A-Z]"))
        .then(pl.lit("business_certificate"))
        .when(length == 14)
        .then(pl.lit("tax_code"))
        .when(length < 10)
        .then(pl.lit("cmnd"))
        .when((length == 10) & fits)
        .then(pl.lit("tax_code"))
        .when(is_phone)
        .then(pl.lit("phone"))
        .when(is_citizen)
        .then(pl.lit("citizen_id"))
        .when(length == 11)
        .then(pl.lit("other"))
        .when((digits // 10**8).is_in(_INSURANCE_BEGINNINGS))
        .then(pl.lit("social_insurance"))
        .otherwise(pl.when(length == 10).then(pl.lit("tax_code")))
    )
    proposal = (
        pl.when(digits.is_not_null() & ((length == 8) | ((length == 9) & fits)))
        .then(pl.lit("0") + number)
        .when(length.is_in([10, 11]) & is_citizen & ~is_phone)
        .then(number.str.zfill(12))
    )
    return {"kind": kind, "proposal": proposal}


def has_check_digit(number: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """For tax codes of ten digits, or of a branch: whether the check digit fits; null for every other number."""
    head = pl.when(kind == "tax_code").then(number).str.head(10).str.to_integer(strict=False)
    return _fits_check_digit(head)


def _fits_check_digit(digits: pl.Expr) -> pl.Expr:
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    total = pl.sum_horizontal(
        ((digits // 10 ** (9 - at) % 10) * weight for at, weight in enumerate(weights)), ignore_nulls=False
    )
    return (10 - total % 11 == digits % 10) & (digits // 10 % 10_000_000 > 0)
