from collections.abc import Callable
from typing import Any

import pytest

from contracts import Contract, received
from expectations.errors import CheckError, MissingColumnsError, MissingTableError
from expectations.gates import gate_one
from expectations.suites import suite

Stage = Callable[..., Contract]


def breach(contract: Contract, rule: str) -> dict[str, Any]:
    """What makes a sound row break that rule of the contract."""
    found = next(each for each in contract.rules if each.name == rule)
    match found.metric:
        case "missingValues":
            return {found.property: None}
        case "invalidValues":
            return {f"{found.property}__problem": "not_understood"}
        case _:
            return {"record_id": "twice"}


@pytest.mark.parametrize("dataset", sorted(received()))
def test_each_contract_rule_finds_the_row_that_breaks_it_and_no_other(
    stage: Stage, database_url: str, dataset: str
) -> None:
    contract = received()[dataset]
    rules = [rule.name for rule in contract.rules]
    rows = [{}, *(breach(contract, rule) for rule in rules), {"record_id": "twice"}]
    stage(dataset, rows)
    failures = gate_one(database_url, contract).failures
    expected = [(place, rule) for place, rule in enumerate(rules, start=2)] + [(len(rows), "key_is_unique")]
    assert failures.select("row_id", "rule").rows() == expected


def test_results_count_the_rows_checked_and_failed(stage: Stage, database_url: str) -> None:
    contract = stage("death", [{}, {"deceased_name": None}, {"deceased_name": None}])
    report = gate_one(database_url, contract)
    result = next(each for each in report.results if each.rule == "deceased_name_present")
    assert (result.checked, result.failed, result.success, result.severity) == (3, 2, False, "error")
    assert report.success


def test_failing_rows_are_all_listed_and_not_the_first_two_hundred(stage: Stage, database_url: str) -> None:
    late = {"finished_at__std": "2026-01-01", "received_at__std": "2026-02-01"}
    contract = stage("dossier", [{"status": None} | late for _ in range(450)])
    counts = dict(gate_one(database_url, contract).failures.group_by("rule").len().iter_rows())
    assert counts == {"status_present": 450, "finished_not_before_received": 450}


@pytest.mark.parametrize("dataset", sorted(received()))
def test_an_empty_table_breaks_no_rule(stage: Stage, database_url: str, dataset: str) -> None:
    report = gate_one(database_url, stage(dataset, []))
    assert all(each.success and each.checked == 0 for each in report.results)
    assert report.failures.is_empty()


@pytest.mark.parametrize("dataset", sorted(received()))
def test_a_row_without_any_value_breaks_only_the_rules_of_missing_values(
    stage: Stage, database_url: str, dataset: str
) -> None:
    contract = stage(dataset, [{"record_id": None}, {"record_id": None}], blank=True)
    failed = set(gate_one(database_url, contract).failures["rule"])
    assert failed == {rule.name for rule in contract.rules if rule.metric == "missingValues"}


def test_every_check_of_the_suite_has_a_result_in_the_suites_order(stage: Stage, database_url: str) -> None:
    contract = stage("birth", [{}])
    assert [each.rule for each in gate_one(database_url, contract).results] == [each.rule for each in suite(contract)]


def test_a_row_that_withdraws_another_needs_a_key_and_nothing_else(stage: Stage, database_url: str) -> None:
    blank = dict.fromkeys(received()["birth"].names)
    key = {"number": "1", "book": "01/2020", "registration_place": "UBND phường An Phú"}
    contract = stage("birth", [blank | key | {"_op": "delete"}, blank | key | {"number": None, "_op": "delete"}])
    assert gate_one(database_url, contract).failures.select("row_id", "rule").rows() == [(2, "number_present")]


def test_a_table_without_operations_holds_no_withdrawals(stage: Stage, database_url: str) -> None:
    contract = stage("birth", [{"child_name": None}], has_operations=False)
    assert gate_one(database_url, contract).failures["rule"].to_list() == ["child_name_present"]


def test_a_missing_table_is_our_error(database_url: str) -> None:
    with pytest.raises(MissingTableError, match=r"staging\.death"):
        gate_one(database_url, received()["death"])


def test_missing_columns_are_named(stage: Stage, engine: Any, database_url: str) -> None:
    contract = stage("death", [])
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE staging.death DROP COLUMN death_date__problem")
    with pytest.raises(MissingColumnsError, match="death_date__problem"):
        gate_one(database_url, contract)


def test_a_condition_that_the_database_rejects_is_our_error_without_its_values(
    stage: Stage, engine: Any, database_url: str
) -> None:
    contract = stage("dossier", [{"status__std": 9}])
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE staging.dossier ALTER status__std TYPE text USING 'Nguyễn Văn A'")
    with pytest.raises(CheckError) as caught:
        gate_one(database_url, contract)
    assert "Nguyễn" not in str(caught.value)
    assert caught.value.rule


def test_a_database_that_is_away_is_our_error_and_keeps_the_password() -> None:
    with pytest.raises(CheckError) as caught:
        gate_one("postgresql://me:secret@127.0.0.1:1/none?connect_timeout=1", received()["death"])
    assert "secret" not in str(caught.value)
    assert caught.value.vi


@pytest.mark.parametrize(
    ("dataset", "name", "broken"),
    [("death", "deceased_birth_date", ["deceased_birth_date_present"]), ("dossier", "owner_birth_date", [])],
)
def test_the_empty_date_of_a_spreadsheet_is_missing_and_not_misunderstood(
    stage: Stage, database_url: str, dataset: str, name: str, broken: list[str]
) -> None:
    contract = stage(dataset, [{name: "01/01/1900", f"{name}__problem": "zero_date"}])
    assert gate_one(database_url, contract).failures["rule"].to_list() == broken
