"""Match: every local record held is decided against the registers held, obeying the stewards' verdicts.

Pairs that the last run compared and whose records have not changed are taken from the workspace; whether that run
published or was killed does not matter, for what is kept there follows from the records alone.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

import matching
from contracts import received
from flows import fingerprint, holdings
from flows.run import Run
from flows.stages.check import POINTERS
from matching.kept import Shelf

DECISIONS = "decisions.parquet"
EFFORTS = "efforts.json"
OCCURRENCES = "occurrences.parquet"
CONTRARY = "contrary.parquet"


def match(run: Run, checked: Path) -> Path:
    """The folder with the decisions, one row a record and role, and with what was compared for them."""
    run.reporter.stage("match")
    return run.store.keep("match", lambda folder: _match(run, checked, folder))


def _match(run: Run, checked: Path, folder: Path) -> None:
    held = held_rows(run, checked)
    local = {name: rows for name, rows in held.items() if received()[name].roles}
    registers = {name: rows for name, rows in held.items() if not received()[name].roles}
    plan = run.plan
    night = matching.link_night(
        local,
        registers,
        shelf=Shelf(run.workspace.matched, fingerprint.of_comparing()),
        verdicts=plan.verdicts,
        model=plan.model,
        progress=run.reporter.note,
    )
    night.decisions.write_parquet(folder / DECISIONS)
    night.occurrences.write_parquet(folder / OCCURRENCES)
    night.contrary.write_parquet(folder / CONTRARY)
    (folder / EFFORTS).write_text(json.dumps([asdict(each) for each in night.efforts]), encoding="utf-8")


def pointers(checked: Path) -> dict[str, str]:
    """Fingerprints of the rows held after gate one, by dataset."""
    found: dict[str, str] = json.loads((checked / POINTERS).read_text(encoding="utf-8"))
    return found


def decisions(matched: Path) -> pl.DataFrame:
    """The decisions of the match stage."""
    return pl.read_parquet(matched / DECISIONS)


def occurrences(matched: Path) -> pl.DataFrame:
    """Whom the records name, apart from any register."""
    return pl.read_parquet(matched / OCCURRENCES)


def contrary(matched: Path) -> pl.DataFrame:
    """What speaks against the stewards' verdicts."""
    return pl.read_parquet(matched / CONTRARY)


def efforts(matched: Path) -> list[dict[str, Any]]:
    """By register how much of the matching was done anew, as the summary tells it."""
    found: list[dict[str, Any]] = json.loads((matched / EFFORTS).read_text(encoding="utf-8"))
    return found


def held_rows(run: Run, checked: Path) -> dict[str, pl.LazyFrame]:
    """The rows held after this run, by dataset."""
    files = holdings.paths(run.workspace, pointers(checked))
    return {dataset: pl.scan_parquet(path) for dataset, path in files.items()}
