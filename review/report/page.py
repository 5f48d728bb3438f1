"""Puts the page together: the same templates once for each language, styles and script inlined."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from review.report import labels, quality, sections
from review.report.language import EN, VI, Language
from review.report.months import month, percent
from review.report.summary import Run
from review.report.svg import bar

_SHOWN = {
    "problems": sections.PROBLEMS_SHOWN,
    "rules": sections.RULES_SHOWN,
    "units": sections.UNITS_SHOWN,
    "fields": sections.FIELDS_SHOWN,
    "repairs": sections.REPAIRS_SHOWN,
    "repaired_units": sections.REPAIRED_UNITS_SHOWN,
    "discrepancies": sections.DISCREPANCIES_SHOWN,
    "offices": sections.OFFICES_SHOWN,
}


def render(summary: dict[str, Any], previous: dict[str, Any] | None) -> str:
    """The match report of a run as one self-contained HTML page; `previous` is the summary of the run before."""
    run = Run.model_validate(summary)
    before = None if previous is None else Run.model_validate(previous)
    return bound(f"Báo cáo đối soát {run.run_id}", [_edition(run, before, lang) for lang in (VI, EN)])


def bound(title: str, editions: list[Markup]) -> str:
    """The editions as one page that carries its own style and script."""
    style, script = _asset("report.css"), _asset("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(title=title, editions=editions, style=style, script=script, policy=_policy(style, script))
    )


def edition(template: str, lang: Language, **values: object) -> Markup:
    """One language of a page."""
    html = _environment().get_template(template).render(lang=lang, t=lang.t, labels=labels, bar=bar, **values)
    return Markup(html)  # noqa: S704  (our own template, escaped there)


def _edition(run: Run, previous: Run | None, lang: Language) -> Markup:
    view = sections.view(run, previous, lang)
    return edition(
        "edition.html", lang, run=run, quality=quality, view=view, shown=_SHOWN, percent=percent, month=month
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("review.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> Markup:
    return Markup(files("review.report").joinpath("assets", name).read_text(encoding="utf-8"))  # noqa: S704  (our file)


def _policy(style: str, script: str) -> str:
    """A policy that lets the page load nothing and run only its own script, whatever a delivery smuggled in."""
    return f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:"


def _digest(source: str) -> str:
    return "sha256-" + b64encode(sha256(source.encode("utf-8")).digest()).decode("ascii")
