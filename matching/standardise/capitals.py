"""Gives the letters that TCVN3 can only write small their capitals back.

In a capital font (.VnTimeH) a small letter is shown as a capital, so the case of such a letter comes from its word, and
that of a very short word from its neighbours. A phrase is a run of words with nothing but spaces between them.
"""

import re
from functools import lru_cache
from itertools import pairwise

import polars as pl

from matching.standardise.code_tables import TCVN3

# Letters that a capital font may show as capitals, and those of them without a capital of their own.
_SMALL = frozenset(filter(str.islower, TCVN3.values()))
_SMALL_ONLY = frozenset(letter for letter in TCVN3.values() if letter not in "ĂÂÊÔƠƯĐăâêôơưđ")
_UNIT_WORDS = frozenset(["phường", "xã", "thị", "trấn", "quận", "huyện", "thành", "phố", "tỉnh", "khóm", "ấp", "thôn"])

_WORD = re.compile(r"[^\W\d_]+")
_GAP = r"[ \xa0]+"
_PHRASE = re.compile(rf"{_WORD.pattern}(?:{_GAP}{_WORD.pattern})*")


_MARK = "\ue000"
"""Stands around the doubtful runs of a long text; no code table before Unicode has it."""


def _doubtful_run() -> str:
    """A regex of the runs of letters and spaces in which a phrase might not stay as it is."""
    small, only = "".join(sorted(_SMALL)), "".join(sorted(_SMALL_ONLY))
    within_a_word = rf"[{small}]\p{{Lu}}|\p{{L}}\p{{Lu}}[{small}]"
    beside_capitals = rf"\p{{Lu}}{{2}}{_GAP}\p{{Lu}}?[{only}]|\p{{Lu}}[{only}]{_GAP}\p{{Lu}}{{2}}"
    after_a_word = rf"\p{{L}}{_GAP}[{only}]"
    return rf"[\p{{L}} \xa0]*(?:{within_a_word}|{beside_capitals}|{after_a_word})[\p{{L}} \xa0]*"


_DOUBTFUL_RUN = _doubtful_run()


def restore_capitals(text: str) -> str:
    """Gives toned letters the case of their word: "TRầN" becomes "TRẦN", "phường ứng Hòa" gets its Ứ."""
    if not _SMALL.intersection(text):
        return text
    return _PHRASE.sub(lambda phrase: _restored(phrase[0]), text)


def restore_capitals_of_file(text: str) -> str:
    """The same for a long text: the runs of letters where something might change are found in bulk."""
    lines = pl.Series(text.split("\n")).str.replace_all(_DOUBTFUL_RUN, f"{_MARK}${{0}}{_MARK}")
    parts = "\n".join(lines.to_list()).split(_MARK)
    parts[1::2] = map(restore_capitals, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=1 << 16)
def _restored(phrase: str) -> str:
    words = _WORD.findall(phrase)
    raised = [_raised(each) for each in words]
    for before, after in pairwise(range(len(words))):
        raised[after] = _raised_after(raised[before], raised[after])
    for after, before in pairwise(reversed(range(len(words)))):
        if _is_capitals(raised[after]) and _is_short_name(raised[before]):
            raised[before] = raised[before].upper()
    if raised == words:
        return phrase
    gaps = _WORD.split(phrase)[1:]
    return "".join(word + gap for word, gap in zip(raised, gaps, strict=True))


@lru_cache(maxsize=1 << 16)
def _raised(word: str) -> str:
    """The word alone: its other letters in capitals raise the small ones that a capital font showed as capitals."""
    known = [letter for letter in word[1:] if letter not in _SMALL]
    if not known or not _SMALL.intersection(word) or not all(map(str.isupper, known)):
        return word
    return (word[0].upper() if word[0] in _SMALL else word[0]) + word[1:].upper()


def _raised_after(before: str, word: str) -> str:
    """The word after another one of the same phrase."""
    is_toned_capital = word[0] in _SMALL_ONLY or not word[0].islower()
    if len(word) <= 2 and word[-1] in _SMALL_ONLY and is_toned_capital and _is_capitals(before):
        return word.upper()
    if word[0] in _SMALL_ONLY and (before in _UNIT_WORDS or (before.istitle() and len(before) > 1)):
        return word[0].upper() + word[1:]
    return word


def _is_short_name(word: str) -> bool:
    """Whether the word, of one or two letters, ends in a small letter that may be a capital: "Lý" before "NGUYỄN"."""
    return len(word) <= 2 and word[-1] in _SMALL_ONLY and not word.islower()


def _is_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()
