"""The volume check: a full delivery whose rows differ too much from those held is refused before it does harm."""

import polars as pl

from flows.pull import Problem
from flows.receipt import Receipt


def jump(done: Receipt, dataset: str, rows: pl.DataFrame, held: pl.DataFrame | None, *, limit: float) -> Problem | None:
    """A fatal problem if the delivery's rows are off by more than the share `limit` from the source's last ones."""
    if held is None or done.kind != "full":
        return None
    before = held.filter(pl.col("_delivery_id").str.starts_with(f"{done.source}/")).height
    if not before or abs(rows.height - before) <= limit * before:
        return None
    share = f"{abs(rows.height - before) / before:.0%}"
    return Problem(
        code="row_count_jump",
        dataset=dataset,
        file=None,
        row=None,
        column=None,
        vi=f"Lần giao {done.delivery_id}: tập {dataset} có {rows.height} dòng, lần trước {before} dòng, lệch {share} "
        f"(cho phép {limit:.0%}). Không nạp gì. Hãy hỏi đơn vị gửi; nếu đúng, tăng checks.max_row_change rồi chạy lại.",
        en=f"Delivery {done.delivery_id}: {dataset} has {rows.height} rows, the last had {before}, off by {share} "
        f"(allowed {limit:.0%}). Nothing is loaded. Ask the sender; if right, raise checks.max_row_change, run again.",
        is_fatal=True,
    )
