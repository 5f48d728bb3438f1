"""Each rule across fields has rows that fail it and rows, near the line, that pass it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from contracts import Contract
from expectations.gates import gate_one
from expectations.suites import CROSS_FIELD

Stage = Callable[..., Contract]
Row = dict[str, Any]


def times(**values: str) -> Row:
    return {f"{name}__std": datetime.fromisoformat(text) for name, text in values.items()}


def days(**values: str) -> Row:
    """Dates by their ISO text; a month or a year alone is known no better."""
    row: Row = {}
    for name, text in values.items():
        parts = [int(each) for each in text.split("-")]
        row[f"{name}__precision"] = ("year", "month", "day")[len(parts) - 1]
        row[f"{name}__std"] = date(*[*parts, 1, 1][:3])
    return row


def number(name: str, value: str | None, kind: str | None = "citizen_id") -> Row:
    return {f"{name}__std": value, f"{name}__kind": kind}


def child(value: str, kind: str = "citizen_id", *, sex: int | None = None, born: str | None = None) -> Row:
    return (
        number("child_citizen_id", value, kind)
        | {"child_sex__std": sex}
        | (days(child_birth_date=born) if born else {})
    )


def person(value: str, *, sex: int | None = None, born: str | None = None) -> Row:
    return number("citizen_id", value) | {"sex__std": sex} | (days(birth_date=born) if born else {})


def dossier_code(code: str) -> Row:
    return {"dossier_code__std": code} | times(received_at="2026-11-20 09:00")


def spouses(husband: str, wife: str, born: tuple[str, str]) -> Row:
    names = {"husband_name__std": husband, "wife_name__std": wife}
    return names | days(husband_birth_date=born[0], wife_birth_date=born[1])


def held(name: str) -> tuple[list[Row], list[Row]]:
    form = f"{name}__contradiction"
    return [{form: what} for what in ("century", "sex", "birth_year")], [{form: "province"}, {form: None}]


def begun(name: str) -> tuple[list[Row], list[Row]]:
    return [{f"{name}__contradiction": "province"}], [{f"{name}__contradiction": "sex"}, {}]


def delivered(name: str, read: Callable[..., Row]) -> tuple[list[Row], list[Row]]:
    """A date after the delivery's day fails; on that day, or in a delivery named otherwise, it passes."""
    after, on = read(**{name: "2026-11-21"}), read(**{name: "2026-11-20"})
    day = {"_delivery_id": "source/2026-11-20"}
    return [after | day, after | {"_delivery_id": "source/2026-11-20-again"}], [
        on | day,
        after,
        after | {"_delivery_id": "source/week-47"},
        after | {"_delivery_id": "source/2026-13-45"},
        day,
    ]


