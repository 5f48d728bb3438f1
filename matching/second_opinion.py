"""What a challenger taught by stewards says of the decisions that still wait for one, beside what the model says.

`matching.challenger` is the classifier; here are the nightly evidence and its levels. It decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from matching import challenger, weigh
from matching.challenger import TooFewLabels
from matching.learnt import STATED
from matching.reasons import Status

_EVEN = 0.5
PLACE = ("record_id", "role")


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of one register."""

    reference: str
    name: str
    """Which classifier it is."""
    labels: int
    """Decisions that it was taught by."""
    share: float
    """Of the doubtful decisions that one of the two would link and the other would not."""
    doubtful: pl.DataFrame
    """[record_id, role, probability, challenger, difference], those that differ most first."""


def opinions(
    decisions: pl.DataFrame, decided: Mapping[str, pl.DataFrame], entries: Mapping[str, int]
) -> tuple[Opinion, ...]:
    """Of every register with decisions enough; `decided` as `matching.linkage.decided_pairs` tells it."""
    found = (_opinion(name, decisions, decided[name], entries.get(name, 0)) for name in STATED if name in decided)
    return tuple(each for each in found if each)


def _opinion(reference: str, decisions: pl.DataFrame, decided: pl.DataFrame, entries: int) -> Opinion | None:
    taught = challenger.train(_named(decided, reference), decided["is_same"])
    if isinstance(taught, TooFewLabels):
        return None
    is_doubtful = (pl.col("status") == Status.REVIEW.value) & pl.col("evidence").is_not_null()
    told = decisions.filter(is_doubtful & (pl.col("reference") == reference))
    scored = told.select(*PLACE, _probability(reference, entries)).with_columns(
        taught.score(challenger.levels_of_evidence(told["evidence"], STATED[reference]))
    )
    share = challenger.disagreement_share(scored, linked_from=_EVEN)
    return Opinion(reference, taught.name, taught.labels, share, challenger.disagreements(scored))


def _named(decided: pl.DataFrame, reference: str) -> pl.DataFrame:
    """The levels by name, as evidence tells them; null for a blank."""
    return decided.select(
        pl.col(field.name).replace_strict(
            {level.code: level.name for level in field.levels}, default=None, return_dtype=pl.String
        )
        for field in STATED[reference]
    )


def _probability(reference: str, entries: int) -> pl.Expr:
    """Of the evidence alone."""
    bits = [
        pl.col("evidence").str.json_path_match(f"$.{field.name}[1]").cast(pl.Float64).fill_null(0.0)
        for field in STATED[reference]
    ]
    odds = pl.sum_horizontal(bits) + weigh.start_bits(entries)
    return (1 / (1 + pl.lit(2.0).pow(-odds.clip(-1000, 1000)))).alias("probability")
