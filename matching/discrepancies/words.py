"""The closed lists: fields that are held against the register, kinds of difference, how grave, and who is likely wrong.

A difference is as grave as its field, unless its kind says less: a former number contradicts nothing, however grave
another number would be.
"""

from collections.abc import Mapping
from dataclasses import dataclass

IDENTIFIER, BIRTH, NAME, DETAIL, COMPATIBLE = 4, 3, 2, 1, 0
"""Degrees of gravity. COMPATIBLE is told and asks for nothing; from NAME on a difference is repaired by default."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that both sides may hold."""

    name: str
    vi: str
    en: str
    gravity: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A way in which two values differ; `most` bounds the gravity of the field."""

    name: str
    vi: str
    en: str
    most: int = IDENTIFIER


@dataclass(frozen=True, slots=True)
class Because:
    """Why one side is held to be wrong."""

    name: str
    side: str
    """local, register or unclear."""
    vi: str
    en: str


def _by_name(*members: Field) -> Mapping[str, Field]:
    return {each.name: each for each in members}


FIELDS = _by_name(
    Field("number", "số giấy tờ", "number of the identity paper", IDENTIFIER),
    Field("second_number", "số giấy tờ thứ hai", "second number", IDENTIFIER),
    Field("enterprise_code", "mã số doanh nghiệp", "enterprise code", IDENTIFIER),
    Field("birth_date", "ngày sinh", "birth date", BIRTH),
    Field("life", "còn sống", "being alive", BIRTH),
    Field("name", "họ tên", "name", NAME),
    Field("sex", "giới tính", "sex", NAME),
    Field("enterprise_name", "tên doanh nghiệp", "name of the enterprise", NAME),
    Field("legal_status", "tình trạng pháp lý", "legal status", NAME),
    Field("ethnicity", "dân tộc", "ethnic group", DETAIL),
    Field("commune", "xã, phường cư trú", "commune of residence", DETAIL),
    Field("office_commune", "xã, phường trụ sở", "commune of the head office", DETAIL),
    Field("mother_name", "họ tên mẹ", "mother's name", DETAIL),
    Field("mother_number", "số định danh của mẹ", "mother's number", DETAIL),
    Field("father_name", "họ tên cha", "father's name", DETAIL),
    Field("father_number", "số định danh của cha", "father's number", DETAIL),
    Field("spouse_name", "họ tên vợ hoặc chồng", "spouse's name", DETAIL),
    Field("spouse_number", "số định danh của vợ hoặc chồng", "spouse's number", DETAIL),
)
"""Parents and spouse as the register lists them: their own numbers and names are compared where they have a role."""


def _kinds(*members: Kind) -> Mapping[str, Kind]:
    return {each.name: each for each in members}


KINDS = _kinds(
    # Names.
    Kind("accents_missing", "một bên thiếu dấu", "one side lacks accents", DETAIL),
    Kind("tone_confused", "lẫn dấu hỏi và dấu ngã", "hỏi and ngã confused"),
    Kind("accent_differs", "khác dấu", "another accent"),
    Kind(
        "regional_spelling",
        "cách viết vùng miền (Hoàng/Huỳnh, Lý/Lí)",
        "a regional spelling (Hoàng/Huỳnh, Lý/Lí)",
    ),
    Kind("one_letter", "sai một chữ cái", "one letter differs"),
    Kind("two_letters", "sai hai chữ cái", "two letters differ"),
    Kind("word_order", "họ đứng chỗ khác", "the surname stands elsewhere", DETAIL),
    Kind("letters_lost", "mất chữ khi chuyển mã", "letters were lost", DETAIL),
    Kind("initials", "viết tắt", "initials", DETAIL),
    Kind("words_missing", "một bên thiếu chữ", "one side lacks a word"),
    Kind("other_name", "tên khác", "another name"),
    Kind("alias", "tên viết tắt hoặc tên nước ngoài", "the short or foreign name", COMPATIBLE),
    Kind("representative", "ghi tên người đại diện pháp luật", "the representative's name", COMPATIBLE),
    Kind("legal_form", "khác loại hình doanh nghiệp", "another legal form"),
    # Dates.
    Kind("partial_date", "một bên chỉ có năm hoặc tháng, không mâu thuẫn", "only the year or month", COMPATIBLE),
    Kind("day_month_swapped", "đảo ngày và tháng", "day and month swapped"),
    Kind("one_digit", "sai một chữ số, hoặc đảo hai chữ số", "one digit differs, or two are swapped"),
    Kind("other_year", "khác năm", "another year"),
    Kind("same_year", "cùng năm, khác ngày", "another day of the same year"),
    Kind("other_date", "ngày khác", "another date"),
    # Numbers.
    Kind("lost_zero", "mất số 0 ở đầu", "a leading zero is lost", NAME),
    Kind("former_number", "số cũ của chính người này", "a former number of the same person", COMPATIBLE),
    Kind("other_former_number", "CMND khác với sổ gốc", "another CMND than the register's", DETAIL),
    Kind("relative_number", "số của cha, mẹ, vợ, chồng hoặc chủ hộ", "a relative's or householder's number"),
    Kind("branch_number", "mã số của chi nhánh khác hoặc trụ sở", "another branch's or the head office's code", DETAIL),
    Kind("other_number", "số khác", "another number"),
    # Codes, places, facts.
    Kind("other_value", "giá trị khác", "another value"),
    Kind("split_unit", "đơn vị cũ đã chia, có thể vẫn khớp", "a former unit that was split may agree", COMPATIBLE),
    Kind("other_commune", "xã, phường khác cùng tỉnh", "another commune of the province"),
    Kind("other_province", "tỉnh khác", "another province"),
    Kind("after_death", "việc xảy ra sau ngày chết đã đăng ký", "an act after the registered death"),
    Kind("after_end", "việc xảy ra sau khi doanh nghiệp chấm dứt", "an act after the enterprise ended"),
)

BECAUSE = {
    each.name: each
    for each in (
        Because("local_incomplete", "local", "bản ghi địa phương thiếu", "the local record lacks something"),
        Because("register_incomplete", "register", "sổ gốc thiếu", "the register lacks something"),
        Because("register_gives_numbers", "local", "số do sổ gốc cấp", "the register gives out the numbers"),
        Because(
            "number_agrees_with_register",
            "local",
            "năm sinh, giới tính trong số định danh khớp sổ gốc",
            "birth year and sex in the citizen ID are the register's",
        ),
        Because(
            "number_agrees_with_local",
            "register",
            "năm sinh, giới tính trong số định danh khớp bản ghi",
            "birth year and sex in the citizen ID are the record's",
        ),
        Because(
            "several_against_register",
            "register",
            "từ hai đơn vị trở lên ghi giống nhau, không đơn vị nào khớp sổ gốc",
            "two or more offices say the same, none what the register says",
        ),
        Because(
            "others_agree_with_register",
            "local",
            "đơn vị khác ghi đúng như sổ gốc",
            "another office says what the register says",
        ),
        Because("no_evidence", "unclear", "chưa rõ bên nào sai", "nothing tells which side is wrong"),
    )
}
"""In this order the first that applies is told."""
