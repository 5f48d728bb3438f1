"""What could have made one name out of another: a judge for measurements that knows nothing of the standardiser.

It never decodes what was delivered. It damages the true name in every way it knows and looks whether the delivered
one is among the results, so that an error of the standardiser's tables cannot hide in the judgement.
"""

import re
import unicodedata
from functools import cache

_TELEX = {
    "\u0302": "aeo", "\u0306": "w", "\u031b": "w", "\u0335": "d",
    "\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j",
}  # fmt: skip
_VNI = {
    "\u0302": "6", "\u031b": "7", "\u0306": "8", "\u0335": "9",
    "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5",
}  # fmt: skip
"""The keys of each mark; the stroke of đ is a mark here. A Telex circumflex repeats its own letter."""
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_GARBAGE = "[^\x00-\x7f]{1,4}"
_NO_VIETNAMESE = re.compile(
    "[^\x00-\x7fÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]|[a-zà-ỹ][À-Ý]|(?i:([à-ãè-êì-íò-õù-úý])(?!\\1)[à-ãè-êì-íò-õù-úý])"
    "|[aA][âÂáÁàÀåÅãÃäÄêÊéÉèÈúÚüÜëËùÙøØûÛõÕïÏ]|[eyEY][âÂáÁàÀåÅãÃäÄùÙøØûÛõÕïÏ]|[ouOU][åÅäÄùÙøØûÛõÕïÏ]|[oO][âÂ]"
)
"""A letter that Vietnamese does not have, or two that it never writes side by side."""


def damage(delivered: str, true: str) -> str | None:
    """What alone tells the delivered name from the true one; None where something else does, "" where nothing does."""
    if delivered == true:
        return ""
    if _looks(delivered) == _looks(true) or _is_look_alike(delivered, true):
        return _surface(delivered, true)
    if _is_typed(delivered, true):
        return "typing residue"
    return "encoding" if _is_garbled(delivered, true) else None


def _surface(delivered: str, true: str) -> str:
    """The first that explains it, from the plainest on."""
    composed = [unicodedata.normalize("NFC", each) for each in (delivered, true)]
    if composed[0].casefold() == composed[1].casefold():
        return "case" if composed[0] != composed[1] else "unicode form"
    if _looks(delivered) != _looks(true):
        return "look-alike"
    words, true_words = (_words(each) for each in composed)
    if words != true_words:
        joined = ["".join(each) for each in (words, true_words)]
        return "spaces lost or added" if joined[0] == joined[1] else "tone placement"
    return "spaces and marks"


def _words(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text).casefold()
    visible = "".join(each for each in composed if unicodedata.category(each) != "Cf")
    return re.findall(r"[^\W_]+", visible)


def _looks(text: str) -> tuple[str, str]:
    """The letters with what marks them, and the tones in their order, wherever in its word each stands."""
    letters = [each for each in _apart(text) if each.isalpha() or unicodedata.combining(each)]
    return (
        "".join(each for each in letters if each not in _TONES),
        "".join(each for each in letters if each in _TONES),
    )


def _apart(text: str) -> str:
    """Small letters and their marks as characters of their own."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold()).replace("đ", "d\u0335")


def _is_look_alike(delivered: str, true: str) -> bool:
    letters, true_letters = ("".join(_words(each)) for each in (delivered, true))
    return len(letters) == len(true_letters) and all(
        letter == wanted or not unicodedata.name(letter, "").startswith("LATIN") or letter in "ðɖ"
        for letter, wanted in zip(letters, true_letters, strict=True)
    )


def _is_typed(delivered: str, true: str) -> bool:
    words, true_words = _words(delivered), _words(true)
    return len(words) == len(true_words) and all(
        word in _typings(wanted) for word, wanted in zip(words, true_words, strict=True)
    )


@cache
def _typings(word: str) -> frozenset[str]:
    """Every way to type the word, each mark composed or as a key behind its letter."""
    ways: set[str] = set()
    # One key can give both horns of ươ.
    for way in {_apart(word), _apart(word).replace("u\u031b", "u", 1)}:
        for keys in (_TELEX, _VNI):
            ways |= _typed(way, keys, len(way) - 1)
    composed = (unicodedata.normalize("NFC", each.replace("d\u0335", "đ")) for each in ways)
    return frozenset({word, *composed})


def _typed(text: str, keys: dict[str, str], at: int) -> set[str]:
    if at < 0:
        return {text}
    ways = _typed(text, keys, at - 1)
    if text[at] not in keys:
        return ways
    bare = text[:at] + text[at + 1 :]
    repeated = next((each for each in reversed(text[:at]) if each.isalpha()), "")
    key = repeated if keys[text[at]] == "aeo" else keys[text[at]]
    for place in range(at, len(bare) + 1):
        ways |= _typed(bare[:place] + key + bare[place:], keys, at - 1)
    return ways


def _is_garbled(delivered: str, true: str) -> bool:
    """The ASCII letters of the true name are all there, and what is foreign stands where it has marks."""
    if not _NO_VIETNAMESE.search(unicodedata.normalize("NFC", delivered)):
        return False
    pattern = "".join(_garbled(each) for each in unicodedata.normalize("NFC", true))
    return re.fullmatch(pattern, unicodedata.normalize("NFC", delivered), re.IGNORECASE) is not None


def _garbled(letter: str) -> str:
    if letter.isascii():
        return re.escape(letter)
    base = _apart(letter)[0]
    return f"(?:{re.escape(letter)}|{base}?{_GARBAGE})"
