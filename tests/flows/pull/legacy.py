"""Vietnamese text as the bytes of each legacy table."""

import unicodedata

from matching.standardise.code_tables import TCVN3, VISCII, VNI

TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_table(text: str, table: dict[int, str]) -> bytes:
    byte_of = {letter: byte for byte, letter in table.items()}
    return b"".join(bytes((byte_of[each],)) if each in byte_of else each.encode("cp1252") for each in text)


def in_vni(text: str) -> bytes:
    code_of = {letter: code for code, letter in reversed(VNI.items())}
    return "".join(code_of.get(each, each) for each in unicodedata.normalize("NFC", text)).encode("cp1252")


def in_windows_1258(text: str) -> bytes:
    letters = []
    for each in unicodedata.normalize("NFC", text):
        bare = [mark for mark in unicodedata.normalize("NFD", each) if mark not in TONES]
        tones = [mark for mark in unicodedata.normalize("NFD", each) if mark in TONES]
        letters += [unicodedata.normalize("NFC", "".join(bare)), *tones]
    return "".join(letters).encode("cp1258")


def encoded(text: str, table: str) -> bytes:
    by_table = {
        "tcvn3": lambda: in_table(text, TCVN3),
        "vni": lambda: in_vni(text),
        "windows-1258": lambda: in_windows_1258(text),
        "viscii": lambda: in_table(text, VISCII),
    }
    return by_table[table]()
