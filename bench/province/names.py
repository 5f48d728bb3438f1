"""What people are called: the father's surname mostly, middle names that siblings share, given names that they do not.

Four in five names have three words, one in six has four, the others two.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bench.province.draws import Bools, Ints, drawn, happens, is_repeated, years_of
from bench.province.lexicon import NO_WORD, Weighted, lexicon

FOUR_WORDS, TWO_WORDS = 0.16, 0.01
MOTHERS_SURNAME_FIRST = 0.04
MOTHERS_SURNAME_MIDDLE = 0.25
"""Of the names of four words."""
MARKER_SHARE = {1: (0.42, 0.12), 2: (0.70, 0.22)}
"""How many have Văn or Thị: by sex, those born before MARKER_YEAR and the others."""
MARKER_YEAR = 1985
SHARED_MIDDLE = 0.7
"""Of children: they take the family's own, so that about half of the pairs of one sex share theirs."""
REDRAWS = 2
SEXES = (1, 2)


@dataclass(frozen=True, slots=True)
class Siblings:
    """Columns of people to be named, those of one family together in order of birth."""

    sex: Ints
    birth: Ints
    family: Ints
    surnames: Ints
    """A row a person: the father's and the mother's."""
    shared_middle: Ints
    """A row a person: what the family's sons and what its daughters may be called."""
    is_twin: Bools
    """Whether the person before is the twin."""


def names_of(rng: np.random.Generator, siblings: Siblings) -> Ints:
    """A row a person: surname, two middle names and given name as numbers of the lexicon."""
    of_mother = happens(rng, MOTHERS_SURNAME_FIRST, siblings.family.max(initial=-1) + 1)[siblings.family]
    surname = np.where(of_mother, siblings.surnames[:, 1], siblings.surnames[:, 0])
    given = _twin_names(_given(rng, siblings), siblings)
    middle = _middles(rng, siblings)
    # Nobody is called the same twice in a row.
    middle[middle[:, 0] == given, 0] = NO_WORD
    middle[(middle[:, 1] == given) | (middle[:, 1] == middle[:, 0]), 1] = NO_WORD
    return np.column_stack([surname, middle, given])


def surnames_of(rng: np.random.Generator, size: int) -> Ints:
    """Surnames as common as they are in the country."""
    table = lexicon().surnames
    return drawn(rng, table.words, table.weights, size)


def _given(rng: np.random.Generator, siblings: Siblings) -> Ints:
    given = _drawn_given(rng, siblings.sex)
    for _ in range(REDRAWS):
        again = np.flatnonzero(is_repeated(siblings.family, given))
        given[again] = _drawn_given(rng, siblings.sex[again])
    return given


def _drawn_given(rng: np.random.Generator, sex: Ints) -> Ints:
    return _by_sex(rng, lexicon().given, sex)


def _twin_names(given: Ints, siblings: Siblings) -> Ints:
    twins = np.flatnonzero(siblings.is_twin)
    son, daughter = (lexicon().similar[each][given[twins - 1]] for each in SEXES)
    named = given.copy()
    named[twins] = np.where(siblings.sex[twins] == 1, son, daughter)
    return named


def _middles(rng: np.random.Generator, siblings: Siblings) -> Ints:
    """Two columns: none, one or two middle names."""
    size = len(siblings.sex)
    own = middle_names(rng, siblings.sex, years_of(siblings.birth))
    shared = siblings.shared_middle[np.arange(size), siblings.sex - 1]
    first = np.where(happens(rng, SHARED_MIDDLE, size), shared, own)
    length = rng.random(size)
    second = np.where(length < FOUR_WORDS, _plain_middle(rng, siblings.sex), NO_WORD)
    is_mothers = (second != NO_WORD) & happens(rng, MOTHERS_SURNAME_MIDDLE, size)
    first = np.where(is_mothers, siblings.surnames[:, 1], first)
    first = np.where(length >= 1 - TWO_WORDS, NO_WORD, first)
    middle = np.column_stack([first, second])
    # Twins of one sex are told apart by the given name alone.
    twins = np.flatnonzero(siblings.is_twin)
    twins = twins[siblings.sex[twins] == siblings.sex[twins - 1]]
    middle[twins] = middle[twins - 1]
    return middle


def middle_names(rng: np.random.Generator, sex: Ints, years: Ints) -> Ints:
    """One middle name each; the older, the more Văn and Thị."""
    words, is_young = lexicon(), years >= MARKER_YEAR
    son, daughter = (np.where(is_young, young, old) for old, young in MARKER_SHARE.values())
    share = np.where(sex == 1, son, daughter)
    marker = np.where(sex == 1, words.marker[1], words.marker[2])
    return np.where(happens(rng, share, len(sex)), marker, _plain_middle(rng, sex))


def _plain_middle(rng: np.random.Generator, sex: Ints) -> Ints:
    return _by_sex(rng, lexicon().middle, sex)


def _by_sex(rng: np.random.Generator, tables: Mapping[int, Weighted], sex: Ints) -> Ints:
    sons, daughters = (drawn(rng, tables[each].words, tables[each].weights, len(sex)) for each in SEXES)
    return np.where(sex == 1, sons, daughters)
