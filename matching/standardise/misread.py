"""Values whose bytes were read with the wrong table before they came here: mojibake, TCVN3 and VNI shown as Latin.

One value alone is read again only where it cannot be what it says; `column_tables` has what a column tells of values.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from matching.standardise import legacy
from matching.standardise.code_tables import CP1252
from matching.standardise.detection import marked_words, syllable_share
from matching.standardise.syllables import place_tone

FONTS: Mapping[str, Callable[[str], str]] = MappingProxyType({"tcvn3": legacy.from_tcvn3, "vni": legacy.from_vni})
"""How a text that was read as Latin is read again, by the table it was in, where one value may tell that."""
COLUMN_TABLES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {**FONTS, "windows-1258": legacy.from_windows_1258, "viscii": legacy.from_viscii}
)
"""The same where a whole column tells it, or its declaration."""
_SIGNS = "\xa1-\xa9\xab-\xae\xb5-\xb9\xbb-\xbe\xd7\xf7"
_SIGN_IN_WORD = re.compile(
    rf"[^\W\d_][{_SIGNS}]+[^\W\d_]|[^\W\d_][\xaa\xb5]|(?<![\w{_SIGNS}])[{_SIGNS}]+[^\W\d_]|[^\W\d_][{_SIGNS}]+(?![\w{_SIGNS}])"
)
"""Signs that TCVN3 uses for letters: "B×nh" is Bình, "Lª" is Lê, "§inh" is Đinh."""
SUSPECT = (
    "[aA][âáàãêéèúùõÂÁÀÃÊÉÈÚÙÕ]|[eE][âáàãùõÂÁÀÃÙÕ]|[oOuUyYôÔ][ùõÙÕ]|[oO][âÂ]|[yY][ÔôÒòÓóÌìÍí]"
    "|[a-z][ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]|[A-Z][àáâãèéêìíòóôõùúý][A-Z]"
)
"""Letter pairs of VNI-Windows and TCVN3 that Vietnamese never writes, and small toned letters among capitals."""
_SUSPECT = re.compile(SUSPECT)
_BEYOND_LATIN = re.compile(f"[^{re.escape(CP1252)}]")


def repair_legacy_text(text: str) -> tuple[str, str] | None:
    """(repaired text, repair name) of a value whose bytes were read with the wrong table; None where it is sound.

    Where both tables of fonts make words and neither is the likelier one, the value stays as it is.
    """
    if text.isascii():
        return None
    mojibake = read_mojibake(text)
    if mojibake is not None:
        return mojibake, "mojibake"
    if is_beyond_latin(text) or not _is_suspect(text):
        return None
    readings = {reading for reading in (again(text) for again in FONTS.values()) if reading != text}
    sound = sorted(filter(is_sound, readings), key=_well_placed_tones, reverse=True)
    is_tie = len(sound) > 1 and _well_placed_tones(sound[0]) == _well_placed_tones(sound[1])
    return (sound[0], "legacy_font") if sound and not is_tie else None


def read_mojibake(text: str) -> str | None:
    """UTF-8 that was read as Latin, read again and composed; None where it is none."""
    repaired = legacy.from_mojibake(text)
    return None if repaired is None else unicodedata.normalize("NFC", repaired)


def is_beyond_latin(text: str) -> bool:
    """Whether it has a letter of no legacy table: then it is Unicode, however odd its other words look."""
    return _BEYOND_LATIN.search(text) is not None


def is_sound(text: str) -> bool:
    """Whether it has words with marks, all of them possible Vietnamese syllables."""
    words = marked_words(text)
    return bool(words) and syllable_share(words) == 1.0 and not _SIGN_IN_WORD.search(text)


def _is_suspect(text: str) -> bool:
    return bool(_SIGN_IN_WORD.search(text) or _SUSPECT.search(text) or _has_odd_words(marked_words(text)))


def _has_odd_words(marked: list[str]) -> bool:
    """Whether at least half of the words with marks, not all of them short, can be no Vietnamese syllables."""
    return any(len(word) > 2 for word in marked) and syllable_share(marked) <= 0.5


def _well_placed_tones(text: str) -> int:
    """Both tables may give syllables; the wrong one puts tones where nobody writes them ("leõ")."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(place_tone(word) == word for word in words)
