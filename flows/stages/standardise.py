"""Standardise: comparable forms beside the originals, and rows that a delivery repeats word for word counted once."""

from pathlib import Path

import polars as pl

from contracts import received
from flows import receipt
from flows.run import Run
from flows.stages.read import folder_of, frames
from matching.standardise import standardise_delivery


def standardise(run: Run, read: Path) -> Path:
    """The folder with one subfolder a delivery: a Parquet a dataset in STANDARD shape, without repeats."""
    run.reporter.stage("standardise")
    return run.store.keep("standardise", lambda folder: _standardise_all(run, read, folder))


def _standardise_all(run: Run, read: Path, folder: Path) -> None:
    for each in receipt.load(read / receipt.FILE):
        if each.status != "accepted":
            continue
        target = folder_of(folder, each.delivery_id)
        target.mkdir(parents=True)
        for dataset, path in frames(folder_of(read, each.delivery_id)).items():
            rows = standardise_delivery(pl.scan_parquet(path), received()[dataset])
            without_repeats(rows).write_parquet(target / f"{dataset}.parquet")
            run.reporter.note(f"{each.delivery_id}: {dataset}")


def without_repeats(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each key and content, the first in the files; rows without a key are all kept.

    The result is in a fixed order and numbered by `row_id`, whatever the order of the input.
    """
    ordered = rows.sort("record_id", "_hash", "_file", "_row", nulls_last=True)
    keyed = ordered.filter(pl.col("record_id").is_not_null())
    single = keyed.unique(["record_id", "_hash"], keep="first", maintain_order=True)
    unkeyed = ordered.filter(pl.col("record_id").is_null())
    return pl.concat([single, unkeyed]).with_row_index("row_id").with_columns(pl.col("row_id").cast(pl.Int64))
