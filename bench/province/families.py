"""Families over four generations: who is born to whom, who marries whom, and who is alive.

Ages, numbers of children and marriages come from simple distributions, near enough to look like a population; no claim
is made beyond that.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from bench.province.draws import Bools, Ints, first_days_of, happens, years_of
from bench.province.names import SEXES, Siblings, middle_names, names_of, surnames_of

AS_OF = dt.date(2026, 11, 1)
"""The day on which the province is looked at."""
_TODAY = (AS_OF - dt.date(1970, 1, 1)).days
_YEAR = 365.25
GENERATIONS = 4
LIVING_PER_ANCESTORS = 12
"""People alive for each couple of ancestors, from below."""
TWIN_RATE = 0.005
"""Of births."""
SAME_SEX_TWINS = 0.65
MARRIED_SHARE = 0.88
CHILDREN = ((1945, 4.2), (1965, 3.0), (1980, 2.2), (2100, 1.9))
"""How many children on average a woman has who was born before the year."""
FIRST_JANUARY_SHARE = 0.08
"""Of the people born before 1960, whose day of birth nobody wrote down."""


@dataclass(frozen=True, slots=True)
class People:
    """Columns of people; a couple is told by its number, -1 is none."""

    sex: Ints
    birth: Ints
    """In days from 1970."""
    names: Ints
    """A row a person: surname, two middle names and given name as numbers of the lexicon."""
    parents: Ints
    couple: Ints


@dataclass(frozen=True, slots=True)
class Couples:
    """Columns of couples: numbers of two people, where the family lives, and what it calls its children."""

    husband: Ints
    wife: Ints
    wife_birth: Ints
    surnames: Ints
    """A row a couple: his and hers."""
    shared_middle: Ints
    """A row a couple: the middle names for sons and those for daughters."""


def families(rng: np.random.Generator, living: int) -> tuple[People, Couples, Bools]:
    """People, couples and who is alive, at least so many; the dead are there for their names."""
    ancestors = 2 + living // LIVING_PER_ANCESTORS
    while True:
        people, couples = _generations(rng, ancestors)
        # Ancestors have no parents to be told, so they are dead whatever their age.
        is_living = (people.parents >= 0) & _survives(rng, people.birth)
        if np.count_nonzero(is_living) >= living:
            return people, couples, is_living
        ancestors *= 2


def _survives(rng: np.random.Generator, birth: Ints) -> Bools:
    age = (_TODAY - birth) / _YEAR
    return happens(rng, np.exp(-((age / 85) ** 8)), len(birth))


def _generations(rng: np.random.Generator, ancestors: int) -> tuple[People, Couples]:
    generation = _ancestors(rng, 2 * ancestors)
    people, couples = [], []
    first_person = first_couple = 0
    for turn in range(GENERATIONS + 1):
        married, generation = _marry(rng, generation, first_person, first_couple)
        people.append(generation)
        couples.append(married)
        if turn < GENERATIONS:
            children = _born(rng, married, first_couple)
            first_person += len(generation.sex)
            first_couple += len(married.husband)
            generation = children
    return _joined_people(people), _joined_couples(couples)


def _ancestors(rng: np.random.Generator, size: int) -> People:
    sex = np.arange(size) % 2 + 1
    birth = first_days_of(rng.integers(1893, 1918, size)) + rng.integers(0, 365, size)
    none = np.full(size, -1, dtype=np.int64)
    alone = Siblings(
        sex=sex,
        birth=birth,
        family=np.arange(size),
        surnames=np.stack([surnames_of(rng, size) for _ in range(2)], axis=1),
        shared_middle=_shared_middle(rng, birth),
        is_twin=np.zeros(size, dtype=np.bool_),
    )
    return People(sex, birth, names_of(rng, alone), none, none)


def _marry(rng: np.random.Generator, people: People, first_person: int, first_couple: int) -> tuple[Couples, People]:
    """Men and women of like age, never of the same parents; and the people with the number of their couple."""
    is_willing = happens(rng, MARRIED_SHARE, len(people.sex))
    men, women = (np.flatnonzero(is_willing & (people.sex == sex)) for sex in (1, 2))
    men = men[np.argsort(people.birth[men] + rng.normal(2.5 * _YEAR, 3 * _YEAR, len(men)), kind="stable")]
    women = women[np.argsort(people.birth[women], kind="stable")]
    pairs = min(len(men), len(women))
    men, women = men[:pairs], women[:pairs]
    fits = (people.parents[men] != people.parents[women]) | (people.parents[men] < 0)
    fits &= abs(people.birth[men] - people.birth[women]) < 15 * _YEAR
    fits &= np.maximum(people.birth[men], people.birth[women]) < _TODAY - 20 * _YEAR
    men, women = men[fits], women[fits]
    couple = np.full(len(people.sex), -1, dtype=np.int64)
    couple[men] = couple[women] = first_couple + np.arange(len(men))
    couples = Couples(
        husband=first_person + men,
        wife=first_person + women,
        wife_birth=people.birth[women],
        surnames=np.stack([people.names[men, 0], people.names[women, 0]], axis=1),
        shared_middle=_shared_middle(rng, people.birth[women]),
    )
    return couples, People(people.sex, people.birth, people.names, people.parents, couple)


def _born(rng: np.random.Generator, couples: Couples, first_couple: int) -> People:
    """The children of couples, in order of couple and birth."""
    mother_year = years_of(couples.wife_birth)
    expected = np.array([children for _, children in CHILDREN])
    counts = rng.poisson(expected[np.searchsorted([year for year, _ in CHILDREN], mother_year, side="right")])
    couple = np.repeat(np.arange(len(counts)), counts)
    birth = couples.wife_birth[couple] + _ages_of_mothers(rng, counts)
    kept = (birth <= _TODAY) & (birth < couples.wife_birth[couple] + 46 * _YEAR)
    couple, birth = couple[kept], _known_days(rng, birth[kept])
    births = 1 + happens(rng, TWIN_RATE, len(couple))
    couple, birth = np.repeat(couple, births), np.repeat(birth, births)
    is_twin = np.zeros(len(couple), dtype=np.bool_)
    is_twin[np.cumsum(births)[births == 2] - 1] = True
    sex = _sexes(rng, is_twin)
    siblings = Siblings(sex, birth, couple, couples.surnames[couple], couples.shared_middle[couple], is_twin)
    return People(sex, birth, names_of(rng, siblings), first_couple + couple, np.full(len(couple), -1, dtype=np.int64))


def _shared_middle(rng: np.random.Generator, mother_birth: Ints) -> Ints:
    years = years_of(mother_birth) + 26
    return np.stack([middle_names(rng, np.full(len(years), sex), years) for sex in SEXES], axis=1)


def _ages_of_mothers(rng: np.random.Generator, counts: Ints) -> Ints:
    """At each birth, in days: the first child near 25 years, each later one some years after."""
    size = int(counts.sum())
    steps = rng.gamma(4, 0.9, size) * _YEAR + 300
    firsts = (np.cumsum(counts) - counts)[counts > 0]
    steps[firsts] = np.clip(rng.normal(25, 4.5, len(firsts)), 17, 42) * _YEAR
    ages = np.cumsum(steps)
    before = np.repeat(ages[firsts] - steps[firsts], counts[counts > 0])
    days: Ints = (ages - before).astype(np.int64)
    return days


def _known_days(rng: np.random.Generator, birth: Ints) -> Ints:
    years = years_of(birth)
    is_unknown = (years < 1960) & happens(rng, FIRST_JANUARY_SHARE, len(birth))
    known: Ints = np.where(is_unknown, first_days_of(years), birth)
    return known


def _sexes(rng: np.random.Generator, is_twin: Bools) -> Ints:
    sex = rng.integers(1, 3, len(is_twin))
    twins = np.flatnonzero(is_twin)
    is_same = happens(rng, SAME_SEX_TWINS, len(twins))
    sex[twins] = np.where(is_same, sex[twins - 1], 3 - sex[twins - 1])
    return sex


def _joined_people(parts: list[People]) -> People:
    return People(*(np.concatenate([getattr(each, name) for each in parts]) for name in People.__slots__))


def _joined_couples(parts: list[Couples]) -> Couples:
    return Couples(*(np.concatenate([getattr(each, name) for each in parts]) for name in Couples.__slots__))
