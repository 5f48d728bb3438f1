"""What reading one value gives, and how a value passes through named steps before it is read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Reading:
    """One value understood, or the reason why it was not."""

    value: str | int | bool | dt.date | dt.datetime | None = None
    problem: str | None = None
    repairs: tuple[str, ...] = ()
    precision: str | None = None
    """Dates: day, month or year."""
    alt: dt.date | None = None
    """Dates: the reading with day and month swapped, where there is one."""
    kind: str | None = None
    """Identifiers: citizen_id, cmnd, tax_code, …"""
    proposal: str | None = None
    """Identifiers: a repaired candidate that is worth trying."""
    proposal_repair: str | None = None
    """Identifiers: what the proposal repairs."""


Reader = Callable[[str], Reading]
"""Reads a cleaned, non-empty value."""


@dataclass(frozen=True, slots=True)
class Step:
    """A named repair of text; it applies where it changes the value."""

    repair: str
    apply: Callable[[str], str]


_MAX_PASSES = 5


def unreadable(problem: str, *, kind: str | None = None) -> Reading:
    """A value that was not understood."""
    return Reading(problem=problem, kind=kind)


@lru_cache(maxsize=65536)
def read_through(value: str, steps: tuple[Step, ...], reader: Reader) -> Reading:
    """The value after its steps, read; with the names of the steps that changed it."""
    repairs: list[str] = []
    for _ in range(_MAX_PASSES):
        before = value
        for step in steps:
            repaired = step.apply(value)
            if repaired != value:
                repairs.append(step.repair)
                value = repaired
        # One repair can lay bare another (marks before a label); a clean value passes once.
        if value == before:
            break
    if not value:
        return Reading()
    reading = reader(value)
    if not repairs or reading.problem is not None:
        return reading
    return replace(reading, repairs=(*repairs, *reading.repairs))
