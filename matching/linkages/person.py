"""Persons against the population register: what is compared, which records are held against each other, when they link.

The figures are rounded ones for Vietnamese registers, not fitted to any one delivery; see `matching.levels`.
"""

from matching.levels import Field, Level
from matching.linkages.home import ADDRESS, COMMUNE

VERSION = "cascade-4"

KEYS = (
    ("sorted_words",),
    ("squeezed", "birth_year"),
    ("sorted_words", "birth_year"),
    ("sorted_words", "day_of_year"),
    ("sorted_words", "commune"),
    ("birth_date", "given"),
    ("birth_date", "surname"),
    ("birth_date", "initials"),
    ("birth_date", "commune"),
    ("birth_year", "given", "initials"),
    ("birth_year", "surname", "initials"),
    ("folded", "birth_year"),
)

KEYS_OF_LITTLE = (("given", "surname", "commune"), ("initials", "given", "commune"))
"""Keys for records with neither a number nor a birth day: the commune has to narrow them down."""

NAME = Field(
    "name",
    "name of the person",
    "họ tên",
    (
        Level(10, "exact", "the same name, accents included", "trùng họ tên, cả dấu", 0.95),
        Level(
            9,
            "unaccented",
            "the same name, some accents missing, or hỏi for ngã",
            "trùng họ tên, thiếu dấu hoặc lẫn hỏi ngã",
            0.95,
        ),
        Level(8, "reordered", "the same name, the surname in another place", "trùng họ tên, họ đứng chỗ khác", 0.5),
        Level(
            7,
            "near",
            "the name but for a letter, an accent or a regional spelling",
            "họ tên sai một chữ cái, một dấu hoặc theo cách viết vùng miền",
            0.09,
        ),
        Level(
            6, "damaged", "all letters that the name has not lost agree", "họ tên mất chữ, chữ còn lại đều khớp", 0.5
        ),
        Level(5, "initials", "the same name with some words as initials", "trùng họ tên, có chữ viết tắt", 0.5),
        Level(4, "subset", "all words of one name stand in the other", "họ tên một bên thiếu chữ", 0.03),
        Level(3, "close", "two slips in a long name", "họ tên dài, sai hai chữ cái", 0.015),
        Level(2, "given", "only the given name agrees", "chỉ trùng tên, khác họ và đệm", 0.005, 0.012),
        Level(1, "different", "different names", "khác họ tên", 0.01, 0.98),
    ),
)

BIRTH = Field(
    "birth_date",
    "birth date",
    "ngày sinh",
    (
        Level(9, "exact", "the same birth date", "trùng ngày sinh", 0.93),
        Level(
            8,
            "swapped",
            "the same birth date, day and month swapped",
            "trùng ngày sinh, đảo ngày và tháng",
            0.012,
            0.00006,
        ),
        Level(7, "year", "the same year of birth, a day not known", "trùng năm sinh, không rõ ngày", 0.95),
        Level(
            6,
            "slip",
            "one digit of the birth date differs, or two are swapped",
            "ngày sinh sai một chữ số hoặc đảo hai chữ số",
            0.02,
            0.0012,
        ),
        Level(
            5,
            "day_month",
            "the same day and month of birth, another year",
            "trùng ngày tháng sinh, khác năm",
            0.008,
            0.0027,
        ),
        Level(4, "same_year", "born on another day of the same year", "cùng năm sinh, khác ngày", 0.01, 0.014),
        Level(
            3, "near_year", "a year of birth apart, a day not known", "năm sinh lệch một năm, không rõ ngày", 0.03, 0.03
        ),
        Level(1, "different", "different birth dates", "khác ngày sinh", 0.012, 0.95),
    ),
)

NUMBER = Field(
    "number",
    "number of an identity paper",
    "số giấy tờ",
    (
        Level(10, "own", "the record gives the person's citizen ID", "bản ghi nêu số định danh của người này", 0.85),
        Level(
            9,
            "former",
            "the record gives the person's CMND or former citizen ID",
            "bản ghi nêu CMND hoặc số cũ của người này",
            0.80,
        ),
        Level(
            8, "repaired", "the number is the person's after a repair", "số giấy tờ là của người này sau khi sửa", 0.60
        ),
        Level(
            7,
            "one_edit",
            "one digit of the number differs, or two are swapped",
            "số giấy tờ sai một chữ số hoặc đảo hai chữ số",
            0.03,
            1e-7,
        ),
        Level(
            6, "parent", "the number belongs to the person's parent", "số giấy tờ là của cha hoặc mẹ người này", 0.04
        ),
        Level(
            5, "spouse", "the number belongs to the person's spouse", "số giấy tờ là của vợ hoặc chồng người này", 0.04
        ),
        Level(
            4,
            "household",
            "the number belongs to somebody of the person's household",
            "số giấy tờ là của người cùng hộ với người này",
            0.02,
            0.0002,
        ),
        Level(
            3,
            "relative_name",
            "the number's holder is named like a parent or the spouse",
            "người mang số này trùng tên cha, mẹ, vợ hoặc chồng",
            0.04,
            0.0008,
        ),
        Level(
            2, "unknown", "the number is nobody's in the register", "số giấy tờ không của ai trong sổ gốc", 0.06, 0.30
        ),
        Level(1, "other", "the number belongs to somebody else", "số giấy tờ là của người khác", 0.03, 0.70),
    ),
)

SEX = Field(
    "sex",
    "sex",
    "giới tính",
    (
        Level(9, "same", "the same sex", "cùng giới tính", 0.985, 0.8),
        Level(1, "different", "different sexes", "khác giới tính", 0.015, 0.2),
    ),
)


def _relative(name: str, whose: str, whose_vi: str, m: float) -> Field:
    return Field(
        name,
        f"{whose}'s name",
        f"tên {whose_vi}",
        (
            Level(
                10,
                "number",
                f"the register names as {whose} whom the record's {whose} is linked to",
                f"{whose_vi} trong sổ gốc chính là người mà {whose_vi} trên bản ghi được nối tới",
                m,
                m / 1e6,
            ),
            Level(9, "exact", f"the same {whose}'s name, accents included", f"trùng tên {whose_vi}, cả dấu", m),
            Level(
                8,
                "unaccented",
                f"the same {whose}'s name, one side without accents",
                f"trùng tên {whose_vi}, một bên thiếu dấu",
                m,
            ),
            Level(
                6,
                "near",
                f"the {whose}'s name but for a slip or an initial",
                f"tên {whose_vi} sai một chữ hoặc viết tắt",
                m / 6,
            ),
            Level(1, "different", f"another {whose}", f"khác tên {whose_vi}", 1 - m * 1.2, 0.98),
        ),
    )


MOTHER = _relative("mother", "mother", "mẹ", 0.75)
FATHER = _relative("father", "father", "cha", 0.75)
SPOUSE = _relative("spouse", "spouse", "vợ hoặc chồng", 0.7)
CHILD = Field(
    "child",
    "child",
    "con",
    (Level(9, "same", "the register lists this child under the person", "sổ gốc ghi đúng người con này", 0.6, 0.0001),),
)

CONTACT = Field(
    "contact",
    "phone or e-mail",
    "điện thoại hoặc email",
    (
        Level(
            9,
            "same",
            "another record of the person has this phone or e-mail",
            "bản ghi khác của người này cùng điện thoại, email",
            0.5,
            0.0005,
        ),
    ),
)

PERSON = (NAME, BIRTH, NUMBER, SEX, COMMUNE, ADDRESS, MOTHER, FATHER, SPOUSE, CHILD, CONTACT)
"""What is compared of persons."""
