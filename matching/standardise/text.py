"""Steps that every text passes: composed Unicode, right letters for look-alikes, visible characters, single spaces."""

import re
import unicodedata

from matching.standardise.misread import SUSPECT, repair_legacy_text
from matching.standardise.reading import Reading, Step

VIETNAMESE_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
"""The letters of Vietnamese beyond ASCII, lower case, composed."""
LETTERS = f"A-Za-z{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()}"
"""The same with ASCII in both cases, as the inside of a regex character class."""

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсух", "ABESIJKMHOPCTYXaesijopcyx", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
D_STROKE = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
_CAPITALS = _CYRILLIC | _GREEK
# A change of case must not hide a look-alike, so the small letters of look-alike capitals count too.
_SMALL = {letter.lower(): latin.lower() for letter, latin in _CAPITALS.items()} | {"µ": "m", "ς": "s"}
_LOOKALIKES = str.maketrans(_SMALL | _CAPITALS | D_STROKE | {"ı": "i", "ɑ": "a", "ƣ": "ơ"})
_FULLWIDTH = str.maketrans({chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)})
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_LONE_ACCENT = re.compile(r"(?<![^\W\d_])(?<![\u0300-\u036f])[\u0300-\u036f]+")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_VISIBLE = f"[!-~{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()}]+"
CLEAN = f"^{_VISIBLE}( {_VISIBLE})*$"
"""Text that no step below can change, unless `SUSPECT` finds something."""
NOT_CLEAN = f"[^ -~{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()}]|^ | $|  |^$|{SUSPECT}"
"""Found in every text that a step below can change: the two above as one regex, which is asked once."""

_FONT_SIGN = re.compile(f"{SUSPECT}|[^\x00-\x7f{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()}]")


def repair_lookalikes(text: str) -> str:
    """Letters of other alphabets, full-width forms and eth as the letters they look like; foreign digits as ours."""
    if text.isascii():
        return text
    repaired = text.translate(_FULLWIDTH).translate(_LOOKALIKES)
    repaired = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), repaired)
    return unicodedata.normalize("NFC", repaired) if repaired != text else text


def _repair_mojibake(text: str) -> str:
    # Every letter in mojibake ends in a sign that no Vietnamese text holds.
    if not _FONT_SIGN.search(text):
        return text
    repair = repair_legacy_text(text)
    return repair[0] if repair and repair[1] == "mojibake" else text


def _repair_legacy_font(text: str) -> str:
    if not _FONT_SIGN.search(text):
        return text
    repair = repair_legacy_text(text)
    return repair[0] if repair and repair[1] != "mojibake" else text


def in_capitals(text: str) -> str:
    """The text in capitals; a small letter that looked like no other may do so as a capital."""
    return repair_lookalikes(unicodedata.normalize("NFC", text.upper()))


def remove_invisible(text: str) -> str:
    """The text without zero-width and direction characters, and without accents that stand on no letter."""
    return text if text.isascii() else _LONE_ACCENT.sub("", _INVISIBLE.sub("", text))


def collapse_spaces(text: str) -> str:
    """Every run of spaces, no-break spaces, tabs and control characters as one space; none at the ends."""
    return _SPACES.sub(" ", text).strip()


def compose(text: str) -> str:
    """The text in NFC."""
    return unicodedata.normalize("NFC", text)


CODE_STEPS = (
    Step("unicode_composed", compose),
    Step("invisible_character", remove_invisible),
    Step("lookalike_letter", repair_lookalikes),
    Step("spaces_collapsed", collapse_spaces),
)
"""For numbers and codes, which hold no words to judge an encoding by."""
TEXT_STEPS = (
    *CODE_STEPS[:1],
    # A soft hyphen is a letter to both (ư in TCVN3, half of í in mojibake), so they come before it is removed.
    Step("mojibake", _repair_mojibake),
    Step("legacy_font", _repair_legacy_font),
    *CODE_STEPS[1:],
)


def read_text(value: str) -> Reading:
    """Any text is what it says."""
    return Reading(value)
