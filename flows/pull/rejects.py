"""The sentences about single rows that cannot be read; the row is set aside, the rest of the file goes on."""

from collections.abc import Iterable

import polars as pl

from flows.pull.model import REJECTS, Part, Reject


def fields(part: Part, row: int, *, found: int, expected: int, original: str) -> Reject:
    """A row with more or fewer fields than the header."""
    rule = "too_many_fields" if found > expected else "too_few_fields"
    cause_vi = "thừa dấu phân cách hoặc thiếu dấu ngoặc kép" if found > expected else "thiếu giá trị hoặc bị ngắt dòng"
    cause_en = (
        "a delimiter too many or missing quotation marks" if found > expected else "values missing or a broken line"
    )
    return Reject(
        row, rule,
        f"Tệp {part.file}, dòng {row}: có {found} ô, tiêu đề có {expected} cột ({cause_vi}). Hãy sửa ở nguồn.",
        f"{part.file}, row {row}: {found} fields, the header has {expected} ({cause_en}). Correct it at the source.",
        original,
    )  # fmt: skip


def json_line(part: Part, row: int, original: str) -> Reject:
    """A line that is no JSON object."""
    return Reject(
        row, "broken_json_line",
        f"Tệp {part.file}, dòng {row}: không phải một đối tượng JSON hợp lệ. Hãy xuất lại bản ghi này.",
        f"{part.file}, row {row}: not a valid JSON object. Export this record again.",
        original,
    )  # fmt: skip


def bad_op(part: Part, row: int, original: str) -> Reject:
    """A row whose `_op` is neither upsert nor delete."""
    return Reject(
        row, "bad_op",
        f"Tệp {part.file}, dòng {row}, cột _op: chỉ nhận upsert hoặc delete. Hãy sửa giá trị này ở nguồn.",
        f"{part.file}, row {row}, column _op: only upsert and delete are known. Correct the value at the source.",
        original,
    )  # fmt: skip


def frame(rejects: Iterable[tuple[Part, Reject]], delivery_id: str) -> pl.DataFrame:
    """The rejects as a frame of the REJECTS schema."""
    rows = [
        (part.dataset, delivery_id, part.file, each.row, each.rule, each.vi, each.en, each.original)
        for part, each in rejects
    ]
    return pl.DataFrame(rows, schema=REJECTS, orient="row")
