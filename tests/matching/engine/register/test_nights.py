import shutil
from dataclasses import replace
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from matching.engine.link import link
from matching.engine.register.nights import link_all, link_delta
from matching.engine.register.opened import Prepared
from matching.engine.register.prepare import prepare
from matching.engine.register.update import compact, update
from matching.engine.spec import Cardinality, Costs, Limits
from matching.errors import SpecError

from .conftest import SPEC, Town, of_cardinality, people_of, records_of, rule

CARDINALITIES = ("many-to-one", "one-to-one", "many-to-many")


def ids(values):
    return pl.Series("id", sorted(values), pl.String)


@pytest.mark.parametrize("word", CARDINALITIES)
def test_the_first_night_is_what_the_engine_gives(tmp_path, people, records, word):
    # Rules whose blocks are never large: then both look at the same pairs.
    spec = replace(of_cardinality(word), rules=SPEC.rules[:2])
    whole = link(records_of(records), people_of(people), spec)
    again = link(records_of(records), people_of(people), spec, model=whole.model)
    prepare(people_of(people), spec, tmp_path / "r", model=whole.model)
    night = link_all(tmp_path / "r", records_of(records), spec)
    assert_frame_equal(night.links, again.links)
    order = ["left_id", "right_id"]
    assert_frame_equal(night.linked().pairs.sort(order), again.pairs.sort(order))
    assert night.linked().start_bits == again.start_bits


@pytest.mark.parametrize("odd", ["birth_date", "row", "v0"])
def test_sides_that_write_dates_otherwise_and_name_columns_oddly_meet_as_in_the_engine(tmp_path, people, records, odd):
    named = [replace(each, right=odd if each.right == "birth_date" else each.right) for each in SPEC.comparisons]
    spec = replace(SPEC, comparisons=tuple(named), rules=(rule(f"birth_date = {odd}"), SPEC.rules[0]))
    register = people_of(people).rename({"birth_date": odd})
    day = pl.col("birth_date").str.split("-").list.reverse().list.join("/")
    local = records_of(records).with_columns(day)
    model = link(local, register, spec).model
    whole = link(local, register, spec, model=model)
    prepare(register, spec, tmp_path / "r", model=model)
    assert_frame_equal(link_all(tmp_path / "r", local, spec).links, whole.links)
    assert whole.links.filter(pl.col("status") == "linked").height > len(records) / 2


class Nights:
    """A register and a local table that change at random, night after night, and what they should be."""

    def __init__(self, seed, people, records):
        self.random = Random(seed)
        self.town = Town(self.random)
        self.people = {each["person_id"]: each for each in people}
        self.records = {each["record_id"]: each for each in records}

    def change_register(self, folder):
        old = self.random.sample(sorted(self.people), 6)
        fresh = [self.town.person(self.random.randrange(400)) for _ in range(3)]
        changed = {each["person_id"]: each for each in fresh}
        changed |= {id_: self.town.person(0) | {"person_id": id_} for id_ in old[:3]}
        gone = {id_ for id_ in old[3:] if id_ not in changed}
        update(folder, people_of(list(changed.values())), ids(gone))
        self.people = {id_: each for id_, each in self.people.items() if id_ not in gone} | changed

    def change_records(self):
        known = sorted(self.people)
        numbers = self.random.sample(range(160), 12)
        rows = [self.town.record(each, [self.people[self.random.choice(known)]]) for each in numbers]
        # Some are written as another record already is.
        rows[0] |= {key: value for key, value in self.records[min(self.records)].items() if key != "record_id"}
        changed = {each["record_id"]: each for each in rows}
        gone = {id_ for id_ in self.random.sample(sorted(self.records), 5) if id_ not in changed}
        self.records = {id_: each for id_, each in self.records.items() if id_ not in gone} | changed
        return records_of(list(changed.values())), ids(gone)


def full_run(base, folder, nights):
    """The same preparation brought to the same state at once, and linked for the first time."""
    shutil.copytree(base, folder)
    now = people_of(list(nights.people.values()))
    before = Prepared.opened(folder).entries.values["id"]
    update(folder, now, before.filter(~before.is_in(list(nights.people))))
    return link_all(folder, records_of(list(nights.records.values())))


@pytest.mark.parametrize("word", CARDINALITIES)
@pytest.mark.parametrize("seed", range(3))
def test_nights_of_changes_answer_as_one_full_run(tmp_path, people, records, seed, word):
    spec = of_cardinality(word)
    learnt = link(records_of(records), people_of(people), spec).model
    base, folder = tmp_path / "base", tmp_path / "nightly"
    prepare(people_of(people), spec, base, model=learnt)
    shutil.copytree(base, folder)
    nights = Nights(seed, people, records)
    link_all(folder, records_of(records))
    for at in range(4):
        if nights.random.random() < 0.7:
            nights.change_register(folder)
        if nights.random.random() < 0.4:
            compact(folder)
        changed, gone = nights.change_records()
        if nights.random.random() < 0.3:
            night = link_all(folder, records_of(list(nights.records.values())))
        else:
            night = link_delta(folder, changed, gone)
        whole = full_run(base, tmp_path / f"full{at}", nights)
        assert_frame_equal(night.links, whole.links, check_exact=True)
        assert night.thresholds == whole.thresholds
        order = ["left_id", "right_id"]
        assert_frame_equal(night.linked().pairs.sort(order), whole.linked().pairs.sort(order), check_exact=True)
        assert night.compared < whole.compared


