"""Refusals of a whole delivery for what its rows say: a required column empty throughout, errors in too many."""

import polars as pl

from contracts import Contract
from flows.pull import Problem
from flows.receipt import Receipt
from flows.stages.intake import Intake

LEAST_ROWS = 50
"""Of fewer rows no share says that the export, and not the clerks, went wrong. Own judgement."""


def column_empty(done: Receipt, contract: Contract, rows: pl.DataFrame) -> Problem | None:
    """A fatal problem if a field that every row must have is empty in all of them."""
    said = rows.filter(pl.col("_op") != "delete")
    if said.height < LEAST_ROWS:
        return None
    empty = [each for each in contract.properties if each.is_required and said[each.name].null_count() == said.height]
    if not empty:
        return None
    column = empty[0].source_names[0] if empty[0].source_names else empty[0].name
    return Problem(
        code="column_empty",
        dataset=contract.dataset,
        file=None,
        row=None,
        column=column,
        vi=f"Lần giao {done.delivery_id}: tập {contract.dataset}, cột bắt buộc {column} trống ở mọi dòng "
        f"({said.height} dòng). Không nạp gì. Hãy xuất lại có cột này.",
        en=f"Delivery {done.delivery_id}: {contract.dataset}, the required column {column} is empty in all of "
        f"{said.height} rows. Nothing is loaded. Export again with that column filled.",
        is_fatal=True,
    )


def mostly_wrong(done: Receipt, intake: Intake, limit: float) -> Problem | None:
    """A fatal problem if more than the share `limit` of the new rows would go to quarantine."""
    bad = intake.quarantined.height
    new = intake.accepted.height + bad
    if new < LEAST_ROWS or bad <= limit * new:
        return None
    rule = intake.quarantined["rules"].list.first().value_counts(sort=True)["rules"][0]
    return Problem(
        code="mostly_wrong",
        dataset=intake.dataset,
        file=None,
        row=None,
        column=None,
        vi=f"Lần giao {done.delivery_id}: tập {intake.dataset} có {bad}/{new} dòng mới không đạt ({bad / new:.0%}, "
        f"cho phép {limit:.0%}), nhiều nhất vì {rule}. Không nạp gì. Hãy kiểm tra cách xuất; "
        f"nếu đúng, tăng checks.max_failed_rows rồi chạy lại.",
        en=f"Delivery {done.delivery_id}: {bad} of {new} new rows of {intake.dataset} are wrong ({bad / new:.0%}, "
        f"allowed {limit:.0%}), most for {rule}. Nothing is loaded. Look at the export; "
        f"if right, raise checks.max_failed_rows and run again.",
        is_fatal=True,
    )
