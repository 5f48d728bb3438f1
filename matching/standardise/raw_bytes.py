"""A text some of whose bytes are no UTF-8: each such byte stands in it as a private letter until its table is known.

Delimiters, quotation marks and line ends are ASCII in UTF-8 and in every table. So a file can be parsed first and each
of its columns be decoded by itself; and where all are in one table, values that are UTF-8 can be told from the rest.
"""

import re
from collections.abc import Callable

import polars as pl

from matching.standardise.code_tables import CP1252, VISCII
from matching.standardise.text import VIETNAMESE_LETTERS

RAW = "[\ue080-\ue0ff]"
"""The letters that stand for the bytes 80 to FF."""
RAW_VISCII = f"[{''.join(chr(byte) for byte in VISCII if byte < 0x20)}{RAW[1:-1]}]"
"""The same, and the control codes that are letters in VISCII."""
_SURROGATES = (b"\xed\xb2", b"\xed\xb3")
"""How the surrogates begin that Python puts in the place of the bytes 80 to BF, and C0 to FF."""
_PRIVATE = (b"\xee\x82", b"\xee\x83")
"""How the private letters begin that may stand in a text, other than surrogates."""
_SHOWN = str.maketrans({0xE000 + byte: CP1252[byte] for byte in range(0x80, 0x100)})

_MARKS = ',;\t|"\r\n'
_UNICODE = rf"{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()}\u0300-\u036f\u0800-\ue07f\ue100-\U0010ffff"
"""Other letters of two bytes in UTF-8 come about where two bytes of a table happen to stand side by side."""
_IS_UNICODE = re.compile(f"[{_UNICODE}]")
_UNICODE_VALUE = re.compile(
    rf"(?<![^{_MARKS}])[^{_MARKS}{RAW[1:-1]}]*[{_UNICODE}][^{_MARKS}{RAW[1:-1]}]*(?![^{_MARKS}])"
)
_RAW_VALUE = re.compile(rf"{RAW}[^{_MARKS}]*")


def escaped(data: bytes) -> str | None:
    """The data as text, with a private letter for each byte that is no UTF-8; None where it has such letters itself."""
    if any(each in data for each in _PRIVATE):
        return None
    text = data.decode("utf-8", errors="surrogateescape").encode("utf-8", errors="surrogatepass")
    for surrogate, private in zip(_SURROGATES, _PRIVATE, strict=True):
        text = text.replace(surrogate, private)
    return text.decode("utf-8")


def raw_bytes(text: str) -> bytes:
    """The bytes that the escaped text was."""
    data = text.encode("utf-8")
    for surrogate, private in zip(_SURROGATES, _PRIVATE, strict=True):
        data = data.replace(private, surrogate)
    return data.decode("utf-8", errors="surrogatepass").encode("utf-8", errors="surrogateescape")


def unicode_share(text: str) -> float:
    """The share of the escaped text's values beyond ASCII that are UTF-8; a file in one legacy table has none."""
    if not _IS_UNICODE.search(text):
        return 0.0
    found = sum(1 for _ in _UNICODE_VALUE.finditer(text))
    return found / (found + sum(1 for _ in _RAW_VALUE.finditer(text))) if found else 0.0


def read_beside_unicode(data: bytes, read: Callable[[bytes], str]) -> str:
    """The data read in a table, but the values in it that are UTF-8 as what they are."""
    text = None if data.isascii() else escaped(data)
    if text is None or not _IS_UNICODE.search(text):
        return read(data)
    values = [*_UNICODE_VALUE.findall(text), ""]
    others = [read(raw_bytes(each)) for each in _UNICODE_VALUE.split(text)]
    return "".join(part for pair in zip(others, values, strict=True) for part in pair)


def values_of(values: pl.Series, decoded: str) -> dict[str, str]:
    """Each escaped value with the text that it is, from the decoded text of all, one after the other on lines."""
    # Values may have line ends of their own.
    lines = decoded.split("\n")
    ends = (values.str.count_matches("\n", literal=True) + 1).cum_sum().to_list()
    texts = ["\n".join(lines[begin:end]) for begin, end in zip([0, *ends[:-1]], ends, strict=True)]
    return dict(zip(values, texts, strict=True))


def shown(text: str) -> str:
    """The text with each raw byte as Windows-1252 shows it."""
    return text.translate(_SHOWN)
