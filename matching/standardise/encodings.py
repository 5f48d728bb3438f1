"""Turns the bytes of a file into text: declared or detected UTF-8, UTF-16, Windows-1258, TCVN3 (ABC), VNI-Windows
and VISCII.
"""

import codecs
from dataclasses import dataclass

from matching.errors import UndecodableError
from matching.standardise import legacy
from matching.standardise.detection import MIN_CONFIDENCE, TABLES, Fit, fits, marked_words, syllable_share
from matching.standardise.raw_bytes import read_beside_unicode

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALIASES = {
    "utf8": "utf-8", "utf-8-sig": "utf-8", "utf-8": "utf-8", "unicode": "utf-16", "utf16": "utf-16", "utf-16": "utf-16",
    "utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-16le": "utf-16", "utf-16be": "utf-16",
    "windows-1258": "windows-1258", "cp1258": "windows-1258", "win1258": "windows-1258",
    "tcvn3": "tcvn3", "tcvn": "tcvn3", "abc": "tcvn3", "tcvn-5712": "tcvn3", "tcvn5712": "tcvn3",
    "vni": "vni", "vni-windows": "vni", "vni-win": "vni", "viscii": "viscii", "rfc1456": "viscii",
}  # fmt: skip
_JUDGED = 400_000
"""So many letters of a file tell whether its declared table fits."""
_CLEARLY_BETTER = 0.2
"""A declared table is doubted where another one makes syllables of so many more of the words."""


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
        return _detect(data)
    if wanted in ("utf-8", "utf-16"):
        return _decode_unicode(data, wanted)
    return _decode_declared_table(data, wanted)


def canonical_name(declared: str) -> str:
    """The encoding's one name here, for example windows-1258 for cp1258."""
    try:
        return _ALIASES[declared.strip().lower().replace("_", "-")]
    except KeyError:
        raise UndecodableError(declared, None, line=None, looks_like=None) from None


def _detect(data: bytes) -> Decoded:
    by_bom = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if by_bom or data[:400].count(0) > len(data[:400]) // 8:
        return _decode_unicode(data, canonical_name(by_bom or "utf-16"))
    try:
        return Decoded(legacy.compose(data.decode("utf-8")), "utf-8", 1.0)
    except UnicodeDecodeError as exc:
        best = fits(data)[0]
        if best.confidence < MIN_CONFIDENCE:
            raise _undecodable(None, data, exc.start) from exc
        return Decoded(read_beside_unicode(data, TABLES[best.table]), best.table, best.confidence)


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
    return Decoded(legacy.compose(text.removeprefix("\ufeff")), wanted, 1.0)


def _decode_declared_table(data: bytes, wanted: str) -> Decoded:
    unicode_bom = any(data.startswith(bom) for bom, _ in _BOMS)
    is_utf8 = not data.isascii() and _is_utf8(data)
    text = read_beside_unicode(data, TABLES[wanted])
    share = syllable_share(marked_words(text[:_JUDGED]))
    best = fits(data)[0]
    if unicode_bom or is_utf8 or _is_better(best, wanted, share):
        raise _undecodable(wanted, data, 0 if unicode_bom else _first_high_byte(data))
    return Decoded(text, wanted, share)


def _is_better(best: Fit, wanted: str, share: float) -> bool:
    is_sure = best.confidence >= MIN_CONFIDENCE
    return is_sure and best.table != wanted and best.share > share + _CLEARLY_BETTER


def _undecodable(wanted: str | None, data: bytes, offset: int) -> UndecodableError:
    return UndecodableError(wanted, offset, line=data.count(b"\n", 0, offset) + 1, looks_like=_looks_like(data, wanted))


def _looks_like(data: bytes, not_this: str | None) -> str | None:
    guess = next((canonical_name(name) for bom, name in _BOMS if data.startswith(bom)), None)
    if guess is None and data[:400].count(0) > len(data[:400]) // 8:
        guess = "utf-16"
    if guess is None and _is_utf8(data):
        guess = "utf-8"
    if guess is None:
        best = fits(data)[0]
        guess = best.table if best.confidence >= MIN_CONFIDENCE else None
    return None if guess == not_this else guess


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_high_byte(data: bytes) -> int:
    return next((at for at, byte in enumerate(data) if byte > 0x7F), 0)
