"""Check, gate one: each delivery's new rows are held against the suites; what passes joins the rows held.

A delivery that fails as a whole is refused whole; a row that fails goes to quarantine with the rules it broke.
"""

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import polars as pl

import warehouse
from contracts import Contract, received
from expectations.gates import gate_one
from expectations.profile import profile
from expectations.quarantine import QUARANTINE as QUARANTINE_SHAPE
from flows import holdings, receipt
from flows.pull import Problem
from flows.receipt import Receipt
from flows.run import Run
from flows.stages import looks, refusals, volume
from flows.stages.intake import Gate, Intake, take
from flows.stages.looks import Look, Past
from flows.stages.notices import notices
from flows.stages.read import folder_of, frames, rejects

BOOKS = "books.json"
POINTERS = "holdings.json"
QUARANTINE = "quarantine.parquet"
ACCEPTED = "accepted.parquet"


@dataclass(slots=True)
class _Progress:
    held: dict[str, pl.DataFrame | None]
    past: Past
    looks: list[Look] = field(default_factory=list)
    intakes: dict[str, list[Intake]] = field(default_factory=dict)


def check(run: Run, read: Path, standard: Path) -> Path:
    """The folder with receipts, counts, quarantined and accepted rows, and pointers to the rows now held."""
    run.reporter.stage("check")
    return run.store.keep("check", lambda folder: _check_all(run, read, standard, folder))


def _check_all(run: Run, read: Path, standard: Path, folder: Path) -> None:
    pointers = run.plan.state.holdings
    held = {name: holdings.load(run.workspace, each, pointers) for name, each in received().items()}
    progress = _Progress(held, Past.of(run.connection))
    receipts = []
    for each in receipt.load(read / receipt.FILE):
        receipts.append(_check_one(run, each, read, standard, progress) if each.status == "accepted" else each)
    receipt.save(receipts, folder / receipt.FILE)
    _write(run, progress, folder)


def _check_one(run: Run, done: Receipt, read: Path, standard: Path, progress: _Progress) -> Receipt:
    intakes: list[Intake] = []
    seen: list[Look] = []
    remarks: list[Problem] = []
    unreadable = rejects(folder_of(read, done.delivery_id))
    for dataset, path in frames(folder_of(standard, done.delivery_id)).items():
        contract, rows, held = received()[dataset], pl.read_parquet(path), progress.held[dataset]
        remarks += _remarks_on_the_whole(run, done, contract, rows, progress)
        if any(each.is_fatal for each in remarks):
            return done.refused(*remarks)
        intakes.append(take(done, contract, rows, held, gate=_gate(run, contract), rejects=unreadable))
        wrong = refusals.mostly_wrong(done, intakes[-1], run.settings.checks.max_failed_rows)
        if wrong is not None:
            return done.refused(*remarks, wrong)
        look = profile(contract, rows)
        remarks += looks.shifted(done, dataset, look, progress.past)
        seen.append(Look(done.delivery_id, done.fingerprint, done.source, done.kind, dataset, rows.height, look))
        run.reporter.note(f"{done.delivery_id}: {dataset}")
    for each in intakes:
        progress.held[each.dataset] = each.held
        progress.intakes.setdefault(each.dataset, []).append(each)
    progress.looks += seen
    told = (notices(received()[each.dataset], each.quarantined, unreadable) for each in intakes)
    return replace(done, problems=(*done.problems, *remarks, *chain.from_iterable(told)))


def _remarks_on_the_whole(
    run: Run, done: Receipt, contract: Contract, rows: pl.DataFrame, progress: _Progress
) -> list[Problem]:
    dataset, checks = contract.dataset, run.settings.checks
    before = [each.rows for each in progress.past.like(done, dataset)]
    counted = volume.judged(done, dataset, rows.height, held=progress.held[dataset], before=before, checks=checks)
    return [each for each in (counted, refusals.column_empty(done, contract, rows)) if each is not None]


def _gate(run: Run, contract: Contract) -> Gate:
    def gate(rows: pl.DataFrame) -> pl.DataFrame:
        if rows.is_empty():
            return pl.DataFrame(
                schema={"row_id": pl.Int64, "rule": pl.String, "property": pl.String, "severity": pl.String}
            )
        warehouse.stage(run.connection, contract, rows)
        return gate_one(run.url, contract).failures

    return gate


def _write(run: Run, progress: _Progress, folder: Path) -> None:
    intakes = [each for some in progress.intakes.values() for each in some]
    empty = pl.DataFrame(schema={"record_id": pl.String, "_op": pl.String, "dataset": pl.String})
    books = {dataset: _counts(some) for dataset, some in sorted(progress.intakes.items())}
    (folder / BOOKS).write_text(json.dumps(books, ensure_ascii=False), encoding="utf-8")
    accepted = [each.accepted.with_columns(dataset=pl.lit(each.dataset)) for each in intakes]
    pl.concat([empty, *accepted]).write_parquet(folder / ACCEPTED)
    pl.concat([QUARANTINE_SHAPE.to_frame(), *(each.quarantined for each in intakes)]).write_parquet(folder / QUARANTINE)
    held = {dataset: rows for dataset, rows in progress.held.items() if rows is not None}
    pointers = {dataset: holdings.save(run.workspace, dataset, rows) for dataset, rows in held.items()}
    looks.save(progress.looks, folder)
    (folder / POINTERS).write_text(json.dumps(pointers), encoding="utf-8")


def _counts(intakes: list[Intake]) -> dict[str, object]:
    by_rule: Counter[str] = Counter()
    for each in intakes:
        by_rule.update(each.quarantined["rules"].list.first().to_list())
    return {
        "received": sum(each.received for each in intakes),
        "unchanged": sum(each.unchanged for each in intakes),
        "accepted": sum(each.accepted.height for each in intakes),
        "quarantined": sum(each.quarantined.height for each in intakes),
        "quarantined_by_rule": dict(sorted(by_rule.items())),
        "left_out": sum(each.removed for each in intakes),
    }


def quarantined(checked: Path) -> pl.DataFrame:
    """Rows that this run's deliveries sent to quarantine."""
    return pl.read_parquet(checked / QUARANTINE)


def counts(checked: Path) -> dict[str, dict[str, object]]:
    """The first half of the books: rows received, unchanged, accepted and quarantined, by dataset."""
    found: dict[str, dict[str, object]] = json.loads((checked / BOOKS).read_text(encoding="utf-8"))
    return found


def accepted(checked: Path) -> pl.DataFrame:
    """dataset, record_id and _op of the rows accepted in this run."""
    return pl.read_parquet(checked / ACCEPTED)
