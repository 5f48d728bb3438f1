import polars as pl
import pytest
from polars.testing import assert_frame_equal

from matching.engine.register.find import find
from matching.engine.register.nights import link_all, link_delta
from matching.engine.register.opened import Prepared
from matching.engine.register.update import Changed, compact, update
from matching.errors import SpecError

from .conftest import people_of, records_of


def ids(*values):
    return pl.Series("id", values, pl.String)


NEW = {"person_id": "074900000001", "name": "Đinh Công Trứ", "birth_date": "1999-09-09", "commune": "25750"}


def best(folder, **record):
    return next((each.id for each in find(record, Prepared.opened(folder)).candidates), None)


def test_a_new_entry_is_found(register):
    assert update(register, people_of([NEW])) == Changed(written=1, superseded=0, removed=0)
    assert best(register, full_name="dinh cong tru", birth_date="1999") == NEW["person_id"]


def test_a_changed_entry_is_found_by_what_it_says_now_only(register, people):
    changed = NEW | {"person_id": people[0]["person_id"]}
    assert update(register, people_of([changed])).superseded == 1
    assert best(register, full_name=NEW["name"], birth_date=NEW["birth_date"]) == people[0]["person_id"]
    before = find({"full_name": people[0]["name"], "birth_date": people[0]["birth_date"]}, Prepared.opened(register))
    assert people[0]["person_id"] not in {each.id for each in before.candidates}


def test_a_removed_entry_is_not_found_and_an_unknown_id_is_let_be(register, people):
    gone = ids(people[0]["person_id"], "nobody")
    assert update(register, removed=gone) == Changed(written=0, superseded=0, removed=1)
    assert best(register, number=people[0]["person_id"]) != people[0]["person_id"]


def test_what_is_changed_and_removed_at_once_stands(register):
    update(register, people_of([NEW]), ids(NEW["person_id"]))
    assert best(register, full_name=NEW["name"], birth_date=NEW["birth_date"]) == NEW["person_id"]


def test_an_entry_that_was_removed_may_come_back(register):
    update(register, people_of([NEW]))
    update(register, removed=ids(NEW["person_id"]))
    update(register, people_of([NEW]))
    assert best(register, full_name=NEW["name"], birth_date=NEW["birth_date"]) == NEW["person_id"]


def test_repeated_ids_are_refused_and_nothing_changes(register):
    with pytest.raises(SpecError, match="ids are repeated"):
        update(register, people_of([NEW, NEW]))
    assert Prepared.opened(register).entries.height == 300


def test_an_update_without_a_row_adds_no_segment(register):
    update(register, people_of([]))
    assert len(Prepared.opened(register).entries.segments) == 1


def test_compacting_leaves_one_segment_and_every_answer(register, records, people):
    link_all(register, records_of(records))
    update(register, people_of([NEW]), ids(people[0]["person_id"]))
    first = link_delta(register)
    compact(register)
    opened = Prepared.opened(register)
    assert (len(opened.entries.segments), opened.entries.height) == (1, 300)
    again = link_delta(register)
    assert again.compared == 0
    assert_frame_equal(again.links, first.links, check_exact=True)


def test_files_of_former_states_are_removed(register, people):
    for at in range(3):
        update(register, people_of([NEW]), ids(people[at]["person_id"]))
    compact(register)
    assert sorted(each.name for each in register.iterdir()) == [
        "frozen",
        "lock",
        "manifest.json",
        "model.json",
        "register-4",
    ]
