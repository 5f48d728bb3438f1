"""Quarantine: parts the rows of a delivery by the rules they break, and keeps what is held back as it came.

Nothing is dropped: a row is either accepted, with the names of the warning rules it breaks, or quarantined, with the
names of all. Both outcomes and the ids depend on what the rows say, never on their order.
"""

from dataclasses import dataclass
from hashlib import sha256

import polars as pl

from contracts import Contract
from expectations.json_texts import as_object
from expectations.proposals import proposals

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
        ("unit", pl.String()),
        ("operation", pl.String()),
        ("content_hash", pl.String()),
        ("origin_hash", pl.String()),
        ("tables", pl.String()),
        ("proposals", pl.String()),
    ]
)
"""Rows held back; `original` is JSON: the texts by property, or `{"line": …}` for a row that could not be parsed.

`unit` is the office that the row came through, where it tells one; `operation` upsert or delete; `content_hash` that of
the whole row, `origin_hash` that of the source's row which it corrects, where it is a correction; `tables` tells which
texts are to be read in another table; `proposals` is JSON: by property a `value` and the `repair` that gives it.
"""

ID_LENGTH = 32
_BOUNDARY = "\x1f"
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


def quarantine_rows(
    contract: Contract,
    held_back: pl.DataFrame,
    rejects: pl.DataFrame | None = None,
    *,
    former: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The rows held back, as `QUARANTINE`: those that broke rules, and those that could not be read at all.

    `rejects` has `_delivery_id`, `_file`, `_row`, `rule` and `original` (the line as it came). `former` are the rows
    held, from whose versions of the same records values are proposed. Ids tell a source's content apart, so the same
    row in its next delivery is the same case; rows of equal content in one delivery are numbered.
    """
    parts = [_checked(contract, held_back, former)] if len(held_back) else []
    if rejects is not None and len(rejects):
        parts.append(_unread(contract, rejects))
    rows = pl.concat([QUARANTINE.to_frame(), *parts]).sort("delivery_id", "file", "row")
    source = pl.col("delivery_id").str.split("/").list.first()
    content = pl.concat_str("dataset", source, "operation", "original", separator=_BOUNDARY)
    numbered = rows.with_columns(content=content).with_columns(
        content=pl.concat_str("content", pl.int_range(1, pl.len() + 1).over("content"), separator=_BOUNDARY)
    )
    ids = pl.Series("quarantine_id", [_digest(each) for each in numbered["content"]], pl.String)
    return rows.with_columns(ids).sort("quarantine_id")


def _checked(contract: Contract, rows: pl.DataFrame, former: pl.DataFrame | None) -> pl.DataFrame:
    missing = [name for name in ("_op", "_hash", "_tables", "_extra") if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    unit = pl.col(contract.unit_property).str.strip_chars() if contract.unit_property else pl.lit(None, pl.String)
    return rows.select(
        quarantine_id=pl.lit(None, pl.String),
        dataset=pl.lit(contract.dataset),
        record_id="record_id",
        delivery_id="_delivery_id",
        file="_file",
        row=pl.col("_row").cast(pl.Int64),
        rules="rules",
        original=as_object({name: pl.col(name) for name in contract.names}),
        unit=pl.when(unit != "").then(unit),
        operation=pl.col("_op").fill_null("upsert"),
        content_hash="_hash",
        origin_hash=pl.coalesce(pl.col("_extra").str.json_path_match("$.original_hash"), "_hash"),
        tables="_tables",
        proposals=proposals(contract, rows, former),
    )


def _unread(contract: Contract, rows: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, pl.String)
    return rows.select(
        quarantine_id=nothing,
        dataset=pl.lit(contract.dataset),
        record_id=nothing,
        delivery_id="_delivery_id",
        file="_file",
        row=pl.col("_row").cast(pl.Int64),
        rules=pl.concat_list("rule"),
        original=as_object({"line": pl.col("original")}),
        unit=nothing,
        operation=pl.lit("upsert"),
        content_hash=nothing,
        origin_hash=nothing,
        tables=nothing,
        proposals=nothing,
    )


def _digest(content: str) -> str:
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
