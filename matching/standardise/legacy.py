"""The legacy code tables TCVN3 (ABC) and VNI-Windows, and the mistake of reading UTF-8 as Windows-1252.

TCVN3 has one byte a letter and no toned capitals: a capital is the small letter shown in a capital font (.VnTimeH), so
the case comes back from the neighbours. VNI-Windows writes a base letter and one or two marker bytes.
"""

import re
import unicodedata
from itertools import pairwise

_TCVN3_LETTERS = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ "
    "CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ "
    "EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
_TCVN3 = {int(each[:2], 16): each[2:] for each in _TCVN3_LETTERS.split()}
# Toned letters that TCVN3 can only write small.
_SMALL = frozenset(filter(str.islower, _TCVN3.values()))
_SMALL_ONLY = frozenset(letter for letter in _TCVN3.values() if letter not in "ĂÂÊÔƠƯĐăâêôơưđ")

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    small = dict(_VNI_SINGLE)
    small |= {base + mark: base + tone for base in "aeouy" for mark, tone in _VNI_TONES.items()}
    small |= {base + mark: _VNI_SINGLE[base] + tone for base in "ôö" for mark, tone in _VNI_TONES.items()}
    small |= {base + mark: f"{base}\u0302{tone}" for base in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()}
    small |= {"a" + mark: f"a\u0306{tone}" for mark, tone in _VNI_BREVE.items()}
    table = {}
    for code, letter in small.items():
        table[code] = unicodedata.normalize("NFC", letter)
        # Capitals are typed with small or capital markers alike; the base letter tells the case.
        for capital in {code[0].upper() + code[1:], code.upper()}:
            table[capital] = table[code].upper()
        table[code[0] + code[1:].upper()] = table[code]
    return table


_VNI = _vni_table()
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, _VNI), key=lambda code: -len(code))))
_UNIT_WORDS = frozenset(["phường", "xã", "thị", "trấn", "quận", "huyện", "thành", "phố", "tỉnh", "khóm", "ấp", "thôn"])
_CP1252_HIGH = "".join(bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0x100))
_LATIN_RUN = re.compile(f"[{re.escape(_CP1252_HIGH)}]+")
_VIETNAMESE_RUN = re.compile("[\u0300-\u036f\xa0\u2013\u2018-\u201dà-ỹÀ-ỸđĐ]+")
_WORD = re.compile(r"[^\W\d_]+")


def tcvn3_letter(byte: int) -> str | None:
    """The letter of a TCVN3 byte; None where the table has none."""
    return _TCVN3.get(byte)


def from_tcvn3(text: str) -> str:
    """Text whose TCVN3 bytes were read as Latin-1, as Vietnamese with its capitals restored."""
    return restore_capitals(text.translate(_TCVN3))


def from_vni(text: str) -> str:
    """Text whose VNI-Windows bytes were read as Latin-1, as Vietnamese."""
    return _VNI_CODE.sub(lambda match: _VNI[match[0]], text)


def from_mojibake(text: str) -> str | None:
    """UTF-8 text that was read as Windows-1252, read again; None where it cannot be that.

    Bytes that were lost on the way, and show as question marks, leave one in the word.
    """
    runs = _LATIN_RUN.findall(text)
    read = {run: _utf8_again(run) for run in runs}
    sound = [run for run in runs if _VIETNAMESE_RUN.fullmatch(read[run])]
    if not sound or len(sound) * 2 < len(runs):
        return None
    return re.sub("\ufffd+[?]?", "?", _LATIN_RUN.sub(lambda match: read[match[0]], text))


def _utf8_again(run: str) -> str:
    return b"".join(map(_cp1252_byte, run)).decode("utf-8", errors="replace")


def _cp1252_byte(letter: str) -> bytes:
    # The five bytes that Windows-1252 leaves undefined come through as the control of the same number.
    return bytes((ord(letter),)) if 0x80 <= ord(letter) < 0xA0 else letter.encode("cp1252")


def restore_capitals(text: str) -> str:
    """Gives toned letters the case of their word: "TRầN" becomes "TRẦN", "phường ứng Hòa" gets its Ứ."""
    if not _SMALL.intersection(text):
        return text
    words = list(_WORD.finditer(text))
    raised = [_raised(each[0]) for each in words]
    for before, after in pairwise(range(len(words))):
        raised[after] = _raised_beside(
            raised[before], raised[after], beside=text[words[before].end() : words[after].start()]
        )
    for after, before in pairwise(reversed(range(len(words)))):
        if (
            _is_capitals(raised[after])
            and len(raised[before]) <= 2
            and raised[before][-1] in _SMALL_ONLY
            and not raised[before].islower()
        ):
            raised[before] = raised[before].upper()
    parts, at = [], 0
    for match, word in zip(words, raised, strict=True):
        parts += [text[at : match.start()], word]
        at = match.end()
    return "".join((*parts, text[at:]))


def _raised(word: str) -> str:
    """The word alone: its other letters in capitals raise the small ones that a capital font showed as capitals."""
    known = [letter for letter in word[1:] if letter not in _SMALL]
    if not known or not _SMALL.intersection(word) or not all(map(str.isupper, known)):
        return word
    return (word[0].upper() if word[0] in _SMALL else word[0]) + word[1:].upper()


def _raised_beside(before: str, word: str, *, beside: str) -> str:
    """The word after another one of the same phrase."""
    if beside.strip():
        return word
    if (
        len(word) <= 2
        and word[-1] in _SMALL_ONLY
        and _is_capitals(before)
        and not (word[0].islower() and word[0] not in _SMALL_ONLY)
    ):
        return word.upper()
    if word[0] in _SMALL_ONLY and (before in _UNIT_WORDS or (before.istitle() and len(before) > 1)):
        return word[0].upper() + word[1:]
    return word


def _is_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()
