"""Turns bytes into text: declared or detected UTF-8, UTF-16, Windows-1258, TCVN3 (ABC) and VNI-Windows.

Every single-byte table reads any bytes as something, so candidates are judged by what they read: the share of words
with marks that are possible Vietnamese syllables.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from matching.errors import UndecodableError
from matching.standardise import legacy
from matching.standardise.syllables import is_syllable, place_tone

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALIASES = {
    "utf8": "utf-8", "utf-8-sig": "utf-8", "utf-8": "utf-8", "unicode": "utf-16", "utf16": "utf-16", "utf-16": "utf-16",
    "utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-16le": "utf-16", "utf-16be": "utf-16",
    "windows-1258": "windows-1258", "cp1258": "windows-1258", "win1258": "windows-1258",
    "tcvn3": "tcvn3", "tcvn": "tcvn3", "abc": "tcvn3", "tcvn-5712": "tcvn3", "tcvn5712": "tcvn3",
    "vni": "vni", "vni-windows": "vni", "vni-win": "vni",
}  # fmt: skip
_SAMPLE_BYTES = 400_000
_MIN_CONFIDENCE = 0.6
"""Below this share of possible syllables no table is believed."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was in, and how sure that is (0 to 1)."""

    text: str
    encoding: str
    confidence: float


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Text of the bytes in NFC; UndecodableError where the declared encoding does not fit or none is recognised."""
    wanted = None if declared is None else canonical_name(declared)
    if wanted is None:
        decoded = _detect(data)
    elif wanted in ("utf-8", "utf-16"):
        decoded = _decode_unicode(data, wanted)
    else:
        decoded = _decode_declared_table(data, wanted)
    text = unicodedata.normalize("NFC", decoded.text.removeprefix("\ufeff"))
    return Decoded(text, decoded.encoding, decoded.confidence)


def canonical_name(declared: str) -> str:
    """The encoding's one name here, for example windows-1258 for cp1258."""
    try:
        return _ALIASES[declared.strip().lower().replace("_", "-")]
    except KeyError:
        raise UndecodableError(declared, None, line=None, looks_like=None) from None


def syllable_share(text: str) -> float:
    """Share of the words with letters beyond ASCII that are possible Vietnamese syllables; 1 where there are none."""
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 1.0


def _detect(data: bytes) -> Decoded:
    by_bom = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if by_bom or data[:400].count(0) > len(data[:400]) // 8:
        return _decode_unicode(data, canonical_name(by_bom or "utf-16"))
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 1.0)
    except UnicodeDecodeError as exc:
        name, confidence = _best_table(data)
        if confidence < _MIN_CONFIDENCE:
            raise _undecodable(None, data, exc.start) from exc
        return Decoded(_TABLES[name](data), name, confidence)


def _decode_unicode(data: bytes, wanted: str) -> Decoded:
    codec = wanted
    if wanted == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16-be" if data[:400:2].count(0) > data[1:400:2].count(0) else "utf-16-le"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as exc:
        raise _undecodable(wanted, data, exc.start) from exc
    # Latin text cut into pairs of bytes still decodes as UTF-16, into ideographs.
    if wanted == "utf-16" and data and data[:4000].count(0) < len(data[:4000]) // 8:
        raise _undecodable(wanted, data, 0)
    # UTF-16 of Latin letters is valid UTF-8 too; NUL never stands in a text file.
    if wanted == "utf-8" and "\0" in text:
        raise _undecodable(wanted, data, data.index(0))
    return Decoded(text, wanted, 1.0)


def _decode_declared_table(data: bytes, wanted: str) -> Decoded:
    unicode_bom = any(data.startswith(bom) for bom, _ in _BOMS)
    confidence = syllable_share(_TABLES[wanted](_sample(data)))
    best, best_confidence = _best_table(data)
    is_utf8 = not data.isascii() and _is_utf8(data)
    if unicode_bom or is_utf8 or (best != wanted and best_confidence > confidence + 0.2):
        raise _undecodable(wanted, data, 0 if unicode_bom else _first_high_byte(data))
    return Decoded(_TABLES[wanted](data), wanted, confidence)


def _undecodable(wanted: str | None, data: bytes, offset: int) -> UndecodableError:
    return UndecodableError(wanted, offset, line=data.count(b"\n", 0, offset) + 1, looks_like=_looks_like(data, wanted))


