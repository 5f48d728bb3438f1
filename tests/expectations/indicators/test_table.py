"""The table of indicators: what always holds of it, and the reconciliation's own indicators."""

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import published, received
from expectations.indicators import DEFINITIONS, INDICATORS, IndicatorReport, disputed
from expectations.indicators.table import DAY, KEY, _rate, newest_days
from tests.expectations.indicators.samples import counts, dossiers, reckoned

TIMES = ["", "08/01/2026 10:00", "12/01/2026", "12/01/2026 16:01", "31/03/2026 10:00", "rác"]
EVERY = {
    "processing_unit": ["UBND xã A", "UBND xã B", ""],
    "received_at": ["05/01/2026 08:00", "06/02/2026", "29/02/2024 10:00", "01/01/2071"],
    "due_at": TIMES,
    "finished_at": TIMES,
    "status": [str(code) for code in range(1, 11)],
    "channel": ["1", "2", "3", "", "9"],
    "is_digitised": ["0", "1", "2", ""],
    "has_electronic_result": ["0", "1", ""],
}
RUNNING = {"received_at": "06/02/2026", "due_at": "12/02/2026"}
ANY = st.lists(st.integers(0, 199), min_size=1, max_size=30)
some_lists = settings(max_examples=12, deadline=None)


@pytest.fixture(scope="module")
def many():
    """Two hundred dossiers of all sorts, then one late and one on time in the running month."""
    chosen = Random(766)
    sorts = [{name: chosen.choice(values) for name, values in EVERY.items()} for _ in range(200)]
    late, early = RUNNING | {"finished_at": "28/02/2026"}, RUNNING | {"finished_at": "07/02/2026"}
    return dossiers(*sorts, late, early).collect()


@some_lists
@given(rows=ANY)
def test_what_is_met_was_judged_and_units_add_up_to_the_whole(many, rows):
    table = reckoned(many[rows].lazy())
    assert table.filter(pl.col("numerator") > pl.col("denominator")).is_empty()
    sums = ["numerator", "denominator", "unknown"]
    keys = [each for each in KEY if each != "unit"]
    is_whole = pl.col("unit") == "*"
    whole = table.filter(is_whole).select(*keys, *sums).sort(keys)
    added = table.filter(~is_whole).group_by(keys).agg(pl.col(sums).sum())
    # Months long past are told of all units together only.
    assert added.join(whole, on=[*keys, *sums], how="anti").is_empty()
    of_years = pl.col("period").str.len_chars() == 4
    assert added.filter(of_years).sort(keys).equals(whole.filter(of_years))


