"""Drift: shares of a delivery (empty fields by unit, repairs, codes) that the last deliveries do not explain.

Each share is held against that of all the last deliveries together by a two-proportion test whose variance is widened
by how much the share varied between them. A night makes thousands of such tests, so the false alarms among the alarms
are held down (Benjamini–Hochberg), and a shift must be large enough to matter. Drift warns; it never refuses.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Literal

from expectations.profile import ALL_UNITS, Profile

DELIVERIES_NEEDED = 5
FALSE_ALARM_SHARE = 0.01
"""Of all alarms so many may be chance (Benjamini and Hochberg 1995)."""
LEAST_SHIFT, LEAST_ROWS, LEAST_ROWS_MORE = 0.10, 30, 10
"""Own judgement: a shift by ten points, in thirty rows or more, of ten rows or more than expected, is worth a look."""

Measure = Literal["missing", "repair", "code"]
Key = tuple[Measure, str, str, str]
"""Measure, unit ("" for all), field, and repair or code ("" of an empty field)."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One share that moved."""

    measure: Measure
    unit: str
    property: str
    value: str
    rows: int
    share: float
    share_before: float
    deliveries: int


def drift(now: Profile, before: Sequence[Profile]) -> list[Shift]:
    """The shares that moved, the largest shifts first; none while there were too few deliveries of the kind before."""
    if len(before) < DELIVERIES_NEEDED:
        return []
    keys = _keys([now, *before])
    former: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for each in before:
        for key, count in _counts(each, keys):
            former[key].append(count)
    tested = [
        (_p_value(count, former[key]), key, count)
        for key, count in _counts(now, keys)
        if count[1] >= LEAST_ROWS and sum(rows for _, rows in former[key]) >= LEAST_ROWS
    ]
    told = (_shift(key, count, former[key]) for key, count in _beyond_chance(tested))
    shifts = [each for each in told if _matters(each)]
    return sorted(shifts, key=lambda each: (-abs(each.share - each.share_before), each.unit, each.property, each.value))


def _keys(profiles: Sequence[Profile]) -> dict[str, set[tuple[str, str]]]:
    """What is counted in any of the profiles: an absent count is a zero of the others."""
    found: dict[str, set[tuple[str, str]]] = {"missing": set(), "repair": set(), "code": set()}
    for each in profiles:
        found["missing"] |= {(name, "") for unit in each["missing"].values() for name in unit["fields"]}
        found["repair"] |= {(name, repair) for name, _, repair in (key.partition(":") for key in each["repairs"])}
        found["code"] |= {(name, code) for name, codes in each["codes"].items() for code in codes}
    return found


def _counts(told: Profile, keys: dict[str, set[tuple[str, str]]]) -> Iterator[tuple[Key, tuple[int, int]]]:
    for unit, of_unit in told["missing"].items():
        for name, _ in sorted(keys["missing"]):
            yield ("missing", unit, name, ""), (of_unit["fields"].get(name, 0), of_unit["rows"])
    for name, repair in sorted(keys["repair"]):
        yield ("repair", ALL_UNITS, name, repair), (told["repairs"].get(f"{name}:{repair}", 0), told["rows"])
    for name, code in sorted(keys["code"]):
        codes = told["codes"].get(name, {})
        yield ("code", ALL_UNITS, name, code), (codes.get(code, 0), sum(codes.values()))


def _p_value(now: tuple[int, int], before: Sequence[tuple[int, int]]) -> float:
    """Two-sided, with a correction for continuity; 1 where neither side varies."""
    (count, rows), (former, former_rows) = now, _sums(before)
    share = (count + former) / (rows + former_rows)
    variance = share * (1 - share) * (1 / rows + 1 / former_rows) * _spread(before)
    if variance == 0:
        return 1.0
    apart = max(abs(count / rows - former / former_rows) - 0.5 / rows, 0)
    return erfc(apart / sqrt(variance) / sqrt(2))


def _spread(before: Sequence[tuple[int, int]]) -> float:
    """How much more the share varied from delivery to delivery than chance alone makes it: at least 1."""
    count, rows = _sums(before)
    share = count / rows
    filled = [each for each in before if each[1]]
    if share in (0, 1) or len(filled) < 2:
        return 1.0
    squares = sum((part - n * share) ** 2 / (n * share * (1 - share)) for part, n in filled)
    return max(squares / (len(filled) - 1), 1.0)


def _sums(counts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(count for count, _ in counts), sum(rows for _, rows in counts)


def _beyond_chance(tested: list[tuple[float, Key, tuple[int, int]]]) -> list[tuple[Key, tuple[int, int]]]:
    """Benjamini–Hochberg: all up to the last p-value below its share of the allowed false alarms."""
    ordered = sorted(tested)
    below = [at for at, each in enumerate(ordered, start=1) if each[0] <= FALSE_ALARM_SHARE * at / len(ordered)]
    return [(key, count) for _, key, count in ordered[: max(below, default=0)]]


def _shift(key: Key, now: tuple[int, int], before: Sequence[tuple[int, int]]) -> Shift:
    count, rows = _sums(before)
    return Shift(*key, now[1], now[0] / now[1], count / rows, len(before))


def _matters(each: Shift) -> bool:
    apart = abs(each.share - each.share_before)
    return apart >= LEAST_SHIFT and apart * each.rows >= LEAST_ROWS_MORE
