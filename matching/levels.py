"""What a model is made of: fields with levels of agreement, from best to worst, and how often each is seen.

`m` is how often the level is seen when both sides are the same person, among pairs where both sides say something;
`u` how often when they are not. Numbers are rounded figures for Vietnamese registers, not fitted to any one delivery.
A slip that is the record's own (no accents, initials, a year for a date) is as likely when the record means somebody
else, so such levels have the m of agreement and are told apart by u.
A level with `u` None takes it from how frequent the value is in the register at hand. A blank is no level: it weighs
0 bits, and weight is counted from the worst level up, so that saying less never weighs more.
The models themselves stand in `matching.linkages`.
"""

from dataclasses import dataclass
from math import log2


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement; `code` is what the comparison writes."""

    code: int
    name: str
    meaning: str
    meaning_vi: str
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
    meaning: str
    meaning_vi: str
    levels: tuple[Level, ...]

    def code(self, level: str) -> int:
        """The code of a level by its name."""
        return next(each.code for each in self.levels if each.name == level)

    @property
    def floor(self) -> float:
        """Bits of the worst level, at most 0: where weight is counted from."""
        return min(0.0, *(each.bits for each in self.levels if each.u is not None))
