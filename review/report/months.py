"""One rate month by month as bars on a scale of 0 to 100 percent; the running month is paler."""

from collections.abc import Sequence

from markupsafe import Markup

from review.report.language import Language
from review.report.summary import Rate
from review.report.svg import chart, rect, text

_TOP = 6.0
_HEIGHT = 60.0
_AXIS = 18.0
_FILLED = 0.72
"""Share of its place that a bar fills."""


def months(rates: Sequence[Rate], lang: Language, *, name: str, title: str) -> Markup:
    """The chart of one indicator; `rates` in order of months, the last is the running one."""
    width = 100 / max(len(rates), 1)
    base = _TOP + _HEIGHT
    parts = [rect("grid", 0, _TOP, size=(100, 1))]
    parts += [
        _bar(each, at * width, width, is_running=at == len(rates) - 1, lang=lang) for at, each in enumerate(rates)
    ]
    parts.append(rect("base", 0, base, size=(100, 1)))
    parts.append(text(month(rates[0].period, lang), 0, base + 14, kind="axis"))
    if len(rates) > 1:
        parts.append(text(month(rates[-1].period, lang), 100, base + 14, kind="axis", anchor="end"))
    told = "; ".join(f"{month(each.period, lang)} {percent(each.rate, lang)}" for each in rates)
    return chart(parts, name=name, height=base + _AXIS, title=title, description=f"{told}.")


def month(period: str, lang: Language) -> str:
    """2026-11 as its readers write it."""
    return lang.t(f"{period[5:].lstrip('0')}/{period[:4]}", period)


def percent(rate: float | None, lang: Language) -> str:
    """A rate with its sign, as it is published; a dash where nothing was judged."""
    return lang.decimal(rate, 2) + ("" if rate is None else "%")


def _bar(each: Rate, x: float, width: float, *, is_running: bool, lang: Language) -> Markup:
    hint = f"{month(each.period, lang)}: {percent(each.rate, lang)}"
    size = _FILLED * width
    if each.rate is None:
        return rect("month none", x, _TOP + _HEIGHT - 2, size=(size, 2), hint=hint)
    height = max(_HEIGHT * min(each.rate, 100) / 100, 1)
    return rect("month running" if is_running else "month", x, _TOP + _HEIGHT - height, size=(size, height), hint=hint)
