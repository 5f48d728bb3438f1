"""What an indicator is: a name, a numerator and a denominator in words, a source, and how many points it is worth."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Variant = Literal["official", "portal", "reuse_flag", "local", "own"]
"""`official`: QĐ 766 as a local system applies it; `portal`: as the national portal does; `reuse_flag`: by the flag
`DuocTaiSuDung`, which no official count is known to use; `local`: as some provinces' systems do; `own`: doisoat's."""

QD_766 = "QĐ 766/QĐ-TTg, "
"""What the source of an official rule begins with; its item follows."""
ALL_UNITS = "*"
"""The unit of a row that counts all units together."""
UNIT_UNKNOWN = "?"
"""The unit of records that name none."""
WHOLE_RECORD = "record"
"""The role of an indicator that counts records and not whom they name."""


class Words(NamedTuple):
    """A phrase in Vietnamese and English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator by one rule; `note` tells what is assumed and what the data cannot tell."""

    indicator: str
    variant: Variant
    title: Words
    numerator: Words
    denominator: Words
    note: Words
    source: str
    max_points: float | None = None
    """None where QĐ 766 as read gives this rate no points of its own."""
    full_points_from: float | None = None
    """Rate in percent from which all points are given, linear below; None where the formula is not known."""

    @property
    def key(self) -> tuple[str, Variant]:
        """Indicator and variant."""
        return self.indicator, self.variant

    @property
    def item(self) -> str:
        """The item of QĐ 766 that the source names; none for other sources."""
        return self.source.removeprefix(QD_766) if self.source.startswith(QD_766) else ""

    @property
    def is_of_service(self) -> bool:
        """Whether it judges the service that offices give, and not the reconciliation."""
        return self.variant != "own"