CASES: dict[str, dict[str, tuple[list[Row], list[Row]]]] = {
    "dossier": {
        "received_not_after_delivery": delivered("received_at", times),
        "owner_number_agrees_with_holder": held("owner_number"),
        "owner_number_begins_with_province": begun("owner_number"),
        "finished_not_before_received": (
            [times(received_at="2026-11-20 08:00", finished_at="2026-11-19 23:59")],
            [
                times(received_at="2026-11-20 08:00", finished_at="2026-11-20 00:00"),
                times(received_at="2026-11-20 08:00"),
            ],
        ),
        "returned_not_before_finished": (
            [times(finished_at="2026-11-20 08:00", returned_at="2026-11-18 08:00")],
            [times(finished_at="2026-11-20 08:00", returned_at="2026-11-20 00:00")],
        ),
        "returned_not_before_received": (
            [times(received_at="2026-11-20 08:00", returned_at="2026-11-18 08:00")],
            [times(received_at="2026-11-20 08:00", returned_at="2026-11-20 08:00")],
        ),
        "due_not_before_received": (
            [times(received_at="2026-11-20 08:00", due_at="2026-11-19 08:00")],
            [times(received_at="2026-11-20 08:00", due_at="2026-11-20 00:00")],
        ),
        "finished_at_present_when_finished": (
            [{"status__std": 9, "finished_at": None}, {"status__std": 10, "finished_at": None}],
            [{"status__std": 4, "finished_at": None}, {"status__std": 9}],
        ),
        "returned_at_present_when_returned": (
            [{"status__std": 10, "returned_at": None}],
            [{"status__std": 9, "returned_at": None}, {"status__std": 10}],
        ),
        "citizen_number_is_personal": (
            [{"owner_type__std": 1} | number("owner_number", "3700000008", "tax_code")],
            [{"owner_type__std": 1} | number("owner_number", "074090000001")],
        ),
        "enterprise_number_is_tax_code": (
            [{"owner_type__std": 2} | number("owner_number", "074090000001")],
            [
                {"owner_type__std": 2} | number("owner_number", "3700000008", "tax_code"),
                {"owner_type__std": 2} | number("owner_number", None, None),
            ],
        ),
        "code_date_near_received": (
            [
                dossier_code("H09.22-261116-0001"),
                dossier_code("H09.22-261124-0001"),
                dossier_code("H09.22-269999-0001"),
            ],
            [
                dossier_code("H09.22-261117-0001"),
                dossier_code("H09.22-261120-000123"),
                dossier_code("H09.22-261123-0001"),
                {"dossier_code__std": "H09.22-200101-0001"},
            ],
        ),
    },
    "birth": {
        "registered_not_after_delivery": delivered("registered_on", days),
        "child_number_begins_with_province": begun("child_citizen_id"),
        "mother_number_agrees_with_holder": held("mother_id_number"),
        "mother_number_begins_with_province": begun("mother_id_number"),
        "father_number_agrees_with_holder": held("father_id_number"),
        "father_number_begins_with_province": begun("father_id_number"),
        "registered_not_before_birth": (
            [
                days(registered_on="2020-05-01", child_birth_date="2020-05-02"),
                days(registered_on="2019", child_birth_date="2020"),
            ],
            [
                days(registered_on="2020-05-02", child_birth_date="2020-05-02"),
                days(registered_on="2020", child_birth_date="2020-05-02"),
                days(registered_on="2020-05", child_birth_date="2020-05-31"),
            ],
        ),
        "child_number_agrees_with_sex": (
            [child("074320000001", sex=1), child("074220000001", sex=2)],
            [child("074220000001", sex=1), child("074320000001", sex=2), child("074220000001", sex=3)],
        ),
        "child_number_agrees_with_birth_year": (
            [child("074220000001", born="2021"), child("074020000001", born="2020-01-01")],
            [
                child("074220000001", born="2020-12-31"),
                child("074320000001", born="2020"),
                child("1", "junk", born="2020"),
            ],
        ),
    },
    "marriage": {
        "registered_not_after_delivery": delivered("registered_on", days),
        "husband_number_agrees_with_holder": held("husband_citizen_id"),
        "husband_number_begins_with_province": begun("husband_citizen_id"),
        "wife_number_agrees_with_holder": held("wife_citizen_id"),
        "wife_number_begins_with_province": begun("wife_citizen_id"),
        "spouses_are_two_people": (
            [spouses("Trần An", "TRẦN AN", ("1990-01-01", "1990-01-01"))],
            [
                spouses("Trần An", "Trần An", ("1990-01-01", "1990-01-02")),
                spouses("Trần An", "Lê Bình", ("1990-01-01", "1990-01-01")),
            ],
        ),
        "spouses_have_two_numbers": (
            [number("husband_citizen_id", "074090000001") | number("wife_citizen_id", "074090000001")],
            [number("husband_citizen_id", "074090000001") | number("wife_citizen_id", "074190000001")],
        ),
        "husband_of_age": (
            [days(registered_on="2020-05-01", husband_birth_date="2000-05-02")],
            [
                days(registered_on="2020-05-01", husband_birth_date="2000-05-01"),
                days(registered_on="2020-05-01", husband_birth_date="2000"),
            ],
        ),
        "wife_of_age": (
            [days(registered_on="2020-05-01", wife_birth_date="2002-05-02")],
            [days(registered_on="2020-05-01", wife_birth_date="2002-05-01")],
        ),
    },
    "death": {
        "registered_not_after_delivery": delivered("registered_on", days),
        "deceased_number_agrees_with_holder": held("deceased_paper_number"),
        "deceased_number_begins_with_province": begun("deceased_paper_number"),
        "registered_not_before_death": (
            [days(registered_on="2020-05-01", death_date="2020-05-02")],
            [days(registered_on="2020-05-01", death_date="2020"), days(registered_on="2020-05-01")],
        ),
        "death_not_before_birth": (
            [days(death_date="1999", deceased_birth_date="2000-01-01")],
            [
                days(death_date="2000", deceased_birth_date="2000-06-01"),
                days(death_date="2000-06-01", deceased_birth_date="2000"),
            ],
        ),
    },
    "population": {
        "citizen_id_begins_with_province": begun("citizen_id"),
        "citizen_id_agrees_with_sex": (
            [person("074190000001", sex=1)],
            [person("074090000001", sex=1), person("074190000001", sex=2), person("074190000001")],
        ),
        "citizen_id_agrees_with_birth_year": (
            [
                person("074091000001", born="1990"),
                person("074290000001", born="1990"),
                person("074005000001", born="2005"),
            ],
            [person("074090000001", born="1990"), person("074305000001", born="2005-06-07"), person("074090000001")],
        ),
    },
    "enterprise": {
        "enterprise_code_check_digit": (
            [{"enterprise_code__std": "0100233480"}, {"enterprise_code__std": "0100233480-001"}],
            [
                {"enterprise_code__std": "0100233488"},
                {"enterprise_code__std": "0100233488-001"},
                {"enterprise_code__std": "074090000001"},
                {"enterprise_code__std": "không rõ"},
            ],
        ),
    },
}


@pytest.mark.parametrize("dataset", sorted(CASES))
def test_rules_across_fields_find_the_rows_that_break_them(stage: Stage, database_url: str, dataset: str) -> None:
    rows: list[Row] = []
    failing: dict[str, set[int]] = {}
    passing: dict[str, set[int]] = {}
    for rule, (bad, good) in CASES[dataset].items():
        failing[rule] = set(range(len(rows) + 1, len(rows) + len(bad) + 1))
        rows += bad
        passing[rule] = set(range(len(rows) + 1, len(rows) + len(good) + 1))
        rows += good
    contract = stage(dataset, rows)
    failures = gate_one(database_url, contract).failures
    for rule in CASES[dataset]:
        found = set(failures.filter(rule=rule)["row_id"])
        assert (rule, found & (failing[rule] | passing[rule])) == (rule, failing[rule])


def test_every_rule_across_fields_has_its_cases() -> None:
    rules = {dataset: {check.rule for check in checks()} for dataset, checks in CROSS_FIELD.items()}
    assert {dataset: set(cases) for dataset, cases in CASES.items()} == rules
