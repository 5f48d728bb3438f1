"""What people answered and still stands: which rows a run passes over, and which it accepts although they break a rule.

An answer is about a content, told by its hash: the source's next delivery of the same content changes nothing, another
content of the same record is news and wins over the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from contracts import Contract
from expectations.suites import suite

SETTLED = "_settled"
"""Marks the rows of a delivery about whose content everything is said."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The answers that stand for one dataset, as hashes of rows."""

    settled: frozenset[str] = frozenset()
    """Rows that were corrected or withdrawn."""
    kept: frozenset[str] = frozenset()
    """Rows that are accepted as they are."""

    def marked(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with `_settled`."""
        return rows.with_columns(pl.col("_hash").is_in(_list(self.settled)).fill_null(value=False).alias(SETTLED))

    def softened(self, contract: Contract, rows: pl.DataFrame, failures: pl.DataFrame) -> pl.DataFrame:
        """The failures, those of kept rows as warnings where a person may decide so."""
        kept = rows.filter(pl.col("_hash").is_in(_list(self.kept)))["row_id"].implode()
        is_kept = pl.col("row_id").is_in(kept) & pl.col("rule").is_in(_list(releasable(contract)))
        return failures.with_columns(severity=pl.when(is_kept).then(pl.lit("warning")).otherwise("severity"))


def standing(answers: pl.DataFrame, dataset: str) -> Standing:
    """The answers of one dataset."""
    own = answers.filter(pl.col("dataset") == dataset)
    is_kept = pl.col("answer") == "accepted_as_is"
    # A row whose text had to be read in another table was handed in readable: its old form needs no second look.
    settled = own.filter(~is_kept | pl.col("original_hash").ne_missing(pl.col("answer_hash")))
    return Standing(
        frozenset(settled["original_hash"].drop_nulls()), frozenset(own.filter(is_kept)["answer_hash"].drop_nulls())
    )


def releasable(contract: Contract) -> frozenset[str]:
    """The rules that a person may set aside for a row. Without a key, or a key of its own, a row is no record."""
    rules = (each for each in suite(contract) if each.severity == "error" and each.property)
    return frozenset(each.rule for each in rules if each.property not in contract.key)


def unique_key(contract: Contract) -> str:
    """The rule that a key comes once."""
    return next(rule.name for rule in contract.table_rules if rule.metric == "duplicateValues")


def _list(values: Iterable[str]) -> pl.Series:
    return pl.Series(sorted(values), dtype=pl.String).implode()
