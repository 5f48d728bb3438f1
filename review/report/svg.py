"""The few SVG elements the charts are made of, every value escaped.

Charts have no viewBox: widths are percentages and heights pixels, so a chart fills its column on any screen while its
text keeps the size of the page's text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

_DIGIT_WIDTH = 8.0
_NARROWEST_CHART = 320.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a stacked bar; `kind` is its colour class, `hint` what the pointer and a reader are told."""

    kind: str
    value: float
    text: str
    hint: str


def chart(parts: Sequence[Markup], *, name: str, height: float, title: str, description: str) -> Markup:
    """A whole chart: an image with a title and a description for those who do not see it."""
    return Markup(
        '<svg class="chart" role="img" width="100%" height="{h}" aria-labelledby="{n}-t {n}-d">'
        '<title id="{n}-t">{t}</title><desc id="{n}-d">{d}</desc>{body}</svg>'
    ).format(h=_number(height), n=name, t=title, d=description, body=Markup("").join(parts))


def rect(kind: str, x: float, y: float, *, size: tuple[float, float], hint: str = "") -> Markup:
    """A rectangle: `x` and width in percent, `y` and height in pixels."""
    hover = Markup("<title>{}</title>").format(hint) if hint else Markup("")
    return Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}">{}</rect>').format(
        kind, _number(x), _number(y), _number(size[0]), _number(size[1]), hover
    )


def line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> Markup:
    """A line between two points, each in percent to the right and pixels down."""
    return Markup('<line class="{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>').format(
        kind, _number(start[0]), _number(start[1]), _number(end[0]), _number(end[1])
    )


def dot(kind: str, x: float, y: float, *, hint: str) -> Markup:
    """A dot at `x` percent and `y` pixels."""
    return Markup('<circle class="{}" cx="{}%" cy="{}" r="3.5"><title>{}</title></circle>').format(
        kind, _number(x), _number(y), hint
    )


def text(words: str, x: float, y: float, *, kind: str = "", anchor: str = "start", shift: float = 0) -> Markup:
    """Words at `x` percent and `y` pixels, moved `shift` pixels to the right."""
    return Markup('<text class="{}" x="{}%" y="{}" dx="{}" text-anchor="{}">{}</text>').format(
        kind, _number(x), _number(y), _number(shift), anchor, words
    )


def stacked(segments: Sequence[Segment], whole: float, *, y: float, height: float) -> Markup:
    """A bar of segments from the left edge on the scale of `whole`, each with its text where there is room."""
    parts: list[Markup] = []
    x = 0.0
    for segment in segments:
        width = 100 * segment.value / whole if whole else 0.0
        if width > 0:
            parts.append(rect(f"seg {segment.kind}", x, y, size=(width, height), hint=segment.hint))
        if _fits(segment.text, width):
            parts.append(text(segment.text, x, y + height / 2 + 4, kind=f"in {segment.kind}", shift=6))
        x += width
    return Markup("").join(parts)


def bar(value: float, whole: float, kind: str = "linked") -> Markup:
    """A thin bar for a table cell; hidden from readers, for the number stands beside it."""
    width = max(100 * value / whole, 0.6) if whole and value > 0 else 0.0
    track, fill = rect("track", 0, 0, size=(100, 8)), rect(kind, 0, 0, size=(width, 8))
    return Markup('<svg class="bar" width="100%" height="8" aria-hidden="true">{}{}</svg>').format(track, fill)


def _fits(words: str, width: float) -> bool:
    return bool(words) and width / 100 * _NARROWEST_CHART > len(words) * _DIGIT_WIDTH + 12


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
