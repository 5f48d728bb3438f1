import json
from dataclasses import replace

import polars as pl
import pytest

from matching.engine.kinds import KINDS, kind_of
from matching.engine.kinds.text import Text
from matching.engine.link import link
from matching.engine.register import manifest
from matching.engine.register.nights import link_all
from matching.engine.register.opened import Prepared
from matching.engine.register.prepare import prepare
from matching.engine.register.update import compact
from matching.engine.spec import Cardinality, Comparison, Costs, Limits
from matching.errors import SpecError

from .conftest import SPEC, people_of, records_of, rule


def test_a_register_of_another_description_is_refused(register):
    other = replace(SPEC, comparisons=SPEC.comparisons[1:])
    with pytest.raises(SpecError, match=r"(?s)theo một tệp mô tả khác.*another description; prepare it anew"):
        Prepared.opened(register, other)


def test_costs_and_sizes_of_work_may_change(register):
    other = replace(SPEC, costs=Costs(10, 1, 0.2), limits=Limits(pairs_at_once=10))
    assert Prepared.opened(register, other).entries.live == 300


def test_a_folder_that_was_not_prepared_is_refused(tmp_path):
    with pytest.raises(SpecError, match="no prepared register"):
        Prepared.opened(tmp_path)


def test_a_folder_of_other_things_is_never_replaced(tmp_path, people, model):
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(SpecError, match="no prepared register"):
        prepare(people_of(people), SPEC, tmp_path, model=model)
    assert (tmp_path / "letters.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [("version", 0, "another version"), ("hashing", [1, 2], "hashes otherwise"), ("height", "x", "damaged")],
)
def test_a_register_that_would_be_misread_is_refused(register, key, value, told):
    path = register / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    with pytest.raises(SpecError, match=told):
        Prepared.opened(register)


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_a_manifest_that_is_none_is_refused(register, text):
    (register / "manifest.json").write_text(text)
    with pytest.raises(SpecError, match=r"damaged|another version"):
        Prepared.opened(register)


@pytest.mark.parametrize("harm", ["missing", "empty", "cut short", "of another kind"])
def test_whatever_file_is_harmed_the_register_is_refused_by_name(register, records, harm):
    link_all(register, records_of(records))
    files = [path for path in register.rglob("*") if path.is_file() and path.name not in ("lock", "manifest.json")]
    for path in files:
        whole = path.read_bytes()
        _harm(path, whole, harm)
        with pytest.raises(SpecError, match=r"(?s)danh bạ bị hỏng.*damaged|another model"):
            link_all(register, records_of(records))
        path.write_bytes(whole)
    assert link_all(register, records_of(records)).compared == 0


def _harm(path, whole, harm):
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut short": whole[: len(whole) // 2]}.get(harm, b"?" * len(whole)))


def test_a_reader_whose_state_is_changed_under_it_reads_the_new_one(register, monkeypatch):
    read = manifest.read

    def read_then_changed(folder, spec):
        told = read(folder, spec)
        monkeypatch.setattr(manifest, "read", read)
        compact(register)
        return told

    monkeypatch.setattr(manifest, "read", read_then_changed)
    assert Prepared.opened(register).book.generation == 1


def test_a_model_that_was_exchanged_is_refused(register, model):
    (register / manifest.MODEL).write_text(replace(model, match_share=0.123).to_json())
    with pytest.raises(SpecError, match="another model"):
        Prepared.opened(register)


def test_a_preparation_that_breaks_leaves_the_former_one(register, people, model):
    def broken(_frame):
        raise OSError

    with pytest.raises(OSError):
        prepare(people_of(people).map_batches(broken), SPEC, register, model=model)
    assert Prepared.opened(register).entries.live == 300
    assert [each.name for each in register.parent.iterdir()] == ["register"]


def test_prepared_anew_it_forgets_the_nights(register, people, records, model):
    link_all(register, records_of(records))
    prepare(people_of(people[:10]), SPEC, register, model=model)
    opened = Prepared.opened(register)
    assert (opened.entries.live, opened.book.nights) == (10, None)


def test_repeated_ids_are_refused(tmp_path, people, model):
    with pytest.raises(SpecError, match="ids are repeated"):
        prepare(people_of([*people, people[3]]), SPEC, tmp_path / "r", model=model)


def test_a_missing_id_is_refused(tmp_path, people, model):
    with pytest.raises(SpecError, match="an id is missing"):
        prepare(people_of([people[0] | {"person_id": None}]), SPEC, tmp_path / "r", model=model)


def test_without_model_and_local_table_nothing_can_be_learnt(tmp_path, people):
    with pytest.raises(SpecError, match="local table to learn them from"):
        prepare(people_of(people), SPEC, tmp_path / "r")


def test_dedupe_has_no_use_for_a_prepared_register(tmp_path, people, model):
    with pytest.raises(SpecError, match="not to dedupe"):
        prepare(people_of(people), replace(SPEC, cardinality=Cardinality.DEDUPE), tmp_path / "r", model=model)


def test_model_and_rules_are_learnt_of_a_local_table(tmp_path, people, records):
    bare = replace(SPEC, rules=())
    prepare(people_of(people), bare, tmp_path / "r", local=records_of(records))
    opened = Prepared.opened(tmp_path / "r", bare)
    learnt = link(records_of(records), people_of(people), bare).model
    for kept, field in zip(opened.frozen.model.fields, learnt.fields, strict=True):
        assert kept.m == pytest.approx(field.m)
    assert opened.frozen.plan.rules


def test_keys_of_too_many_entries_are_cut_and_some_set_aside(register):
    held = Prepared.opened(register).frozen
    assert len(held.large[2])
    assert len(held.aside[3])


def test_an_empty_register_can_be_prepared(tmp_path, model, records):
    prepare(people_of([]), SPEC, tmp_path / "r", model=model)
    assert link_all(tmp_path / "r", records_of(records)).links["right_id"].null_count() == len(records)


def test_every_kind_that_learns_of_values_is_kept():
    values = pl.Series("value", ["a b", "c"])
    for name in KINDS:
        kind = kind_of(Comparison("x", name, "x", "x"))
        assert isinstance(kind, Text) or kind.fitted(values, values) is kind, name


def test_what_texts_taught_is_kept(tmp_path, people, records, model):
    spec = replace(SPEC, comparisons=(Comparison("name", "text", "full_name", "name"), *SPEC.comparisons[1:]))
    prepare(people_of(people), spec, tmp_path / "r", local=records_of(records))
    kept = Prepared.opened(tmp_path / "r").frozen.plan.kinds[0]
    names = pl.Series("name", [each["name"].lower() for each in people])
    assert kept.weights.unknown == pytest.approx(
        kind_of(spec.comparisons[0]).fitted(names.clear(), names).weights.unknown
    )
    assert kept.level(pl.Series(["lê văn hùng"]), pl.Series(["lê thị hùng"])).item() > 1


def test_entries_of_a_rule_without_keys_are_all_looked_at(tmp_path, people, records, model):
    spec = replace(SPEC, rules=(rule(largest_block=1000),))
    prepare(people_of(people), spec, tmp_path / "r", model=model)
    night = link_all(tmp_path / "r", records_of(records))
    assert night.compared == len(people) * night.new_forms
