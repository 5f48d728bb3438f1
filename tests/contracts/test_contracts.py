"""The contracts: valid ODCS, complete in both languages, and the source of mapping and checks."""

import json
from importlib.resources import files

import jsonschema
import pytest
import yaml

from contracts import published, received
from contracts.errors import UnknownPropertyError, UnreadableContractError
from contracts.loader import read_contract
from matching.standardise.ethnicities import name_key
from matching.standardise.syllables import fold

PATHS = [
    path
    for stage in ("received", "published")
    for path in sorted(files("contracts").joinpath(stage).iterdir(), key=str)
]
ALL = [*received().values(), *published().values()]
CRITERIA = {"đúng", "đủ", "sạch", "sống", "thống nhất"}


def label(contract):
    return f"{contract.stage}.{contract.dataset}"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}.{path.name}")
def test_a_contract_validates_against_the_standards_own_schema(path):
    schema = json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize("contract", ALL, ids=label)
def test_every_property_is_described_in_both_languages_and_classified(contract):
    for each in contract.properties:
        assert each.title_vi
        assert each.description
        assert each.classification in {"public", "internal", "personal", "sensitive"}


@pytest.mark.parametrize("contract", ALL, ids=label)
def test_every_rule_has_a_unique_name_a_criterion_and_both_sentences(contract):
    names = [rule.name for rule in contract.rules]
    assert len(names) == len(set(names))
    assert all(rule.criterion in CRITERIA and rule.title_vi and rule.title_en for rule in contract.rules)


@pytest.mark.parametrize("contract", ALL, ids=label)
def test_every_contract_has_a_key_of_required_properties(contract):
    assert contract.key
    assert all(contract[name].is_required for name in contract.key)


@pytest.mark.parametrize("contract", received().values(), ids=label)
def test_source_names_tell_properties_of_a_dataset_apart(contract):
    names = [name.casefold() for each in contract.properties for name in each.source_names]
    assert len(names) == len(set(names)) >= len(contract.properties)


@pytest.mark.parametrize("contract", published().values(), ids=label)
def test_a_published_column_comes_from_a_received_property_that_exists(contract):
    for each in contract.properties:
        if each.origin:
            dataset, name = each.origin.split(".")
            assert received()[dataset][name]


def test_an_unknown_property_is_answered_with_the_nearest_known_one():
    with pytest.raises(UnknownPropertyError, match="did you mean child_name"):
        received()["birth"]["child_nmae"]


def test_a_yaml_file_that_is_no_contract_is_named(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("name: broken\n", encoding="utf-8")
    with pytest.raises(UnreadableContractError, match=r"broken\.yaml"):
        read_contract(path, "received")


@pytest.mark.parametrize("contract", received().values(), ids=label)
def test_words_for_codes_stand_for_codes_of_the_list_and_for_one_each(contract):
    for each in contract.properties:
        valid = {value for rule in each.rules for value in rule.valid_values}
        words = [name_key(fold(word)) for word, _ in each.labels]
        assert {code for _, code in each.labels} <= valid
        assert len(words) == len(set(words))


def test_the_lists_that_sources_write_in_words_have_words():
    dossier = received()["dossier"]
    assert dict(dossier["status"].labels)["Đã trả kết quả"] == "10"
    assert dict(dossier["channel"].labels)["Trực tuyến"] == "2"
    assert dict(dossier["owner_type"].labels)["Công dân"] == "1"


def test_a_column_points_to_the_key_of_a_published_table():
    pointing = [each for contract in published().values() for each in contract.properties if each.references]
    assert {each.name for each in pointing} >= {"owner_person_id", "owner_enterprise_id", "death_id"}
    for each in pointing:
        table, column = each.references
        assert published()[table].key == (column,)


def test_a_service_level_dates_records_by_a_property_of_the_dataset():
    levels = [(contract, each) for contract in received().values() for each in contract.freshness]
    assert {each.measure for _, each in levels} == {"latency", "frequency"}
    for contract, each in levels:
        assert each.days > 0
        assert (each.element is None) == (each.measure == "frequency")
        assert each.element is None or contract[each.element].kind in {"date", "datetime"}


@pytest.mark.parametrize(("measure", "unit"), [("retention", "d"), ("latency", "h")])
def test_a_service_level_that_nothing_is_known_to_do_with_is_refused(tmp_path, measure, unit):
    text = files("contracts").joinpath("received", "death.yaml").read_text(encoding="utf-8")
    head, levels = text.split("slaProperties:")
    path = tmp_path / "death.yaml"
    changed = levels.replace("property: latency", f"property: {measure}").replace("unit: d", f"unit: {unit}")
    path.write_text(f"{head}slaProperties:{changed}", encoding="utf-8")
    with pytest.raises(UnreadableContractError, match=measure):
        read_contract(path, "received")


@pytest.mark.parametrize("contract", published().values(), ids=label)
def test_a_published_contract_says_whose_its_rows_are(contract):
    assert contract.row_scope
    if contract.row_scope == "unit":
        assert contract[contract.unit_property].physical_type == "text"
    if contract.row_scope == "linked":
        link = contract.link_property or contract.key[0]
        records = [each for each in published().values() if each.row_scope == "unit"]
        assert any(name == link or name.endswith(f"_{link}") for each in records for name in each.names)


@pytest.mark.parametrize("contract", published().values(), ids=label)
def test_rows_that_are_everyones_hold_nothing_about_a_person(contract):
    if contract.row_scope == "everyone":
        assert {each.classification for each in contract.properties} <= {"public", "internal"}


def test_a_scope_that_is_none_is_named(tmp_path):
    path = next(path for path in PATHS if path.name == "release.yaml")
    broken = tmp_path / "release.yaml"
    broken.write_text(path.read_text(encoding="utf-8").replace("value: everyone", "value: anyone"), encoding="utf-8")
    with pytest.raises(UnreadableContractError, match="rowScope 'anyone'"):
        read_contract(broken, "published")
