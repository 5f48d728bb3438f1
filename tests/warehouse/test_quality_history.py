"""What former runs found, on a real PostgreSQL."""

import json

import polars as pl
import psycopg
import pytest

from tests.warehouse.samples import incoming, publication
from warehouse import history, record_run
from warehouse.publish import publish


def ran(conn, run_id, day=1):
    at = f"2026-11-{day:02}T01:00:00+07:00"
    record_run(conn, {"run_id": run_id, "started_at": at, "finished_at": None, "status": "published", "release": 1})
    return run_id


def found(score=90.0, failed=1, unit="Sở Y tế"):
    """Rules and scores of one dataset and unit."""
    rules = [("dossier", "", "r", 10, failed), ("dossier", unit, "r", 5, failed)]
    scores = [
        ("", "", "", score, None, None),
        ("dossier", unit, "", score, 5, failed),
        ("dossier", "", "đúng", 99.0, None, None),
    ]
    return {
        "rules": pl.DataFrame(rules, schema=history.RULES, orient="row"),
        "scores": pl.DataFrame(scores, schema=history.SCORES, orient="row"),
    }


def test_before_any_run_there_is_no_quality(conn):
    assert history.quality(conn) is None
    assert history.trend(conn, days=30) == []
    assert history.profiles(conn, 14) == []


def test_the_newest_run_that_reckoned_the_quality_is_read_back(conn):
    history.record_quality(conn, ran(conn, "one", 1), **found(90.0))
    history.record_quality(conn, ran(conn, "two", 2), **found(91.5, failed=0))
    ran(conn, "nothing new", 3)
    newest = history.quality(conn)
    assert newest.run_id == "two"
    assert newest.scores.filter(criterion="đúng")["score"].to_list() == [99.0]
    assert newest.rules.filter(unit="")["failed"].to_list() == [0]


def test_recording_again_replaces_what_a_run_said(conn):
    run_id = ran(conn, "one")
    history.record_quality(conn, run_id, **found(90.0))
    history.record_quality(conn, run_id, **found(70.0))
    assert history.quality(conn).scores.filter(dataset="")["score"].to_list() == [70.0]


def test_an_empty_quality_is_recorded_as_none(conn):
    nothing = {"rules": pl.DataFrame(schema=history.RULES), "scores": pl.DataFrame(schema=history.SCORES)}
    history.record_quality(conn, ran(conn, "one"), **nothing)
    assert history.quality(conn) is None


def test_the_rules_of_units_are_kept_of_the_last_runs_only_and_totals_for_good(conn, monkeypatch):
    monkeypatch.setattr(history, "RUNS_WITH_UNITS", 2)
    for day in (1, 2, 3):
        history.record_quality(conn, ran(conn, f"run {day}", day), **found())
    kept = conn.execute("SELECT run_id, unit FROM ops.quality_rule ORDER BY 1, 2").fetchall()
    assert kept == [("run 1", ""), ("run 2", ""), ("run 2", "Sở Y tế"), ("run 3", ""), ("run 3", "Sở Y tế")]
    assert conn.execute("SELECT count(*) FROM ops.quality_score").fetchone() == (9,)


def test_the_trend_is_of_all_or_of_one_unit_oldest_first(conn):
    for place, score in enumerate((90.0, 95.0)):
        history.record_quality(conn, ran(conn, f"run {place}"), **found(score))
        values = {"run_id": f"run {place}", "days": 2 * (1 - place)}
        aged = "UPDATE ops.run SET started_at = now() - make_interval(days => %(days)s) WHERE run_id = %(run_id)s"
        conn.execute(aged, values)
    assert [(each.run_id, each.dataset, each.score) for each in history.trend(conn, days=30)] == [
        ("run 0", "", 90.0),
        ("run 1", "", 95.0),
    ]
    assert [each.score for each in history.trend(conn, days=1, unit="Sở Y tế")] == [95.0]
    assert history.trend(conn, days=30, unit="'; drop table ops.run; --") == []


@pytest.mark.parametrize("bad", [("dossier", "", "r", 1, 2), ("dossier", "", "r", -1, 0)])
def test_more_failures_than_rows_are_refused(conn, bad):
    rules = pl.DataFrame([bad], schema=history.RULES, orient="row")
    with pytest.raises(Exception) as caught:
        history.record_quality(conn, ran(conn, "one"), rules=rules, scores=found()["scores"])
    assert isinstance(caught.value.__cause__, psycopg.errors.CheckViolation)


def looked(delivery, rows, dataset="dossier", kind="delta"):
    place = {"delivery_id": f"one-stop/{delivery}", "fingerprint": delivery, "source": "one-stop", "kind": kind}
    return place | {"dataset": dataset, "rows": rows, "profile": json.dumps({"rows": rows})}


def test_publishing_keeps_what_its_deliveries_looked_like_and_the_last_are_read_oldest_first(conn, load):
    for day in range(4):
        load()
        looks = incoming("incoming_profile", looked(f"d{day}", day), looked(f"d{day}", 7, kind="full"))
        publish(conn, publication(f"run-{day}", f"state-{day}", profiles=looks))
    found = history.profiles(conn, 2)
    assert [(each.kind, each.rows) for each in found] == [("delta", 2), ("full", 7), ("delta", 3), ("full", 7)]
    assert found[0].profile == {"rows": 2}


def test_only_the_last_sixty_profiles_of_a_kind_are_kept(conn, load):
    load()
    looks = incoming("incoming_profile", *(looked(f"d{place}", place) for place in range(70)))
    publish(conn, publication(profiles=looks))
    assert [each.rows for each in history.profiles(conn, 100)] == list(range(10, 70))
