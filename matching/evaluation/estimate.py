"""Precision and recall from the pairs that clerks looked at, each with an interval of 95 %.

Each looked-at pair stands for as many as its chance of being drawn says (Horvitz & Thompson 1952). Recall is a ratio of
two such totals, its variance that of the linearised ratio in a stratified sample (Särndal, Swensson & Wretman 1992,
§5.6). A stratum where all answers agree is not known to hold no other: in the interval it has a quarter of an answer
of each kind more (the device of Agresti & Coull 1998, weaker here, for several strata add up). The model's own
probabilities are not used, for it is the model that is judged. The interval is that of Wilson (1927) for as many
answers of a simple sample as would tell as much (Korn & Graubard 1998), so it stays between 0 and 1.

Of pairs drawn from all that are left, millions stand behind each. Where none of them is true they say that no great
part of the tables was overlooked, and nothing of matches that are few among them, so they have no part in the interval;
`random_limit` tells what they can say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.stats import beta

from matching.evaluation.sample import RANDOM

_Z = 1.959964
_ADDED = 0.25
"""Answers of each kind added to a stratum where all agree."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the interval that holds the truth in 95 of 100 samples."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StratumResult:
    """What clerks found in one stratum."""

    stratum: str
    is_linked: bool
    pairs: int
    answered: int
    true: int

    @property
    def share(self) -> float:
        """The share of true pairs among those answered."""
        return self.true / self.answered

    @property
    def total(self) -> float:
        """The true pairs that the stratum is estimated to hold."""
        return self.pairs * self.share


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sample says of the whole linkage; None where it says nothing."""

    precision: Interval | None
    recall: Interval | None
    matches: float
    """Estimated true pairs in all strata."""
    strata: tuple[StratumResult, ...]
    unanswered: int
    silent_strata: tuple[str, ...]
    """Strata of which no pair was answered: the estimate leaves their pairs out."""
    random_limit: float | None
    """Share of true pairs among those of no other stratum, at most (97.5 %); None where none was drawn."""


def estimate(answers: pl.DataFrame) -> Estimate:
    """The estimate from DESIGN with `is_match`, null where the clerk gave no answer.

    A blank is taken to be missing by chance within its stratum: the pairs answered stand for it.
    """
    counted = answers.group_by("stratum", "is_linked", "stratum_pairs").agg(
        answered=pl.col("is_match").count(), true=pl.col("is_match").sum(), drawn=pl.len()
    )
    rows = counted.sort(~pl.col("is_linked"), "stratum").rows(named=True)
    strata = tuple(
        StratumResult(row["stratum"], row["is_linked"], row["stratum_pairs"], row["answered"], row["true"])
        for row in rows
        if row["answered"]
    )
    return Estimate(
        precision=_precision([each for each in strata if each.is_linked]),
        recall=_recall(strata),
        matches=sum(each.total for each in strata),
        strata=strata,
        unanswered=answers["is_match"].null_count(),
        silent_strata=tuple(row["stratum"] for row in rows if not row["answered"]),
        random_limit=_limit(strata),
    )


def _precision(linked: Sequence[StratumResult]) -> Interval | None:
    pairs = sum(each.pairs for each in linked)
    if not pairs:
        return None
    variance = sum(_variance(each) for each in linked) / pairs**2
    centre = sum(each.pairs * _moderate(each) for each in linked) / pairs
    return _interval(sum(each.total for each in linked) / pairs, centre, variance)


def _recall(strata: Sequence[StratumResult]) -> Interval | None:
    """True linked pairs among all true pairs; the residual of a true pair is 1 - recall if linked, else -recall."""
    matches = sum(each.total for each in strata)
    if not matches:
        return None
    recall = sum(each.total for each in strata if each.is_linked) / matches
    told = [each for each in strata if each.stratum != RANDOM or each.true]
    totals = np.array([each.pairs * _moderate(each) for each in told])
    is_linked = np.array([each.is_linked for each in told])
    centre = float(totals[is_linked].sum() / totals.sum())
    variances = np.array([_variance(each) for each in told])
    variance = float(((is_linked - centre) ** 2 * variances).sum() / totals.sum() ** 2)
    return _interval(recall, centre, variance)


def _moderate(stratum: StratumResult) -> float:
    """The share of true pairs, drawn a little towards one half where all answers of a sample agree."""
    if stratum.answered == stratum.pairs or 0 < stratum.true < stratum.answered:
        return stratum.share
    return (stratum.true + _ADDED) / (stratum.answered + 2 * _ADDED)


def _variance(stratum: StratumResult) -> float:
    """Of the stratum's total, drawn without replacement."""
    share, seen = _moderate(stratum), stratum.answered / stratum.pairs
    return stratum.pairs**2 * (1 - seen) * share * (1 - share) / max(stratum.answered - 1, 1)


def _interval(value: float, centre: float, variance: float) -> Interval:
    """Around the centre, which is the value but for strata where all agree; the value always lies inside."""
    if variance <= 0 or not 0 < centre < 1:
        return Interval(value, value, value)
    # As many answers of a simple sample would tell as much.
    effective = centre * (1 - centre) / variance
    shrink = 1 / (1 + _Z**2 / effective)
    middle = (centre + _Z**2 / (2 * effective)) * shrink
    half = _Z * (variance + _Z**2 / (4 * effective**2)) ** 0.5 * shrink
    return Interval(value, min(middle - half, value), max(middle + half, value))


def _limit(strata: Sequence[StratumResult]) -> float | None:
    """The upper limit of Clopper & Pearson (1934)."""
    drawn = next((each for each in strata if each.stratum == RANDOM), None)
    if drawn is None:
        return None
    if drawn.true == drawn.answered:
        return 1.0
    return float(beta.ppf(0.975, drawn.true + 1, drawn.answered - drawn.true))
