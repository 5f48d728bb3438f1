"""The match weights of one role as a stacked histogram: do linked and not-found stand apart, and what lies between?

Every chart of a report has the same weight axis, so roles can be compared; each has its own height.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, floor, isfinite

from markupsafe import Markup

from review.report import labels
from review.report.language import Language
from review.report.summary import WeightBin
from review.report.svg import chart, rect, text

_TOP = 14.0
_HEIGHT = 104.0
_AXIS = 18.0
_KINDS = ("not_found", "review", "linked")


@dataclass(frozen=True, slots=True)
class Axis:
    """The range of weights that all histograms of a report share, in bits; or of probabilities in percent."""

    low: float
    high: float
    unit: str = " bit"

    def percent(self, weight: float) -> float:
        """Where a weight lies, in percent of the chart's width; an open end lies on the edge."""
        return 100 * (min(max(weight, self.low), self.high) - self.low) / (self.high - self.low)

    def ticks(self) -> list[int]:
        """Round weights to mark: at most eight, zero among them when in range."""
        steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
        step = next(each for each in steps if (self.high - self.low) / each <= 8)
        return list(range(ceil(self.low / step) * step, floor(self.high / step) * step + 1, step))


def axis(bins: Sequence[WeightBin]) -> Axis:
    """The axis that holds all bins with something in them."""
    filled = [each for each in bins if each.total] or list(bins)
    edges = [edge for each in filled for edge in (each.low, each.high) if isfinite(edge)]
    low, high = min(edges, default=0.0), max(edges, default=1.0)
    return Axis(low, high if high > low else low + 1)


def histogram(bins: Sequence[WeightBin], scale: Axis, lang: Language, *, name: str, title: str) -> Markup:
    """The histogram of one role's bins."""
    tallest = max((each.total for each in bins), default=0)
    base = _TOP + _HEIGHT
    parts = [text(lang.integer(tallest), 0, 10, kind="axis"), rect("grid", 0, _TOP, size=(100, 1))]
    parts += [_column(each, scale, tallest, lang) for each in bins if each.total]
    parts.append(rect("base", 0, base, size=(100, 1)))
    parts += [_tick(each, scale, lang) for each in scale.ticks()]
    return chart(parts, name=name, height=base + _AXIS, title=title, description=_told(bins, scale, lang))


def _column(each: WeightBin, scale: Axis, tallest: int, lang: Language) -> Markup:
    x, width = scale.percent(each.low), scale.percent(each.high) - scale.percent(each.low)
    y = _TOP + _HEIGHT
    parts: list[Markup] = []
    for kind in _KINDS:
        count = getattr(each, kind)
        if count:
            # One record among thousands is what a steward looks for, so nothing is thinner than a visible line.
            height = max(_HEIGHT * count / tallest, 1.5)
            y -= height
            parts.append(rect(f"seg {kind}", x, y, size=(width, height), hint=_hint(each, kind, scale, lang)))
    return Markup("").join(parts)


def _tick(weight: int, scale: Axis, lang: Language) -> Markup:
    x = scale.percent(weight)
    anchor = "start" if x < 4 else "end" if x > 96 else "middle"
    kind = "axis zero" if weight == 0 else "axis"
    mark = rect("zeroline", x, _TOP, size=(0.3, _HEIGHT)) if weight == 0 else Markup("")
    return mark + text(lang.decimal(weight, 0), x, _TOP + _HEIGHT + 14, kind=kind, anchor=anchor)


def _hint(each: WeightBin, kind: str, scale: Axis, lang: Language) -> str:
    span = f"{lang.decimal(each.low)} … {lang.decimal(each.high)}{scale.unit}"
    return f"{span}: {lang.of(labels.status(kind))} {lang.integer(getattr(each, kind))}"


def _told(bins: Sequence[WeightBin], scale: Axis, lang: Language) -> str:
    told = []
    for kind in reversed(_KINDS):
        filled = [each for each in bins if getattr(each, kind)]
        if filled:
            count = lang.integer(sum(getattr(each, kind) for each in filled))
            span = f"{lang.decimal(filled[0].low)} … {lang.decimal(filled[-1].high)}{scale.unit}"
            told.append(f"{lang.of(labels.status(kind))} {count} ({span})")
    return "; ".join(told) + "." if told else lang.t("Không có số liệu.", "No figures.")
