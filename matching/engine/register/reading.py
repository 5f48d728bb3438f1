"""Source rows made ready: comparable values and the keys of every rule, as the engine makes them of any table."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from matching.engine import keys
from matching.engine.spec import Rule
from matching.engine.tables import Plan
from matching.errors import SpecError

_AT_ONCE = 500_000
"""Rows that are read at a time."""
_NOTHING = 0x5851F42D4C957F2D
"""Stands for a blank in the hash of a whole row."""
_ODD = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Read:
    """Some rows of a source."""

    values: pl.DataFrame
    """`id`, `v0`, `v1`, … per comparison; `row` is the place in it."""
    keyed: tuple[pl.DataFrame, ...]
    """Per rule [k, row], without blanks."""
    forms: pl.Series
    """A hash of all that is compared and looked for: rows that agree on it are one to the engine."""


def batches(source: pl.LazyFrame, plan: Plan, *, is_left: bool) -> Iterator[Read]:
    """The rows, some at a time."""
    wanted = source.select(plan.columns(is_left=is_left))
    at_once = min(_AT_ONCE, plan.spec.limits.rows_at_once)
    for chunk in wanted.collect_batches(chunk_size=at_once, maintain_order=True):
        yield read(chunk, plan, is_left=is_left)


def read(chunk: pl.DataFrame, plan: Plan, *, is_left: bool) -> Read:
    """The rows of one batch; SpecError where an id is missing."""
    spec = plan.spec
    own_id = spec.left_id if is_left else spec.right_id
    text = chunk.with_row_index("row")
    compared = zip(spec.comparisons, plan.kinds, strict=True)
    scalar = [at for at, rule in enumerate(plan.rules) if not keys.is_several(rule)]
    values = text.select(
        pl.col(own_id).cast(pl.String).alias("id"),
        *(
            kind.value(pl.col(each.left if is_left else each.right)).alias(f"v{at}")
            for at, (each, kind) in enumerate(compared)
        ),
        *(_key(plan.rules[at], is_left).alias(f"k{at}") for at in scalar),
    )
    if values["id"].null_count():
        vi = f'cột "{own_id}" có ô trống; mỗi dòng phải có mã riêng'
        raise SpecError(own_id, "an id is missing; every row needs one of its own", (), vi=vi)
    forms = _forms(values.drop("id"), text, plan, is_left)
    keyed = tuple(_keyed(text, values, rule, at, is_left) for at, rule in enumerate(plan.rules))
    return Read(values.drop(f"k{at}" for at in scalar), keyed, forms)


def _key(rule: Rule, is_left: bool) -> pl.Expr:
    return keys.scalar_key(rule, keys.columns_of(rule, is_left=is_left))


def _keyed(text: pl.DataFrame, values: pl.DataFrame, rule: Rule, at: int, is_left: bool) -> pl.DataFrame:
    if keys.is_several(rule):
        return keys.several_keys(text, rule, keys.columns_of(rule, is_left=is_left)).select("k", "row")
    return values.select(f"k{at}").to_series().alias("k").to_frame().with_row_index("row").select("k", "row").drop_nulls()


def _forms(values: pl.DataFrame, text: pl.DataFrame, plan: Plan, is_left: bool) -> pl.Series:
    several = [
        name for rule in plan.rules if keys.is_several(rule) for name in keys.columns_of(rule, is_left=is_left)
    ]
    told = values.with_columns(text[name].alias(f"text {name}") for name in dict.fromkeys(several))
    mixed = pl.lit(0, pl.UInt64)
    for at, name in enumerate(told.columns):
        mixed = mixed * pl.lit(_ODD, pl.UInt64) + pl.col(name).hash(at).pipe(_or_nothing, pl.col(name))
    return told.select(mixed.alias("form")).to_series()


def _or_nothing(hashed: pl.Expr, column: pl.Expr) -> pl.Expr:
    return pl.when(column.is_null()).then(pl.lit(_NOTHING, pl.UInt64)).otherwise(hashed)
