from collections import Counter
from dataclasses import replace

import pytest

from contracts import published, received
from contracts.errors import UnreadableContractError
from expectations.suites import CROSS_FIELD, suite
from expectations.suites.check import NoRowWhere, columns_of
from expectations.suites.from_contract import from_contract
from expectations.suites.release import release

DATASETS = sorted(received())
TABLES = sorted(set(published()) - {"release"})


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_rule_of_the_contract_has_a_check(dataset: str) -> None:
    contract = received()[dataset]
    assert {rule.name for rule in contract.rules} <= {check.rule for check in suite(contract)}


@pytest.mark.parametrize("dataset", DATASETS)
def test_names_of_rules_are_unique_within_a_dataset(dataset: str) -> None:
    counts = Counter(check.rule for check in suite(received()[dataset]))
    assert [rule for rule, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_rule_has_a_sentence_in_both_languages_a_criterion_and_a_source(dataset: str) -> None:
    for check in suite(received()[dataset]):
        assert check.title_vi
        assert check.title_en
        assert check.title_vi != check.title_en
        assert check.criterion in {"đúng", "đủ", "sạch", "sống", "thống nhất"}
        assert check.source


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_rule_across_fields_reads_what_it_says_and_belongs_to_a_property(dataset: str) -> None:
    contract = received()[dataset]
    for check in CROSS_FIELD[dataset]():
        assert isinstance(check.demand, NoRowWhere)
        assert check.property in contract.names
        assert all(column in check.demand.condition for column in columns_of(check.demand))
        assert check.severity == "warning"


def test_there_is_a_suite_for_every_received_dataset() -> None:
    assert set(CROSS_FIELD) == set(received())


@pytest.mark.parametrize("table", TABLES)
def test_every_rule_of_a_release_refuses_it_and_has_its_own_name(table: str) -> None:
    checks = release(published()[table], rows_before=10, max_row_change=0.5)
    assert {check.severity for check in checks} == {"refuse"}
    assert len({check.rule for check in checks}) == len(checks)


def test_a_metric_that_no_expectation_is_known_for_is_an_error_that_names_the_rule() -> None:
    contract = received()["death"]
    (rule,) = contract.table_rules
    with pytest.raises(UnreadableContractError, match=r"key_is_unique.*rowCount"):
        from_contract(replace(contract, table_rules=(replace(rule, metric="rowCount"),)))
