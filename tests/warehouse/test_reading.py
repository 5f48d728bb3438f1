"""What is read back: runs, verdicts, state."""

from typing import Any

import pytest

from warehouse.connection import Connection
from warehouse.reading import record_run, runs, state, verdicts


def summary(run_id: str, started_at: str, **values: Any) -> dict[str, Any]:
    return {"run_id": run_id, "started_at": started_at, "finished_at": None, "status": "failed"} | values


def test_runs_come_newest_first(conn: Connection) -> None:
    record_run(conn, summary("a", "2026-11-20T01:00:00+07:00"))
    record_run(conn, summary("b", "2026-11-21T01:00:00+07:00", release=3, books=[{"dataset": "birth"}]))
    assert [each["run_id"] for each in runs(conn, 5)] == ["b", "a"]
    assert runs(conn, 1)[0]["books"] == [{"dataset": "birth"}]


def test_a_run_recorded_again_is_one_run(conn: Connection) -> None:
    record_run(conn, summary("a", "2026-11-20T01:00:00+07:00"))
    record_run(conn, summary("a", "2026-11-20T01:00:00+07:00", status="published"))
    assert [each["status"] for each in runs(conn, 5)] == ["published"]


def test_an_empty_warehouse_has_no_release_and_no_runs(conn: Connection) -> None:
    found = state(conn)
    assert (found.release, found.state, dict(found.holdings)) == (None, None, {})
    assert (found.deliveries, dict(found.latest)) == (set(), {})
    assert runs(conn, 5) == []


def test_the_latest_verdict_on_a_pair_counts(conn: Connection) -> None:
    for reference_id, verdict in (("001", "same"), ("002", "different"), ("001", "different")):
        conn.execute(
            "INSERT INTO ledger.verdict (record_id, role, reference, reference_id, verdict, steward)"
            " VALUES ('dossier:1', 'owner', 'population', %s, %s, 'lan')",
            (reference_id, verdict),
        )
    assert verdicts(conn).select("reference_id", "verdict").rows() == [("001", "different"), ("002", "different")]


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ([(None, "not_in_register"), ("001", "same")], [("001", "same")]),
        ([("001", "same"), (None, "not_in_register")], [(None, "not_in_register")]),
    ],
    ids=["found after all", "not in the register after all"],
)
def test_the_later_of_found_and_not_in_the_register_counts(
    conn: Connection, given: list[tuple[str | None, str]], held: list[tuple[str | None, str]]
) -> None:
    for reference_id, verdict in given:
        conn.execute(
            "INSERT INTO ledger.verdict (record_id, role, reference, reference_id, verdict, steward)"
            " VALUES ('dossier:1', 'owner', 'population', %s, %s, 'lan')",
            (reference_id, verdict),
        )
    assert verdicts(conn).select("reference_id", "verdict").rows() == held
