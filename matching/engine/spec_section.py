"""One table of a linkage's TOML file, read strictly: what is unknown, missing or of another type is a SpecError.

Every error names the file, the table, the key and what would be right, in Vietnamese and English.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.errors import SpecError

_LARGEST = 10**12
_KNOWN_SHOWN = 12
"""Of more names than these only the near ones are offered."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table as it was given, and how it is called in the file."""

    origin: str
    name: str
    given: Mapping[str, object]

    def only(self, *known: str) -> None:
        """Refuses keys that are not among these."""
        for key in self.given:
            if key not in known:
                raise self.wrong(key, "không có khóa này", "there is no such key", offered(key, known))

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty."""
        value = self.given.get(key, default)
        if value is None:
            raise self.wrong(key, "thiếu khóa này; hãy thêm vào", "this key is missing; add it")
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "phải là văn bản trong dấu nháy kép", "must be a text in double quotes")
        return value

    def word(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """One of a closed list of words."""
        value, words = self.text(key, default), tuple(known)
        if value not in words:
            raise self.wrong(key, f'không có "{value}"', f'there is no "{value}"', offered(value, words))
        return value

    def whole(self, key: str, default: int, *, least: int = 1) -> int:
        """A whole number of at least `least` that fits a machine's number."""
        value = self.given.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _LARGEST:
            vi, en = (
                f"phải là số nguyên từ {least} đến {_LARGEST}",
                f"must be a whole number from {least} to {_LARGEST}",
            )
            raise self.wrong(key, vi, en)
        return value

    def positive(self, key: str, default: float) -> float:
        """A number above 0."""
        value = self.given.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
            raise self.wrong(key, "phải là số lớn hơn 0", "must be a number above 0")
        return float(value)

    def table(self, key: str) -> "Section":
        """A table within; empty where it is not given."""
        value = self.given.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"phải là bảng, viết là [{key}]", f"must be a table, written [{key}]")
        return Section(self.origin, f"[{key}]", value)

    def tables(self, key: str) -> "list[Section]":
        """The tables of a list; none where it is not given."""
        value = self.given.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            vi, en = f"phải là danh sách bảng, viết là [[{key}]]", f"must be a list of tables, written [[{key}]]"
            raise self.wrong(key, vi, en)
        return [Section(self.origin, f"[[{key}]] {at}", each) for at, each in enumerate(value, 1)]

    def wrong(self, key: str, vi: str, en: str, known: tuple[str, ...] = ()) -> SpecError:
        """The error of a key of this table; without a key, of the table itself."""
        where = ", ".join(part for part in (self.origin, self.name, key) if part)
        return SpecError(where, en, known, vi=vi)


def offered(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """What the word may have meant: the near names first, and all of them where they are few."""
    names = tuple(dict.fromkeys(known))
    best = near(word, names)
    return best + tuple(name for name in names if name not in best) if len(names) <= _KNOWN_SHOWN else best


def near(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names that look like the word, in any case; the nearest first."""
    by_folded = {name.casefold(): name for name in known}
    return tuple(by_folded[each] for each in difflib.get_close_matches(word.casefold(), by_folded, n=3))
