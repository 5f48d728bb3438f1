"""Reads the options of a comparison strictly: an unknown name or a value of another type is an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

from matching.engine.spec import Option
from matching.errors import SpecError


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one comparison and the names it knows."""

    kind: str
    given: Mapping[str, Option]
    known: tuple[str, ...]

    def __post_init__(self) -> None:
        unknown = sorted(set(self.given) - set(self.known))
        if unknown:
            raise SpecError(
                f'kind = "{self.kind}"',
                f"unknown option {unknown[0]}",
                self.known,
                vi=f"không có tùy chọn {unknown[0]}",
            )

    def flag(self, name: str, default: bool) -> bool:
        """A yes or no."""
        value = self.given.get(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, "true hoặc false", "true or false")
        return value

    def text(self, name: str, default: str) -> str:
        """A text."""
        value = self.given.get(name, default)
        if not isinstance(value, str):
            raise self.wrong(name, "văn bản", "a text")
        return value

    def choice(self, name: str, default: str, known: tuple[str, ...]) -> str:
        """One of several words."""
        value = self.text(name, default)
        if value not in known:
            raise SpecError(f'kind = "{self.kind}"', f"unknown {name} {value}", known, vi=f"không có {name} {value}")
        return value

    def number(self, name: str, default: float) -> float:
        """A number."""
        value = self.given.get(name, default)
        if not _is_number(value):
            raise self.wrong(name, "số", "a number")
        return float(value)

    def numbers(self, name: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """A list of numbers."""
        value = self.given.get(name, list(default))
        if not isinstance(value, list) or not all(map(_is_number, value)):
            raise self.wrong(name, "danh sách số", "a list of numbers")
        return tuple(float(each) for each in value)

    def shares(self, name: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """A list of numbers between 0 and 1, from high to low."""
        values = self.numbers(name, default)
        if not values or not _is_falling((1.0, *values, 0.0)):
            raise self.wrong(name, "các số từ 0 đến 1, giảm dần", "numbers between 0 and 1, from high to low")
        return values

    def growing(self, name: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """A list of numbers above 0, from low to high."""
        values = self.numbers(name, default)
        if not values or not _is_falling((*values[::-1], 0.0)):
            raise self.wrong(name, "các số lớn hơn 0, tăng dần", "numbers above 0, from low to high")
        return values

    def wrong(self, name: str, vi: str, en: str) -> SpecError:
        """The error of a value that is none of what is wanted."""
        return SpecError(f'kind = "{self.kind}"', f"{name} must be {en}", (), vi=f"{name} phải là {vi}")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_falling(values: tuple[float, ...]) -> bool:
    return all(high > low for high, low in pairwise(values))