@some_lists
@given(rows=ANY, chosen=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(many, rows, chosen):
    shuffled = chosen.sample(rows, len(rows))
    assert reckoned(many[shuffled].lazy()).equals(reckoned(many[rows].lazy()))


@some_lists
@given(rows=ANY)
def test_one_more_dossier_on_time_never_lowers_the_rate(many, rows):
    def rate(of):
        met, judged, _ = counts(reckoned(many[of].lazy()), "on_time", period="2026")
        return met / judged

    before = [*rows, 200]
    assert rate([*before, 201]) >= rate(before)


def test_no_rows_give_an_empty_table_of_the_published_columns(many):
    table = reckoned(many.clear().lazy())
    assert table.is_empty()
    assert dict(table.schema) == dict(INDICATORS)
    assert [*table.columns, "release"] == list(published()["indicator"].names)
    assert published()["indicator"].key == KEY


def test_definitions_are_of_the_published_columns_and_only_of_what_was_reckoned(many):
    own = IndicatorReport(reckoned(many[[0]].lazy()), {"dossier": "2026-01-05"}).definitions
    assert [*own.columns, "release"] == list(published()["indicator_definition"].names)
    assert own.height == len({each.key for each in DEFINITIONS}) - 3
    assert IndicatorReport(INDICATORS.to_frame(), {}).definitions.is_empty()


def test_every_definition_is_reckoned(many):
    decision = {"dataset": "dossier", "record_id": many["record_id"][0], "role": "owner", "status": "linked"}
    table = reckoned(many[[0]].lazy(), decisions=pl.DataFrame([decision]))
    assert set(table.select("indicator", "variant").iter_rows()) == {each.key for each in DEFINITIONS}


def flagged(many, flag, *values):
    """The row of all units of as many dossiers as values, in the indicator of a flag."""
    of = many[[201] * len(values)].with_columns(pl.Series(f"{flag}__std", values, pl.Boolean))
    code = {"is_vneid_verified": "population_data", "has_digitised_part": "reused"}[flag]
    own = reckoned(of.lazy()).filter((pl.col("indicator") == code) & (pl.col("variant") == "official"))
    return own.row(by_predicate=(pl.col("unit") == "*") & (pl.col("period") == "2026"), named=True)


@pytest.mark.parametrize(
    ("met", "judged", "rate"),
    [(1, 800, 0.13), (2, 3, 66.67), (1, 3, 33.33), (799, 800, 99.88), (1, 11, 9.09), (7, 100, 7.0)],
)
def test_a_rate_has_two_decimals_and_halves_go_up(many, met, judged, rate):
    assert flagged(many, "is_vneid_verified", *(at < met for at in range(judged)))["rate"] == rate


@pytest.mark.parametrize(("reused", "points"), [(0, 0.0), (1, 0.63), (2, 1.25), (3, 1.88), (4, 2.0)])
def test_points_grow_evenly_up_to_all(many, reused, points):
    assert flagged(many, "has_digitised_part", *(at < reused for at in range(4)))["points"] == points


def test_months_are_told_by_unit_for_two_years_and_of_all_units_for_ever():
    table = reckoned(dossiers(*({"received_at": f"05/01/{year}"} for year in (2020, 2024, 2026))))
    own = table.filter((pl.col("indicator") == "online") & (pl.col("unit") != "*"))
    assert sorted(own["period"]) == ["2020", "2024", "2024-01", "2026", "2026-01"]
    assert "2020-01" in table.filter(pl.col("unit") == "*")["period"]


def test_the_newest_day_is_of_dossiers_whose_code_agrees_or_else_of_all():
    held = dossiers({"received_at": "05/01/2026"}, {"received_at": "05/01/2031"})
    assert newest_days({"dossier": held}) == {"dossier": date(2026, 1, 5)}
    assert newest_days({"dossier": held.filter(pl.col("failed_rules").list.len() > 0)}) == {"dossier": date(2031, 1, 5)}
    assert newest_days({"dossier": held.filter(pl.lit(False))}) == {"dossier": None}


def test_a_registration_far_ahead_of_the_dossiers_does_not_end_the_running_month(many):
    far = BIRTHS.with_columns(pl.Series("registered_on__std", [date(2026, 1, 5), date(2026, 3, 1), date(2062, 1, 1)]))
    held = {"birth": far.lazy(), "dossier": many[[200, 201]].lazy()}
    assert newest_days(held) == {"birth": date(2026, 3, 1), "dossier": date(2026, 2, 6)}
    assert newest_days({"birth": far.lazy()}) == {"birth": date(2062, 1, 1)}


def test_a_unit_cannot_pass_for_all_units():
    table = reckoned(dossiers(*({"processing_unit": name} for name in ("*", "?", "  "))))
    assert set(table["unit"]) == {"*", "?"}
    assert counts(table, "online", unit="?") == counts(table, "online") == (0, 3, 0)


BIRTHS = pl.DataFrame(
    [
        ("birth:1", date(2026, 1, 5), "UBND xã A", ["child_name:typing_residue"]),
        ("birth:2", date(2026, 1, 9), "UBND xã A", ["child_name:unicode_composed"]),
        ("birth:3", date(2026, 2, 3), None, []),
    ],
    schema={
        "record_id": pl.String,
        "registered_on__std": pl.Date,
        "registration_place__std": pl.String,
        "repairs": pl.List(pl.String),
    },
    orient="row",
).with_columns(failed_rules=pl.lit([], pl.List(pl.String)))
DECISIONS = pl.DataFrame(
    [
        ("birth:1", "child", "linked", '{"name":["exact",9.1],"birth_date":["different",-6.3]}'),
        ("birth:2", "child", "review", None),
        ("birth:3", "child", "not_found", None),
        ("birth:1", "father", "unlinkable", None),
        ("birth:2", "father", "linked", '{"name":["near",9.1],"commune":["different",-2.7]}'),
        ("birth:3", "father", "linked", '{"number":["other",-4.5]}'),
    ],
    schema=["record_id", "role", "status", "evidence"],
    orient="row",
).with_columns(dataset=pl.lit("birth"))


@pytest.fixture(scope="module")
def births():
    held_back = pl.DataFrame(
        [("birth", "UBND xã A", date(2026, 1, 7)), ("birth", None, None), ("death", "UBND xã A", date(2026, 1, 7))],
        schema={"dataset": pl.String, "unit": pl.String, "day": pl.Date},
        orient="row",
    )
    return reckoned(BIRTHS.lazy(), "birth", decisions=DECISIONS, disputed=disputed(DECISIONS), quarantined=held_back)


@pytest.mark.parametrize(
    ("indicator", "where", "expected"),
    [
        ("found", {"role": "child", "period": "2026"}, (1, 3, 0)),
        ("found", {"role": "child"}, (1, 2, 0)),
        ("found", {"role": "father"}, (1, 1, 0)),
        ("in_review", {"role": "child"}, (1, 2, 0)),
        ("in_review", {"role": "child", "unit": "?", "period": "2026-02"}, (0, 1, 0)),
        ("disputed", {"role": "child"}, (1, 1, 0)),
        ("disputed", {"role": "father", "period": "2026"}, (1, 2, 0)),
        ("repaired", {}, (1, 2, 0)),
        ("quarantined", {}, (1, 3, 0)),
        ("quarantined", {"unit": "UBND xã A"}, (1, 3, 0)),
        ("quarantined", {"period": "?"}, (1, 1, 0)),
        ("quarantined", {"period": "2026"}, (1, 4, 0)),
    ],
)
def test_the_reconciliation_counts_its_own_by_role_unit_and_period(births, indicator, where, expected):
    assert counts(births, indicator, "own", **where) == expected


def test_a_row_without_a_day_is_told_once(births):
    undated = births.filter(pl.col("period") == "?")
    assert undated.height == undated.n_unique(list(KEY)) > 0
    assert undated["begins_on"].null_count() == undated.height


def test_the_key_of_the_table_is_unique(births):
    assert births.n_unique(list(KEY)) == births.height


def test_every_dataset_but_the_registers_has_indicators():
    assert set(DAY) == {name for name, contract in received().items() if contract.roles}


def test_the_summary_carries_the_running_year_thirteen_months_and_the_largest_units():
    received = [f"05/{month:02}/{year}" for year in (2025, 2026) for month in range(1, 13)][:20]
    rows = [{"received_at": day, "processing_unit": f"UBND xã {at % 3}"} for at, day in enumerate(received)]
    told = IndicatorReport(reckoned(dossiers(*rows)), {"dossier": "2026-08-05"}).as_dict()
    assert (told["year"], told["newest"]) == ("2026", {"dossier": "2026-08-05"})
    assert {each["unit"] for each in told["rates"]} == {"*"}
    periods = [
        each["period"] for each in told["months"] if (each["indicator"], each["variant"]) == ("online", "official")
    ]
    assert (periods[0], periods[-1], len(periods)) == ("2025-08", "2026-08", 13)
    assert [each["unit"] for each in told["units"] if each["indicator"] == "on_time"] == [
        "UBND xã 0",
        "UBND xã 1",
        "UBND xã 2",
    ]


def test_rates_and_points_are_the_very_numbers_that_they_are_written_as():
    shares = pl.DataFrame({"numerator": range(0, 10_001), "denominator": 10_000})
    assert shares.select(rate=_rate())["rate"].to_list() == [each / 100 for each in range(0, 10_001)]
