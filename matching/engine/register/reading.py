"""Source rows made ready: comparable values and the keys of every rule, as the engine makes them of any table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from matching.engine import keys
from matching.engine.spec import Rule
from matching.engine.tables import Plan, key_columns, raw, with_values
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

    def named(self, ids: pl.Series) -> "Read":
        """With other ids."""
        return replace(self, values=self.values.with_columns(ids.alias("id")))


def batches(source: pl.LazyFrame, plan: Plan) -> Iterator[Read]:
    """The entries of a right table, some at a time."""
    for chunk in chunks(source, plan, is_left=False):
        yield read(chunk, plan, is_left=False)


def chunks(source: pl.LazyFrame, plan: Plan, *, is_left: bool) -> Iterator[pl.DataFrame]:
    """The columns that are asked for of the rows, some at a time."""
    wanted = source.select(plan.columns(is_left=is_left))
    at_once = min(_AT_ONCE, plan.spec.limits.rows_at_once)
    yield from wanted.collect_batches(chunk_size=at_once, maintain_order=True)


def nothing(plan: Plan) -> Read:
    """No row, with all columns."""
    columns = plan.columns(is_left=True)
    return read(pl.DataFrame(schema=dict.fromkeys(columns, pl.String)), plan, is_left=True)


def read(chunk: pl.DataFrame, plan: Plan, *, is_left: bool) -> Read:
    """The rows of one batch; SpecError where an id is missing."""
    spec = plan.spec
    own_id = spec.left_id if is_left else spec.right_id
    text = with_values(chunk, plan, is_left=is_left)
    scalar = [at for at, rule in enumerate(plan.rules) if not keys.is_several(rule)]
    values = text.select(
        pl.col(raw(own_id)).cast(pl.String).alias("id"),
        *(f"v{at}" for at in range(len(plan.kinds))),
        *(_key(plan.rules[at], plan, is_left).alias(f"k{at}") for at in scalar),
    )
    refuse_missing(chunk[own_id])
    keyed = tuple(_keyed(text, values, plan, at, is_left) for at in range(len(plan.rules)))
    return Read(values.drop(f"k{at}" for at in scalar), keyed)


def _key(rule: Rule, plan: Plan, is_left: bool) -> pl.Expr:
    return keys.scalar_key(rule, key_columns(rule, plan, is_left=is_left))


def _keyed(text: pl.DataFrame, values: pl.DataFrame, plan: Plan, at: int, is_left: bool) -> pl.DataFrame:
    rule = plan.rules[at]
    if keys.is_several(rule):
        return keys.several_keys(text, rule, key_columns(rule, plan, is_left=is_left)).select("k", "row")
    return (
        values.select(f"k{at}").to_series().alias("k").to_frame().with_row_index("row").select("k", "row").drop_nulls()
    )


def refuse_missing(ids: pl.Series) -> None:
    """SpecError where an id is missing."""
    if ids.null_count():
        vi = f'cột "{ids.name}" có ô trống; mỗi dòng phải có mã riêng'
        raise SpecError(ids.name, "an id is missing; every row needs one of its own", (), vi=vi)


def row_hash(rows: pl.DataFrame, plan: Plan) -> pl.Series:
    """A hash of all that each local row says: whatever is made of two rows that agree on it is the same."""
    mixed = pl.lit(0, pl.UInt64)
    compared = [each.left for each in plan.spec.comparisons]
    keyed = [key.left for rule in plan.rules for key in rule.keys]
    for at, name in enumerate(dict.fromkeys([*compared, *keyed])):
        blank = pl.when(pl.col(name).is_null()).then(pl.lit(_NOTHING, pl.UInt64))
        mixed = mixed * pl.lit(_ODD, pl.UInt64) + blank.otherwise(pl.col(name).hash(at))
    return rows.select(mixed.alias("form")).to_series()
