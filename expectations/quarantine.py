"""Quarantine: parts the rows of a delivery by the rules they break, and keeps what is held back as it came.

Nothing is dropped: a row is either accepted, with the names of the warning rules it breaks, or quarantined, with the
names of all. Both outcomes and the ids depend on what the rows say, never on their order.
"""

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import polars as pl

from contracts import Contract

QUARANTINE = pl.Schema(
    [
        ("quarantine_id", pl.String()),
        ("dataset", pl.String()),
        ("record_id", pl.String()),
        ("delivery_id", pl.String()),
        ("file", pl.String()),
        ("row", pl.Int64()),
        ("rules", pl.List(pl.String())),
        ("original", pl.String()),
    ]
)
"""Rows held back; `original` is JSON: the texts by property, or `{"line": …}` for a row that could not be parsed."""

ID_LENGTH = 32
_BLOCKING = ("error", "refuse")


@dataclass(frozen=True, slots=True)
class Split:
    """The two ways a row can go."""

    accepted: pl.DataFrame
    """The rows that go on, plus `failed_rules`: their warning rules, sorted."""
    quarantined: pl.DataFrame
    """The rows held back, plus `rules`: their error rules, sorted, then their warning rules, sorted.

    The first is the one that the books count.
    """


def split(frame: pl.DataFrame, failures: pl.DataFrame) -> Split:
    """Parts the rows (with `row_id`) by their failures (`row_id`, `rule`, `severity`); the order of rows is kept."""
    is_warning = ~pl.col("severity").is_in(_BLOCKING)
    broken = (
        failures.select("row_id", "rule", is_warning=is_warning)
        # One rule may be reported by two checks; the graver report counts.
        .group_by("row_id", "rule")
        .agg(pl.col("is_warning").all())
        .sort("row_id", "is_warning", "rule")
        .group_by("row_id", maintain_order=True)
        .agg("rule", is_held_back=~pl.col("is_warning").all())
    )
    marked = frame.join(broken, on="row_id", how="left", maintain_order="left").with_columns(
        pl.col("rule").fill_null(pl.lit([], pl.List(pl.String))), pl.col("is_held_back").fill_null(False)
    )
    return Split(
        accepted=marked.filter(~pl.col("is_held_back")).drop("is_held_back").rename({"rule": "failed_rules"}),
        quarantined=marked.filter(pl.col("is_held_back")).drop("is_held_back").rename({"rule": "rules"}),
    )


def quarantine_rows(contract: Contract, held_back: pl.DataFrame, rejects: pl.DataFrame | None = None) -> pl.DataFrame:
    """The rows held back, as `QUARANTINE`: those that broke rules, and those that could not be read at all.

    `rejects` has `_delivery_id`, `_file`, `_row`, `rule` and `original` (the line as it came). Ids tell content apart;
    rows of equal content in one delivery are numbered.
    """
    rows = [_checked(contract, each) for each in held_back.iter_rows(named=True)]
    if rejects is not None:
        rows += [_unread(contract, each) for each in rejects.iter_rows(named=True)]
    rows.sort(key=lambda each: (each["delivery_id"], each["file"], each["row"]))
    seen: Counter[tuple[str, ...]] = Counter()
    for each in rows:
        content = (each["dataset"], each["delivery_id"], *each["rules"], each["original"])
        seen[content] += 1
        each["quarantine_id"] = _digest(*content, str(seen[content]))
    return pl.DataFrame(rows, schema=QUARANTINE).sort("quarantine_id")


def _checked(contract: Contract, row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: row[name] for name in contract.names if row[name] is not None}
    return _entry(contract, row, list(row["rules"]), texts) | {"record_id": row["record_id"]}


def _unread(contract: Contract, row: dict[str, Any]) -> dict[str, Any]:
    return _entry(contract, row, [row["rule"]], {"line": row["original"]})


def _entry(contract: Contract, row: dict[str, Any], rules: list[str], original: dict[str, Any]) -> dict[str, Any]:
    return {
        "dataset": contract.dataset,
        "record_id": None,
        "delivery_id": row["_delivery_id"],
        "file": row["_file"],
        "row": row["_row"],
        "rules": rules,
        # NUL is the one character that PostgreSQL's JSON cannot hold.
        "original": json.dumps(original, ensure_ascii=False).replace("\\u0000", "\\ufffd"),
    }


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
