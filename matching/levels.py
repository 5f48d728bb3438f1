"""The model you can read aloud: for every field its levels of agreement, and how often each is seen.

`m` is how often the level is seen when both sides are the same person, among pairs where both sides say something;
`u` how often when they are not. Numbers are rounded figures for Vietnamese registers, not fitted to any one delivery.
A slip that is the record's own (no accents, initials, a year for a date) is as likely when the record means somebody
else, so such levels have the m of agreement and are told apart by u.
A level with `u` None takes it from how frequent the value is in the register at hand. A blank is no level: it weighs
0 bits, and weight is counted from the worst level up, so that saying less never weighs more.
"""

from dataclasses import dataclass
from math import log2

VERSION = "cascade-2"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement; `code` is what the comparison writes."""

    code: int
    name: str
    meaning: str
    m: float
    u: float | None = None

    @property
    def bits(self) -> float:
        """log2(m / u); for levels weighed by frequency the part that does not depend on it."""
        return log2(self.m) if self.u is None else log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that both sides may say, with its levels from best to worst."""

    name: str
    levels: tuple[Level, ...]

    def code(self, level: str) -> int:
        """The code of a level by its name."""
        return next(each.code for each in self.levels if each.name == level)

    @property
    def floor(self) -> float:
        """Bits of the worst level, at most 0: where weight is counted from."""
        return min(0.0, *(each.bits for each in self.levels if each.u is not None))


NAME = Field(
    "name",
    (
        Level(10, "exact", "the same name, accents included", 0.95),
        Level(9, "unaccented", "the same name, some words of one side without accents, or hỏi for ngã", 0.95),
        Level(8, "reordered", "the same words, the surname in another place", 0.5),
        Level(7, "near", "one slip: a letter, a regional spelling, an accent", 0.09),
        Level(6, "damaged", "every letter that the record has not lost agrees", 0.5),
        Level(5, "initials", "the same name with some words as initials", 0.5),
        Level(4, "subset", "all words of one name stand in the other", 0.03),
        Level(3, "close", "two slips in a long name", 0.015),
        Level(2, "given", "only the given name agrees", 0.005, 0.012),
        Level(1, "different", "different names", 0.01, 0.98),
    ),
)

BIRTH = Field(
    "birth_date",
    (
        Level(9, "exact", "the same day", 0.93),
        Level(8, "swapped", "the same day once day and month are swapped", 0.012, 0.00006),
        Level(7, "year", "the same year, one side knows no day", 0.95),
        Level(6, "slip", "one digit differs, or two neighbours are swapped", 0.02, 0.0012),
        Level(5, "day_month", "the same day and month of another year", 0.008, 0.0027),
        Level(4, "same_year", "another day of the same year", 0.01, 0.014),
        Level(3, "near_year", "a year apart, one side knows no day", 0.03, 0.03),
        Level(1, "different", "different dates", 0.012, 0.95),
    ),
)

NUMBER = Field(
    "number",
    (
        Level(9, "own", "the record gives the person's citizen ID", 0.85),
        Level(8, "former", "the record gives a former number: CMND or an earlier citizen ID", 0.80),
        Level(7, "repaired", "the number is the person's after a repair", 0.60),
        Level(6, "one_edit", "one digit of the number differs, or two neighbours are swapped", 0.03, 1e-7),
        Level(5, "parent", "the number belongs to the person's parent", 0.04),
        Level(4, "spouse", "the number belongs to the person's spouse", 0.04),
        Level(3, "relative_name", "the number's holder is named like the person's parent or spouse", 0.04, 0.0008),
        Level(2, "unknown", "the number is nobody's in the register", 0.06, 0.30),
        Level(1, "other", "the number belongs to somebody else", 0.03, 0.70),
    ),
)

SEX = Field("sex", (Level(9, "same", "the same sex", 0.985, 0.8), Level(1, "different", "different sexes", 0.015, 0.2)))

COMMUNE = Field(
    "commune",
    (
        Level(9, "same", "the same commune, mergers taken into account", 0.75, 0.04),
        Level(5, "province", "another commune of the same province", 0.17, 0.45),
        Level(1, "different", "different provinces", 0.08, 0.51),
    ),
)

ADDRESS = Field(
    "address",
    (
        Level(9, "same", "the house number agrees, and the street or the hamlet", 0.3, 0.0002),
        Level(7, "group", "the residents' group and the hamlet agree", 0.1, 0.0015),
        Level(6, "house", "the house number agrees, street or hamlet stand on one side only", 0.05, 0.002),
        Level(5, "shared", "half of the house and street agrees", 0.15, 0.02),
        Level(4, "hamlet", "the number of the hamlet agrees", 0.15, 0.09),
        Level(1, "different", "different addresses", 0.25, 0.88),
    ),
)


def _relative(name: str, whose: str, m: float) -> Field:
    return Field(
        name,
        (
            Level(9, "exact", f"the same {whose}'s name, accents included", m),
            Level(8, "unaccented", f"the same {whose}'s name, one side without accents", m),
            Level(6, "near", f"the {whose}'s name but for a slip or an initial", m / 6),
            Level(1, "different", f"another {whose}", 1 - m * 1.2, 0.98),
        ),
    )


MOTHER = _relative("mother", "mother", 0.75)
FATHER = _relative("father", "father", 0.75)
SPOUSE = _relative("spouse", "spouse", 0.7)
CHILD = Field("child", (Level(9, "same", "the register lists this child under the person", 0.6, 0.0001),))

CONTACT = Field("contact", (Level(9, "same", "another record with this phone or e-mail is the person's", 0.5, 0.0005),))

PERSON = (NAME, BIRTH, NUMBER, SEX, COMMUNE, ADDRESS, MOTHER, FATHER, SPOUSE, CHILD, CONTACT)
"""What is compared of persons."""

TAX_CODE = Field(
    "number",
    (
        Level(9, "own", "the record gives the enterprise's code", 0.9),
        Level(6, "one_edit", "one digit of the code differs, or two neighbours are swapped", 0.03, 1e-6),
        Level(5, "branch", "the same enterprise, another branch or the head office", 0.02, 0.00002),
        Level(4, "representative", "the number is the legal representative's", 0.04, 0.00002),
        Level(2, "unknown", "the code is nobody's in the register", 0.05, 0.30),
        Level(1, "other", "the code belongs to another enterprise", 0.02, 0.70),
    ),
)

COMPANY_NAME = Field(
    "name",
    (
        Level(9, "exact", "the same full name, accents included", 0.95),
        Level(8, "core", "the same core name", 0.90),
        Level(7, "alias", "the short or foreign name", 0.03),
        Level(6, "near", "the core name but for a slip", 0.06),
        Level(5, "representative", "the legal representative's name instead of the enterprise's", 0.03, 0.0005),
        Level(4, "subset", "all words of one core name stand in the other", 0.05),
        Level(2, "partial", "half of the words agree", 0.02, 0.05),
        Level(1, "different", "different names", 0.02, 0.95),
    ),
)

BRANCH = Field(
    "branch",
    (
        Level(9, "same", "both a head office, or both a branch", 0.97, 0.7),
        Level(1, "different", "one is a branch, the other is not", 0.03, 0.3),
    ),
)

ENTERPRISE = (COMPANY_NAME, TAX_CODE, COMMUNE, ADDRESS, BRANCH)
"""What is compared of enterprises."""
