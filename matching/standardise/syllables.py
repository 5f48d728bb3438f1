"""What a Vietnamese syllable is: onset, rhyme and tone, and where the tone mark is written."""

import unicodedata
from functools import lru_cache

_ONSETS = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_PLAIN_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y ynh ych yt ym yu yêm yên yêng yêt yêu"
)
_GLIDE_RHYMES = (
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "uân uâng uât uây uê uêch uên uênh uêt uơ uy uya uych uyn uynh uyt uyu uyp uyên uyêt"
)
_RHYMES = f"{_PLAIN_RHYMES} {_GLIDE_RHYMES}"
# After gi- and qu- the i and u belong to the onset, so a bare gi- needs the rhyme gone: "gì", "giêng".
_SYLLABLES = frozenset(onset + rhyme for onset in _ONSETS.split(" ") for rhyme in _RHYMES.split(" ")) | {
    "gi", "gin", "gim", "giêng",
}  # fmt: skip
LONGEST_SYLLABLE = max(map(len, _SYLLABLES))
"""In letters: no longer word is a syllable, and none need be tried."""

TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
"""Combining tone marks by name."""
_TONED_VOWELS = "aăâeêioôơuưy"
_BARE_VOWELS = frozenset("aeiouy")
"""A tone stands on one of these: the tilde of "ñ" is none."""
_STOPPED = ("c", "p", "t", "ch")


@lru_cache(maxsize=65536)
def split_tone(word: str) -> tuple[str, str]:
    """The lower-case word without the tone marks of its vowels, and the marks (normally none or one)."""
    bare: list[str] = []
    marks: list[str] = []
    base = ""
    for letter in unicodedata.normalize("NFD", word.lower()):
        base = base if unicodedata.combining(letter) else letter
        (marks if letter in TONES and base in _BARE_VOWELS else bare).append(letter)
    return unicodedata.normalize("NFC", "".join(bare)), "".join(marks)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether the word, in any case and either style of tone placement, can be a Vietnamese syllable."""
    bare, tone = split_tone(word)
    if bare not in _SYLLABLES or len(tone) > 1:
        return False
    return not (tone and bare.endswith(_STOPPED) and TONES[tone] not in ("sắc", "nặng"))


@lru_cache(maxsize=65536)
def is_folded_syllable(word: str) -> bool:
    """Whether the word, its accents taken away, is a Vietnamese syllable without accents."""
    return fold(word) in _FOLDED_SYLLABLES


def fold(text: str) -> str:
    """The text in lower case without accents; đ becomes d."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def place_tone(word: str) -> str:
    """The lower-case word with its tone mark in the place of the older style: "hoà" and "hòa" become "hòa".

    What is not a Vietnamese syllable comes back as it is.
    """
    bare, tone = split_tone(word)
    return with_tone(bare, tone) if tone and is_syllable(word) else word


def with_tone(bare: str, tone: str) -> str:
    """The bare lower-case syllable with the tone mark on the letter that bears it."""
    at = _tone_position(bare)
    if not tone or at is None:
        return bare
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _tone_position(bare: str) -> int | None:
    # The u of qu- and the i of gi- belong to the onset, unless no other vowel follows: "gì", "giếng".
    is_glide = bare.startswith("qu") or (bare.startswith("gi") and len(bare) > 2 and bare[2] in _TONED_VOWELS)
    vowels = [at for at in range(2 if is_glide else 0, len(bare)) if bare[at] in _TONED_VOWELS]
    if not vowels:
        return None
    marked = [at for at in vowels if bare[at] in "ăâêôơư"]
    if marked:
        return marked[-1]
    is_open = vowels[-1] == len(bare) - 1
    return vowels[1] if len(vowels) == 3 or (len(vowels) == 2 and not is_open) else vowels[0]


_FOLDED_SYLLABLES = frozenset(map(fold, _SYLLABLES))
