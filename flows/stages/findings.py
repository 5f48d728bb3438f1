"""Findings: the books, the quality index and the indicators, reckoned from what gate one and matching left behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

import warehouse
from contracts import received
from expectations import QualityReport, quality
from expectations.indicators import IndicatorReport
from flows import books, indicators, receipt, repairs
from flows.books import Book
from flows.receipt import Receipt
from flows.repairs import RepairLog
from flows.run import Run
from flows.second_opinion import FORMER_RUNS, Entry, second_opinion, with_former
from flows.stages import check
from flows.stages.match import contrary, efforts, held_rows, occurrences
from flows.stages.match import decisions as decided


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a run knows before it publishes."""

    checked: Path
    receipts: tuple[Receipt, ...]
    books: list[Book]
    holdings: list[Book]
    decisions: pl.DataFrame
    """As `warehouse.identified` tells them: whom each record names, linked or not."""
    contrary: pl.DataFrame
    """What speaks against the stewards' verdicts, as `matching.schemas.CONTRARY`."""
    efforts: list[dict[str, Any]]
    """By register how much of the matching was done anew."""
    quality: QualityReport
    repairs: RepairLog
    indicators: IndicatorReport
    opinions: list[Entry]
    """The challenger's, of every register with decisions enough."""
    differences: pl.DataFrame
    """[record_id, role, difference] of doubtful decisions, where there is an opinion."""


def reckon(run: Run, checked: Path, matched: Path) -> Findings:
    """Balances the books, scores quality and service; BooksError if a row was lost, and then nothing is published."""
    decisions, held = decided(matched), held_rows(run, checked)
    counts = {dataset: rows.select(pl.len()).collect().item() for dataset, rows in held.items()}
    repaired = repairs.log(held)
    repairs.keep(held, run.workspace)
    in_quarantine = _in_quarantine(run, checked)
    scored = quality(_with_unit(held), in_quarantine, decisions=decisions, repairs=repaired.need)
    opinions, differences = second_opinion(decisions, held, run.plan.verdicts, counts)
    return Findings(
        checked=checked,
        receipts=tuple(receipt.load(checked / receipt.FILE)),
        books=books.of_run(check.counts(checked), check.accepted(checked), decisions),
        holdings=books.of_holdings(decisions, counts),
        decisions=warehouse.identified(decisions, occurrences(matched), warehouse.identity_key(run.connection)),
        contrary=contrary(matched),
        efforts=efforts(matched),
        quality=scored,
        repairs=repaired,
        indicators=indicators.reckon(held, decisions, in_quarantine),
        opinions=with_former(opinions, warehouse.runs(run.connection, FORMER_RUNS) if opinions else ()),
        differences=differences,
    )


def _with_unit(held: Mapping[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    """Of each row held: the warning rules it fails and the office it came through."""
    units = {dataset: f"{received()[dataset].unit_property}__std" for dataset in held}
    return {dataset: rows.select("failed_rules", unit=pl.col(units[dataset])) for dataset, rows in held.items()}


def _in_quarantine(run: Run, checked: Path) -> pl.DataFrame:
    """Rows in quarantine after this run: those whose record has not been accepted since, and the new ones."""
    new = check.quarantined(checked)
    before = warehouse.open_quarantine(run.connection).select(new.columns)
    released = check.accepted(checked).select("dataset", "record_id")
    still = before.join(released, on=["dataset", "record_id"], how="anti")
    return pl.concat([still.filter(~pl.col("quarantine_id").is_in(new["quarantine_id"].implode())), new])
