"""The share of matches that blocking found, as `matching.coverage` estimates it from the rules that made each link."""

import polars as pl

from matching.coverage import missed
from matching.engine import keys
from matching.engine.tables import Plan, Table
from matching.reasons import Status


def found_share(answered: pl.DataFrame, left: Table, right: Table, plan: Plan) -> float | None:
    """The estimated share of all matches that at least one rule made a candidate; null where nothing can be said."""
    linked = answered.filter((pl.col("status") == Status.LINKED.value) & pl.col("l").is_not_null())
    if len(plan.rules) < 2 or not linked.height:
        return None
    caught = [_caught(linked, left, right, at, keys.is_several(rule)) for at, rule in enumerate(plan.rules)]
    times = pl.select(pl.sum_horizontal([each.cast(pl.UInt32) for each in caught])).to_series()
    return linked.height / (linked.height + missed(times))


def _caught(linked: pl.DataFrame, left: Table, right: Table, at: int, is_several: bool) -> pl.Series:
    if not is_several:
        mine = left.rows[f"k{at}"].gather(linked["l"])
        theirs = right.rows[f"k{at}"].gather(linked["r"])
        return (mine == theirs).fill_null(False)
    pairs = linked.select("l", "r").with_row_index("pair")
    mine_keys, their_keys = left.several[at], right.several[at]
    if mine_keys is None or their_keys is None:
        return pl.repeat(False, linked.height, eager=True)
    shared = (
        pairs.join(mine_keys.rename({"row": "l"}), on="l")
        .join(their_keys.rename({"row": "r"}), on=["r", "k"], how="semi")
        .select("pair")
        .unique()
    )
    return pairs["pair"].is_in(shared["pair"].implode())
