"""Small deliveries for the integration tests, cut from samples/ so that nobody types them."""

import csv
import hashlib
import json
import shutil
from pathlib import Path

import polars as pl

SAMPLES = Path(__file__).parents[2] / "samples"
DAY = "2026-11-20"
DOSSIER = Path("one-stop") / DAY / "dossier.csv"
BIRTH = Path("civil-registry") / DAY / "birth.csv"


def small_drop(target, *, dossiers=160, events=40, persons=6000):
    """A full delivery of all six datasets, small enough for a test, without manifests."""
    full = SAMPLES / "drop"
    _write(read(full / "one-stop" / DAY / "dossier.part1.csv").head(dossiers), target / DOSSIER)
    _write(read(full / "civil-registry" / DAY / "birth.csv", ";").head(events), target / BIRTH)
    _write(
        read(full / "civil-registry" / DAY / "marriage.tsv", "\t").head(events),
        target / BIRTH.with_name("marriage.csv"),
    )
    shutil.copy(full / "civil-registry" / DAY / "death.xlsx", target / BIRTH.with_name("death.xlsx"))
    people = pl.read_parquet(full / "population-db" / DAY / "population.parquet")
    _write(people.tail(persons), target / "population-db" / DAY / "population.csv")
    shutil.copytree(full / "business-registry", target / "business-registry")
    return target


def read(path, separator=","):
    return pl.read_csv(path, separator=separator, infer_schema=False, encoding="utf8")


def _write(frame, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.write_csv(path)


def shuffled(source, target, *, seed=7):
    """The same deliveries with the rows of every CSV in another order."""
    shutil.copytree(source, target)
    for path in sorted(target.rglob("*.csv")):
        _write(read(path).sample(fraction=1.0, shuffle=True, seed=seed), path)
    return target


def in_parts(source, target, *, parts=3):
    """The same deliveries with every CSV split in parts."""
    shutil.copytree(source, target)
    for path in sorted(target.rglob("*.csv")):
        rows = read(path)
        size = -(-rows.height // parts)
        for number in range(parts):
            _write(rows.slice(number * size, size), path.with_name(f"{path.stem}.part{number + 1}.csv"))
        path.unlink()
    return target


def delta(target, day, source, dataset, rows):
    """A delta delivery of one dataset; `rows` are dicts that carry `_op` where it is not an upsert."""
    path = target / source / day / f"{dataset}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    names = list(dict.fromkeys([*(name for row in rows for name in row), "_op"]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows({"_op": "upsert"} | row for row in rows)
    return target


def manifest(folder, dataset, *, kind="full", rows=None, sha256=None, files=None):
    """Writes a manifest for one dataset of a delivery folder, true unless told otherwise."""
    names = files or sorted(each.name for each in folder.glob(f"{dataset}*"))
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    entry = {"files": names, "rows": rows, "sha256": sums | (sha256 or {})}
    entry = {key: value for key, value in entry.items() if value is not None}
    document = {"source": folder.parent.name, "delivery": folder.name, "kind": kind, "datasets": {dataset: entry}}
    (folder / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
