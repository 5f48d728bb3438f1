"""The volume check: a delivery with rows that the last ones do not explain is told, or refused before it does harm."""

from collections.abc import Sequence

import polars as pl

from expectations.volume import Expected, Limits, expected
from flows.pull import Problem
from flows.receipt import Receipt
from flows.settings import Checks


def judged(
    done: Receipt,
    dataset: str,
    rows: int,
    *,
    held: pl.DataFrame | None,
    before: Sequence[int],
    checks: Checks,
) -> Problem | None:
    """What is to be said of the number of rows of a delivery; fatal if it is refused.

    `before` are the row counts of the source's former deliveries of the kind, oldest first. While they are too few, a
    full delivery is held against the rows held of its source, by the fixed share.
    """
    usual = expected(before, done.kind, Limits(checks.volume_warning, checks.volume_refusal))
    if usual is None:
        return _jump(done, dataset, rows, held, limit=checks.max_row_change)
    match usual.verdict(rows):
        case "refused":
            return _refused(done, dataset, rows, usual)
        case "unusual":
            return _unusual(done, dataset, rows, usual)
        case "usual":
            return None


def _jump(done: Receipt, dataset: str, rows: int, held: pl.DataFrame | None, *, limit: float) -> Problem | None:
    if held is None or done.kind != "full":
        return None
    before = held.filter(pl.col("_delivery_id").str.starts_with(f"{done.source}/")).height
    if not before or abs(rows - before) <= limit * before:
        return None
    share = f"{abs(rows - before) / before:.0%}"
    return _problem(
        dataset,
        "row_count_jump",
        f"Lần giao {done.delivery_id}: tập {dataset} có {rows} dòng, lần trước {before} dòng, lệch {share} "
        f"(cho phép {limit:.0%}). Không nạp gì. Hãy hỏi đơn vị gửi; nếu đúng, tăng checks.max_row_change rồi chạy lại.",
        f"Delivery {done.delivery_id}: {dataset} has {rows} rows, the last had {before}, off by {share} "
        f"(allowed {limit:.0%}). Nothing is loaded. Ask the sender; if right, raise checks.max_row_change, run again.",
        is_fatal=True,
    )


def _refused(done: Receipt, dataset: str, rows: int, usual: Expected) -> Problem:
    vi, en = _told(done, dataset, rows, usual)
    return _problem(
        dataset,
        "row_count_unexplained",
        f"{vi}, được nạp nếu từ {usual.allowed[0]} đến {usual.allowed[1]}. Không nạp gì. "
        f"Hãy hỏi đơn vị gửi; nếu đúng, tăng checks.volume_refusal rồi chạy lại.",
        f"{en}, and {usual.allowed[0]} to {usual.allowed[1]} are loaded. Nothing is loaded. "
        f"Ask the sender; if right, raise checks.volume_refusal and run again.",
        is_fatal=True,
    )


def _unusual(done: Receipt, dataset: str, rows: int, usual: Expected) -> Problem:
    vi, en = _told(done, dataset, rows, usual)
    return _problem(
        dataset,
        "row_count_unusual",
        f"{vi}. Đã nạp; hãy hỏi đơn vị gửi vì sao khác thường.",
        f"{en}. It is loaded; ask the sender what happened.",
        is_fatal=False,
    )


def _told(done: Receipt, dataset: str, rows: int, usual: Expected) -> tuple[str, str]:
    low, high = usual.usual
    kind = {"full": "toàn bộ", "delta": "thay đổi"}[done.kind]
    return (
        f"Lần giao {done.delivery_id}: tập {dataset} có {rows} dòng; {usual.deliveries} lần giao {kind} gần nhất của "
        f"nguồn này có trung vị {usual.median} dòng, bình thường từ {low} đến {high}",
        f"Delivery {done.delivery_id}: {dataset} has {rows} rows; the last {usual.deliveries} {done.kind} deliveries "
        f"of this source had a median of {usual.median}, {low} to {high} are usual",
    )


def _problem(dataset: str, code: str, vi: str, en: str, *, is_fatal: bool) -> Problem:
    return Problem(code, dataset, None, None, None, vi, en, is_fatal=is_fatal)
