"""Writes what a query source answers as a full delivery folder: from there it goes the way of every delivery."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from flows.pull.hashing import content_hashes
from flows.pull.raw import checksum
from flows.pull.text_of import as_text

_MODULUS = 1 << 128


def deliver_from_database(source_name: str, batches: Mapping[str, Iterator[pl.DataFrame]], target: Path) -> Path:
    """The folder `target/source_name/<time>-<digest of the content>`, written whole or not at all.

    The digest does not depend on the order of rows or the size of batches: an answer equal to the last one is no new
    delivery, one equal to an older one is, because the source has gone back to it.
    """
    place = target / source_name
    place.mkdir(parents=True, exist_ok=True)
    for left_behind in place.glob(".writing-*"):
        shutil.rmtree(left_behind)  # by a run that was killed; the run lock keeps two from writing at once
    # Hidden until it is whole: `discover` passes over names that begin with a dot.
    unfinished = Path(tempfile.mkdtemp(dir=place, prefix=".writing-"))
    try:
        entries, digests = {}, {}
        for dataset in sorted(batches):
            entries[dataset], digests[dataset] = _write_dataset(dataset, batches[dataset], unfinished)
        digest = _digest(digests)
        last = max((each.name for each in place.iterdir() if not each.name.startswith(".")), default="")
        if last.endswith(f"-{digest}"):
            return place / last
        delivery = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}-{digest}"
        folder = place / delivery
        manifest = {"source": source_name, "delivery": delivery, "kind": "full", "datasets": entries}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (unfinished / "manifest.json").write_text(text, encoding="utf-8")
        unfinished.chmod(0o755)
        os.rename(unfinished, folder)
        return folder
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write_dataset(dataset: str, batches: Iterator[pl.DataFrame], folder: Path) -> tuple[dict[str, object], str]:
    files: list[str] = []
    names: set[str] = set()
    rows = total = 0
    for batch in batches:
        text = as_text(batch)
        name = f"{dataset}.part{len(files) + 1:05d}.parquet"
        text.write_parquet(folder / name)
        files.append(name)
        names.update(text.columns)
        rows += text.height
        total += sum(int(each, 16) for each in content_hashes(text, text.columns))
    sums = {name: checksum(folder / name) for name in files}
    return {"files": files, "rows": rows, "sha256": sums}, f"{sorted(names)}:{rows}:{total % _MODULUS:032x}"


def _digest(digests: Mapping[str, str]) -> str:
    words = pl.DataFrame({"digest": [f"{dataset}:{digest}" for dataset, digest in sorted(digests.items())]})
    joined = words.select(pl.col("digest").str.join("\n"))
    return content_hashes(joined, ["digest"])[0] if len(words) else "empty"
