"""Words typed with Telex or VNI keys while the input method was off: "Nguyeenx", "Tra62n", "D9a85ng"."""

import re
from functools import lru_cache

from matching.standardise.syllables import LONGEST_SYLLABLE, is_folded_syllable, is_syllable, with_tone

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_LETTERS = {
    "uwow": "ươ",
    "uow": "ươ",
    "aa": "â",
    "ee": "ê",
    "oo": "ô",
    "aw": "ă",
    "ow": "ơ",
    "uw": "ư",
    "dd": "đ",
}
_VNI_LETTERS = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
RESIDUE = r"(?i:[fjwz1-9]|aa|ee|oo|dd|[^\W\d_](?:[srx]|d(?:$|[ .,-])))"
"""Found in every word that may hold residue, and in some that cannot."""
_RESIDUE = re.compile(RESIDUE)
_MOST_KEYS = 2 * LONGEST_SYLLABLE + 1
"""Telex types two keys a letter at most, and one for the tone."""
_WORD = re.compile(r"[^\W_]+")
_CONSONANTS = "bcdghklmnpqrstvx"
_VOWEL_AGAIN = re.compile(f"(.*)([aeo])([{_CONSONANTS}]+)\\2")
_FOREIGN = re.compile(f"(?!dd)[{_CONSONANTS}y]*(?:ee|oo)[bcdghklmnpqtv]*|d[aeiouy]+d|{_VOWEL_AGAIN.pattern}[rs]?")
"""So are foreign names written too: "Lee", "Yoon", "Khoo", "Daud", "Hanas"."""
_LATE_HOOKS = {"a": "ă", "o": "ơ", "u": "ư"}


def decode_name(name: str) -> str:
    """The name with typing residue decoded.

    A doubled letter alone ("Nguyeen") is believed only where every other word could be Vietnamese; one that foreign
    names have too ("Lee") only beside other residue or a word with Vietnamese marks. Beside residue, what could be a
    word or a slip ("Coong", "Sasu") is residue too.
    """
    words = _WORD.findall(name)
    decoded = {word: decode_word(word) for word in words}
    foreign = {word for word in words if decoded[word] != word and _FOREIGN.fullmatch(word.lower())}
    doubtful = {word for word in words if decoded[word] != word and _is_only_doubled(word, decoded[word])}
    if doubtful and not all(is_folded_syllable(decoded[word]) or len(word) == 1 for word in words):
        decoded |= {word: word for word in doubtful}
    if not any(decoded[word] != word or not word.isascii() for word in words if word not in foreign):
        decoded |= {word: word for word in foreign}
    if any(decoded[word] != word for word in words):
        decoded = {word: _decode_freely(word) if decoded[word] == word else decoded[word] for word in words}
    return _WORD.sub(lambda match: decoded[match[0]], name)


@lru_cache(maxsize=65536)
def decode_word(word: str) -> str:
    """The word as it was meant; unchanged where it is a syllable already or decoding makes none."""
    small = word.lower()
    if not _RESIDUE.search(small) or is_syllable(small):
        return word
    decoded = next((each for each in (*_from_telex(small), *_from_vni_keys(small)) if is_syllable(each)), None)
    return word if decoded is None else _in_case_of(word, decoded)


def _decode_freely(word: str) -> str:
    """The word as it was meant, in a name that was surely typed in Telex."""
    small = word.lower()
    if not _may_be_telex(small):
        return word
    keys = [] if is_syllable(small) else reversed(range(1, len(small)))
    ways = [_toned(small, at) for at in keys if small[at] in _TELEX_TONES and small[at - 1] in "aeiouyw"]
    ways += [_telex_letters(small), *_marked_at_the_end(small)]
    meant = next((each for each in ways if each != small and is_syllable(each)), None)
    return word if meant is None else _in_case_of(word, meant)


def _may_be_telex(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) <= _MOST_KEYS


def _is_only_doubled(word: str, decoded: str) -> bool:
    return word.isalpha() and len(word) == len(decoded) + 1 and not re.search(r"[wfjsrx]$|w|dd", word.lower())


def _from_telex(word: str) -> list[str]:
    """What the keys could mean: the tone key stands last, or just after the vowels."""
    if not _may_be_telex(word):
        return []
    keys = [at for at in reversed(range(1, len(word))) if _is_tone_key(word, at)]
    # A vowel that comes again without a tone ("Trana") is no evidence of its own.
    late = _marked_at_the_end(word) if word[-1] not in "aeo" or word[-2:-1] in _TELEX_TONES else []
    return [*(_toned(word, at) for at in keys), _telex_letters(word), *late]


def _marked_at_the_end(word: str) -> list[str]:
    """What the word means if the keys of its marks came behind all its letters, the tone's among them: "Phuongw"."""
    places = [at for at in (len(word) - 1, len(word) - 2) if at > 0 and word[at] in _TELEX_TONES]
    typed = [(word, ""), *((word[:at] + word[at + 1 :], _TELEX_TONES[word[at]]) for at in places)]
    marked = [(_with_late_mark(_with_late_mark(letters)), letters, tone) for letters, tone in typed]
    return [with_tone(meant, tone) for meant, letters, tone in marked if meant != letters]


def _with_late_mark(word: str) -> str:
    """The word with the mark that its last key puts on a letter before; as it is where that key puts none."""
    before, key = _telex_letters(word[:-1]), word[-1:]
    if key == "d" and before.startswith("d"):
        return f"đ{before[1:]}"
    if key == "w" and "uo" in before:
        return before.replace("uo", "ươ")
    hooked = [at for at, letter in enumerate(before) if letter in _LATE_HOOKS] if key == "w" else []
    if hooked:
        return before[: hooked[-1]] + _LATE_HOOKS[before[hooked[-1]]] + before[hooked[-1] + 1 :]
    again = _VOWEL_AGAIN.fullmatch(word)
    return f"{again[1]}{_TELEX_LETTERS[again[2] * 2]}{again[3]}" if again else word


def _toned(word: str, at: int) -> str:
    return with_tone(_telex_letters(word[:at] + word[at + 1 :]), _TELEX_TONES[word[at]])


def _is_tone_key(word: str, at: int) -> bool:
    """Inside a word r and s are rather a slip of the hand ("Turng") than a tone, unless a letter is in Telex too."""
    if at == len(word) - 1 or word[at] not in _TELEX_TONES:
        return word[at] in _TELEX_TONES
    return word[at - 1] in "aeiouyw" and (word[at] in "fjx" or _telex_letters(word) != word)


def _telex_letters(word: str) -> str:
    for keys, letter in _TELEX_LETTERS.items():
        word = word.replace(keys, letter)
    return word


def _from_vni_keys(word: str) -> list[str]:
    letters: list[str] = []
    tone = ""
    for letter in word:
        if letter in _VNI_TONES:
            tone = _VNI_TONES[letter]
        elif letter in _VNI_LETTERS:
            marks = _VNI_LETTERS[letter]
            at = next((at for at in reversed(range(len(letters))) if letters[at] in marks), None)
            if at is None:
                return []
            letters[at] = marks[letters[at]]
        else:
            letters.append(letter)
    return [with_tone("".join(letters).replace("uơ", "ươ"), tone)]


def _in_case_of(word: str, decoded: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    if capitals > 1 and capitals * 2 > len(letters):
        return decoded.upper()
    return decoded[0].upper() + decoded[1:] if letters[0].isupper() else decoded
