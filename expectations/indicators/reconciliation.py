"""How a record or one of its roles counts in the reconciliation's own indicators."""

from collections.abc import Iterable
from functools import cache

import polars as pl

from expectations.indicators.definition import Variant
from expectations.indicators.measures import Measure

_IDENTITY = ("name", "birth_date", "sex", "mother", "father", "spouse")
_DIFFERS = rf'"(?:{"|".join(_IDENTITY)})":\["different"|"number":\["other"'
"""Evidence of a field of identity at its worst level."""


@cache
def of_roles() -> dict[tuple[str, Variant], Measure]:
    """Measures over roles: `status`, and `is_disputed` of the linked."""
    status = pl.col("status")
    is_linkable = status != "unlinkable"
    return {
        ("found", "own"): Measure(status == "linked", is_linkable),
        ("in_review", "own"): Measure(status == "review", is_linkable),
        ("disputed", "own"): Measure(pl.col("is_disputed"), status == "linked"),
    }


@cache
def of_records() -> dict[tuple[str, Variant], Measure]:
    """Measures over records held and rows in quarantine: `is_repaired`, `is_quarantined`."""
    is_quarantined = pl.col("is_quarantined")
    return {
        ("repaired", "own"): Measure(pl.col("is_repaired"), ~is_quarantined),
        ("quarantined", "own"): Measure(is_quarantined),
    }


def disputed(decisions: pl.DataFrame) -> pl.DataFrame:
    """The linked roles that say of identity what the register does not: dataset, record_id, role.

    Read from the evidence of the decision, for want of a table of the differences themselves.
    """
    linked = decisions.filter((pl.col("status") == "linked") & pl.col("evidence").str.contains(_DIFFERS))
    return linked.select("dataset", "record_id", "role")


def is_repaired(faultless: Iterable[str]) -> pl.Expr:
    """Whether a row's `repairs` (`field:repair`) name one that is a fault."""
    repair = pl.element().str.splitn(":", 2).struct.field("field_1")
    return pl.col("repairs").list.eval(~repair.is_in(list(faultless))).list.any()
