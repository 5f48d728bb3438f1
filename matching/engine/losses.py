"""How many matches blocking lost, estimated from those that few rules found (capture–recapture).

Each rule is a trap. Chao's lower bound takes the matches caught by exactly one rule (f1) and by exactly two (f2): about
f1²/2·f2 were caught by none. (Chao 1987.)
"""

import polars as pl

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
    once, twice = int((times == 1).sum()), int((times == 2).sum())
    missed = once * once / (2 * twice) if twice else once * (once - 1) / 2
    return linked.height / (linked.height + missed)


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
