"""An explanation drawn as a waterfall: each clue moves the odds on from where the one before left them.

Widths are percentages and heights pixels, so that the drawing fills its column on any screen while its text keeps its
size. It carries its own colours as attributes: a page that forbids inline styles shows it unchanged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, tostring

from matching.explain.explanation import Explanation, probability
from matching.explain.steps import Stair, Step, stairs
from matching.explain.telling import sentence
from matching.explain.words import Code, Words, percent

_FILL = {Step.START: "#a9b7c3", Step.FOR: "#0f4c75", Step.AGAINST: "#b0452c", Step.SUM: "#45586a"}
_INK, _SOFT, _LINE, _PAPER = "#1b242c", "#55626d", "#dde2e6", "#fff"
_FONTS = '"Segoe UI", "Noto Sans", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif'
_TEXT, _BAR, _GAP, _AXIS = 16.0, 12.0, 10.0, 20.0
_LETTERS = 48
"""Of a line of words, so that figures stand beside it on a width of 480 pixels."""
_NARROWEST = 0.6
_TICKS = (-10, 0, 10)
"""log2 odds of one in a thousand, of even odds, and of a thousand to one."""
_TITLE = Words("Bằng chứng của một cặp, từng bước", "The evidence of a pair, step by step")


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    @classmethod
    def of(cls, steps: Sequence[Stair]) -> "_Scale":
        """Wide enough for all steps and for even odds."""
        seen = [0.0, *(each.before for each in steps), *(each.after for each in steps)]
        return cls(min(seen), max(*seen, min(seen) + 1))

    def percent(self, odds: float) -> float:
        """Where log2 odds lie, in percent of the width."""
        return 100 * (odds - self.low) / (self.high - self.low)


def waterfall(explanation: Explanation, *, lang: Code = "vi", name: str = "waterfall") -> str:
    """The drawing as SVG, labelled in one language and described in both; `name` begins its ids, unique in a page."""
    steps = stairs(explanation)
    scale = _Scale.of(steps)
    lines = [wrap(_capital(each.words.of(lang)), _LETTERS) for each in steps]
    heights = [_TEXT * len(each) + _BAR + _GAP for each in lines]
    bottom = sum(heights)
    svg = _root(explanation, steps, lang=lang, name=name, height=bottom + _AXIS)
    _axis(svg, scale, bottom, lang)
    top = 0.0
    for at, (step, words) in enumerate(zip(steps, lines, strict=True)):
        bar = top + _TEXT * len(words)
        if 0 < at < len(steps) - 1:
            _connector(svg, scale.percent(step.before), top - _GAP, bar)
        _bar(svg, step, scale, bar)
        _words(svg, words, step.figures.of(lang), top)
        top += heights[at]
    return tostring(svg, encoding="unicode")


def _root(explanation: Explanation, steps: Sequence[Stair], *, lang: Code, name: str, height: float) -> Element:
    ids = {"aria-labelledby": f"{name}-t {name}-d", "role": "img", "class": "chart", "lang": lang}
    size = {"width": "100%", "height": _number(height), "font-family": _FONTS, "font-size": "12.5"}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **ids, **size})
    SubElement(svg, "title", {"id": f"{name}-t"}).text = _TITLE.of(lang)
    told = sentence(explanation)
    both = [f"{told.of(each)} {_described(steps, each)}" for each in (lang, _other(lang))]
    SubElement(svg, "desc", {"id": f"{name}-d"}).text = " / ".join(both)
    return svg


def _described(steps: Sequence[Stair], lang: Code) -> str:
    told = "; ".join(f"{each.words.of(lang)} {each.figures.of(lang)}" for each in steps)
    return f"{_capital(told)}."


def _axis(svg: Element, scale: _Scale, bottom: float, lang: Code) -> None:
    """Lines and probabilities at round odds, as far as there is room for them."""
    last = -100.0
    for odds in _TICKS:
        x = scale.percent(odds)
        if not scale.low <= odds <= scale.high or x - last < _ROOM:
            continue
        last = x
        line = {"x1": f"{_number(x)}%", "x2": f"{_number(x)}%", "y1": "0", "y2": _number(bottom - _GAP + 4)}
        SubElement(svg, "line", {**line, "stroke": _LINE if odds else _SOFT, "stroke-width": "1"})
        anchor = "start" if x < _EDGE else "end" if x > 100 - _EDGE else "middle"
        _text(svg, percent(probability(odds)).of(lang), x, bottom + 10, anchor=anchor, soft=True)


_ROOM, _EDGE = 16.0, 6.0
"""Percent of the width that the words of a tick take, and from which on they would leave the drawing."""


def _connector(svg: Element, x: float, top: float, bottom: float) -> None:
    place = {"x1": f"{_number(x)}%", "x2": f"{_number(x)}%", "y1": _number(top), "y2": _number(bottom)}
    SubElement(svg, "line", {**place, "stroke": _SOFT, "stroke-width": "1", "stroke-dasharray": "2 2"})


def _bar(svg: Element, step: Stair, scale: _Scale, top: float) -> None:
    low, high = sorted((scale.percent(step.before), scale.percent(step.after)))
    width = max(high - low, _NARROWEST)
    place = {"x": f"{_number(min(low, 100 - width))}%", "y": _number(top), "width": f"{_number(width)}%"}
    SubElement(svg, "rect", {**place, "height": _number(_BAR), "rx": "1.5", "fill": _FILL[step.step]})


def _words(svg: Element, lines: Sequence[str], figures: str, top: float) -> None:
    for at, line in enumerate(lines):
        _text(svg, line, 0, top + _TEXT * at + 11)
    _text(svg, figures, 100, top + 11, anchor="end", soft=True)


def _text(svg: Element, words: str, x: float, y: float, *, anchor: str = "start", soft: bool = False) -> None:
    """Words with a halo, so that lines pass behind them."""
    place = {"x": f"{_number(x)}%", "y": _number(y), "text-anchor": anchor}
    halo = {"stroke": _PAPER, "stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke"}
    colour = {"class": "end", "fill": _SOFT} if soft else {"fill": _INK}
    SubElement(svg, "text", {**place, **halo, **colour}).text = words


def _other(lang: Code) -> Code:
    return "en" if lang == "vi" else "vi"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
