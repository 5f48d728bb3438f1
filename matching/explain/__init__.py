"""Why a pair is held for a match: what each field says, in words and bits, told in a sentence and drawn as a waterfall.

An `Explanation` is built in one place, of our evidence here and of any linkage in `matching.engine.explain`, so that
sentence, drawing and table never show different numbers. None of them holds a value of a record.
"""

from matching.explain.compact import evidence, explained
from matching.explain.drawing import waterfall
from matching.explain.explanation import Clue, Explanation
from matching.explain.steps import Stair, stairs
from matching.explain.telling import sentence, sentences
from matching.explain.words import Words

__all__ = [
    "Clue",
    "Explanation",
    "Stair",
    "Words",
    "evidence",
    "explained",
    "sentence",
    "sentences",
    "stairs",
    "waterfall",
]
