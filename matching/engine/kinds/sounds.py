"""How a word sounds to a clerk who writes what is heard: Vietnamese syllables by rule, other words by Metaphone.

Of Vietnamese, what some region does not tell apart is one: hỏi and ngã, final n and ng, c and t, i and y, and the
initials d, gi and r, s and x, ch and tr, l and n.
"""

import re
from functools import lru_cache

from jellyfish import metaphone

from matching.standardise.syllables import TONES, fold, is_folded_syllable, is_syllable, split_tone

_ONSETS = (
    ("ngh", "ŋ"), ("ng", "ŋ"), ("gh", "g"), ("gi", "z"), ("qu", "kw"), ("tr", "c"), ("ch", "c"), ("th", "θ"),
    ("ph", "f"), ("kh", "x"), ("nh", "ɲ"), ("d", "z"), ("r", "z"), ("s", "s"), ("x", "s"), ("l", "n"), ("n", "n"),
    ("c", "k"), ("k", "k"),
)  # fmt: skip
"""The first that fits is taken. đ, b, g, h, m, t, v sound as they are written."""
_HOOK, _TILDE = (mark for name in ("hỏi", "ngã") for mark, each in TONES.items() if each == name)
_VOWELS = "aăâeêioôơuưy"


@lru_cache(maxsize=65536)
def sound(word: str, *, is_vietnamese: bool | None = None) -> str:
    """What a word in lower case sounds like; whether it is Vietnamese is seen from the word where it is not told."""
    bare, tone = split_tone(word)
    if is_vietnamese is None:
        is_vietnamese = is_syllable(word) or is_folded_syllable(word)
    if not is_vietnamese:
        plain = fold(word)
        return (metaphone(plain) or plain) if plain.isalpha() else plain
    return _onset(bare) + tone.replace(_HOOK, _TILDE)


def _onset(bare: str) -> str:
    for written, heard in _ONSETS:
        if bare.startswith(written) and bare[len(written) : len(written) + 1] not in ("", *"-'"):
            # The i of a bare gi- is its vowel too: "gì", "gìn", but not "giang".
            keeps_i = written == "gi" and bare[2] not in _VOWELS
            return heard + ("i" if keeps_i else "") + _rhyme(bare[len(written) :])
    return "zi" if bare == "gi" else _rhyme(bare)


def _rhyme(rhyme: str) -> str:
    heard = rhyme.replace("y", "i")
    return re.sub("ng$", "n", re.sub("c$", "t", heard))
