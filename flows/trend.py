"""The quality index over time: kept for every run that reckoned it, and told for the last 30 days."""

from typing import Any

import polars as pl

import warehouse
from expectations import QualityReport
from flows.run import TIMEZONE
from warehouse import history

DAYS = 30
ALL = ""
"""Stands for all units, datasets or criteria where the history has one line for them together."""


def former(connection: warehouse.Connection, unit: str = ALL) -> list[dict[str, Any]]:
    """The index of the runs of the last 30 days, oldest first: run_id, started_at, index, by_dataset."""
    runs: dict[str, dict[str, Any]] = {}
    for each in history.trend(connection, days=DAYS, unit=unit):
        empty: dict[str, Any] = {
            "run_id": each.run_id,
            "started_at": each.started_at.astimezone(TIMEZONE).isoformat(),
            "index": None,
            "by_dataset": {},
        }
        run = runs.setdefault(each.run_id, empty)
        if each.dataset == ALL:
            run["index"] = each.score
        else:
            run["by_dataset"][each.dataset] = each.score
    return list(runs.values())


def keep(connection: warehouse.Connection, run_id: str, found: QualityReport) -> None:
    """Keeps what a run found, so that later ones can be held against it."""
    history.record_quality(connection, run_id, rules=_rules(found), scores=_scores(found))


def _rules(found: QualityReport) -> pl.DataFrame:
    totals = found.rules.with_columns(unit=pl.lit(ALL))
    return pl.concat([each.select(history.RULES.names()) for each in (totals, found.units.broken)])


def _scores(found: QualityReport) -> pl.DataFrame:
    lines: list[tuple[str, str, str, float, int | None, int | None]] = []
    if found.index is not None:
        lines.append((ALL, ALL, ALL, found.index, None, None))
    lines += [(ALL, ALL, criterion, score, None, None) for criterion, score in found.by_criterion.items()]
    for dataset, each in found.by_dataset.items():
        lines.append((dataset, ALL, ALL, each.index, each.rows, each.to_fix))
        lines += [(dataset, ALL, criterion, score, None, None) for criterion, score in each.by_criterion.items()]
    units = found.units.scores.drop_nulls("score").select(
        "dataset", "unit", pl.lit(ALL).alias("criterion"), "score", "record_count", "to_fix_count"
    )
    return pl.concat([pl.DataFrame(lines, schema=history.SCORES, orient="row"), units])
