"""An explanation step by step, from the start to the probability, as drawings and tables show it."""

from dataclasses import dataclass
from enum import StrEnum

from matching.explain.explanation import Explanation, probability
from matching.explain.words import Words, bits, one_in, percent

_SUM = {
    False: Words("xác suất là một", "probability that both are the same"),
    True: Words("xác suất là một, xét riêng cặp này", "probability that both are the same, seen alone"),
}
LEAST_SHOWN = 0.05
"""Bits below which what other candidates take is no step."""
RIVALS = Words("có ứng viên khác cũng khớp", "another candidate fits too")


class Step(StrEnum):
    """What a step is."""

    START = "start"
    FOR = "for"
    AGAINST = "against"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Stair:
    """One step: its words, its figures, and the log2 odds before and after it."""

    step: Step
    words: Words
    figures: Words
    before: float
    after: float


def stairs(explanation: Explanation) -> tuple[Stair, ...]:
    """The start, the clues from the strongest for the pair to the strongest against it, rivals, the sum."""
    found = [_stair(Step.START, start_words(explanation), 0.0, explanation.start)]
    for clue in sorted(explanation.clues, key=lambda each: -each.bits):
        found.append(_clue(clue.meaning, clue.bits, found[-1].after, clue.frequency))
    if explanation.rivals <= -LEAST_SHOWN:
        found.append(_clue(RIVALS, explanation.rivals, found[-1].after, None))
    after = found[-1].after
    found.append(
        Stair(Step.SUM, _SUM[explanation.is_alone], _joined(percent(explanation.probability), _bits(after)), 0.0, after)
    )
    return tuple(found)


def start_words(explanation: Explanation) -> Words:
    """How likely the pair was before anything was compared."""
    chance = one_in(probability(explanation.start))
    return Words(f"trước khi so sánh: {chance.vi}", f"before anything is compared: {chance.en}")


def _clue(words: Words, value: float, before: float, frequency: float | None) -> Stair:
    figures = _bits(value) if frequency is None else _joined(one_in(frequency), _bits(value))
    return Stair(Step.AGAINST if value < 0 else Step.FOR, words, figures, before, before + value)


def _stair(step: Step, words: Words, before: float, after: float) -> Stair:
    return Stair(step, words, _bits(after - before), before, after)


def _bits(value: float) -> Words:
    vi, en = bits(value)
    return Words(f"{vi} bit", f"{en} bits")


def _joined(one: Words, two: Words) -> Words:
    return Words(f"{one.vi} · {two.vi}", f"{one.en} · {two.en}")
