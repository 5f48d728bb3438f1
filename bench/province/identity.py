"""Numbers that the state gives: the citizen ID with what it says of its bearer, and the older identity card."""

from dataclasses import dataclass

import numpy as np

from bench.province.draws import Bools, Ints, drawn, happens, ranks_within, shares, years_of, zipf_like
from bench.province.vocabulary import HOME_PREFIX, OTHER_PREFIXES

HOME_SHARE = 0.72
"""Of families: their children's births are registered in the province."""
LAST_CARD_YEAR = 2004
CARD_SHARE = 0.85
"""Of those born until then: they once had an identity card of nine digits."""
_SERIALS = 1_000_000
_STRIDE = 7919
"""A prime: spreads where the serial numbers of each cell begin."""
_CARD_BOOKS = 380_000
_CARD_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """Which of how many parts; each has serial numbers of its own, so that no number is given twice."""

    place: int
    count: int
    seed: int


def prefixes_of_families(rng: np.random.Generator, size: int) -> Ints:
    """The province of birth of each family's children."""
    codes = np.array([int(HOME_PREFIX), *map(int, OTHER_PREFIXES.split())], dtype=np.int64)
    others = zipf_like(len(codes) - 1, 4) * (1 - HOME_SHARE)
    return drawn(rng, codes, shares(np.concatenate([[HOME_SHARE], others])), size)


def citizen_ids(prefix: Ints, sex: Ints, birth: Ints, part: Part) -> Ints:
    """Province, century and sex, year, and six digits that nobody else of these has."""
    year = years_of(birth)
    cell = (prefix * 10 + (year // 100 - 19) * 2 + sex - 1) * 100 + year % 100
    rank, room = ranks_within(cell), _SERIALS // part.count
    if len(rank) and rank.max() >= room:
        raise ValueError(f"more than {room} people of one sex, year and province in a part")
    # One shuffle for all parts, and a start for each cell: what differs before it differs after.
    shuffled = np.random.default_rng([part.seed, 0]).permutation(_SERIALS)
    serial: Ints = shuffled[(part.place * room + rank + cell * _STRIDE) % _SERIALS]
    return cell * _SERIALS + serial


def card_numbers(size: int, part: Part) -> Ints:
    """Nine digits for each of `size` people that nobody else has."""
    rng = np.random.default_rng([part.seed, 1])
    books, starts = rng.permutation(_CARD_BOOKS), rng.integers(0, _CARD_PAGES, _CARD_BOOKS)
    person = part.place * (_CARD_BOOKS * _CARD_PAGES // part.count) + np.arange(size)
    book, page = person % _CARD_BOOKS, person // _CARD_BOOKS
    return (10_000 + books[book]) * _CARD_PAGES + (page * 617 + starts[book]) % _CARD_PAGES


def has_card(rng: np.random.Generator, birth: Ints) -> Bools:
    """Who was given an identity card once."""
    return (years_of(birth) <= LAST_CARD_YEAR) & happens(rng, CARD_SHARE, len(birth))


def phones(rng: np.random.Generator, size: int) -> Ints:
    """Mobile numbers without their leading zero."""
    return rng.choice([3, 5, 7, 8, 9], size) * 100_000_000 + rng.integers(0, 100_000_000, size)
