"""An explanation as a value: where a pair starts, what each field adds or takes, and what comes out."""

from dataclasses import dataclass
from math import exp2, log2

from matching.explain.words import Words

NEAR_ONE = 1e-12
"""Distance from 1 below which a probability no longer tells what other candidates took from it."""


@dataclass(frozen=True, slots=True)
class Clue:
    """What one field says of a pair; a blank says nothing and is no clue."""

    field: str
    title: Words
    """What the field is called."""
    level: str
    meaning: Words
    """What the level means, field included, so that it can stand in any sentence."""
    bits: float
    """log2 of how much likelier the level is for a match than for others; negative where it speaks against one."""
    frequency: float | None
    """Share of the others that would agree as well, as it was reckoned; None where rarity did not count."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of why a pair is, or is not, a match."""

    clues: tuple[Clue, ...]
    """In the order of the fields."""
    start: float
    """log2 odds before anything is compared: the more entries, the lower."""
    probability: float
    """That the pair is a match, other candidates considered unless it `is_alone`."""
    is_alone: bool = False
    """Whether nothing is known of other candidates, which may make the pair less likely than it looks."""

    @property
    def odds(self) -> float:
        """log2 odds of all evidence: start and clues."""
        return self.start + sum(clue.bits for clue in self.clues)

    @property
    def rivals(self) -> float:
        """log2 odds that other candidates take, at most 0: only one of them can be true."""
        left = 1 - self.probability
        if left < NEAR_ONE or self.probability <= 0:
            return 0.0
        return min(0.0, log2(self.probability / left) - self.odds)


def probability(odds: float) -> float:
    """Of log2 odds."""
    return 1 / (1 + exp2(-max(min(odds, 1000.0), -1000.0)))