def test_the_order_of_rows_and_the_size_of_batches_change_nothing(register, records, people, model, tmp_path):
    night = link_all(register, records_of(records))
    spec = replace(SPEC, limits=Limits(pairs_at_once=50, rows_at_once=17))
    prepare(people_of(people[::-1]), spec, tmp_path / "other", model=model)
    assert_frame_equal(link_all(tmp_path / "other", records_of(records[::-1])).links, night.links, check_exact=True)


def test_a_night_without_changes_compares_nothing_and_answers_the_same(register, records):
    first = link_all(register, records_of(records))
    for again in (link_delta(register), link_all(register, records_of(records))):
        assert (again.compared, again.new_forms) == (0, 0)
        assert_frame_equal(again.links, first.links, check_exact=True)


def test_a_record_that_returns_to_a_former_writing_is_compared_again(register, records):
    first = link_all(register, records_of(records))
    link_delta(register, removed=ids({records[0]["record_id"]}))
    again = link_delta(register, records_of(records[:1]))
    assert_frame_equal(again.links, first.links, check_exact=True)


def test_other_costs_decide_anew_without_comparing(register, records):
    link_all(register, records_of(records))
    careful = link_delta(register, spec=replace(SPEC, costs=Costs(1000, 1, 0.5)))
    assert careful.compared == 0
    assert careful.thresholds.link == pytest.approx(1 - 0.5 / 1000)


def test_a_hundred_thousand_identical_placeholders_are_weighed_once(register):
    rows = pl.LazyFrame({"record_id": [f"r{each:06d}" for each in range(100_000)]}).with_columns(
        full_name=pl.lit("Nguyễn Văn"), birth_date=pl.lit("1980-01-10"), number=pl.lit(None, pl.String), commune=None
    )
    night = link_all(register, rows)
    assert (night.links.height, night.new_forms) == (100_000, 1)
    assert night.links.select("status", "probability", "right_id").n_unique() == 1


def test_identical_records_with_too_many_candidates_are_set_aside_where_each_needs_its_own(tmp_path, people, records):
    spec = replace(
        of_cardinality("one-to-one"), rules=(rule("full_name = name:first_word"),), limits=Limits(largest_block=500)
    )
    learnt = link(records_of(records), people_of(people), replace(spec, limits=Limits())).model
    prepare(people_of(people), spec, tmp_path / "r", model=learnt)
    same = [{"record_id": f"r{each:03d}", "full_name": people[0]["name"]} for each in range(200)]
    night = link_all(tmp_path / "r", records_of(same))
    assert night.set_aside == 200
    assert night.links["right_id"].null_count() == 200


@pytest.mark.parametrize("word", CARDINALITIES)
def test_no_local_record_gives_no_link(tmp_path, people, model, word):
    prepare(people_of(people), of_cardinality(word), tmp_path / "r", model=model)
    assert link_all(tmp_path / "r", records_of([])).links.height == 0


def test_ids_may_be_compared_too(tmp_path, people, records):
    """As where a table's number is both its id and evidence."""
    rows = [each | {"number": f"{each['number']}/{at}"} for at, each in enumerate(records) if each["number"]]
    local = records_of(rows).rename({"record_id": "other", "number": "record_id"})
    same = replace(SPEC.comparisons[2], left="record_id")
    spec = replace(
        SPEC,
        comparisons=(*SPEC.comparisons[:2], same, SPEC.comparisons[3]),
        rules=(rule("record_id = person_id:first4"), SPEC.rules[1]),
    )
    whole = link(local, people_of(people), spec)
    prepare(people_of(people), spec, tmp_path / "r", model=whole.model)
    assert_frame_equal(
        link_all(tmp_path / "r", local).links, link(local, people_of(people), spec, model=whole.model).links
    )


def test_a_missing_local_id_is_refused(register, records):
    with pytest.raises(SpecError, match="an id is missing"):
        link_all(register, records_of([records[0] | {"record_id": None}]))


def test_repeated_local_ids_are_refused_and_the_night_before_stands(register, records):
    first = link_all(register, records_of(records))
    with pytest.raises(SpecError, match="local table are repeated"):
        link_all(register, records_of([*records, records[0]]))
    assert_frame_equal(link_delta(register).links, first.links, check_exact=True)


def test_a_night_by_another_description_is_refused(register, records):
    with pytest.raises(SpecError, match="another description"):
        link_all(register, records_of(records), replace(SPEC, cardinality=Cardinality.ONE_TO_ONE))
