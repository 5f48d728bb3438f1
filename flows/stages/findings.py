"""Findings: the books, the quality index and the indicators, reckoned from what gate one and matching left behind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

import warehouse
from contracts import received
from expectations import Beside, QualityReport, quality
from expectations.across import Judged, judge, with_failures
from expectations.freshness import failures as late_rules
from expectations.indicators import IndicatorReport
from expectations.suites.across import ACROSS
from flows import books, delivery_days, indicators, receipt, repairs, trend
from flows.books import Book
from flows.receipt import Receipt
from flows.repairs import RepairLog
from flows.run import Run
from flows.second_opinion import FORMER_RUNS, Entry, second_opinion, with_former
from flows.stages import check
from flows.stages.match import contrary, efforts, held_rows, occurrences
from flows.stages.match import decisions as decided
from matching import discrepancies


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
    across: Judged
    """What the rules across rows found."""
    trend: list[dict[str, Any]]
    """The index in the runs of the last 30 days, oldest first."""
    repairs: RepairLog
    indicators: IndicatorReport
    opinions: list[Entry]
    """The challenger's, of every register with decisions enough."""
    differences: pl.DataFrame
    """[record_id, role, difference] of doubtful decisions, where there is an opinion."""
    discrepancies: pl.DataFrame
    """What linked records say otherwise than the registers: DISCREPANCIES of `matching.discrepancies`."""


def reckon(run: Run, checked: Path, matched: Path) -> Findings:
    """Balances the books, scores quality and service; BooksError if a row was lost, and then nothing is published."""
    decisions, held = decided(matched), held_rows(run, checked)
    counts = {dataset: rows.select(pl.len()).collect().item() for dataset, rows in held.items()}
    repaired = repairs.log(held)
    repairs.keep(held, run.workspace)
    in_quarantine = check.waiting(checked)
    receipts = tuple(receipt.load(checked / receipt.FILE))
    delivered_on = delivery_days.newest(held, run.plan.state.deliveries, receipts)
    across = judge(ACROSS, held, replace(run.plan.known, delivered_on=delivered_on))
    placed = _placed(held, across)
    beside = Beside(
        decisions=_with_unit(decisions, placed),
        repairs=repaired.need,
        across=across,
        late={name: late_rules(received()[name], rows, delivered_on) for name, rows in held.items()},
    )
    scored = quality(placed, in_quarantine, beside)
    opinions, differences = second_opinion(decisions, held, run.plan.verdicts, counts)
    return Findings(
        checked=checked,
        receipts=receipts,
        books=books.of_run(check.counts(checked), check.accepted(checked), decisions),
        holdings=books.of_holdings(decisions, counts),
        decisions=warehouse.identified(decisions, occurrences(matched), warehouse.identity_key(run.connection)),
        contrary=contrary(matched),
        efforts=efforts(matched),
        quality=scored,
        across=across,
        trend=trend.former(run.connection),
        repairs=repaired,
        indicators=indicators.reckon(held, decisions, in_quarantine),
        opinions=with_former(opinions, warehouse.runs(run.connection, FORMER_RUNS) if opinions else ()),
        differences=differences,
        discrepancies=discrepancies.find(held, decisions),
    )


def _placed(held: Mapping[str, pl.LazyFrame], across: Judged) -> dict[str, pl.DataFrame]:
    """Of each row held: the warning rules it fails, those across rows among them, and the office it came through."""
    found = {}
    for dataset, rows in held.items():
        unit = pl.col(f"{received()[dataset].unit_property}__std")
        slim = rows.select("record_id", "failed_rules", unit=unit)
        found[dataset] = with_failures(slim, dataset, across.failures).collect()
    return found


def _with_unit(decisions: pl.DataFrame, placed: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    units = [each.select("record_id", "unit") for name, each in placed.items() if received()[name].roles]
    slim = decisions.select("dataset", "record_id", "role", "status")
    return slim.join(pl.concat(units), on="record_id", how="left") if units else slim
