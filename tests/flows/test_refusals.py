"""What a delivery as a whole is refused or remarked on for: rows by the history, empty columns, errors, shares."""

import polars as pl
import pytest

from contracts import received
from expectations.quarantine import QUARANTINE
from flows.receipt import Receipt
from flows.settings import Checks
from flows.stages.intake import Intake
from flows.stages.looks import MOST, Past, shifted
from flows.stages.refusals import LEAST_ROWS, column_empty, mostly_wrong
from flows.stages.volume import judged
from warehouse.history import Profile

DEATH = received()["death"]


def done(kind="full"):
    return Receipt("civil-registry/2026-11-21", "civil-registry", kind, "f", "accepted")


def judge(rows, before, kind="full", held=None, **checks):
    own = None if held is None else pl.DataFrame({"_delivery_id": ["civil-registry/2026-11-20"] * held})
    return judged(done(kind), "death", rows, held=own, before=before, checks=Checks(**checks))


def test_a_short_history_leaves_the_fixed_share_of_a_full_delivery():
    assert judge(40, [100] * 4, held=100).code == "row_count_jump"
    assert judge(60, [100] * 4, held=100) is None
    assert judge(1, [], held=100, kind="delta") is None
    assert judge(1, []) is None


def test_a_long_history_tells_what_was_expected_and_which_setting_lets_it_in():
    problem = judge(30, [100] * 6, held=100)
    assert (problem.code, problem.is_fatal) == ("row_count_unexplained", True)
    assert "6 lần giao toàn bộ gần nhất" in problem.vi
    assert "median of 100" in problem.en
    assert "checks.volume_refusal" in problem.vi
    assert "checks.volume_refusal" in problem.en
    assert judge(30, [100] * 6, held=100, volume_refusal=80).code == "row_count_unusual"


def test_an_unusual_delivery_is_loaded_and_told():
    problem = judge(115, [100] * 6)
    assert (problem.code, problem.is_fatal) == ("row_count_unusual", False)
    assert judge(115, [100] * 6, volume_warning=9) is None


def rows(count, **columns):
    base = {each: ["x"] * count for each in DEATH.names} | {"_op": ["upsert"] * count}
    return pl.DataFrame(
        base | {name: [each] * count for name, each in columns.items()}, schema=dict.fromkeys(base, pl.String)
    )


def test_a_required_column_empty_in_all_rows_refuses_the_delivery_by_the_sources_name():
    problem = column_empty(done(), DEATH, rows(LEAST_ROWS, deceased_name=None))
    assert (problem.code, problem.column, problem.is_fatal) == ("column_empty", "nktHoTen", True)


@pytest.mark.parametrize(
    "frame",
    [
        rows(LEAST_ROWS),
        rows(LEAST_ROWS - 1, deceased_name=None),
        rows(LEAST_ROWS, page=None),
        rows(LEAST_ROWS, deceased_name=None, _op="delete"),
        pl.concat([rows(LEAST_ROWS, deceased_name=None), rows(1)]),
    ],
    ids=["filled", "few", "optional", "withdrawn", "one filled"],
)
def test_a_column_that_may_be_empty_or_is_not_refuses_nothing(frame):
    assert column_empty(done(), DEATH, frame) is None


def intake(accepted, bad, rule="number_present"):
    empty = pl.DataFrame()
    kept = pl.DataFrame({"record_id": [str(place) for place in range(accepted)]})
    held_back = pl.DataFrame([dict.fromkeys(QUARANTINE) | {"rules": [rule]}] * bad, schema=QUARANTINE)
    return Intake("death", accepted + bad, 0, kept, held_back, empty, 0)


def test_more_wrong_rows_than_the_share_refuse_the_delivery_and_name_the_rule():
    problem = mostly_wrong(done(), intake(30, 31), 0.5)
    assert (problem.code, problem.is_fatal) == ("mostly_wrong", True)
    assert "number_present" in problem.vi
    assert "checks.max_failed_rows" in problem.en


@pytest.mark.parametrize(
    ("accepted", "bad", "limit"), [(50, 50, 0.5), (0, LEAST_ROWS - 1, 0.5), (0, 0, 0.5), (0, 90, 1.0)]
)
def test_no_more_than_the_share_or_few_rows_refuse_nothing(accepted, bad, limit):
    assert mostly_wrong(done(), intake(accepted, bad), limit) is None


def look(share, unit="UBND xã Tân Mỹ"):
    counts = {"rows": 200, "fields": {"deceased_birth_date": int(200 * share)}}
    return {"rows": 200, "missing": {"": counts, unit: counts}, "repairs": {}, "codes": {}}


def past(kind="delta"):
    return Past(tuple(Profile("civil-registry", "death", kind, 200, look(0.05)) for _ in range(6)))


def test_a_share_that_moved_is_a_remark_with_unit_column_and_both_shares():
    remarks = shifted(done("delta"), "death", look(0.6), past())
    assert {(each.code, each.column, each.is_fatal) for each in remarks} == {("share_shifted", "nktNgaySinh", False)}
    assert any("UBND xã Tân Mỹ" in each.vi and "60%" in each.vi and "5%" in each.vi for each in remarks)
    assert len(remarks) <= MOST


def test_only_deliveries_of_the_same_kind_are_compared():
    assert shifted(done("full"), "death", look(0.6), past("delta")) == []
