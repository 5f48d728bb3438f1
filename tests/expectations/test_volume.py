"""How many rows a delivery should have: robust, explained, and never a surprise on a holiday."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.volume import DELIVERIES_NEEDED, REFUSAL_DEVIATIONS, WARNING_DEVIATIONS, Limits, expected
from flows.settings import Checks

LIMITS = Limits()
NIGHTS = [200, 220, 180, 40, 35, 210, 190, 205, 215, 230, 45, 30, 200, 195]


def test_of_few_deliveries_nothing_is_expected():
    assert expected([100] * (DELIVERIES_NEEDED - 1), "full", LIMITS) is None
    assert expected([], "delta", LIMITS) is None


def test_a_register_that_hardly_moves_may_grow_a_little_and_not_by_a_quarter():
    found = expected([20_000] * 8, "full", LIMITS)
    verdicts = [found.verdict(rows) for rows in (20_000, 21_000, 22_000, 25_000, 15_000)]
    assert verdicts == ["usual", "usual", "unusual", "refused", "refused"]


def test_one_odd_delivery_among_the_last_does_not_move_what_is_expected():
    assert expected([*[20_000] * 7, 400], "full", LIMITS) == expected([20_000] * 8, "full", LIMITS)


def test_a_weekend_like_those_before_is_usual_and_a_night_unlike_any_is_not():
    found = expected(NIGHTS, "delta", LIMITS)
    assert {found.verdict(rows) for rows in (35, 40, 180, 230, 400)} == {"usual"}
    assert [found.verdict(rows) for rows in (10, 800)] == ["unusual", "unusual"]


def test_a_delta_is_never_refused_for_few_rows_but_for_far_too_many():
    found = expected([200] * 10, "delta", LIMITS)
    assert found.verdict(0) == "unusual"
    assert found.verdict(60_000) == "refused"


def test_only_the_last_two_weeks_count():
    assert expected([*[5] * 50, *[900] * 14], "full", LIMITS).median == 900


@given(st.lists(st.integers(0, 10**7), min_size=5, max_size=40), st.sampled_from(["full", "delta"]), st.randoms())
def test_limits_hold_each_other_and_the_order_within_two_weeks_does_not_matter(counts, kind, chance):
    found = expected(counts, kind, LIMITS)
    assert found.allowed[0] <= found.usual[0] <= found.median <= found.usual[1] <= found.allowed[1]
    last = counts[-14:]
    chance.shuffle(last)
    assert expected(last, kind, LIMITS) == found


@given(st.lists(st.integers(1, 10**6), min_size=5, max_size=14), st.integers(0, 10**7))
def test_a_higher_limit_never_refuses_more(counts, rows):
    strict, loose = (expected(counts, "full", Limits(3.5, refusal)).verdict(rows) for refusal in (10, 20))
    assert strict == "refused" or loose != "refused"


def test_a_normal_fortnight_raises_no_alarm():
    chance = random.Random(5)
    nights = [round(chance.gauss(200, 20)) for _ in range(60)]
    verdicts = [expected(nights[:at], "delta", LIMITS).verdict(nights[at]) for at in range(14, 60)]
    assert set(verdicts) == {"usual"}


def test_the_settings_begin_with_the_limits_that_are_explained_here():
    assert (Checks().volume_warning, Checks().volume_refusal) == (WARNING_DEVIATIONS, REFUSAL_DEVIATIONS)


@pytest.mark.parametrize("kind", ["full", "delta"])
def test_empty_deliveries_before_make_an_empty_one_usual(kind):
    assert expected([0] * 6, kind, LIMITS).verdict(0) == "usual"
