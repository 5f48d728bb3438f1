"""What a name is written with and is no part of it: a form of address, a remark, a second person, another language."""

import polars as pl

from matching.standardise.name_spaces import SURNAMES
from matching.standardise.organisation_words import is_organisation
from matching.standardise.syllables import fold
from matching.standardise.text import VIETNAMESE_LETTERS

_UNACCENTED = {letter: fold(letter) for letter in VIETNAMESE_LETTERS}
_ADDRESS = r"^(?:(?:hộ |vợ chồng )(?:ông|ô)|(?:hộ |vợ chồng )?(?:ông và bà|ông bà|bà)|ô|mr|mrs|ms) (\S+ \S.*)$"
# Ong, Ba and Anh are names too, so these are taken for a form of address before a surname only.
_DOUBTFUL_ADDRESS = "^(?:ông|ong|ba|b|anh|chị|chi|cụ|cu|hộ) "
_BEFORE_SURNAME = rf"^\S+ (?:{'|'.join(sorted(SURNAMES))}) \S"
_RARE_SURNAMES = (
    "âu|bạch|bàn|bành|bế|cầm|chảo|chế|chiêm|chung|cồ|cổ|cù|cung|đái|đàng|đậu|điểu|diệp|doãn|đới|đống|đường|giáp|hàn|hạ"
    "|hầu|hứa|kha|khâu|khổng|khúc|khương|khưu|kpă|ksor|lã|lạc|lại|liêu|lò|lữ|lục|lù|ma|mạc|mạch|mùa|nay|nghiêm|ngụy"
    "|nhan|nhâm|nhữ|niê|ninh|phàn|phí|phó|quan|quàng|quảng|quế|sầm|siu|sử|sùng|tẩn|thào|thân|thẩm|thiều|thôi|tiết|tiêu"
    "|tòng|tống|trà|trầm|từ|tưởng|ung|uông|và|vi|viên|vòng|vừ|vương"
)
# Ông is a surname too: "Ông Ích Khiêm", "Ông Thị Lan".
_SIR = rf"^ông (?:{_RARE_SURNAMES}|\S) \S"
_EITHER = r"^((?:hộ )?)(?:ông|anh)\s*/\s*(bà|chị)([\s.:]+\S)"
_IN_BRACKETS = r"^[(\[]\s*(ông|bà|anh|chị|cụ|hộ)\s*[)\]]"
_REMARK_BEFORE = r"^[(\[][^)\]]*[)\]]\s*(\S+\s.*)$"
# Và is a name too ("Nguyễn Thị Và"): another person has two words at least, after as many.
_SECOND_PERSON = r"^(\S+ \S.*?\p{L})(?:\s*/\s*\p{L}.*|\svà\s+\S+\s.*)$"
_SAYS_MORE = (
    "nộp (?:hộ|thay)|nop (?:ho|thay)|(?:làm|ký) (?:hộ|thay)|ủy quyền|uỷ quyền|uy quyen|đại diện"
    r"|hộ (?:ông|bà|anh|chị) \S+|cùng (?:vợ|chồng|các)|và (?:vợ|chồng|các|con|gia đình)|va (?:vo|chong|cac|con)|&"
)
_REMARK = rf"\s*(?:[(\[].*|\s[-–]\s.*|[,;].*|\s(?:{_SAYS_MORE})(?:\s.*)?|\s\d+)$"
_ORGANISATION_REMARK = r"\s*(?:\((?:giám đốc|giam doc|đại diện|dai dien|uq|bản sao|chủ hộ)\)|[-–] (?:nộp hộ|nop ho))$"
_FOREIGN_FORM = "co[., ]+ltd|ltd|limited|company|corporation|corp|jsc|joint stock|inc|llc|gmbh"
_FOREIGN_NAME = rf"\s+(\([^()]*\b(?:{_FOREIGN_FORM})\b[^()]*\)?)$"
_MAYBE_ADDRESS = "(?:hộ|vợ chồng|ông|bà|ô|mr|mrs|ms|ong|ba|b|anh|chị|chi|cụ|cu) "
UNUSUAL = rf"[^\p{{L}}\p{{M}}\p{{N}}?& ]|  |^ | $|^{_MAYBE_ADDRESS}| và |{_REMARK}"
"""In a name in lower case of which a form may have to leave something out; most names have none of it."""


def reduced(plain: pl.Series) -> pl.DataFrame:
    """The `text` of names in lower case that remains without marks, form of address and remarks, and what it lacks."""
    opened = pl.col("plain").str.replace(_EITHER, "${1}${2}${3}").str.replace(_IN_BRACKETS, "$1 ")
    frame = pl.DataFrame({"plain": plain}).with_columns(whole=_spaced(pl.col("plain")), opened=opened)
    frame = frame.with_columns(is_organisation=is_organisation(pl.col("whole"), unaccented(pl.col("whole"))))
    frame = frame.with_columns(kept=_spaced(_without_remark(pl.col("opened"))))
    frame = frame.with_columns(
        address=pl.when("is_organisation").then("kept").otherwise(_without_address(pl.col("kept")))
    )
    return frame.select(
        "is_organisation",
        # A name that is nothing but a remark keeps it.
        text=pl.when(pl.col("address") == "").then("whole").otherwise("address"),
        is_addressed=(pl.col("kept") != pl.col("address")) | (pl.col("opened") != pl.col("plain")),
        has_remark=pl.col("kept") != _spaced(pl.col("opened")),
    )


def _without_remark(text: pl.Expr) -> pl.Expr:
    remark = pl.when("is_organisation").then(_without_foreign_name(text).str.replace(_ORGANISATION_REMARK, ""))
    alone = text.str.replace(_REMARK_BEFORE, "$1").str.replace(_SECOND_PERSON, "$1").str.replace(_REMARK, "")
    return remark.otherwise(alone)


def _without_foreign_name(text: pl.Expr) -> pl.Expr:
    """The text without the enterprise's name in another language, which brackets at its end repeat.

    Brackets that name a branch say more than the words before them, and stay.
    """
    foreign = text.str.extract(_FOREIGN_NAME)
    says_more = foreign.str.contains(r"\b(?:branch|office)\b")
    return pl.when(foreign.is_null() | says_more).then(text).otherwise(text.str.replace(_FOREIGN_NAME, ""))


def _spaced(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"[^\p{L}\p{M}\p{N}?&]+", " ").str.strip_chars(" ")


def _without_address(text: pl.Expr) -> pl.Expr:
    sure = text.str.replace(_ADDRESS, "$1")
    is_address = sure.str.contains(_SIR) | (
        sure.str.contains(_DOUBTFUL_ADDRESS) & unaccented(sure).str.contains(_BEFORE_SURNAME)
    )
    return pl.when(is_address).then(sure.str.replace(r"^\S+ ", "")).otherwise(sure)


def unaccented(text: pl.Expr) -> pl.Expr:
    """The text in lower case without the accents of Vietnamese."""
    return text.str.replace_many(list(_UNACCENTED), list(_UNACCENTED.values()))