def _looks_like(data: bytes, not_this: str | None) -> str | None:
    guess = next((canonical_name(name) for bom, name in _BOMS if data.startswith(bom)), None)
    if guess is None and data[:400].count(0) > len(data[:400]) // 8:
        guess = "utf-16"
    if guess is None and _is_utf8(data):
        guess = "utf-8"
    if guess is None:
        name, confidence = _best_table(data)
        guess = name if confidence >= _MIN_CONFIDENCE else None
    return None if guess == not_this else guess


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_high_byte(data: bytes) -> int:
    return next((at for at, byte in enumerate(data) if byte > 0x7F), 0)


def _best_table(data: bytes) -> tuple[str, float]:
    sample = _sample(data)
    shares = {name: syllable_share(table(sample)) for name, table in _TABLES.items()}
    best = max(shares, key=lambda name: shares[name])
    return best, shares[best]


def _sample(data: bytes) -> bytes:
    return data[:_SAMPLE_BYTES]


def _from_windows_1258(data: bytes) -> str:
    # The eight bytes without a letter become U+FFFD: the word is lost, the rest of the file is not.
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


def _as_latin(data: bytes) -> str:
    return data.decode("latin-1").translate(_CP1252)


def _from_tcvn3(data: bytes) -> str:
    return legacy.from_tcvn3(_as_latin(data))


def _from_vni(data: bytes) -> str:
    return legacy.from_vni(_as_latin(data))


_CP1252 = {byte: bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xA0)}
_TABLES: dict[str, Callable[[bytes], str]] = {
    "windows-1258": _from_windows_1258,
    "tcvn3": _from_tcvn3,
    "vni": _from_vni,
}
_FONT_REPAIRS: dict[str, Callable[[str], str]] = {"legacy_tcvn3": legacy.from_tcvn3, "legacy_vni": legacy.from_vni}


_SIGN_IN_WORD = re.compile(r"[^\W\d_][\xad\xac\xa6\xb5-\xb9\xbb-\xbe\xd7]+[^\W\d_]")
"""Signs that TCVN3 uses for letters: "B×nh" is Bình."""


def repair_legacy_text(text: str) -> tuple[str, str] | None:
    """(repaired text, repair name) of a value whose bytes were read with the wrong table; None where it is sound."""
    if text.isascii():
        return None
    mojibake = legacy.from_mojibake(text)
    if mojibake is not None:
        return unicodedata.normalize("NFC", mojibake), "mojibake"
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    if not marked and not _SIGN_IN_WORD.search(text):
        return None
    if marked and (all(len(word) < 3 for word in marked) or syllable_share(text) > 0.5):
        return None
    readings = [(repair(text), name) for name, repair in _FONT_REPAIRS.items()]
    sound = [each for each in readings if each[0] != text and syllable_share(each[0]) == 1.0 and not each[0].isascii()]
    return max(sound, key=lambda each: _well_placed_tones(each[0]), default=None)


def _well_placed_tones(text: str) -> int:
    """Both tables may give syllables; the wrong one puts tones where nobody writes them ("leõ")."""
    words = _WORD.findall(text.lower())
    return sum(place_tone(word) == word for word in words)


def legacy_columns(frame: pl.DataFrame) -> dict[str, str]:
    """The text columns most of whose marked values are in a legacy table, with that table's repair name."""
    found = {}
    for column in frame.select(pl.col(pl.String)):
        values = column.drop_nulls().unique().sort()
        marked = values.filter(values.str.contains(r"[^\x00-\x7F]")).head(2000).to_list()
        names = [repair[1] for repair in map(repair_legacy_text, marked) if repair]
        if names and len(names) * 2 > len(marked):
            found[column.name] = max(sorted(set(names)), key=names.count)
    return found


def repair_legacy_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its legacy columns (see `legacy_columns`) read with the right table."""
    found = legacy_columns(frame)
    return frame.with_columns(
        pl.col(name).map_batches(_column_repair(repair), pl.String) for name, repair in found.items()
    )


def _column_repair(name: str) -> Callable[[pl.Series], pl.Series]:
    def read(text: str) -> str:
        again = legacy.from_mojibake(text) if name == "mojibake" else _FONT_REPAIRS[name](text)
        return text if again is None else unicodedata.normalize("NFC", again)

    def read_column(series: pl.Series) -> pl.Series:
        values = series.unique().drop_nulls().to_list()
        return series.replace({value: read(value) for value in values if not value.isascii()})

    return read_column
