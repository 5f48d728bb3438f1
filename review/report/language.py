"""One of the two languages of the report: picks words and writes numbers, times and shares the way its readers do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

MISSING = "–"
_MINUS = "−"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Label(NamedTuple):
    """A word or phrase in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Language:
    """Vietnamese (1.234,5) or English (1,234.5)."""

    code: Literal["vi", "en"]

    def t(self, vi: str, en: str, **values: object) -> str:
        """The phrase in this language with its `{values}` filled in."""
        chosen = vi if self.code == "vi" else en
        return chosen.format(**values) if values else chosen

    def of(self, label: Label) -> str:
        """The label in this language."""
        return label.vi if self.code == "vi" else label.en

    def integer(self, value: float | None) -> str:
        """A count with its thousands grouped."""
        return MISSING if value is None else self._localised(f"{value:,.0f}")

    def decimal(self, value: float | None, digits: int = 1) -> str:
        """A number with a fixed count of decimals."""
        return MISSING if value is None else self._localised(f"{value:,.{digits}f}").replace("inf", "∞")

    def signed(self, value: float | None, digits: int = 0) -> str:
        """A difference with its sign; ±0 for none."""
        if value is None:
            return MISSING
        if round(value, digits) == 0:
            return "±0"
        return self._localised(f"{value:+,.{digits}f}")

    def share(self, part: float, whole: float) -> str:
        """`part` of `whole` in percent, never rounded up to all nor down to none."""
        return MISSING if not whole else self.score(100 * part / whole) + "%"

    def score(self, value: float | None) -> str:
        """A score of 0 to 100; 99.97 reads 99.9, for 100 promises that nothing failed."""
        if value is None:
            return MISSING
        if 0 < value < 0.1:
            return "<" + self.decimal(0.1)
        if value in (0, 100):
            return self.integer(int(value))
        return self.decimal(min(value, 99.9) if value < 100 else value)

    def moment(self, iso: str) -> str:
        """A local date and time; text that is none is given back as it came."""
        try:
            at = datetime.fromisoformat(iso)
        except ValueError:
            return iso or MISSING
        vi = f"{at:%H:%M} ngày {at.day}/{at.month}/{at.year}"
        return self.t(vi, f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}")

    def day(self, iso: str) -> str:
        """A day; text that is none is given back as it came."""
        try:
            on = date.fromisoformat(iso)
        except ValueError:
            return iso or MISSING
        return self.t(f"{on.day}/{on.month}/{on.year}", f"{on.day} {_MONTHS[on.month - 1]} {on.year}")

    def seconds(self, value: float | None) -> str:
        """A span of time in seconds, or in minutes and seconds from two minutes on."""
        if value is None:
            return MISSING
        if value < 120:
            return self.decimal(value) + self.t(" giây", " s")
        minutes, rest = divmod(round(value), 60)
        return self.t("{m} phút {s:02d} giây", "{m} min {s:02d} s", m=self.integer(minutes), s=rest)

    def _localised(self, english: str) -> str:
        swapped = english.translate(str.maketrans(",.", ".,")) if self.code == "vi" else english
        return swapped.replace("-", _MINUS)


VI = Language("vi")
EN = Language("en")
