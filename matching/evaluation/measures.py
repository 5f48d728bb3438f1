"""Precision, recall and F1 by recordlinkage's definitions, with the counts they come from."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Rates:
    """What a number of links is worth; a rate whose denominator is 0 is 0."""

    linked: int
    correct: int
    matches: int
    """True pairs, linked or not."""
    precision: float
    recall: float
    f1: float

    @property
    def shown(self) -> tuple[float | None, float | None, float]:
        """Precision, recall and F1 for people: of nothing linked no share is right, of nothing true none is found."""
        return (self.precision if self.linked else None, self.recall if self.matches else None, self.f1)


def rates(linked: int, correct: int, matches: int) -> Rates:
    """The rates of `linked` pairs, `correct` ones among them, where `matches` pairs are true."""
    if not correct:
        # recordlinkage divides by zero where there is no right link.
        return Rates(linked, correct, matches, 0.0, 0.0, 0.0)
    from recordlinkage import measures  # noqa: PLC0415 - brings pandas and scikit-learn, which linking does not need

    confusion = np.array([[correct, matches - correct], [linked - correct, 0]])
    return Rates(
        linked,
        correct,
        matches,
        float(measures.precision(confusion)),
        float(measures.recall(confusion)),
        float(measures.fscore(confusion)),
    )
