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
from flows.quarantine.cases import Cases
from flows.quarantine.sources import is_corrections
from flows.quarantine.standing import SETTLED, Standing, standing
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
CLOSINGS = "closings.parquet"
WAITING = "waiting.parquet"
ACCEPTED = "accepted.parquet"


@dataclass(slots=True)
class _Progress:
    held: dict[str, pl.DataFrame | None]
    cases: Cases
    past: Past
    looks: list[Look] = field(default_factory=list)
    intakes: dict[str, list[Intake]] = field(default_factory=dict)


def check(run: Run, read: Path, standard: Path) -> Path:
    """The folder with receipts, counts, quarantined and accepted rows, and pointers to the rows now held."""
    run.reporter.stage("check")
    return run.store.keep("check", lambda folder: _check_all(run, read, standard, folder))


def _check_all(run: Run, read: Path, standard: Path, folder: Path) -> None:
    pointers = run.plan.state.holdings
    waiting = warehouse.quarantine.open_rows(run.connection).select(QUARANTINE_SHAPE.names())
    held = {name: holdings.load(run.workspace, each, pointers) for name, each in received().items()}
    progress = _Progress(held, Cases(waiting, run.plan.answers), Past.of(run.connection))
    receipts = []
    for each in receipt.load(read / receipt.FILE):
        receipts.append(_check_one(run, each, read, standard, progress) if each.status == "accepted" else each)
    receipt.save(receipts, folder / receipt.FILE)
    _write(run, progress, folder)


def _check_one(run: Run, done: Receipt, read: Path, standard: Path, progress: _Progress) -> Receipt:
    taken: list[tuple[Intake, pl.DataFrame]] = []
    seen: list[Look] = []
    remarks: list[Problem] = []
    unreadable = rejects(folder_of(read, done.delivery_id))
    # What is handed in as a correction is looked at row by row, whatever was said of the same words before.
    is_ours = is_corrections(done.source)
    for dataset, path in frames(folder_of(standard, done.delivery_id)).items():
        contract, rows, held = received()[dataset], pl.read_parquet(path), progress.held[dataset]
        said = standing(run.plan.answers, dataset)
        marked = (Standing() if is_ours else said).marked(rows)
        remarks += [] if is_ours else _remarks_on_the_whole(run, done, contract, rows, progress)
        if any(each.is_fatal for each in remarks):
            return done.refused(*remarks)
        intake = take(done, contract, marked, held, gate=_gate(run, contract, said), rejects=unreadable)
        wrong = None if is_ours else refusals.mostly_wrong(done, intake, run.settings.checks.max_failed_rows)
        if wrong is not None:
            return done.refused(*remarks, wrong)
        taken.append((intake, marked.select("record_id", "_hash", SETTLED)))
        if not is_ours:
            look = profile(contract, rows)
            remarks += looks.shifted(done, dataset, look, progress.past)
            seen.append(Look(done.delivery_id, done.fingerprint, done.source, done.kind, dataset, rows.height, look))
        run.reporter.note(f"{done.delivery_id}: {dataset}")
    for each, rows in taken:
        progress.held[each.dataset] = each.held
        progress.intakes.setdefault(each.dataset, []).append(each)
        progress.cases.take_in(done, each.dataset, rows, each.quarantined)
    progress.looks += seen
    told = (notices(received()[each.dataset], each.quarantined, unreadable) for each, _ in taken)
    return replace(done, problems=(*done.problems, *remarks, *chain.from_iterable(told)))


def _remarks_on_the_whole(
    run: Run, done: Receipt, contract: Contract, rows: pl.DataFrame, progress: _Progress
) -> list[Problem]:
    dataset, checks = contract.dataset, run.settings.checks
    before = [each.rows for each in progress.past.like(done, dataset)]
    counted = volume.judged(done, dataset, rows.height, held=progress.held[dataset], before=before, checks=checks)
    return [each for each in (counted, refusals.column_empty(done, contract, rows)) if each is not None]


def _gate(run: Run, contract: Contract, said: Standing) -> Gate:
    def gate(rows: pl.DataFrame) -> pl.DataFrame:
        if rows.is_empty():
            return pl.DataFrame(
                schema={"row_id": pl.Int64, "rule": pl.String, "property": pl.String, "severity": pl.String}
            )
        warehouse.stage(run.connection, contract, rows)
        return said.softened(contract, rows, gate_one(run.url, contract).failures)

    return gate


def _write(run: Run, progress: _Progress, folder: Path) -> None:
    intakes = [each for some in progress.intakes.values() for each in some]
    empty = pl.DataFrame(schema={"record_id": pl.String, "_op": pl.String, "dataset": pl.String})
    books = {dataset: _counts(some) for dataset, some in sorted(progress.intakes.items())}
    (folder / BOOKS).write_text(json.dumps(books, ensure_ascii=False), encoding="utf-8")
    accepted = [each.accepted.with_columns(dataset=pl.lit(each.dataset)) for each in intakes]
    pl.concat([empty, *accepted]).write_parquet(folder / ACCEPTED)
    progress.cases.of_the_run().write_parquet(folder / QUARANTINE)
    progress.cases.closings.write_parquet(folder / CLOSINGS)
    progress.cases.waiting.write_parquet(folder / WAITING)
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
        "answered": sum(each.answered for each in intakes),
    }


def quarantined(checked: Path) -> pl.DataFrame:
    """Rows that this run's deliveries sent to quarantine."""
    return pl.read_parquet(checked / QUARANTINE)


def closings(checked: Path) -> pl.DataFrame:
    """Rows that no longer wait in quarantine after this run: quarantine_id, resolution, successor_id."""
    return pl.read_parquet(checked / CLOSINGS)


def waiting(checked: Path) -> pl.DataFrame:
    """All rows in quarantine after this run."""
    return pl.read_parquet(checked / WAITING)


def counts(checked: Path) -> dict[str, dict[str, object]]:
    """The first half of the books: rows received, unchanged, accepted and quarantined, by dataset."""
    found: dict[str, dict[str, object]] = json.loads((checked / BOOKS).read_text(encoding="utf-8"))
    return found


def accepted(checked: Path) -> pl.DataFrame:
    """dataset, record_id and _op of the rows accepted in this run."""
    return pl.read_parquet(checked / ACCEPTED)
