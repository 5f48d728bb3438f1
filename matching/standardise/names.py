"""Names of persons and owners: a clean display form, a form to compare and a key without accents.

A display form keeps its case, its style of tone placement, honorifics and remarks; `form` and `key` do not. Abbreviated
words stay ("N. T. Quỳnh" compares as "n t quỳnh").
"""

import re

import polars as pl

from matching.standardise.name_parts import by_word
from matching.standardise.organisation_words import is_branch, is_organisation, names_organisation
from matching.standardise.reading import Reading, Step, unreadable
from matching.standardise.syllables import fold, place_tone
from matching.standardise.text import VIETNAMESE_LETTERS
from matching.standardise.typing_residue import decode_name

_UNACCENTED = {letter: fold(letter) for letter in VIETNAMESE_LETTERS}
_LEADING_MARKS = re.compile(r"^[\s=@+\-*#.,;:!'\"`’_/\\|]+(?=[\w?(\[])")
_TRAILING_MARKS = re.compile(r"[\s=@+\-*#,;:!'\"`’_/\\|]+$")
_APOSTROPHE = re.compile("[’‘ʼ`´′ʹ]")

_SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|vu|vo|phan|truong|bui|dang|do|ngo|ho|duong|dinh|ly|dao|doan|trinh|mai|cao|luong|lam"
    "|thach|lo|ha|ta|tang|chau|trieu|kieu|quach|vang|giang|thai|to|ton|la|luu|dam|danh|son|kim|phung|nong"
)
_ADDRESS = r"^(?:hộ |vợ chồng )?(?:ông và bà|ông bà|ông|bà|ô|mr|mrs|ms) (\S+ \S.*)$"
# Ong, Ba and Anh are names too, so these are taken for a form of address before a surname only.
_DOUBTFUL_ADDRESS = "^(?:ong|ba|b|anh|chị|chi|cụ|cu|hộ) "
_BEFORE_SURNAME = rf"^\S+ (?:{_SURNAMES}) \S"
_SAYS_MORE = (
    "nộp (?:hộ|thay)|nop (?:ho|thay)|(?:làm|ký) (?:hộ|thay)|ủy quyền|uỷ quyền|uy quyen|đại diện"
    r"|hộ (?:ông|bà|anh|chị) \S+|cùng (?:vợ|chồng|các)|và|va (?:vo|chong|cac|con)|&"
)
_REMARK = rf"\s*(?:[(\[].*|\s[-–]\s.*|[,;].*|\s(?:{_SAYS_MORE})(?:\s.*)?|\s\d+)$"
_ORGANISATION_REMARK = r"\s*(?:\((?:giám đốc|giam doc|đại diện|dai dien|uq|bản sao|chủ hộ)\)|[-–] (?:nộp hộ|nop ho))$"


def _strip_marks(value: str) -> str:
    return _TRAILING_MARKS.sub("", _LEADING_MARKS.sub("", value))


NAME_STEPS = (
    Step("apostrophe", lambda value: _APOSTROPHE.sub("'", value)),
    Step("stray_marks_removed", _strip_marks),
    Step("typing_residue", decode_name),
)
OWNER_STEPS = NAME_STEPS[:2]
"""An enterprise's foreign words are no typing residue; a person's name among owners is decoded by its reader."""


def read_name(value: str) -> Reading:
    """A name that has letters."""
    return Reading(value) if any(map(str.isalpha, value)) else unreadable("unreadable_name")


def read_owner(value: str) -> Reading:
    """A person's or an organisation's name."""
    if names_organisation(fold(value)):
        return read_name(value)
    decoded = decode_name(value)
    reading = read_name(decoded)
    return reading if decoded == value else Reading(reading.value, reading.problem, ("typing_residue",))


def forms(names: pl.Series) -> pl.DataFrame:
    """`form` and `key` of each name, whether it `is_organisation` or `is_branch`, and what was left out.

    The form is in lower case with tone marks in one place, without points, form of address and remarks; the key is the
    form without accents.
    """
    frame = names.rename("name").to_frame().with_columns(plain=pl.col("name").str.to_lowercase())
    frame = frame.with_columns(whole=_spaced(pl.col("plain")))
    frame = frame.with_columns(bare=_unaccented(pl.col("whole")))
    frame = frame.with_columns(is_organisation=is_organisation(pl.col("whole"), pl.col("bare")))
    frame = frame.with_columns(kept=_spaced(_without_remark(pl.col("plain"))))
    frame = frame.with_columns(
        address=pl.when("is_organisation").then("kept").otherwise(_without_address(pl.col("kept")))
    )
    # A name that is nothing but a remark keeps it.
    frame = frame.with_columns(form=pl.when(pl.col("address") == "").then("whole").otherwise("address"))
    frame = frame.with_columns(by_word(frame["form"], place_tone).alias("form"))
    frame = frame.with_columns(key=_unaccented(pl.col("form")))
    return frame.select(
        "form",
        "key",
        "is_organisation",
        is_branch=pl.col("is_organisation") & is_branch(pl.col("key")),
        is_addressed=pl.col("kept") != pl.col("address"),
        has_remark=pl.col("kept") != pl.col("whole"),
    )


def _without_remark(text: pl.Expr) -> pl.Expr:
    remark = pl.when("is_organisation").then(text.str.replace(_ORGANISATION_REMARK, ""))
    return remark.otherwise(text.str.replace(_REMARK, ""))


def _spaced(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"[^\p{L}\p{M}\p{N}?&]+", " ").str.strip_chars(" ")


def _without_address(text: pl.Expr) -> pl.Expr:
    sure = text.str.replace(_ADDRESS, "$1")
    is_address = sure.str.contains(_DOUBTFUL_ADDRESS) & _unaccented(sure).str.contains(_BEFORE_SURNAME)
    return pl.when(is_address).then(sure.str.replace(r"^\S+ ", "")).otherwise(sure)


def _unaccented(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(list(_UNACCENTED), list(_UNACCENTED.values()))
