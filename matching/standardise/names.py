"""Names of persons and owners: a clean display form, a form to compare and a key without accents.

A display form keeps its case, its style of tone placement, honorifics and remarks; `form` and `key` do not. Abbreviated
words stay ("N. T. Quỳnh" compares as "n t quỳnh").
"""

import re
from collections.abc import Callable

import polars as pl

from matching.standardise.reading import Reading, Step, unreadable
from matching.standardise.syllables import fold, place_tone
from matching.standardise.text import VIETNAMESE_LETTERS
from matching.standardise.typing_residue import decode_name

_UNACCENTED = {letter: fold(letter) for letter in VIETNAMESE_LETTERS}
_LEADING_MARKS = re.compile(r"^[\s=@+\-*#.,;:!'\"`’_/\\|]+(?=[\w?(\[])")
_TRAILING_MARKS = re.compile(r"[\s=@+\-*#,;:!'\"`’_/\\|]+$")
_APOSTROPHE = re.compile("[’‘ʼ`´′ʹ]")

ORGANISATION_WORDS = (
    "cong ty|c ty|cty|ct tnhh|tnhh|t n h h|co phan|cp|dntn|doanh nghiep|hop tac xa|htx|chi nhanh|van phong|vpdd|ubnd"
    "|uy ban nhan dan|uy ban|truong (?:mam non|tieu hoc|thcs|thpt|trung hoc|dai hoc|cao dang"
    "|mau giao|trung cap|pho thong)"
    "|trung tam|benh vien|ho kinh doanh|hkd|ngan hang|so (?:y te|xay dung|noi vu|tai chinh|cong thuong|tu phap"
    "|nong nghiep|van hoa|giao duc)"
    "|phong (?:kham|giao duc|tu phap|kinh te)|ban quan ly|bql|co so|cua hang|nha may|xi nghiep"
    "|tap doan|hiep hoi|hoi dong|hoi (?:nong dan|phu nu|cuu chien binh|chu thap do)|giao xu|nha tho|cong an"
    "|co quan|mttq|mat tran|lien doan|toa an"
    "|vien kiem sat|chi cuc|kho bac|quy tin dung|tram y te|co ltd|company|corporation|jsc|joint stock|limited|ltd"
)
_ORGANISATION = rf"(?:^|[^a-z0-9])(?:{ORGANISATION_WORDS})(?:[^a-z0-9]|$)"
_NO_ORGANISATION = r"^\S+ công t[ýỳỷỹỵ]"
"""A person's name that reads like "công ty" without its accents."""

_SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|vu|vo|phan|truong|bui|dang|do|ngo|ho|duong|dinh|ly|dao|doan|trinh|mai|cao|luong|lam"
    "|thach|lo|ha|ta|tang|chau|trieu|kieu|quach|vang|giang|thai|to|ton|la|luu|dam|danh|son|kim|phung|nong"
)
_ADDRESS = r"^(?:hộ )?(?:ông và bà|ông bà|ông|bà|ô|mr|mrs|ms) (\S+ \S.*)$"
# Ong, Ba and Anh are names too, so these are taken for a form of address before a surname only.
_DOUBTFUL_ADDRESS = "^(?:ong|ba|b|anh|chị|chi|cụ|cu) "
_BEFORE_SURNAME = rf"^\S+ (?:{_SURNAMES}) \S"
_REMARK = r"\s*(?:[(\[].*|\s[-–]\s.*|[,;].*|\svà\s.*|\sva (?:vo|chong|cac|con) .*|\s\d+)$"


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
    if re.search(_ORGANISATION, fold(value)):
        return read_name(value)
    decoded = decode_name(value)
    reading = read_name(decoded)
    return reading if decoded == value else Reading(reading.value, reading.problem, ("typing_residue",))


def forms(names: pl.Series) -> pl.DataFrame:
    """`form` and `key` of each name, whether it `is_organisation`, what was left out (a form of address, a remark).

    The form is in lower case with tone marks in one place, without points, form of address and remarks; the key is the
    form without accents.
    """
    plain = pl.col("name").str.to_lowercase()
    is_organisation = _unaccented(plain).str.contains(_ORGANISATION) & ~plain.str.contains(_NO_ORGANISATION)
    frame = names.rename("name").to_frame().with_columns(is_organisation=is_organisation)
    remark = pl.when("is_organisation").then(plain).otherwise(plain.str.replace(_REMARK, ""))
    frame = frame.with_columns(whole=_spaced(plain), kept=_spaced(remark))
    frame = frame.with_columns(
        address=pl.when("is_organisation").then("kept").otherwise(_without_address(pl.col("kept")))
    )
    # A name that is nothing but a remark keeps it.
    frame = frame.with_columns(form=pl.when(pl.col("address") == "").then("whole").otherwise("address"))
    frame = frame.with_columns(
        by_word(frame["form"], place_tone).alias("form"), is_addressed=pl.col("kept") != pl.col("address")
    )
    return frame.select(
        "form",
        "is_organisation",
        "is_addressed",
        key=_unaccented(pl.col("form")),
        has_remark=pl.col("kept") != pl.col("whole"),
    )


def _spaced(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"[^\p{L}\p{M}\p{N}?&]+", " ").str.strip_chars(" ")


def _without_address(text: pl.Expr) -> pl.Expr:
    sure = text.str.replace(_ADDRESS, "$1")
    is_address = sure.str.contains(_DOUBTFUL_ADDRESS) & _unaccented(sure).str.contains(_BEFORE_SURNAME)
    return pl.when(is_address).then(sure.str.replace(r"^\S+ ", "")).otherwise(sure)


def _unaccented(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(list(_UNACCENTED), list(_UNACCENTED.values()))


def by_word(texts: pl.Series, rewrite: Callable[[str], str]) -> pl.Series:
    """The texts with each word rewritten; the function sees each distinct word once."""
    words = texts.str.split(" ")
    distinct = words.explode().drop_nulls().unique().to_list()
    changed = {word: new for word in distinct if (new := rewrite(word)) != word}
    return words.list.eval(pl.element().replace(changed)).list.join(" ") if changed else texts
