"""Hands the answers in as deliveries: one a source and batch, so that a run takes them as it takes every row.

The warehouse is where answers are kept; the folder is made from them before each run until one has taken them in, so a
crash between the two loses nothing.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

import polars as pl

from contracts import Contract, received
from flows.pull.raw import checksum
from flows.quarantine.sources import corrected_source, corrections_of

ORIGINAL_HASH = "original_hash"
"""Column of a correction that names the source's own row; it is kept aside with the row (`_extra`)."""


def deliver_answers(answers: pl.DataFrame, taken_in: Collection[str], target: Path) -> None:
    """Writes a delivery folder for each batch that no run has taken in; folders of the others are removed."""
    wanted = answers.filter(pl.col("answer") != "withdrawn").with_columns(source=corrected_source("delivery_id"))
    pending = {}
    for (source, batch), rows in wanted.group_by("source", "batch", maintain_order=True):
        place = f"{corrections_of(str(source))}/{batch}"
        if place not in taken_in:
            pending[place] = rows
    for folder in target.glob("*/*"):
        if f"{folder.parent.name}/{folder.name}" not in pending:
            shutil.rmtree(folder)
    for place, rows in pending.items():
        _write(rows, target / place)


def texts_of(contract: Contract, texts: pl.Series) -> pl.DataFrame:
    """The columns of rows that are kept as JSON; what a row does not name is null."""
    dtype = pl.Struct({name: pl.String() for name in contract.names})
    if texts.is_empty():
        return pl.DataFrame(schema=dtype.to_schema())
    return texts.str.json_decode(dtype).struct.unnest()


def _write(rows: pl.DataFrame, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Hidden until it is whole: `discover` passes over names that begin with a dot.
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".writing-"))
    try:
        entries = {}
        for dataset in rows["dataset"].unique().sort():
            own = rows.filter(pl.col("dataset") == dataset).sort("quarantine_id")
            path = unfinished / f"{dataset}.parquet"
            _as_sent(received()[dataset], own).write_parquet(path)
            entries[dataset] = {"files": [path.name], "rows": own.height, "sha256": {path.name: checksum(path)}}
        manifest = {"source": folder.parent.name, "delivery": folder.name, "kind": "delta", "datasets": entries}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (unfinished / "manifest.json").write_text(text, encoding="utf-8")
        unfinished.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _as_sent(contract: Contract, rows: pl.DataFrame) -> pl.DataFrame:
    texts = texts_of(contract, rows["texts"])
    named = texts.select(pl.col(each.name).alias(each.source_names[0]) for each in contract.properties)
    return named.with_columns(rows["origin_hash"].alias(ORIGINAL_HASH), pl.lit("upsert").alias("_op"))
