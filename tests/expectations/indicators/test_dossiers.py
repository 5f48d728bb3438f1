"""Dossiers by every indicator of service: each edge by itself, and all together as reckoned by hand."""

import polars as pl
import pytest

from tests.expectations.indicators.samples import counts, dossiers, golden, reckoned

EDGES = golden().to_dicts()
MARKS = {"1": (1, 1, 0), "0": (0, 1, 0), "?": (0, 0, 1), "-": (0, 0, 0)}
COLUMNS = {
    "on_time": ("on_time", "official"),
    "on_time_local": ("on_time", "local"),
    "online": ("online", "official"),
    "electronic_result": ("electronic_result", "official"),
    "digitised": ("digitised", "official"),
}


@pytest.fixture(scope="module")
def table():
    texts = ("received_at", "due_at", "finished_at", "returned_at", "status", "channel")
    flags = ("is_digitised", "has_electronic_result")
    rows = [{"processing_unit": each["edge"]} | {name: each[name] for name in (*texts, *flags)} for each in EDGES]
    return reckoned(dossiers(*rows))


def month_of(edge):
    _, month, year = edge["received_at"][:10].split("/")
    return f"{year}-{month}"


@pytest.mark.parametrize("edge", EDGES, ids=lambda each: each["id"])
def test_an_edge_comes_to_what_it_must(table, edge):
    own, month = table.filter(pl.col("unit") == (edge["edge"] or "?")), month_of(edge)
    found = {name: counts(own, *key, unit=None, period=month) for name, key in COLUMNS.items()}
    assert found == {name: MARKS[edge[name]] for name in COLUMNS}
    assert counts(own, "on_time", unit=None, period=month[:4]) == MARKS[edge["on_time_of_year"]]


@pytest.mark.parametrize(
    ("indicator", "variant", "period", "expected"),
    [
        ("on_time", "official", "2026-01", (19, 24, 8, 79.17, None)),
        ("on_time", "official", "2026-02", (1, 2, 0, 50.0, None)),
        ("on_time", "official", "2026", (19, 26, 8, 73.08, None)),
        ("on_time", "official", "2062", (0, 0, 1, None, None)),
        ("on_time", "local", "2026-01", (14, 16, 5, 87.5, None)),
        ("online", "official", "2026-01", (2, 30, 2, 6.67, None)),
        ("electronic_result", "official", "2026-01", (15, 17, 2, 88.24, None)),
        ("digitised", "official", "2026-01", (26, 30, 2, 86.67, 4.0)),
        ("reused", "portal", "2026-01", (29, 31, 1, 93.55, 2.0)),
        ("reused", "local", "2026-01", (1, 32, 0, 3.13, None)),
        ("reused", "official", "2026-01", (0, 0, 32, None, None)),
    ],
)
def test_all_together_come_to_what_was_reckoned_by_hand(table, indicator, variant, period, expected):
    keys = {"indicator": indicator, "variant": variant, "period": period, "unit": "*"}
    row = table.row(by_predicate=pl.all_horizontal(pl.col(name) == value for name, value in keys.items()), named=True)
    assert tuple(row[each] for each in ("numerator", "denominator", "unknown", "rate", "points")) == expected


def test_a_date_far_ahead_does_not_end_the_running_month(table):
    ends = dict(table.filter(pl.col("unit") == "*").select("period", "ends_on").unique().iter_rows())
    assert {period: str(day) for period, day in ends.items()} == {
        "2026-01": "2026-01-31",
        "2026-02": "2026-02-10",
        "2026": "2026-02-10",
        "2062-02": "2062-02-28",
        "2062": "2062-12-31",
    }


FLAGS = {
    "has_digitised_part": ("reused", "official"),
    "is_digitised": ("reused", "portal"),
    "is_reused": ("reused", "reuse_flag"),
    "is_from_national_store": ("national_store", "official"),
    "is_vneid_verified": ("population_data", "official"),
}


def test_a_flag_is_met_by_one_missed_by_zero_and_unknown_when_blank_or_unreadable():
    found = reckoned(dossiers(*(dict.fromkeys(FLAGS, value) for value in ("1", "0", "", "maybe"))))
    assert {flag: counts(found, *key) for flag, key in FLAGS.items()} == dict.fromkeys(FLAGS, (1, 2, 2))


def test_where_no_dossier_tells_reuse_by_its_state_none_is_judged_by_it():
    found = reckoned(dossiers({"is_digitised": "1"}, {"is_digitised": "0"}))
    assert counts(found, "reused", "local") == (0, 0, 2)


def test_states_written_by_a_spreadsheet_tell_reuse_and_states_outside_the_list_nothing():
    found = reckoned(dossiers(*({"is_digitised": value} for value in ("3.0", " 2 ", "1", "4", ""))))
    assert counts(found, "reused", "local") == (2, 3, 2)


def test_a_dossier_without_a_field_of_the_sync_message_is_not_ready():
    whole = {
        "procedure_name": "Đăng ký khai sinh",
        "field_code": "HT",
        "field_name": "Hộ tịch",
        "owner_name": "Nguyễn Văn An",
        "owner_type": "1",
        "owner_number": "074081592017",
        "summary": "Đăng ký khai sinh",
        "submission_place": "Bộ phận Một cửa",
    }
    found = reckoned(dossiers(whole, whole | {"due_at": "sau Tết"}, whole | {"summary": None}))
    assert counts(found, "sync_ready") == (1, 3, 0)
