"""Names of persons and owners: a clean display form, a form to compare and a key without accents.

A display form keeps its case, its style of tone placement, honorifics and remarks; `form` and `key` do not. Abbreviated
words stay ("N. T. Quỳnh" compares as "n t quỳnh").
"""

import re
from string import ascii_lowercase

import polars as pl

from matching.lower_case import lowered
from matching.standardise.misread import SUSPECT
from matching.standardise.name_remarks import UNUSUAL, reduced, unaccented
from matching.standardise.name_spaces import MAYBE_APART, TWO_WORDS, restore_spaces, split_word
from matching.standardise.name_words import has_word, words_of
from matching.standardise.organisation_words import is_branch, is_organisation, names_organisation
from matching.standardise.reading import Reading, Step, read_through, unreadable
from matching.standardise.syllables import fold, is_folded_syllable, place_tone
from matching.standardise.text import CLEAN, LETTERS, VIETNAMESE_LETTERS
from matching.standardise.tidied import Steps
from matching.standardise.typing_residue import RESIDUE, decode_name, decode_word

_LEADING_MARKS = re.compile(r"^[\s=@+\-*#.,;:!'\"`’_/\\|]+(?=[\w?(\[])")
_TRAILING_MARKS = " =@+-*#,;:!'\"`’_/\\|"
_MARK_FOR_NOTHING = re.compile(r"^\?([^\W\d_]+)(?![\w?])")
_APOSTROPHE = re.compile("[’‘ʼ`´′ʹ]")
_LOST_APOSTROPHE = re.compile(
    rf"(?<![^\W_])H(?=[BCDĐGKLMNPRSTVX](?:(?![A-ZĐ])[{LETTERS}])*[aeiouy{VIETNAMESE_LETTERS}])"
)
# No word boundaries: beside letters beyond ASCII they cost five times as much as all the rest.
_DOUBTFUL = rf"{RESIDUE}|{TWO_WORDS}|{MAYBE_APART}|H[BCDĐGKLMNPRSTVX]\p{{Ll}}"
_NOT_CLEAN = rf"{SUSPECT}|^[=@+\-*#.,;:!'\"_/\\|]|[=@+\-*#,;:!'\"_/\\|]$|`|^\?|^[^{LETTERS}]*$"


def _strip_marks(value: str) -> str:
    if value[:1].isalpha() and value[-1:].isalpha():
        return value
    return _LEADING_MARKS.sub("", _MARK_FOR_NOTHING.sub(_without_mark, value)).rstrip(_TRAILING_MARKS)


def _restore_apostrophe(value: str) -> str:
    """An Ê-đê woman's name with the apostrophe that was lost: "HLan" begins as no other word does."""
    return _LOST_APOSTROPHE.sub("H'", value)


def _without_mark(match: re.Match[str]) -> str:
    """The word alone, where no letter before it makes a word: then the question mark stood for nothing visible."""
    word = match[1]
    is_begun = word[0].isupper() and word[1:].islower()
    is_whole = is_begun or not any(is_folded_syllable(letter + word) for letter in ascii_lowercase)
    return word if is_whole else match[0]


NAME_STEPS = (
    Step("apostrophe", lambda value: _APOSTROPHE.sub("'", value)),
    Step("stray_marks_removed", _strip_marks),
    Step("apostrophe", _restore_apostrophe),
    Step("typing_residue", decode_name),
    Step("spaces_restored", restore_spaces),
)
COLUMN_STEPS: Steps = (("stray_marks_removed", lambda text: text.str.strip_chars_end(",;: ")),)
"""What the steps do to the marks that clerks leave most often, for whole columns."""
OWNER_STEPS, _PERSON_STEPS = NAME_STEPS[:2], NAME_STEPS[2:]
"""An enterprise's foreign words are no typing residue; what a person among owners needs more, its reader does."""


def quick_names(values: pl.Series) -> pl.DataFrame:
    """`std` of the names that no step changes, of persons and of owners; null for the others."""
    clean = pl.select(pl.when(values.str.contains(CLEAN) & ~values.str.contains(_NOT_CLEAN)).then(values)).to_series()
    doubtful = clean.str.contains(_DOUBTFUL).arg_true()
    is_changed = has_word(clean.gather(doubtful), _is_repaired) | clean.gather(doubtful).str.contains(MAYBE_APART)
    return _replaced(clean, doubtful.filter(is_changed), None).to_frame("std")


def _is_repaired(word: str) -> bool:
    is_whole = _restore_apostrophe(word) == decode_word(word) == word
    return not is_whole or split_word(word, is_first=True) != word


def read_name(value: str) -> Reading:
    """A name that has letters."""
    return Reading(value) if any(map(str.isalpha, value)) else unreadable("unreadable_name")


def read_owner(value: str) -> Reading:
    """A person's or an organisation's name."""
    reading = read_through(value, _PERSON_STEPS, read_name)
    return read_name(value) if not reading.repairs or names_organisation(fold(value)) else reading


def forms(names: pl.Series) -> pl.DataFrame:
    """`form` and `key` of each name, whether it `is_organisation` or `is_branch`, and what was left out.

    The form is in lower case with tone marks in one place, without points, form of address and remarks; the key is the
    form without accents.
    """
    plain = lowered(names)
    unusual = plain.str.contains(UNUSUAL).arg_true()
    kept = reduced(plain.gather(unusual))
    text = _replaced(plain, unusual, kept["text"])
    nothing = pl.when(pl.col("text").is_not_null()).then(False)
    read = pl.DataFrame({"text": text}).with_columns(key=unaccented(pl.col("text")))
    usual = read.select(
        is_organisation=is_organisation(pl.col("text"), pl.col("key")), is_addressed=nothing, has_remark=nothing
    )
    told = usual.select(_replaced(each, unusual, kept[each.name]) for each in usual)
    form = words_of(text).rewritten(place_tone).joined()
    return told.with_columns(form.alias("form"), read["key"]).select(
        "form",
        "key",
        "is_organisation",
        "is_addressed",
        "has_remark",
        is_branch=pl.col("is_organisation") & is_branch(pl.col("key")),
    )


def _replaced(values: pl.Series, at: pl.Series, others: pl.Series | None) -> pl.Series:
    """The values with others in some places."""
    # Scattering works in place, on what it is given.
    return values.clone().scatter(at, others)
