"""Reads text in a legacy code table: whole files of bytes, and single values whose bytes were read as Windows-1252.

Files go through tables and replacements in bulk, since a letter at a time is too slow for them.
"""

import codecs
import re
import unicodedata

import polars as pl

from matching.standardise.capitals import restore_capitals, restore_capitals_of_file
from matching.standardise.code_tables import CP1252, TCVN3, VISCII, VNI

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONED = [letter + tone for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in _TONES]
_COMPOSED = [unicodedata.normalize("NFC", each) for each in _TONED]
_TCVN3_BYTES = "".join(TCVN3.get(byte, CP1252[byte]) for byte in range(0x100))
_VISCII_BYTES = "".join(VISCII.get(byte, chr(byte)) for byte in range(0x100))
_VNI_CODE = re.compile("|".join(map(re.escape, VNI)))
_LATIN_RUN = re.compile(f"[{re.escape(CP1252[0x80:])}\x80-\x9f]+")
"""Bytes read as Windows-1252, or as Latin-1, which keeps 80 to 9F as controls."""
_SPACE_OF_A = re.compile("Ã (?= |$)|Ã(?= )")
"""The no-break space that is half of "à", made a space on the way or lost among spaces."""
_VIETNAMESE_RUN = re.compile("[\u0300-\u036f\xa0\u2013\u2018-\u201dÀ-ưẠ-ỹ]+")


def decode_tcvn3(data: bytes) -> str:
    """A file in TCVN3 (ABC), with its capitals restored."""
    return restore_capitals_of_file(codecs.charmap_decode(data, "strict", _TCVN3_BYTES)[0])


def decode_vni(data: bytes) -> str:
    """A file in VNI-Windows."""
    return _replaced(codecs.charmap_decode(data, "strict", CP1252)[0], list(VNI), list(VNI.values()))


def decode_windows_1258(data: bytes) -> str:
    """A file in Windows-1258, composed; the eight bytes without a letter become U+FFFD, so only their word is lost."""
    return compose(_replaced(data.decode("cp1258", errors="replace"), _TONED, _COMPOSED))


def decode_viscii(data: bytes) -> str:
    """A file in VISCII."""
    return codecs.charmap_decode(data, "strict", _VISCII_BYTES)[0]


def compose(text: str) -> str:
    """A long text in NFC, line by line."""
    return "\n".join(pl.Series(text.split("\n")).str.normalize("NFC").to_list())


def _replaced(text: str, codes: list[str], letters: list[str]) -> str:
    """The text with each code as its letter; where two codes begin at one place, the earlier in the list counts."""
    lines = pl.Series(text.split("\n"))
    return "\n".join(lines.str.replace_many(codes, letters, leftmost=True).to_list())


def from_tcvn3(text: str) -> str:
    """A value whose TCVN3 bytes were read as Latin-1, as Vietnamese with its capitals restored."""
    return restore_capitals(text.translate(TCVN3))


def from_vni(text: str) -> str:
    """A value whose VNI-Windows bytes were read as Latin-1, as Vietnamese."""
    return _VNI_CODE.sub(lambda match: VNI[match[0]], text)


def from_windows_1258(text: str) -> str:
    """A value whose Windows-1258 bytes were read as Windows-1252, as Vietnamese."""
    return decode_windows_1258(_latin_bytes(text))


def from_viscii(text: str) -> str:
    """A value whose VISCII bytes were read as Windows-1252, as Vietnamese."""
    return decode_viscii(_latin_bytes(text))


def from_mojibake(text: str) -> str | None:
    """UTF-8 text that was read as Windows-1252 or Latin-1, read again; None where it cannot be that, or not all of it.

    A byte that was lost on the way, and shows as a question mark, leaves one in the word.
    """
    runs = _LATIN_RUN.findall(text)
    sound = [run for run in runs if _VIETNAMESE_RUN.fullmatch(_utf8_again(run))]
    if not sound or len(sound) * 2 < len(runs):
        return None
    read = _LATIN_RUN.sub(lambda match: _utf8_again(match[0]), _SPACE_OF_A.sub("Ã\xa0", text))
    repaired = re.sub("\ufffd+[?]", "?", read)
    return None if "\ufffd" in repaired else repaired


def _utf8_again(run: str) -> str:
    return _latin_bytes(run).decode("utf-8", errors="replace")


def _latin_bytes(text: str) -> bytes:
    return b"".join(map(_cp1252_byte, text))


def _cp1252_byte(letter: str) -> bytes:
    # The five bytes that Windows-1252 leaves undefined come through as the control of the same number.
    return bytes((ord(letter),)) if 0x80 <= ord(letter) < 0xA0 else letter.encode("cp1252")
