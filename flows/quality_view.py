"""The quality that the last run found, as the command shows it: of all, of a dataset, or of one receiving unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from contracts import received
from expectations.catalogue import catalogue
from expectations.rollup import level_of
from flows.errors import NotReckonedError, UnknownNameError
from flows.run import TIMEZONE, open_warehouse
from flows.settings import Settings
from flows.trend import ALL, DAYS
from warehouse import history

_CRITERIA = ("đúng", "đủ", "sạch", "sống", "thống nhất")


@dataclass(frozen=True, slots=True)
class QualityView:
    """What one run found; nothing of it names a person."""

    run_id: str
    started_at: datetime
    criteria: tuple[str, ...]
    datasets: list[dict[str, Any]]
    """dataset (empty: all), score, level, by_criterion, records, to_fix."""
    rules: list[dict[str, Any]]
    """dataset, rule, failed, checked, error_group, title_vi, title_en; the most failures first."""
    units: list[dict[str, Any]]
    """dataset, unit, score, level, records, to_fix, worst_rule, worst_rule_count; the most to fix first."""

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON-able values."""
        return {
            "run_id": self.run_id,
            "started_at": self.started_at.isoformat(),
            "datasets": self.datasets,
            "rules": self.rules,
            "units": self.units,
        }


def view(settings: Settings, unit: str | None, dataset: str | None) -> QualityView:
    """The quality of the last run that reckoned it; UnknownNameError for a unit or dataset that is not there.

    NotReckonedError while no run has."""
    _check_dataset(dataset)
    with open_warehouse(settings) as connection:
        found = history.quality(connection)
    if found is None:
        raise NotReckonedError
    of_dataset = pl.col("dataset") == dataset if dataset else pl.lit(True)
    scores, rules = found.scores.filter(of_dataset), found.rules.filter(of_dataset)
    if unit is not None:
        _check_unit(unit, scores)
    place = pl.col("unit") == (unit or ALL)
    return QualityView(
        run_id=found.run_id,
        started_at=found.started_at.astimezone(TIMEZONE),
        criteria=_CRITERIA if unit is None else (),
        datasets=_datasets(scores.filter(place)),
        rules=_rules(rules.filter(place)),
        units=_units(scores.filter(pl.col("unit") != ALL, place if unit else pl.lit(True)), rules),
    )


def points(settings: Settings, unit: str | None, dataset: str | None) -> list[dict[str, Any]]:
    """The index run by run over the last 30 days: run_id, started_at, dataset (empty: all), score, level."""
    _check_dataset(dataset)
    with open_warehouse(settings) as connection:
        found = history.trend(connection, days=DAYS, unit=unit or ALL)
    if unit is not None and not found:
        raise UnknownNameError("đơn vị", "unit", unit, ())
    return [
        {
            "run_id": each.run_id,
            "started_at": each.started_at.astimezone(TIMEZONE).isoformat(),
            "dataset": each.dataset,
            "score": each.score,
            "level": level_of(each.score),
        }
        for each in found
        if dataset in (None, each.dataset)
    ]


def _check_dataset(dataset: str | None) -> None:
    if dataset is not None and dataset not in received():
        raise UnknownNameError("tập dữ liệu", "dataset", dataset, tuple(received()))


def _check_unit(unit: str, scores: pl.DataFrame) -> None:
    known = scores.filter(pl.col("unit") != ALL)["unit"].unique().sort().to_list()
    if unit not in known:
        raise UnknownNameError("đơn vị", "unit", unit, known)


def _datasets(scores: pl.DataFrame) -> list[dict[str, Any]]:
    found = []
    for row in scores.filter(pl.col("criterion") == ALL).sort("dataset").iter_rows(named=True):
        own = scores.filter(pl.col("dataset") == row["dataset"], pl.col("criterion") != ALL)
        found.append(_scored(row) | {"by_criterion": dict(own.select("criterion", "score").iter_rows())})
    return found


def _scored(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "dataset": row["dataset"],
        "score": row["score"],
        "level": level_of(row["score"]),
        "records": row["record_count"],
        "to_fix": row["to_fix_count"],
    }


def _rules(rules: pl.DataFrame) -> list[dict[str, Any]]:
    told = {(each["dataset"], each["rule"]): each for name in received() for each in catalogue(name)}
    failing = rules.filter(pl.col("failed") > 0).sort("failed", "dataset", "rule", descending=[True, False, False])
    words = ("error_group", "title_vi", "title_en")
    return [
        {name: row[name] for name in ("dataset", "rule", "failed", "checked")} | _words(told, row, words)
        for row in failing.iter_rows(named=True)
    ]


def _words(told: dict[tuple[str, str], Any], row: dict[str, Any], words: Iterable[str]) -> dict[str, str]:
    # A run of an older version may have judged by a rule that is no more; its name is all there is to tell.
    known = told.get((row["dataset"], row["rule"]), {})
    return {each: known.get(each, row["rule"] if each.startswith("title") else "") for each in words}


def _units(scores: pl.DataFrame, rules: pl.DataFrame) -> list[dict[str, Any]]:
    worst = (
        rules.filter(pl.col("unit") != ALL)
        .sort("failed", "rule", descending=[True, False])
        .group_by("dataset", "unit", maintain_order=True)
        .agg(worst_rule=pl.col("rule").first(), worst_rule_count=pl.col("failed").first())
    )
    joined = scores.join(worst, on=["dataset", "unit"], how="left")
    ordered = joined.sort("to_fix_count", "dataset", "unit", descending=[True, False, False])
    names = ("unit", "worst_rule", "worst_rule_count")
    return [_scored(row) | {name: row[name] for name in names} for row in ordered.iter_rows(named=True)]
