import pytest
from polars.testing import assert_frame_equal

from matching.engine.link import link
from matching.engine.register import find as module
from matching.engine.register.find import find
from matching.engine.register.nights import link_all
from matching.engine.register.opened import Prepared
from matching.engine.register.prepare import prepare
from matching.engine.register.update import update
from matching.errors import SpecError

from .conftest import of_cardinality, people_of, records_of


@pytest.mark.parametrize("few", [0, 1000], ids=["pruned", "not pruned"])
def test_a_record_finds_what_a_whole_linkage_finds_for_it(register, records, monkeypatch, few):
    monkeypatch.setattr(module, "_FEW", few)
    prepared = Prepared.opened(register)
    pairs = link_all(register, records_of(records)).linked().pairs.sort("bits", "right_id", descending=[True, False])
    for record in records[:40]:
        wanted = pairs.filter(pairs["left_id"] == record["record_id"]).head(10).drop("left_id")
        assert_frame_equal(find(record, prepared).linked.pairs.drop("left_id"), wanted, rel_tol=1e-9)


def test_candidates_come_best_first_with_their_evidence(register, people):
    one = people[7]
    record = {"full_name": one["name"], "birth_date": one["birth_date"], "number": one["person_id"]}
    found = find(record, Prepared.opened(register))
    best = found.candidates[0]
    assert best.id == one["person_id"]
    assert [(each.field, each.level) for each in best.evidence] == [
        ("name", "exact"),
        ("born", "exact"),
        ("number", "exact"),
        ("commune", None),
    ]
    assert sum(each.bits for each in best.evidence) == pytest.approx(best.bits, abs=1e-4)
    assert [each.bits for each in found.candidates] == sorted((each.bits for each in found.candidates), reverse=True)


def test_candidates_and_nobody_add_up_to_certainty(register, people):
    found = find({"full_name": people[3]["name"]}, Prepared.opened(register), most=10_000)
    assert len(found.candidates) > 1
    assert sum(each.probability for each in found.candidates) + found.nobody == pytest.approx(1)


def test_rivals_that_are_not_shown_are_weighed_all_the_same(register, people):
    record, prepared = {"full_name": people[3]["name"]}, Prepared.opened(register)
    assert find(record, prepared, most=1).candidates == find(record, prepared, most=10_000).candidates[:1]


@pytest.mark.parametrize("record", [{}, {"full_name": " "}, {"full_name": None}], ids=["empty", "blank", "null"])
def test_a_record_that_says_nothing_finds_nobody(register, record):
    found = find(record, Prepared.opened(register))
    assert (found.candidates, found.nobody) == ((), 1.0)


def test_an_unknown_column_is_told_with_the_near_ones(register):
    with pytest.raises(SpecError, match=r'no column "ful_name" \(known: full_name'):
        find({"ful_name": "Lê Văn Hùng"}, Prepared.opened(register))


def test_where_many_may_be_meant_nobody_has_no_probability(tmp_path, people, records):
    spec = of_cardinality("many-to-many")
    learnt = link(records_of(records), people_of(people), spec).model
    prepare(people_of(people), spec, tmp_path / "r", model=learnt)
    assert find({"full_name": people[3]["name"]}, Prepared.opened(tmp_path / "r")).nobody is None


def test_a_register_that_is_open_does_not_see_later_changes(register, people):
    record = {"number": people[5]["person_id"], "full_name": people[5]["name"]}
    before = Prepared.opened(register)
    update(register, removed=people_of([people[5]]).collect()["person_id"])
    assert find(record, before).candidates[0].id == people[5]["person_id"]
    assert people[5]["person_id"] not in {each.id for each in find(record, Prepared.opened(register)).candidates}
