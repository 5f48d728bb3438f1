"""Rules across rows and datasets: each finds the rows that break it, and says nothing where it cannot judge."""

from datetime import date, datetime

import polars as pl
import pytest

from contracts import received
from expectations.across import FAILURES, Known, judge, with_failures
from expectations.suites import suite
from expectations.suites.across import ACROSS
from expectations.suites.conditions import JUDGED_FROM_ROWS

PERSON = ("citizen_id", "former_citizen_id", "father_citizen_id", "mother_citizen_id", "spouse_citizen_id")
AT_NINE = datetime(2026, 11, 20, 9, 5)


def people(*rows):
    """Persons by number; numbers given are citizen IDs."""
    columns = {f"{each}__std": pl.String for each in (*PERSON, "head_citizen_id")}
    schema = {"record_id": pl.String, "sex__std": pl.Int16, "birth_date__std": pl.Date} | columns
    full = [
        {"record_id": f"population:{row['citizen_id']}", "sex__std": row.get("sex"), "birth_date__std": row.get("born")}
        | {f"{each}__std": row.get(each) for each in (*PERSON, "head_citizen_id")}
        for row in rows
    ]
    kinds = [pl.lit("citizen_id").alias(f"{each}__kind") for each in (*PERSON, "head_citizen_id")]
    return pl.DataFrame(full, schema=schema).with_columns(kinds).lazy()


