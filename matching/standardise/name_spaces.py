"""Spaces that were lost between two words of a name, or put into one: "NguyễnThị", "LÊTHỊ", "Nguyễn V ăn".

Only what cannot be otherwise is believed. A word that could be an ethnic or foreign name ("Êban", "Hana") stays whole,
and a letter that could be an abbreviation ("NGUYEN V AN") stays alone.
"""

import re
from functools import lru_cache

from matching.standardise.syllables import LONGEST_SYLLABLE, fold, is_folded_syllable, is_syllable, split_tone
from matching.standardise.text import LETTERS, VIETNAMESE_LETTERS

_MARKED_VOWELS = VIETNAMESE_LETTERS.replace("đ", "")
_VOWELS = "aeiouy" + _MARKED_VOWELS
_CONSONANTS = "bcdđghklmnpqrstvx"
TWO_WORDS = rf"\p{{Ll}}\p{{Lu}}|(?i:[{_VOWELS}][{_CONSONANTS}]+[{_VOWELS}])"
"""Found in every word that may be two, and in some that are not: a syllable has its vowels together."""
_CAPITAL = f"[{_CONSONANTS.upper()}](?:[hg])?"
MAYBE_APART = rf"(?:^| ){_CAPITAL} (?:\p{{Ll}}|[{_VOWELS.upper()}]|H[ịỊ]|G[uU])"
"""Found in every name of which a word may have come apart."""
_GARBAGE = re.compile(
    rf"(?![ưừứửữự][ơờớởỡợ])[{_MARKED_VOWELS}]{{2}}|(?![ƯỪỨỬỮỰ][ƠỜỚỞỠỢ])[{_MARKED_VOWELS.upper()}]{{2}}"
)
"""Vowels that Vietnamese never writes side by side in a word: damage that no step before could undo."""
_WORD = re.compile(f"[{LETTERS}]+")
_IN_CAMEL_CASE = re.compile(f"[A-Z{VIETNAMESE_LETTERS.upper()}][a-z{VIETNAMESE_LETTERS}]+")
_LONE = re.compile(rf"(?<![^ ])({_CAPITAL}) ([{LETTERS}]+)(?![^ ])")
SURNAMES = frozenset((
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "vu", "vo", "phan", "truong", "bui", "dang", "do", "ngo", "ho",
    "duong", "dinh", "ly", "dao", "doan", "trinh", "mai", "cao", "luong", "lam", "thach", "lo", "ha", "ta", "tang",
    "chau", "trieu", "kieu", "quach", "vang", "giang", "thai", "to", "ton", "la", "luu", "dam", "danh", "son", "kim",
    "phung", "nong",
))  # fmt: skip
"""The usual surnames without their accents."""
_SHORT = 3
"""Letters of a surname too short to be known without accents: "TONY" is not To Ny."""
_BEFORE_GIVEN = frozenset(("thi", "van"))
_BEGIN_WITH_A_VOWEL = frozenset((
    "an", "anh", "ai", "am", "ao", "au", "em", "en", "oanh", "oai", "on", "uc", "ung", "uoc", "ut", "uy", "uyen", "y",
    "yen", "ich",
))  # fmt: skip
"""Given names before which a lone consonant is another name's first letter."""
_STOPS = ("c", "p", "t", "ch")


def restore_spaces(name: str) -> str:
    """The name with lost spaces put back and stray ones taken out; a damaged one as it is, whatever words it seems."""
    if _GARBAGE.search(name):
        return name
    apart = _WORD.sub(lambda match: split_word(match[0], is_first=match.start() == 0), name)
    return _LONE.sub(lambda match: _joined(match[1], match[2], is_last=match.end() == len(apart)), apart)


@lru_cache(maxsize=65536)
def split_word(word: str, *, is_first: bool) -> str:
    """The word, or the two or more that it is made of."""
    if is_folded_syllable(word):
        return word
    pieces = _IN_CAMEL_CASE.findall(word)
    if len(pieces) > 1 and "".join(pieces) == word and all(map(is_folded_syllable, pieces)):
        return " ".join(pieces)
    # Where both are syllables, neither is longer than the longest: a huge word costs no more than a long one.
    cuts = range(max(2, len(word) - LONGEST_SYLLABLE), min(len(word) - 1, LONGEST_SYLLABLE + 1))
    ways = [(word[:at], word[at:]) for at in cuts]
    sure = [way for way in ways if all(map(_is_whole, way)) and _belong(*way, is_first=is_first)]
    return " ".join(sure[0]) if len(sure) == 1 else word


def _is_whole(word: str) -> bool:
    """Whether it is a syllable that begins with a consonant, its tone one that its end allows."""
    if word.isascii():
        return is_folded_syllable(word) and word[0].lower() in _CONSONANTS
    bare, tone = split_tone(word)
    return is_syllable(word) and bare[0] in _CONSONANTS and (bool(tone) or not bare.endswith(_STOPS))


def _belong(before: str, after: str, *, is_first: bool) -> bool:
    """Whether two words stand side by side in names: a surname in front, or thị and văn on either side."""
    first, second, is_known = fold(before), fold(after), not (before + after).isascii()
    is_surname = is_first and first in SURNAMES and (is_known or len(first) > _SHORT or second in _BEFORE_GIVEN)
    return is_surname or (is_known and bool({first, second} & _BEFORE_GIVEN))


def _joined(letter: str, rest: str, *, is_last: bool) -> str:
    """Both as one word, where the letters behind the space could begin no name.

    With a capital of its own ("V Ăn", as a program writes what came apart) they could be a last word.
    """
    is_begun = rest.istitle() and len(rest) > 1
    whole, apart = f"{letter}{rest.lower() if is_begun else rest}", f"{letter} {rest}"
    if (is_begun and is_last) or not is_folded_syllable(whole):
        return apart
    is_usual = whole.lower() in ("thị", "văn") or fold(whole) == "nguyen"
    # An Ê-đê woman's H' may have lost its apostrophe.
    is_no_beginning = letter != "H" and fold(rest)[0] in _VOWELS and fold(rest) not in _BEGIN_WITH_A_VOWEL
    return whole if rest.islower() or is_usual or is_no_beginning else apart
