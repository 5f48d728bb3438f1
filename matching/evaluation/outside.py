"""Pairs that the linkage never weighed: those of a blocking rule it did not use, and any two records."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine import keys
from matching.engine.spec import Rule
from matching.errors import SpecError

_BOTH = ["left_id", "right_id"]
_MOST_PAIRS = 20_000_000
"""Pairs of an unused rule beyond which it is no narrow net any more."""


@dataclass(frozen=True, slots=True)
class Universe:
    """All pairs that could be: ids of both tables, or of the only one."""

    left: pl.Series
    right: pl.Series
    is_dedupe: bool = False

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.left) * (len(self.left) - 1) // 2 if self.is_dedupe else len(self.left) * len(self.right)


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside the candidates: anything of the universe, and the pairs of an unused rule, if one was given."""

    universe: Universe
    rule_pairs: pl.DataFrame | None = None


def random_pairs(universe: Universe, known: pl.DataFrame, *, count: int, seed: int) -> pl.DataFrame:
    """[left_id, right_id] of `count` pairs, or all there are, drawn from the pairs that are not `known`.

    Pairs are drawn by their number and drawn again where they are known, so memory follows `count`, not the tables.
    """
    left, right = universe.left.cast(pl.String).sort(), universe.right.cast(pl.String).sort()
    generator = np.random.default_rng(seed)
    found = pl.DataFrame(schema=dict.fromkeys(_BOTH, pl.String))
    wanted = min(count, universe.pairs - known.height)
    while found.height < wanted:
        mine = generator.integers(len(left), size=2 * count + 16)
        theirs = generator.integers(len(right), size=2 * count + 16)
        more = pl.DataFrame({"left_id": left.gather(mine), "right_id": right.gather(theirs)})
        if universe.is_dedupe:
            more = more.filter(pl.col("left_id") < pl.col("right_id"))
        fresh = more.join(known, on=_BOTH, how="anti", maintain_order="left")
        found = pl.concat([found, fresh]).unique(maintain_order=True)
    return found.head(wanted)


def pairs_of_rule(left: pl.DataFrame, right: pl.DataFrame, rule: Rule, *, is_dedupe: bool = False) -> pl.DataFrame:
    """[left_id, right_id] of the pairs that share the rule's keys, sorted; SpecError where there are too many.

    Both tables have `id` and the rule's columns.
    """
    mine = _keyed(left, rule, keys.columns_of(rule, is_left=True), "left_id")
    theirs = _keyed(right, rule, keys.columns_of(rule, is_left=False), "right_id")
    sizes = mine.group_by("k").len("mine").join(theirs.group_by("k").len("theirs"), on="k")
    made = int(sizes.select((pl.col("mine").cast(pl.Int64) * pl.col("theirs").cast(pl.Int64)).sum()).item())
    if made > _MOST_PAIRS:
        vi = f"quy tắc tạo {made} cặp, quá {_MOST_PAIRS}; hãy thêm một khóa"
        raise SpecError(rule.name, f"the rule makes {made} pairs, more than {_MOST_PAIRS}; add a key", (), vi=vi)
    pairs = mine.join(theirs, on="k").select(_BOTH).unique()
    return (pairs.filter(pl.col("left_id") < pl.col("right_id")) if is_dedupe else pairs).sort(_BOTH)


def _keyed(table: pl.DataFrame, rule: Rule, columns: list[str], name: str) -> pl.DataFrame:
    """[k, id] under the rule; columns are renamed, for `v0` means something else to a key."""
    plain = [f"column {at}" for at in range(len(columns))]
    text = table.select(
        pl.col("id").cast(pl.String),
        *(pl.col(each).cast(pl.String).alias(to) for each, to in zip(columns, plain, strict=True)),
    ).with_row_index("row")
    if keys.is_several(rule):
        keyed = keys.several_keys(text, rule, plain).join(text.select("row", "id"), on="row")
    else:
        keyed = text.select("id", k=keys.scalar_key(rule, plain))
    return keyed.drop_nulls("k").select("k", pl.col("id").alias(name))
