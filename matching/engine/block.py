"""Candidate pairs: for each rule those that share its key, each pair once whatever the number of rules it meets.

How many pairs a rule makes is counted before any is made. A block that is too large (a placeholder, a common surname)
is cut by a further compared value; what is still too large is set aside and reported.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isqrt

import polars as pl

from matching.engine.tables import Plan, Table

PAIRS = pl.Schema({"l": pl.UInt32, "r": pl.UInt32})
"""Rows of the left and of the right table."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one rule makes: pairs, and those in blocks that were cut or set aside.

    Against itself a table's rows meet twice and themselves once, and are counted so until `of_one_table`.
    """

    rule: str
    pairs: int
    largest_block: int
    cut_pairs: int
    set_aside_pairs: int

    def of_one_table(self, rows: int) -> "RuleCount":
        """Each two records counted once; `rows` have a key of the rule."""
        largest = isqrt(self.largest_block)
        return replace(
            self,
            pairs=(self.pairs - rows) // 2,
            largest_block=largest * (largest - 1) // 2,
            cut_pairs=self.cut_pairs // 2,
            set_aside_pairs=self.set_aside_pairs // 2,
        )


@dataclass(frozen=True, slots=True)
class Blocks:
    """Both tables by the key of one rule, without the keys that only one has."""

    left: pl.DataFrame
    """[k, l]"""
    right: pl.DataFrame
    """[k, r]"""
    count: RuleCount
    has_repeats: bool
    """Whether the rule may make a pair twice."""
    made: pl.DataFrame
    """Keys of the left rows under earlier rules: a pair that shares one of them was made before."""


def blocks(left: Table, right: Table, plan: Plan) -> list[Blocks]:
    """The blocks of every rule, rules with one key a record first."""
    scalar = [at for at in range(len(plan.rules)) if left.several[at] is None]
    several = [at for at in range(len(plan.rules)) if left.several[at] is not None]
    made = pl.DataFrame()
    found = []
    for at in (*scalar, *several):
        each, large = _blocks(left, right, plan, at, made)
        found.append(each)
        if at in scalar:
            # Pairs of a large block were not all made, so sharing its key proves nothing.
            key = pl.when(~pl.col(f"k{at}").is_in(large["k"].implode())).then(f"k{at}").alias(f"k{at}")
            made = pl.DataFrame([*made.get_columns(), left.rows.select(key).to_series()])
    return found


def _blocks(left: Table, right: Table, plan: Plan, at: int, made: pl.DataFrame) -> tuple[Blocks, pl.DataFrame]:
    """The blocks of one rule, and its keys that were too large."""
    mine, theirs = _keyed(left, at, "l"), _keyed(right, at, "r")
    mine = mine.join(theirs.select("k"), on="k", how="semi")
    theirs = theirs.join(mine.select("k"), on="k", how="semi")
    sizes = _sizes(mine, theirs)
    largest = plan.rules[at].largest_block or plan.spec.limits.largest_block
    large = sizes.filter(pl.col("pairs") > largest)
    cut = set_aside = 0
    if large.height:
        cut = int(large["pairs"].sum())
        kept = [frame.join(large, on="k", how="anti") for frame in (mine, theirs)]
        fine = [
            _refined(frame.join(large, on="k", how="semi"), table, side, plan)
            for frame, table, side in ((mine, left, "l"), (theirs, right, "r"))
        ]
        fine_sizes = _sizes(*fine)
        small = fine_sizes.filter(pl.col("pairs") <= largest)
        set_aside = int(fine_sizes["pairs"].sum()) - int(small["pairs"].sum())
        mine, theirs = (
            pl.concat([one, two.join(small, on="k", how="semi")]) for one, two in zip(kept, fine, strict=True)
        )
        sizes = pl.concat([sizes.join(large, on="k", how="anti"), small])
    biggest = sizes["pairs"].max()
    count = RuleCount(
        plan.rules[at].name, int(sizes["pairs"].sum()), biggest if isinstance(biggest, int) else 0, cut, set_aside
    )
    has_repeats = cut > 0 or left.several[at] is not None
    return Blocks(mine, theirs, count, has_repeats, made), large


def _keyed(table: Table, at: int, side: str) -> pl.DataFrame:
    frame = table.several[at]
    frame = table.rows.select("row", k=f"k{at}") if frame is None else frame
    return frame.select("k", pl.col("row").alias(side)).drop_nulls("k")


def _sizes(mine: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """[k, pairs] of the keys that both have."""
    counts = mine.group_by("k").len("mine").join(theirs.group_by("k").len("theirs"), on="k")
    return counts.select("k", pairs=pl.col("mine").cast(pl.Int64) * pl.col("theirs").cast(pl.Int64))


def _refined(frame: pl.DataFrame, table: Table, side: str, plan: Plan) -> pl.DataFrame:
    """The rows of large blocks once per compared value, the value part of the key."""
    finer = []
    for at in range(len(plan.kinds)):
        value = table.rows[f"v{at}"].gather(frame[side])
        keyed = frame.with_columns(v=value).drop_nulls("v")
        mixed = pl.col("k") * pl.lit(0x9E3779B97F4A7C15, pl.UInt64) + pl.col("v").hash(at)
        finer.append(keyed.select(mixed.alias("k"), side))
    return pl.concat(finer)


def pairs(found: Blocks, right: Table, *, at_once: int, is_dedupe: bool) -> Iterator[pl.DataFrame]:
    """PAIRS of the blocks that no earlier rule made, some at a time."""
    for part in _slices(found, at_once):
        joined = part.join(found.right, on="k").select("l", "r")
        if is_dedupe:
            joined = joined.filter(pl.col("l") < pl.col("r"))
        yield _without_earlier(joined.unique() if found.has_repeats else joined, found.made, right)


def _slices(found: Blocks, at_once: int) -> Iterator[pl.DataFrame]:
    """The left rows in runs that make about as many pairs."""
    if found.count.pairs <= at_once:
        yield found.left
        return
    sizes = found.right.group_by("k").len("theirs")
    sized = found.left.join(sizes, on="k", how="left").sort("l")
    before = sized["theirs"].cast(pl.Int64).cum_sum() - sized["theirs"]
    is_first = (sized["l"] != sized["l"].shift(1)).fill_null(True)
    # A record's keys stay in one slice, so that its pairs can be made unique there.
    run = sized.select(pl.when(is_first).then(before // at_once).forward_fill()).to_series()
    ends = [*(run != run.shift(1)).fill_null(True).arg_true(), sized.height]
    for start, end in pairwise(ends):
        yield sized.select("k", "l")[start:end]


def _without_earlier(found: pl.DataFrame, made: pl.DataFrame, right: Table) -> pl.DataFrame:
    if not made.width or not found.height:
        return found
    mine, theirs = made[found["l"]], right.rows.select(made.columns)[found["r"]]
    is_earlier = pl.any_horizontal([(mine[name] == theirs[name]).fill_null(False) for name in made.columns])
    return found.filter(~pl.select(is_earlier).to_series())
