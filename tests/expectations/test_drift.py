"""Drift: a share that moves is told, a normal night is not, however many shares are looked at."""

import random

import polars as pl
import pytest

from contracts import received
from expectations.drift import DELIVERIES_NEEDED, drift
from expectations.profile import profile

DEATH = received()["death"]
UNITS = [f"UBND xã {place}" for place in range(40)]


def night(chance, *, missing=0.1, rows=400, worse=None):
    """A made-up profile: the share without a birth date, in each unit; in the unit `worse` half."""
    by_unit = {unit: [0, 0] for unit in UNITS}
    for _ in range(rows):
        unit = chance.choice(UNITS) if worse is None or chance.random() < 0.8 else worse
        by_unit[unit][0] += 1
        by_unit[unit][1] += chance.random() < (0.5 if unit == worse else missing)
    total = sum(count for _, count in by_unit.values())
    told = {unit: {"rows": n, "fields": {"deceased_birth_date": x}} for unit, (n, x) in by_unit.items() if n}
    told[""] = {"rows": rows, "fields": {"deceased_birth_date": total}}
    codes = {"deceased_sex": {"1": rows // 2, "2": rows - rows // 2}}
    return {"rows": rows, "missing": told, "repairs": {"deceased_name:typing_residue": rows // 20}, "codes": codes}


def test_forty_normal_nights_raise_no_alarm():
    chance = random.Random(11)
    nights = [night(chance, rows=chance.choice([60, 400, 1200])) for _ in range(40)]
    assert [drift(nights[at], nights[max(at - 14, 0) : at]) for at in range(5, 40)] == [[]] * 35


def test_a_unit_that_stops_filling_a_field_is_told_first():
    chance = random.Random(3)
    before = [night(chance) for _ in range(8)]
    worst, *_ = drift(night(chance, worse="UBND xã 7"), before)
    assert (worst.measure, worst.unit, worst.property, worst.deliveries) == (
        "missing",
        "UBND xã 7",
        "deceased_birth_date",
        8,
    )
    assert worst.share > 0.4
    assert worst.share_before < 0.2


def test_a_code_and_a_repair_that_were_never_seen_are_told():
    chance = random.Random(4)
    before = [night(chance) for _ in range(6)]
    now = night(chance) | {"codes": {"deceased_sex": {"3": 400}}, "repairs": {"deceased_name:legacy_font": 300}}
    told = {(each.measure, each.value): (each.share, each.share_before) for each in drift(now, before)}
    assert told[("code", "3")] == (1.0, 0.0)
    assert told[("repair", "legacy_font")] == (0.75, 0.0)
    assert told[("code", "1")] == (0.0, 0.5)


def test_a_share_that_always_swings_is_not_told_for_swinging_once_more():
    chance = random.Random(9)
    swings = [night(chance, missing=each) for each in (0.05, 0.6, 0.1, 0.7, 0.2, 0.5)]
    assert drift(night(chance, missing=0.55), swings) == []


@pytest.mark.parametrize("count", range(DELIVERIES_NEEDED))
def test_of_few_deliveries_nothing_is_told(count):
    chance = random.Random(2)
    assert drift(night(chance, missing=0.9), [night(chance) for _ in range(count)]) == []


def test_an_empty_delivery_says_nothing():
    chance = random.Random(2)
    empty = {"rows": 0, "missing": {"": {"rows": 0, "fields": {}}}, "repairs": {}, "codes": {}}
    assert drift(empty, [night(chance) for _ in range(6)]) == []
    assert drift(night(chance), [empty] * 6) == []


def staged(*rows):
    columns = dict.fromkeys(DEATH.names, pl.String)
    columns |= {f"{each.name}__std": pl.Int16 for each in DEATH.of_kind("sex", "code")}
    columns |= {"registration_place__std": pl.String, "_op": pl.String, "repairs": pl.List(pl.String)}
    full = [dict.fromkeys(columns) | {"_op": "upsert", "repairs": []} | row for row in rows]
    return pl.DataFrame(full, schema=columns)


def test_a_profile_counts_what_is_empty_by_unit_repairs_and_codes_and_no_withdrawal():
    rows = staged(
        {"registration_place__std": "A", "deceased_name": "x", "deceased_sex__std": 1, "repairs": ["page:a", "page:b"]},
        *[{"registration_place__std": "A", "deceased_sex__std": 2}] * 4,
        *[{"deceased_sex__std": 1, "repairs": ["page:a"]}] * 5,
        {"registration_place__std": "Đặng Thị Ấ", "deceased_sex__std": 2},
        {"_op": "delete", "repairs": ["page:a"]},
    )
    found = profile(DEATH, rows)
    assert (found["rows"], found["repairs"]) == (11, {"page:a": 6, "page:b": 1})
    assert found["codes"]["deceased_sex"] == {"1": 6, "2": 5}
    assert {unit: (each["rows"], each["fields"]["deceased_name"]) for unit, each in found["missing"].items()} == {
        "": (11, 10),
        "?": (5, 5),
        "A": (5, 4),
    }


def test_a_profile_does_not_depend_on_the_order_of_rows_and_holds_no_value():
    rows = staged(*({"registration_place__std": str(n % 3), "deceased_name": f"Đặng {n}"} for n in range(30)))
    assert profile(DEATH, rows) == profile(DEATH, rows.sample(fraction=1, shuffle=True, seed=1))
    assert "Đặng" not in str(profile(DEATH, rows))
