"""Decided pairs as learning sees them: their levels, and where they stand among the pairs of a rule.

Within a rule a decided pair is counted for what it is instead of being guessed. Stewards look at doubtful pairs, so
decided pairs that no rule made would speak for a kind of match that they are not: they count only where no rule tells.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from matching.engine import compare
from matching.engine.block import Blocks
from matching.engine.em import Floats
from matching.engine.tables import Plan, Table
from matching.engine.verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class Decided:
    """What stewards said of pairs whose records both tables kept."""

    rows: pl.DataFrame
    """[l, r, is_match] and the codes c0, c1, …"""
    matches: tuple[Floats, ...]
    """Per field: the matches by code."""

    @classmethod
    def of(cls, verdicts: Verdicts, left: Table, right: Table, plan: Plan) -> Self:
        """The verdicts with the levels of their pairs."""
        known = verdicts.rows(left, right)
        codes = compare.patterns(left.rows[known["l"]], right.rows[known["r"]], plan)
        rows = pl.concat([known, codes], how="horizontal")
        return cls(rows, matches_by_code(rows, plan))

    def of_rule(self, found: Blocks) -> pl.DataFrame:
        """Those that the rule makes a pair of."""
        made = found.left.join(self.rows, on="l", how="semi").join(found.right, on="k").select("l", "r").unique()
        return self.rows.join(made, on=["l", "r"], how="semi", maintain_order="left")


def matches_by_code(rows: pl.DataFrame, plan: Plan) -> tuple[Floats, ...]:
    """Per field: the matches among decided pairs by code, blanks left out."""
    same = rows.filter("is_match")
    return tuple(
        np.bincount(same[f"c{at}"].to_numpy(), minlength=len(kind.levels) + 1)[1:].astype(np.float64)
        for at, kind in enumerate(plan.kinds)
    )


def undecided(pairs: pl.DataFrame, known: pl.DataFrame, *, has_rivals: bool) -> pl.DataFrame:
    """The pairs that nobody decided, alone or by deciding that the record means another."""
    left_over = pairs.join(known, on=["l", "r"], how="anti", maintain_order="left")
    if not has_rivals:
        return left_over
    return left_over.join(known.filter("is_match"), on="l", how="anti", maintain_order="left")
