"""Values whose bytes were read with the wrong table before they came here: mojibake, TCVN3 and VNI shown as Latin."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from matching.standardise import legacy
from matching.standardise.code_tables import CP1252
from matching.standardise.detection import marked_words, syllable_share
from matching.standardise.syllables import place_tone

_FONT_REPAIRS: dict[str, Callable[[str], str]] = {"legacy_tcvn3": legacy.from_tcvn3, "legacy_vni": legacy.from_vni}
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\xa6\xa8\xa9\xab-\xae\xb5-\xb9\xbb-\xbe\xd7]+[^\W\d_]|[^\W\d_][\xaa\xb5]")
"""Signs that TCVN3 uses for letters: "B×nh" is Bình, "Lª" is Lê."""
_BEYOND_LATIN = re.compile(f"[^{re.escape(CP1252)}]")
_TABLES = {"legacy_tcvn3": "tcvn3", "legacy_vni": "vni", "mojibake": "utf-8"}
_SAMPLE_VALUES = 2000
_MIN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class MisreadColumn:
    """A column most of whose values with marks were read with the wrong table."""

    name: str
    table: str
    """The right one: tcvn3, vni or utf-8."""
    confidence: float
    """Share of the column's values with marks, in a sample, that another table makes possible Vietnamese."""


def repair_legacy_text(text: str) -> tuple[str, str] | None:
    """(repaired text, repair name) of a value whose bytes were read with the wrong table; None where it is sound."""
    if text.isascii():
        return None
    mojibake = legacy.from_mojibake(text)
    if mojibake is not None:
        return unicodedata.normalize("NFC", mojibake), "mojibake"
    # A letter that no legacy table has shows that the value is Unicode, however odd its other words look.
    if _BEYOND_LATIN.search(text) or not (_SIGN_IN_WORD.search(text) or _has_odd_words(marked_words(text))):
        return None
    readings = [(repair(text), name) for name, repair in _FONT_REPAIRS.items()]
    sound = [each for each in readings if each[0] != text and _is_sound(each[0])]
    return max(sound, key=lambda each: _well_placed_tones(each[0]), default=None)


def _has_odd_words(marked: list[str]) -> bool:
    """Whether at least half of the words with marks, not all of them short, can be no Vietnamese syllables."""
    return any(len(word) > 2 for word in marked) and syllable_share(marked) <= 0.5


def _is_sound(text: str) -> bool:
    words = marked_words(text)
    return bool(words) and syllable_share(words) == 1.0 and not _SIGN_IN_WORD.search(text)


def _well_placed_tones(text: str) -> int:
    """Both tables may give syllables; the wrong one puts tones where nobody writes them ("leõ")."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(place_tone(word) == word for word in words)


def misread_columns(frame: pl.DataFrame) -> tuple[MisreadColumn, ...]:
    """The text columns of the frame that were read with the wrong table."""
    found = (_misread(column) for column in frame.select(pl.col(pl.String)))
    return tuple(each for each in found if each is not None)


def _misread(column: pl.Series) -> MisreadColumn | None:
    marked = column.filter(column.str.contains(r"[^\x00-\x7F]"))
    sample = marked.gather_every(marked.len() // _SAMPLE_VALUES + 1).unique().to_list()
    names = [repair[1] for repair in map(repair_legacy_text, sample) if repair]
    if len(names) <= len(sample) * _MIN_SHARE:
        return None
    name = max(sorted(set(names)), key=names.count)
    return MisreadColumn(column.name, _TABLES[name], len(names) / len(sample))
