"""Draws the pairs that clerks look at, so that precision and recall can be estimated where no truth is known.

Every pair of the two tables is in one stratum: by whether it is linked and how likely it seemed, in what an unused
blocking rule makes, or in the rest. Of each stratum some are drawn with equal chances, so every pair's chance of being
in the sample is known. Pairs outside the review band are drawn too: nobody looks there otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.evaluation.outside import Outside, random_pairs
from matching.reasons import Status

DESIGN = pl.Schema(
    {
        "left_id": pl.String,
        "right_id": pl.String,
        "stratum": pl.String,
        "is_linked": pl.Boolean,
        "stratum_pairs": pl.Int64,
        "drawn": pl.Int64,
        "inclusion_probability": pl.Float64,
    }
)
"""One row per drawn pair, in random order: its stratum, the pairs in it, those drawn, and the pair's chance."""
RANDOM = "random"
"""The stratum of all pairs that no other one holds."""
UNUSED = "unused rule"
"""The stratum of the pairs that a blocking rule makes which the linkage did not use."""
_BOTH = ["left_id", "right_id"]
_LINKED_FROM = (0.9, 0.99, 0.999)
_OPEN_FROM = (0.001, 0.01, 0.1, 0.5)
"""Probabilities at which strata of linked and of other pairs begin."""
_FEWEST = 10
"""Pairs drawn of each stratum, so that its share can be told at all."""
_RANDOM_PART = 10
"""One pair of so many is drawn of the rest."""
_LEAST_SPREAD = 0.1
"""Standard deviation that a stratum is taken to have at least: the model that is judged must not empty a stratum."""


@dataclass(frozen=True, slots=True)
class _Stratum:
    name: str
    is_linked: bool
    pairs: pl.DataFrame
    """[left_id, right_id] from which is drawn, sorted."""
    size: int
    least: int
    """Pairs drawn at least."""
    spread: float
    """Expected standard deviation of an answer; 0 where no more than the least is worth a clerk's time."""


def draw(
    links: pl.DataFrame, candidates: pl.DataFrame, *, size: int, seed: int, outside: Outside | None = None
) -> pl.DataFrame:
    """DESIGN of about `size` pairs; strata smaller than their part give the rest to the others.

    Without `outside` only pairs that came near are drawn, and recall is that among them.
    """
    strata = _of_candidates(_scored(links, candidates))
    if outside is not None:
        strata += _of_others(outside, strata, size, seed)
    counts = _allocated(strata, size)
    drawn = [_drawn(each, count, (seed, at)) for at, (each, count) in enumerate(zip(strata, counts, strict=True))]
    design = pl.concat([DESIGN.to_frame(), *drawn])
    # In the order of strata a clerk would soon know what is expected of the next pair.
    order = np.random.default_rng(seed).permutation(design.height)
    return design[order]


def _scored(links: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    """[left_id, right_id, probability, is_linked] of the candidates and of links that were none, sorted by ids."""
    linked = links.filter((pl.col("status") == Status.LINKED.value) & pl.col("right_id").is_not_null())
    told = linked.select(
        pl.col(_BOTH).cast(pl.String), own=pl.col("probability").cast(pl.Float64), is_linked=pl.lit(True)
    )
    near = candidates.select(pl.col(_BOTH).cast(pl.String), pl.col("probability").cast(pl.Float64))
    both = near.join(told, on=_BOTH, how="full", coalesce=True)
    scored = both.select(
        *_BOTH,
        pl.coalesce("probability", "own").fill_null(0.0).alias("probability"),
        pl.col("is_linked").fill_null(False),
    )
    return scored.sort(_BOTH)


def _of_candidates(scored: pl.DataFrame) -> list[_Stratum]:
    strata = []
    for is_linked, word, edges in ((True, "linked", _LINKED_FROM), (False, "not linked", _OPEN_FROM)):
        mine = scored.filter(pl.col("is_linked") == is_linked)
        for low, high in zip((0.0, *edges), (*edges, 2.0), strict=True):
            part = mine.filter((pl.col("probability") >= low) & (pl.col("probability") < high))
            if part.height:
                name = f"{word}, from {low:g}" if low else f"{word}, below {high:g}"
                mean = float(part["probability"].sum()) / part.height
                spread = max((mean * (1 - mean)) ** 0.5, _LEAST_SPREAD)
                strata.append(_Stratum(name, is_linked, part.select(_BOTH), part.height, _FEWEST, spread))
    return strata


def _of_others(outside: Outside, strata: Sequence[_Stratum], size: int, seed: int) -> list[_Stratum]:
    """The strata of pairs that were not weighed: those of the unused rule, and all that are left."""
    others = []
    known = pl.concat([pl.DataFrame(schema=dict.fromkeys(_BOTH, pl.String)), *(each.pairs for each in strata)])
    if outside.universe.is_dedupe:
        # A linkage orders the two records of a pair by row, the universe by id.
        known = known.select(pl.min_horizontal(_BOTH).alias("left_id"), pl.max_horizontal(_BOTH).alias("right_id"))
    if outside.rule_pairs is not None:
        made = outside.rule_pairs.join(known, on=_BOTH, how="anti").sort(_BOTH)
        if made.height:
            others.append(_Stratum(UNUSED, False, made, made.height, _FEWEST, _LEAST_SPREAD))
            known = pl.concat([known, made])
    rest = outside.universe.pairs - known.height
    if rest > 0:
        # However many are drawn, hardly any is true: they have a fixed part.
        least = max(size // _RANDOM_PART, _FEWEST)
        some = random_pairs(outside.universe, known, count=least, seed=seed)
        others.append(_Stratum(RANDOM, False, some, rest, least, 0.0))
    return others


def _allocated(strata: Sequence[_Stratum], size: int) -> list[int]:
    """Pairs to draw of each stratum: by spread and the root of its size (power allocation; Bankier 1988).

    In proportion to size itself nearly all would be drawn of the hopeless pairs, of which there are most.
    """
    counts = [min(each.least, each.size) for each in strata]
    appeal = np.array([each.spread * each.size**0.5 for each in strata])
    while (left := size - sum(counts)) > 0:
        is_open = np.array([count < each.size for count, each in zip(counts, strata, strict=True)])
        if not (appeal * is_open).any():
            break
        share = appeal * is_open / (appeal * is_open).sum() * left
        more = np.floor(share).astype(int)
        if not more.any():
            more[int(np.argmax(share))] = 1
        counts = [min(count + int(add), each.size) for count, add, each in zip(counts, more, strata, strict=True)]
    return counts


def _drawn(stratum: _Stratum, count: int, seed: tuple[int, int]) -> pl.DataFrame:
    chosen = np.random.default_rng(seed).choice(stratum.pairs.height, size=count, replace=False)
    rows = stratum.pairs[np.sort(chosen)]
    return rows.select(
        *_BOTH,
        stratum=pl.lit(stratum.name),
        is_linked=pl.lit(stratum.is_linked),
        stratum_pairs=pl.lit(stratum.size, pl.Int64),
        drawn=pl.lit(count, pl.Int64),
        inclusion_probability=pl.lit(count / stratum.size),
    )
