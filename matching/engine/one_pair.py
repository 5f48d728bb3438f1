"""Weighs one pair of records by a model, whether any rule makes it or not, and however little speaks for it."""

from dataclasses import dataclass, replace

import polars as pl

from matching.engine import compare, weigh
from matching.engine.model import Model
from matching.engine.spec import Spec
from matching.engine.tables import Plan, prepare
from matching.errors import PairError


@dataclass(frozen=True, slots=True)
class Tables:
    """The two tables of a linkage, or the one twice."""

    left: pl.LazyFrame
    right: pl.LazyFrame


def weighed(tables: Tables, spec: Spec, model: Model, *, left_id: str, right_id: str) -> pl.DataFrame:
    """The one row: a code and `<field>_bits` per comparison, and `bits`; PairError where a table lacks the id.

    Both tables are read whole for how frequent values are in them, and no other row of theirs is kept.
    """
    plan = Plan.of(spec, ())
    mine = prepare(tables.left.filter(_is(spec.left_id, left_id)), plan, is_left=True)
    theirs = prepare(tables.right.filter(_is(spec.right_id, right_id)), plan, is_left=False)
    if mine.height != 1 or theirs.height != 1:
        raise PairError(left_id, right_id)
    all_left = prepare(tables.left, plan, is_left=True, like=mine)
    all_right = prepare(tables.right, plan, is_left=False, like=mine)
    fitted = plan.fitted(all_left, all_right)
    rows = weigh.with_rarity(replace(theirs, counts=all_right.counts), model)
    coded = pl.DataFrame({"r": [0]}).hstack(compare.patterns(mine.rows, rows, fitted))
    found = coded.with_columns(weigh.sums(coded, rows, model).round(9))
    codes = [pl.col(f"c{at}").alias(each.field) for at, each in enumerate(spec.comparisons)]
    return found.select(*codes, *weigh.bits_by_field(found, rows, model), "bits")


def _is(column: str, wanted: str) -> pl.Expr:
    return pl.col(column).cast(pl.String) == wanted
