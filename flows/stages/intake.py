"""Intake of one dataset of one delivery: which rows say something new, which pass, and what is held afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from contracts import Contract
from expectations import quarantine_rows, split
from flows import holdings
from flows.quarantine.sources import corrections_of
from flows.quarantine.standing import SETTLED
from flows.receipt import Receipt

Gate = Callable[[pl.DataFrame], pl.DataFrame]
"""Rows in, failures out (row_id, rule, property, severity)."""


@dataclass(frozen=True, slots=True)
class Intake:
    """The fate of every row received; received = unchanged + accepted + quarantined."""

    dataset: str
    received: int
    unchanged: int
    accepted: pl.DataFrame
    """record_id and _op of the accepted rows."""
    quarantined: pl.DataFrame
    """Rows for the quarantine, unreadable ones included."""
    held: pl.DataFrame
    removed: int
    """Rows no longer held although no row of the delivery named them: a full delivery left them out."""
    answered: int = 0
    """Of the unchanged rows, those that people corrected or withdrew before."""


def take(
    done: Receipt,
    contract: Contract,
    rows: pl.DataFrame,
    held: pl.DataFrame | None,
    *,
    gate: Gate,
    rejects: pl.DataFrame,
) -> Intake:
    """Sorts a delivery's rows into unchanged, accepted and quarantined, and merges the accepted into those held.

    Rows marked `_settled` were answered before; they say nothing new, also not to the rows beside them.
    """
    unreadable = rejects.filter(pl.col("dataset") == contract.dataset)
    open_ = rows.filter(~pl.col(SETTLED)).drop(SETTLED) if SETTLED in rows.columns else rows
    fresh = open_.filter(~_says_nothing_new(open_, held))
    parts = split(fresh, pl.concat([gate(fresh.filter(pl.col("_op") != "delete")), _bad_deletes(contract, fresh)]))
    deleted = parts.accepted.filter(pl.col("_op") == "delete")["record_id"]
    added = parts.accepted.filter(pl.col("_op") != "delete").drop("row_id")
    left_out = _left_out(done, rows, held)
    quarantined = quarantine_rows(contract, parts.quarantined, unreadable, former=held)
    received = done.rows.get(contract.dataset, 0)
    return Intake(
        dataset=contract.dataset,
        received=received,
        unchanged=received - parts.accepted.height - quarantined.height,
        accepted=parts.accepted.select("record_id", "_op"),
        quarantined=quarantined,
        held=holdings.merge(held, added, gone=pl.concat([deleted, left_out])),
        removed=left_out.len(),
        answered=rows.height - open_.height,
    )


def _says_nothing_new(rows: pl.DataFrame, held: pl.DataFrame | None) -> pl.Series:
    """Whether a row equals the one held, or deletes one that is not held, and no other row contradicts it."""
    if held is None:
        known = pl.DataFrame(schema={"record_id": pl.String, "held_hash": pl.String})
    else:
        known = held.select("record_id", held_hash="_hash")
    beside = rows.select("record_id", "_op", "_hash").join(known, on="record_id", how="left", maintain_order="left")
    is_same = pl.col("_hash").eq_missing(pl.col("held_hash")) & pl.col("held_hash").is_not_null()
    is_idle_delete = (pl.col("_op") == "delete") & pl.col("held_hash").is_null()
    is_alone = pl.col("record_id").is_not_null() & (pl.len().over("record_id") == 1)
    return beside.select(((is_same | is_idle_delete) & is_alone).alias("nothing_new")).to_series()


def _bad_deletes(contract: Contract, fresh: pl.DataFrame) -> pl.DataFrame:
    """Failures of the rows the suites do not see: deletes without a key, and keys both deleted and sent."""
    conflict = (pl.len().over("record_id") > 1) & (pl.col("_op") == "delete").any().over("record_id")
    keyless = (pl.col("_op") == "delete") & pl.col("record_id").is_null()
    unique_key = next(rule.name for rule in contract.table_rules if rule.metric == "duplicateValues")
    rule = pl.when(keyless).then(pl.lit(f"{contract.key[0]}_present")).otherwise(pl.lit(unique_key))
    return fresh.filter(keyless | (pl.col("record_id").is_not_null() & conflict)).select(
        "row_id", rule=rule, property=pl.lit(None, pl.String), severity=pl.lit("error")
    )


def _left_out(done: Receipt, rows: pl.DataFrame, held: pl.DataFrame | None) -> pl.Series:
    """Record ids that the source's full delivery no longer has; a row in quarantine keeps its former version alive.

    A correction stands as long as the source sends the row that it corrects, whatever record that row is of.
    """
    if held is None or done.kind != "full":
        return pl.Series("record_id", [], pl.String)
    is_corrected = pl.col("_delivery_id").str.starts_with(f"{corrections_of(done.source)}/")
    is_own = pl.col("_delivery_id").str.starts_with(f"{done.source}/") | is_corrected
    own = held.filter(is_own).join(rows, on="record_id", how="anti")
    if "_extra" in own.columns:
        origin = pl.col("_extra").str.json_path_match("$.original_hash")
        own = own.filter(~(is_corrected & origin.is_in(rows["_hash"].implode())).fill_null(value=False))
    return own["record_id"]
