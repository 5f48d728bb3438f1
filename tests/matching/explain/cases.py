"""Explanations made by hand for the tests."""

from matching.explain import Clue, Explanation, Words
from matching.explain.explanation import probability


def clue(name: str, bits: float, frequency: float | None = None) -> Clue:
    return Clue(name, Words(name, name), "level", Words(f"{name} vi", f"{name} en"), bits, frequency)


def explanation(*clues: Clue, start: float = -10.0, rivals: float = 0.0) -> Explanation:
    odds = start + sum(each.bits for each in clues)
    return Explanation(clues, start, probability(odds + rivals))
