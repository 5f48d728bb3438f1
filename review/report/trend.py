"""The quality index over the last 30 days: a line of the runs, and each dataset now, in the run before and usually."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import floor
from statistics import median

from markupsafe import Markup

from review.report import labels
from review.report.language import Language
from review.report.summary import Run
from review.report.svg import chart, dot, line, text

_TOP, _HEIGHT, _AXIS = 12.0, 120.0, 20.0
_LEFT, _RIGHT = 8.0, 97.0
"""Percent of the width between which the line runs."""
_LEAST_RANGE = 2.0
"""A scale finer than two points would make mountains of molehills."""


@dataclass(frozen=True, slots=True)
class Then:
    """One dataset's index now and before; no dataset means all together."""

    dataset: str | None
    now: float | None
    before: float | None
    usual: float | None

    @property
    def change(self) -> float | None:
        """Points gained since the run before."""
        return None if self.now is None or self.before is None else round(self.now - self.before, 2)


def against(run: Run) -> tuple[Then, ...]:
    """The index of each dataset and of all now, in the run before, and its median over the last 30 days."""
    former = run.quality.trend
    if not former or run.quality.index is None:
        return ()
    rows = []
    for dataset in labels.in_order(run.quality.by_dataset, labels.DATASET_ORDER):
        scores = [each.by_dataset[dataset] for each in former if dataset in each.by_dataset]
        rows.append(_then(dataset, run.quality.by_dataset[dataset].index, scores))
    whole = [each.index for each in former if each.index is not None]
    return (*rows, _then(None, run.quality.index, whole))


def _then(dataset: str | None, now: float | None, scores: Sequence[float]) -> Then:
    return Then(dataset, now, scores[-1] if scores else None, median(scores) if scores else None)


def trend(run: Run, lang: Language, *, name: str) -> Markup | None:
    """The line of the index by time; None while there are not two runs to draw it between."""
    points = [(each.started_at, each.index) for each in run.quality.trend if each.index is not None]
    if run.quality.index is None or not points:
        return None
    points.append((run.started_at, run.quality.index))
    low = max(floor(min(*(score for _, score in points), 100 - _LEAST_RANGE)), 0)
    places = [(x, _y(score, low)) for x, (_, score) in zip(_across(points), points, strict=True)]
    parts = [_bound(score, low, lang) for score in sorted({low, 100, *(each for each in (75, 90) if each > low)})]
    parts += [line("course", one, other) for one, other in pairwise(places)]
    parts += [
        dot("point", *place, hint=f"{lang.moment(at)}: {lang.score(score)}")
        for place, (at, score) in zip(places, points, strict=True)
    ]
    bottom = _TOP + _HEIGHT + _AXIS - 4
    parts += [text(lang.moment(points[0][0]), _LEFT, bottom, kind="axis")]
    parts += [text(lang.moment(points[-1][0]), _RIGHT, bottom, kind="axis", anchor="end")]
    title = lang.t("Chỉ số chất lượng dữ liệu theo thời gian", "Data-quality index over time")
    told = "; ".join(f"{lang.moment(at)} {lang.score(score)}" for at, score in points)
    return chart(parts, name=name, height=_TOP + _HEIGHT + _AXIS, title=title, description=told)


def _across(points: Sequence[tuple[str, float]]) -> list[float]:
    """Where each run lies, by its time; evenly where times are not given."""
    try:
        times = [datetime.fromisoformat(at).timestamp() for at, _ in points]
    except ValueError:
        times = [float(place) for place in range(len(points))]
    span = times[-1] - times[0]
    steps = [(each - times[0]) / span for each in times] if span > 0 else [0.5] * len(points)
    return [_LEFT + each * (_RIGHT - _LEFT) for each in steps]


def _y(score: float, low: float) -> float:
    return _TOP + _HEIGHT * (100 - score) / (100 - low)


def _bound(score: float, low: float, lang: Language) -> Markup:
    y = _y(score, low)
    return line("bound", (_LEFT, y), (_RIGHT, y)) + text(
        lang.decimal(score, 0), _LEFT - 1, y + 4, kind="axis", anchor="end"
    )
