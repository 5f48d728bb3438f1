"""What former runs found: the quality of the rows held, run by run, and what the deliveries taken in looked like."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from warehouse.connection import Connection
from warehouse.copy import copy_frame
from warehouse.errors import translated
from warehouse.queries import query

RUNS_WITH_UNITS = 90
"""Of so many runs the rules that each unit broke are kept; scores and totals of every run for good."""
RULES = pl.Schema({"dataset": pl.String, "unit": pl.String, "rule": pl.String, "checked": pl.Int64, "failed": pl.Int64})
SCORES = pl.Schema(
    {
        "dataset": pl.String,
        "unit": pl.String,
        "criterion": pl.String,
        "score": pl.Float64,
        "record_count": pl.Int64,
        "to_fix_count": pl.Int64,
    }
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one dataset of one delivery looked like."""

    source: str
    dataset: str
    kind: str
    rows: int
    profile: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """The index at the time of a run; an empty dataset stands for all together."""

    run_id: str
    started_at: datetime
    dataset: str
    score: float


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality as one run found it."""

    run_id: str
    started_at: datetime
    scores: pl.DataFrame
    """Of `SCORES`; an empty unit, dataset or criterion stands for all."""
    rules: pl.DataFrame
    """Of `RULES`; of units only the rules they break."""


def record_quality(conn: Connection, run_id: str, *, rules: pl.DataFrame, scores: pl.DataFrame) -> None:
    """Keeps what a recorded run found, of `RULES` and `SCORES`; a later word of the same run replaces it."""
    with translated("record the quality"), conn.transaction():
        conn.execute(query("history/forget_run"), {"run_id": run_id})
        for table, frame, schema in (("quality_rule", rules, RULES), ("quality_score", scores, SCORES)):
            copy_frame(conn, "ops", table, frame.select(pl.lit(run_id).alias("run_id"), *schema.names()))
        conn.execute(query("history/forget_units"), {"runs": RUNS_WITH_UNITS})


def quality(conn: Connection) -> Quality | None:
    """What the newest run that reckoned the quality found; None while there is none."""
    with translated("read the quality"), conn.transaction():
        conn.execute(query("reading/snapshot"))
        found = conn.execute(query("history/latest")).fetchone()
        if found is None:
            return None
        values = {"run_id": found[0]}
        scores = conn.execute(query("history/scores"), values).fetchall()
        rules = conn.execute(query("history/rules"), values).fetchall()
    return Quality(
        found[0],
        found[1],
        pl.DataFrame(scores, schema=SCORES, orient="row"),
        pl.DataFrame(rules, schema=RULES, orient="row"),
    )


def trend(conn: Connection, *, days: int, unit: str = "") -> list[Point]:
    """The index of a unit, or of all units, in the runs of the last days, oldest first."""
    with translated("read the quality"):
        rows = conn.execute(query("history/trend"), {"days": days, "unit": unit}).fetchall()
    return [Point(*row) for row in rows]


def profiles(conn: Connection, limit: int) -> list[Profile]:
    """The last `limit` profiles of each source, dataset and kind, oldest first."""
    with translated("read the profiles"):
        return [Profile(*row) for row in conn.execute(query("history/profiles"), {"limit": limit}).fetchall()]
