"""Limits above which a release waits: shares of a table and of a unit, and never for a handful of rows."""

from datetime import UTC, datetime

import pytest

from flows.limits import reasons
from flows.settings import Release
from warehouse import Change, Changes, Hold

LIMITS = Release()
HOLD = Hold("Lan", "chờ đối chiếu", datetime(2026, 11, 28, tzinfo=UTC))


def changes(*units, total=None):
    table = total or Change("dossier", rows_before=10_000, links_before=10_000, changed=1)
    return Changes(tables=(table,), units=units)


def limits_of(found, hold=None, **settings):
    return [each.limit for each in reasons(found, Release(**settings), hold)]


@pytest.mark.parametrize(
    ("counted", "out_of", "setting"),
    [
        ("reidentified", "links_before", "max_reidentified_share"),
        ("lost", "links_before", "max_lost_share"),
        ("removed", "rows_before", "max_removed_share"),
    ],
)
def test_a_share_above_its_limit_holds_and_one_at_it_does_not(counted, out_of, setting):
    allowed = round(getattr(LIMITS, setting) * 10_000)
    for count, told in ((allowed, []), (allowed + 1, [setting])):
        total = Change("dossier", changed=1, **{counted: count, out_of: 10_000})
        assert limits_of(changes(total=total)) == told


def test_the_sentence_names_table_unit_count_share_and_setting():
    unit = Change("dossier", "UBND phường Phú Lợi", rows_before=400, links_before=400, lost=61)
    (told,) = reasons(changes(unit), LIMITS, None)
    expected = "dossier, UBND phường Phú Lợi: 61 of 400 links lost (15.2%; the limit `release.max_lost_share` is 5.0%)"
    assert told.en == expected
    assert told.vi.startswith("dossier, UBND phường Phú Lợi: 61 liên kết bị mất trên 400")


@pytest.mark.parametrize(("count", "is_held"), [(19, False), (20, True)])
def test_a_handful_never_holds_whatever_its_share(count, is_held):
    unit = Change("dossier", "A", rows_before=count, removed=count)
    assert bool(limits_of(changes(unit))) is is_held


@pytest.mark.parametrize("table", ["discrepancy", "person", "enterprise", "person_dossier", "indicator"])
def test_a_table_whose_rows_follow_from_records_may_shrink_by_any_share(table):
    assert limits_of(changes(total=Change(table, rows_before=100, removed=100))) == []


def test_a_unit_holds_where_the_whole_table_would_not():
    assert limits_of(changes(Change("dossier", "A", links_before=100, reidentified=30))) == ["max_reidentified_share"]


def test_a_table_above_its_limit_is_told_once_and_not_once_more_for_each_unit():
    total = Change("dossier", rows_before=100, removed=60)
    units = [Change("dossier", name, rows_before=50, removed=30) for name in "AB"]
    assert limits_of(changes(*units, total=total)) == ["max_removed_share"]


def test_a_hold_and_the_setting_hold_what_is_within_all_limits():
    assert limits_of(changes(), HOLD) == ["hold"]
    assert limits_of(changes(), hold_always=True) == ["hold_always"]
    assert limits_of(changes()) == []


def test_a_release_that_changes_nothing_waits_for_nobody():
    assert limits_of(Changes(tables=(Change("dossier", rows_before=5),)), HOLD, hold_always=True) == []


def test_a_first_release_is_within_all_limits():
    assert limits_of(changes(total=Change("dossier", added=9_000, linked=8_000))) == []
