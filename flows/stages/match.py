"""Match: every local record held is decided against the registers held, obeying the stewards' verdicts."""

import json
from pathlib import Path

import polars as pl

import matching
from contracts import received
from flows import holdings
from flows.run import Run
from flows.stages.check import POINTERS

DECISIONS = "decisions.parquet"


def match(run: Run, checked: Path) -> Path:
    """The folder with the decisions, one row a record and role."""
    run.reporter.stage("match")
    return run.store.keep("match", lambda folder: _match(run, checked, folder))


def _match(run: Run, checked: Path, folder: Path) -> None:
    held = held_rows(run, checked)
    local = {name: rows for name, rows in held.items() if received()[name].roles}
    registers = {name: rows for name, rows in held.items() if not received()[name].roles}
    plan = run.plan
    decisions = matching.link(local, registers, verdicts=plan.verdicts, model=plan.model, progress=run.reporter.note)
    decisions.write_parquet(folder / DECISIONS)


def pointers(checked: Path) -> dict[str, str]:
    """Fingerprints of the rows held after gate one, by dataset."""
    found: dict[str, str] = json.loads((checked / POINTERS).read_text(encoding="utf-8"))
    return found


def decisions(matched: Path) -> pl.DataFrame:
    """The decisions of the match stage."""
    return pl.read_parquet(matched / DECISIONS)


def held_rows(run: Run, checked: Path) -> dict[str, pl.LazyFrame]:
    """The rows held after this run, by dataset."""
    files = holdings.paths(run.workspace, pointers(checked))
    return {dataset: pl.scan_parquet(path) for dataset, path in files.items()}
