"""Notices: a sentence for each row in quarantine, with file, row, column and what to do; never with its values."""

import polars as pl

from contracts import Contract, Rule
from flows.pull import Problem

MOST = 50
"""How many rows of a dataset and delivery are told one by one; the books count them all."""


def notices(contract: Contract, quarantined: pl.DataFrame, unreadable: pl.DataFrame) -> tuple[Problem, ...]:
    """One problem a row in quarantine, in the order of the files; the first rule that it broke is told.

    `unreadable` are the rows that could not be parsed: their sentences come from the reader.
    """
    rules = {rule.name: rule for rule in contract.rules}
    broken = (
        quarantined.filter(pl.col("rules").list.first().is_in(list(rules)))
        .sort("file", "row")
        .select("file", "row", pl.col("rules").list.first())
        .head(MOST)
    )
    told = [_of_row(contract, rules[rule], file, row) for file, row, rule in broken.iter_rows()]
    return tuple([*_of_unreadable(contract.dataset, unreadable), *told][:MOST])


def _of_row(contract: Contract, rule: Rule, file: str, row: int) -> Problem:
    column = next(iter(contract[rule.property].source_names), None) if rule.property else None
    at_vi, at_en = (f", cột {column}", f", column {column}") if column else ("", "")
    return Problem(
        code=rule.name,
        dataset=contract.dataset,
        file=file,
        row=row,
        column=column,
        vi=f"Tệp {file}, dòng {row}{at_vi}: {rule.title_vi}. Dòng này vào khu cách ly; hãy sửa ở nguồn rồi gửi lại.",
        en=f"File {file}, row {row}{at_en}: {rule.title_en}. The row is in quarantine; correct it at the source.",
        is_fatal=False,
    )


def _of_unreadable(dataset: str, unreadable: pl.DataFrame) -> list[Problem]:
    rows = unreadable.filter(pl.col("dataset") == dataset).sort("_file", "_row").head(MOST)
    return [
        Problem(rule, dataset, file, row, None, vi, en, is_fatal=False)
        for rule, file, row, vi, en in rows.select("rule", "_file", "_row", "vi", "en").iter_rows()
    ]
