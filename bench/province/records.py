"""The records of one part: whom each means, what the clerk wrote, and the truth beside it."""

import numpy as np
import polars as pl

from bench.province import damage, name_damage
from bench.province.draws import Ints, ranks_within
from bench.province.identity import phones
from bench.province.population import Residents
from bench.province.settings import Dirt, Province

LOCAL = {
    "record_id": pl.String,
    "number": pl.String,
    "full_name": pl.String,
    "birth_date": pl.Date,
    "birth_year": pl.Int16,
    "birth_text": pl.String,
    "sex": pl.Int8,
    "commune_code": pl.String,
    "phone": pl.String,
    "mother_name": pl.String,
    "father_name": pl.String,
}
"""Columns of the records."""
TRUTH = {"local_id": pl.String, "person_id": pl.String, "damage": pl.String}
"""Columns of the truth: the record, whom it means (null for nobody in the register), and its damages."""


def shape_of(province: Province, *, registered: int, records: int) -> tuple[int, int, int]:
    """Records about the register, records about people outside, and how many people are outside."""
    outside = records if not registered else round(records * province.dirt.outside)
    if province.is_one_to_one:
        # Parts round their sizes; one record may have to mean somebody outside for that.
        outside = max(outside, records - registered)
    return records - outside, outside, _people_of(outside, province)


def _people_of(records: int, province: Province) -> int:
    return records if province.is_one_to_one else int(np.ceil(records / province.records_per_person))


def local_records(
    rng: np.random.Generator, residents: Residents, province: Province, *, first: int, records: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """LOCAL and TRUTH; `first` is the number of the first record."""
    inside, outside, _ = shape_of(province, registered=residents.registered, records=records)
    everybody = residents.frame.height
    persons = np.concatenate(
        [
            _chosen(rng, (0, residents.registered), inside, province),
            _chosen(rng, (residents.registered, everybody), outside, province),
        ]
    )
    persons = rng.permutation(persons)
    record_id = pl.Series(first + np.arange(records), dtype=pl.Int64).cast(pl.String).str.zfill(9)
    written, befell = _written(rng, residents, persons, province.dirt)
    local = written.with_columns(record_id=pl.lit("R") + record_id).select(LOCAL.keys())
    is_inside = pl.Series(persons < residents.registered)
    truth = pl.DataFrame({"local_id": local["record_id"], "person_id": residents.frame["person_id"].gather(persons)})
    truth = truth.with_columns(pl.when(is_inside).then("person_id").alias("person_id"), damage=befell)
    return local, truth


def _chosen(rng: np.random.Generator, among: tuple[int, int], records: int, province: Province) -> Ints:
    """The person of each record: as many people as the records need, each at least once."""
    start, stop = among
    people = rng.choice(stop - start, min(_people_of(records, province), stop - start), replace=False) + start
    again = rng.integers(0, max(len(people), 1), records - len(people))
    return np.concatenate([people, people[again]]).astype(np.int64)


def _written(
    rng: np.random.Generator, residents: Residents, persons: Ints, dirt: Dirt
) -> tuple[pl.DataFrame, pl.Series]:
    others = pl.DataFrame({"relative_id": _relatives(residents.frame)})
    people = pl.concat([residents.frame, others], how="horizontal")[persons]
    people = people.with_columns(other_phone=pl.Series(phones(rng, len(persons))).cast(pl.String).str.zfill(10))
    parts = [
        each(rng, people, dirt) for each in (damage.numbers, damage.births, damage.sexes, damage.homes, damage.contacts)
    ]
    parts.append(name_damage.names(rng, people, residents.names[persons], dirt))
    written = pl.concat([each.columns for each in parts], how="horizontal")
    befell = {name: hit for each in parts for name, hit in each.befell.items()}
    told = pl.DataFrame(befell).select(
        damage=pl.concat_str(
            [pl.when(name).then(pl.lit(name)) for name in sorted(befell)], separator=" ", ignore_nulls=True
        )
    )
    return written, told["damage"]


def _relatives(people: pl.DataFrame) -> pl.Series:
    """For each person the number of the next one in the household, of the first for the last; null for who is alone."""
    household = people["household_id"].to_numpy()
    order = np.argsort(household, kind="stable")
    sorted_household, rank = household[order], ranks_within(household)[order]
    places = np.arange(len(order))
    following = np.minimum(places + 1, max(len(order) - 1, 0))
    has_next = (sorted_household[following] == sorted_household) & (following != places)
    other = np.empty(len(order), dtype=np.int64)
    other[order] = order[np.where(has_next, following, places - rank)]
    is_alone = pl.Series(other == np.arange(len(order)), dtype=pl.Boolean)
    ids = people["person_id"]
    return ids.gather(other).to_frame().select(pl.when(~is_alone).then("person_id")).to_series()
