"""Freshness is told by the days of deliveries and records, never by the clock."""

from datetime import date

import polars as pl

from contracts import received
from expectations.freshness import failures, rules

DEATH, POPULATION = received()["death"], received()["population"]
DAY = date(2026, 11, 20)


def registered(*days):
    return pl.LazyFrame({"registered_on__std": days}, schema={"registered_on__std": pl.Date})


def test_a_newest_record_of_the_last_days_is_fresh_and_an_older_one_is_not():
    fresh, old = registered(date(2020, 1, 1), date(2026, 11, 13)), registered(date(2026, 11, 12))
    assert failures(DEATH, fresh, {"death": DAY})["newest_record_recent"] is False
    assert failures(DEATH, old, {"death": DAY})["newest_record_recent"] is True


def test_a_record_from_the_future_proves_nothing():
    rows = registered(date(2026, 1, 1), date(2062, 11, 20))
    assert failures(DEATH, rows, {"death": DAY})["newest_record_recent"] is True


def test_a_source_is_late_when_it_missed_three_deliveries_that_others_made():
    days = {"death": date(2026, 11, 17), "dossier": DAY}
    assert failures(DEATH, registered(), days) == {"delivered_in_rhythm": False}
    assert failures(DEATH, registered(), days | {"dossier": date(2026, 11, 21)}) == {"delivered_in_rhythm": True}


def test_a_register_may_be_older_for_it_comes_every_week():
    days = {"population": date(2026, 11, 1), "dossier": DAY}
    assert failures(POPULATION, pl.LazyFrame(), days) == {"delivered_in_rhythm": False}


def test_without_a_known_day_nothing_is_said():
    assert failures(DEATH, registered(DAY), {"dossier": DAY}) == {}


def test_every_dataset_has_a_rhythm_and_each_rule_its_sentences_and_source():
    for contract in received().values():
        found = rules(contract)
        assert "delivered_in_rhythm" in {each.rule for each in found}
        assert all(each.title_vi and each.title_en and each.source for each in found)
