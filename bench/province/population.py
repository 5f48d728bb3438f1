"""The people of one part: those in the register, then those outside it about whom records are written as well."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from bench.province.draws import Bools, Floats, Ints, happens, years_of
from bench.province.families import GENERATIONS, Couples, People, families
from bench.province.identity import Part, card_numbers, citizen_ids, has_card, phones, prefixes_of_families
from bench.province.lexicon import lexicon
from bench.province.places import addresses, communes

AS_OF_PHONES = 2011
"""Nobody born after this year has a phone."""
PHONE_SHARE = 0.9
SPARE = 1.05
"""People beyond those asked for: relatives who live elsewhere."""
FATHER_UNKNOWN = 0.5
"""Of those who bear another surname than their father."""
LIVES_WITH_HIS = 0.7
"""Of couples: they live in the commune of his parents."""

REGISTER = {
    "person_id": pl.String,
    "cmnd": pl.String,
    "full_name": pl.String,
    "surname": pl.String,
    "middle": pl.String,
    "given": pl.String,
    "birth_date": pl.Date,
    "sex": pl.Int8,
    "commune_code": pl.String,
    "address": pl.String,
    "phone": pl.String,
    "mother_name": pl.String,
    "father_name": pl.String,
    "spouse_id": pl.String,
    "household_id": pl.Int64,
}
"""Columns of the register."""


@dataclass(frozen=True, slots=True)
class Residents:
    """The chosen people: their columns of REGISTER, their names as words, and how many are in the register."""

    frame: pl.DataFrame
    names: Ints
    registered: int


def residents(rng: np.random.Generator, part: Part, *, registered: int, outside: int, namesakes: Floats) -> Residents:
    """People in the register and outside; `namesakes` are the two rates of Dirt about them."""
    people, couples, is_living = families(rng, int((registered + outside) * SPARE))
    household = np.where(people.couple >= 0, people.couple, people.parents)
    chosen = _whole_households(rng, household, is_living, registered + outside)
    # The last household may lie on both sides of the border; every other is inside or outside as a whole.
    chosen = np.concatenate([rng.permutation(chosen[:registered]), rng.permutation(chosen[registered:])])
    people = _with_namesakes(rng, people, (chosen[:registered], chosen[registered:]), namesakes)
    frame = _frame(rng, people, couples, chosen, part)
    is_known = frame["spouse_id"].is_in(frame["person_id"][:registered].implode())
    frame = frame.with_columns(spouse_id=pl.when(is_known).then("spouse_id"))
    return Residents(frame, people.names[chosen], registered)


def _whole_households(rng: np.random.Generator, household: Ints, is_living: Bools, size: int) -> Ints:
    living = np.flatnonzero(is_living)
    turn = rng.permutation(household.max(initial=0) + 1)
    return living[np.argsort(turn[household[living]], kind="stable")][:size]


def _with_namesakes(rng: np.random.Generator, people: People, chosen: tuple[Ints, Ints], rates: Floats) -> People:
    """Some outside people bear the name of one inside of their sex and year, a few were born on the same day too."""
    inside, outside = chosen
    kind = people.sex * 10_000 + years_of(people.birth)
    ordered = inside[np.argsort(kind[inside], kind="stable")]
    first = np.searchsorted(kind[ordered], kind[outside], side="left")
    count = np.searchsorted(kind[ordered], kind[outside], side="right") - first
    taking = np.flatnonzero(happens(rng, rates[0], len(outside)) & (count > 0))
    model = ordered[first[taking] + rng.integers(0, count[taking])]
    taker = outside[taking]
    names, birth = people.names.copy(), people.birth.copy()
    names[taker] = people.names[model]
    birth[taker] = np.where(happens(rng, rates[1], len(taker)), people.birth[model], birth[taker])
    return replace(people, names=names, birth=birth)


def _frame(rng: np.random.Generator, people: People, couples: Couples, chosen: Ints, part: Part) -> pl.DataFrame:
    sex, birth, names = people.sex[chosen], people.birth[chosen], people.names[chosen]
    parents, couple = people.parents[chosen], people.couple[chosen]
    household = np.where(couple >= 0, couple, parents)
    prefix = prefixes_of_families(rng, len(couples.husband))[parents]
    written = lexicon().name
    person_id = _text(citizen_ids(prefix, sex, birth, part), 12)
    full_names = written(people.names)
    is_fatherless = (names[:, 0] != people.names[couples.husband[parents], 0]) & happens(rng, FATHER_UNKNOWN, len(sex))
    is_reachable = (years_of(birth) <= AS_OF_PHONES) & happens(rng, PHONE_SHARE, len(sex))
    return pl.DataFrame(
        {
            "person_id": person_id,
            "cmnd": _where(has_card(rng, birth), _text(card_numbers(len(sex), part), 9)),
            "full_name": full_names.gather(chosen),
            "surname": written(names[:, :1]),
            "middle": written(names[:, 1:3]),
            "given": written(names[:, 3:]),
            "birth_date": pl.Series(birth.astype(np.int32)).cast(pl.Date),
            "sex": sex,
            "commune_code": _text(_homes(rng, people, couples)[household], 5),
            "address": addresses(rng, len(couples.husband)).gather(household),
            "phone": _where(is_reachable, _text(phones(rng, len(sex)), 10)),
            "mother_name": full_names.gather(couples.wife[parents]),
            "father_name": _where(~is_fatherless, full_names.gather(couples.husband[parents])),
            "spouse_id": _spouse_ids(people, couples, chosen, person_id),
            # Households of two parts are two households, though both count theirs from zero.
            "household_id": household * part.count + part.place,
        },
        schema_overrides=REGISTER,
    )


def _homes(rng: np.random.Generator, people: People, couples: Couples) -> Ints:
    """The commune of each couple; couples stand in order of their generation."""
    home = communes(rng, len(couples.husband))
    stays = happens(rng, LIVES_WITH_HIS, len(home))
    his_parents = people.parents[couples.husband]
    for _ in range(GENERATIONS):
        home = np.where(stays & (his_parents >= 0), home[his_parents], home)
    return home


def _spouse_ids(people: People, couples: Couples, chosen: Ints, person_id: pl.Series) -> pl.Series:
    place = np.full(len(people.sex), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    couple = people.couple[chosen]
    spouse = place[np.where(people.sex[chosen] == 1, couples.wife[couple], couples.husband[couple])]
    return _where((couple >= 0) & (spouse >= 0), person_id.gather(np.maximum(spouse, 0)))


def _text(numbers: Ints, digits: int) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(digits)


def _where(kept: Bools, values: pl.Series) -> pl.Series:
    return values.set(pl.Series(~kept), None) if len(values) else values
