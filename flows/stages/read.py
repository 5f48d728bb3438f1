"""Read: every new delivery is decoded, parsed and mapped to contract fields; a bad delivery is refused whole."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from contracts import received
from flows import receipt
from flows.numbers import grouped
from flows.pull import Delivery, read_delivery
from flows.receipt import Receipt
from flows.run import Run

REJECTS = "rejects.parquet"


def read(run: Run) -> Path:
    """The folder with one subfolder a delivery: a Parquet a dataset in READ shape, and the rows that cannot be read."""
    run.reporter.stage("read")
    return run.store.keep("read", lambda folder: _read_all(run, folder))


def folder_of(stage: Path, delivery_id: str) -> Path:
    """The delivery's own folder within a stage."""
    return stage / delivery_id.replace("/", "__")


def _read_all(run: Run, folder: Path) -> None:
    receipts: list[Receipt] = []
    full = set(run.plan.state.holdings)
    for delivery in run.plan.deliveries:
        done = _read_one(delivery, folder_of(folder, delivery.delivery_id), full)
        receipts.append(done)
        if done.status == "accepted" and delivery.kind == "full":
            full |= set(done.rows)
        run.reporter.note(f"{delivery.delivery_id}: {grouped(sum(done.rows.values()))} dòng · rows, {done.status}")
    receipt.save(receipts, folder / receipt.FILE)


def _read_one(delivery: Delivery, folder: Path, full: set[str]) -> Receipt:
    result = read_delivery(delivery, received(), has_full=full.__contains__)
    folder.mkdir(parents=True)
    rows = dict(result.rejects.group_by("dataset").len().iter_rows())
    for dataset, frame in result.frames.items():
        frame.write_parquet(folder / f"{dataset}.parquet")
        rows[dataset] = rows.get(dataset, 0) + frame.height
    result.rejects.write_parquet(folder / REJECTS)
    return replace(Receipt.of(delivery, result.status, result.problems), rows=dict(sorted(rows.items())))


def frames(folder: Path) -> dict[str, Path]:
    """The Parquet files of a delivery's datasets."""
    return {each.stem: each for each in sorted(folder.glob("*.parquet")) if each.name != REJECTS}


def rejects(folder: Path) -> pl.DataFrame:
    """Rows of a delivery that could not be read."""
    return pl.read_parquet(folder / REJECTS)
