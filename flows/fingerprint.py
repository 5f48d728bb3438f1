"""Fingerprints that say whether two runs would do the same: of the code, of rows held, of a run's inputs."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import polars as pl

_PACKAGES = ("contracts", "matching", "expectations", "warehouse", "flows")
"""The packages whose code decides what is published; `review` only shows it."""
_SUFFIXES = (".py", ".sql", ".yaml")


def digest(value: object) -> str:
    """Hex SHA-256 of a JSON-able value, independent of the order of keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def of_code() -> str:
    """Fingerprint of all code and contracts that decide what is published."""
    total = hashlib.sha256()
    for package in _PACKAGES:
        for path, content in _sources(files(package), package):
            total.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()


def of_comparing() -> str:
    """Fingerprint of all that decides what pairs a night looks at and how alike they are, the libraries included."""
    return digest([of_code(), *(f"{name} {version(name)}" for name in ("polars", "rapidfuzz"))])


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{prefix}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, path)
        elif entry.name.endswith(_SUFFIXES):
            found.append((path, entry.read_bytes()))
    return found


def of_rows(rows: pl.DataFrame) -> str:
    """Fingerprint of rows held: their ids, contents and deliveries, whatever their order.

    `rows` has record_id, _hash, _delivery_id and failed_rules; file and row number are left out on purpose, so that a
    delivery split or shuffled otherwise gives the same fingerprint.
    """
    line = pl.concat_str(
        "record_id", "_hash", "_delivery_id", pl.col("failed_rules").list.join(","), separator="\t", ignore_nulls=True
    )
    text = rows.sort("record_id").select(line.str.join("\n")).item()
    return hashlib.sha256((text or "").encode()).hexdigest()
