"""The whole evaluation of a linkage whose truth is known: rates, subgroups, thresholds, calibration."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from matching.engine.figures import THRESHOLDS
from matching.evaluation import truth as held
from matching.evaluation.curve import Calibration, Point, calibration, curve, without_rivals
from matching.evaluation.groups import Group, by_group, source_column
from matching.evaluation.measures import Rates
from matching.reasons import Status


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good links are; what was not asked for, or cannot be told, is None or empty."""

    rates: Rates
    """Of the pairs."""
    reviews: int
    clusters: Rates | None = None
    """Of clusters of several records that are exactly right."""
    curve: tuple[Point, ...] = ()
    calibration: Calibration | None = None
    groups: tuple[Group, ...] = ()


def of_links(
    links: pl.DataFrame,
    truth: pl.DataFrame,
    *,
    candidates: pl.DataFrame | None = None,
    records: pl.DataFrame | None = None,
    by: Sequence[str] = (),
) -> Evaluation:
    """LINKS of two tables against a truth of pairs; groups are columns of `records` (with `id`) or the truth."""
    tally = held.tally_of_links(links, truth)
    rates = held.of_tally(tally)
    marked = None if candidates is None else held.marked_by_pairs(candidates, truth)
    described = truth.rename({"left_id": "id"}) if records is None else records
    return Evaluation(
        rates=rates,
        reviews=int((links["status"] == Status.REVIEW.value).sum()),
        curve=_curve(without_rivals(marked, links), rates.matches) if marked is not None else (),
        calibration=calibration(marked) if marked is not None else None,
        groups=by_group(_described(tally, described, by), by),
    )


def of_clusters(
    found: pl.DataFrame,
    truth: pl.DataFrame,
    *,
    candidates: pl.DataFrame | None = None,
    records: pl.DataFrame | None = None,
    by: Sequence[str] = (),
) -> Evaluation:
    """Clusters [id, cluster_id] of one table against the true ones; in a group a pair counts at each record."""
    tally = held.tally_of_clusters(found, truth)
    rates = held.of_tally(tally, is_dedupe=True)
    marked = None if candidates is None else held.marked_by_clusters(candidates, truth)
    return Evaluation(
        rates=rates,
        reviews=0,
        clusters=held.whole_clusters(found, truth),
        curve=_curve(marked, rates.matches) if marked is not None else (),
        calibration=calibration(marked) if marked is not None else None,
        groups=by_group(_described(tally, truth if records is None else records, by), by),
    )


def _curve(marked: pl.DataFrame, matches: int) -> tuple[Point, ...]:
    return curve(marked, matches, THRESHOLDS, score="probability")


def _described(tally: pl.DataFrame, records: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    columns = list(dict.fromkeys(source_column(each) for each in by))
    told = records.select(pl.col("id").cast(pl.String), *(each for each in columns if each != "id"))
    return tally.join(told.unique("id", keep="first", maintain_order=True), on="id", how="left", maintain_order="left")