def births(*numbers, kind="citizen_id"):
    rows = [(f"birth:{place}", number) for place, number in enumerate(numbers)]
    schema = {"record_id": pl.String, "child_citizen_id__std": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(child_citizen_id__kind=pl.lit(kind)).lazy()


def dossiers(*rows):
    usual = {
        "procedure_code__std": "1.001193",
        "dossier_code__unit": "H09.22",
        "processing_unit__std": "UBND phường An Phú",
        "owner_number__std": None,
        "received_at__std": AT_NINE,
        "status__std": 4,
        "due_at__std": datetime(2026, 12, 1),
    }
    full = [usual | {"record_id": f"dossier:{place}"} | row for place, row in enumerate(rows)]
    return pl.DataFrame(full, schema_overrides={"owner_number__std": pl.String}, infer_schema_length=None).lazy()


def failing(rule, held, known=None):
    """Record ids that fail the rule, or None where it could not judge."""
    found = judge([each for each in ACROSS if each.rule == rule], held, known or Known())
    return found.failures["record_id"].to_list() if found.rules else None


def test_a_childs_number_must_be_somebodys_present_or_former_number():
    held = {"birth": births("1", "2", "3", None), "population": people({"citizen_id": "1", "former_citizen_id": "2"})}
    assert failing("child_number_held", held) == ["birth:2"]


def test_without_the_register_no_reference_to_it_is_judged():
    assert failing("child_number_held", {"birth": births("1")}) is None
    assert failing("head_held", {"birth": births("1")}) is None


def test_a_number_of_another_kind_is_no_reference():
    held = {"birth": births("280000001", kind="cmnd"), "population": people({"citizen_id": "1"})}
    assert failing("child_number_held", held) == []


def test_one_number_is_born_once():
    assert failing("child_number_once", {"birth": births("1", "2", "1", None, None)}) == ["birth:0", "birth:2"]


def test_the_head_of_a_household_is_in_the_extract():
    held = {
        "population": people({"citizen_id": "1", "head_citizen_id": "1"}, {"citizen_id": "2", "head_citizen_id": "9"})
    }
    assert failing("head_held", held) == ["population:2"]


@pytest.mark.parametrize(
    ("parent", "is_right"),
    [
        ({"sex": 1, "born": date(1980, 1, 1)}, True),
        ({"sex": 2, "born": date(1980, 1, 1)}, False),
        ({"sex": 1, "born": date(1999, 1, 1)}, False),
        ({"sex": 3, "born": date(1988, 12, 31)}, True),
        ({}, True),
    ],
)
def test_a_father_is_an_older_man_as_far_as_the_register_says(parent, is_right):
    child = {"citizen_id": "1", "father_citizen_id": "2", "born": date(2000, 6, 1)}
    held = {"population": people(child, {"citizen_id": "2"} | parent)}
    assert failing("father_is_older_man", held) == ([] if is_right else ["population:1"])


def test_a_spouse_may_name_nobody_or_a_former_number_but_nobody_else():
    held = {
        "population": people(
            {"citizen_id": "1", "spouse_citizen_id": "2", "former_citizen_id": "7"},
            {"citizen_id": "2", "spouse_citizen_id": "7"},
            {"citizen_id": "3", "spouse_citizen_id": "4"},
            {"citizen_id": "4"},
            {"citizen_id": "5", "spouse_citizen_id": "2"},
        )
    }
    assert failing("spouses_name_each_other", held) == ["population:5"]


def test_a_former_number_is_nobodys_present_one():
    held = {"population": people({"citizen_id": "1"}, {"citizen_id": "2", "former_citizen_id": "1"})}
    assert failing("former_number_retired", held) == ["population:2"]


def test_a_branch_has_its_head_office_whether_written_with_a_dash_or_not():
    codes = ["0100233488", "0100233488-001", "0100233488002", "0309999999-001"]
    held = {"enterprise": pl.LazyFrame({"record_id": codes, "enterprise_code__std": codes})}
    assert failing("head_office_held", held) == ["0309999999-001"]


def test_a_dossier_under_two_codes_is_told_unless_only_its_day_is_known():
    owner = {"owner_number__std": "074090000001"}
    midnight = owner | {"received_at__std": datetime(2026, 11, 20)}
    held = {"dossier": dossiers(owner, owner, midnight, midnight, {}, {})}
    assert failing("dossier_under_one_code", held) == ["dossier:0", "dossier:1"]


def test_a_code_is_held_against_the_catalogue_that_was_given():
    held = {"dossier": dossiers({}, {"procedure_code__std": "9.999999"}, {"procedure_code__std": None})}
    assert failing("procedure_code_known", held, Known(procedures=frozenset({"1.001193"}))) == ["dossier:1"]


def test_without_a_catalogue_few_dossiers_say_nothing_and_many_tell_the_rare_codes():
    many = dossiers(*[{}] * (JUDGED_FROM_ROWS - 1), {"dossier_code__unit": "H09.77"})
    assert failing("unit_code_known", {"dossier": many}) == [f"dossier:{JUDGED_FROM_ROWS - 1}"]
    assert failing("unit_code_known", {"dossier": dossiers({})}) is None


def test_a_long_overdue_dossier_without_a_final_status_is_stale_by_the_deliverys_day():
    old = {"due_at__std": datetime(2026, 10, 1)}
    held = {"dossier": dossiers(old, old | {"status__std": 10}, {"due_at__std": None})}
    assert failing("status_kept_current", held, Known(delivered_on={"dossier": date(2026, 11, 20)})) == ["dossier:0"]
    assert failing("status_kept_current", held) is None


def test_a_rule_of_a_dataset_that_is_not_held_is_not_judged():
    assert judge(ACROSS, {}, Known()).rules == ()


def test_failures_join_the_rules_that_a_row_broke_before_in_order():
    rows = pl.LazyFrame({"record_id": ["a", "b"], "failed_rules": [["m"], []]})
    failures = pl.DataFrame(
        [("birth", "a", "z"), ("birth", "a", "c"), ("death", "b", "x")], schema=FAILURES, orient="row"
    )
    told = with_failures(rows, "birth", failures).collect()
    assert told.rows() == [("a", ["c", "m", "z"]), ("b", [])]
    assert with_failures(rows, "dossier", failures).collect().rows() == [("a", ["m"]), ("b", [])]


def test_rules_across_rows_have_names_of_their_own_and_belong_to_a_property():
    assert [(each.dataset, each.rule) for each in ACROSS] == sorted({(each.dataset, each.rule) for each in ACROSS})
    for each in ACROSS:
        assert each.property in received()[each.dataset].names
        assert each.rule not in {check.rule for check in suite(received()[each.dataset])}
