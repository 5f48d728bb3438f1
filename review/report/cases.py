"""Typical cases: why a decision came out as it did, as a sentence, a drawing and a table of levels and bits."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from matching.errors import EvidenceError
from matching.explain import Stair, explained, sentence, stairs, waterfall
from review.report.language import Language
from review.report.summary import Case


@dataclass(frozen=True, slots=True)
class Told:
    """A case in one language; `drawing` and `steps` show the same figures."""

    case: Case
    sentence: str
    drawing: Markup
    steps: tuple[tuple[str, str], ...]


def told(cases: Iterable[Case], lang: Language) -> tuple[Told, ...]:
    """The cases whose evidence the model of today can tell; a report of an older run is still printed."""
    found = (_told(case, f"{lang.code}-case-{at}", lang) for at, case in enumerate(cases))
    return tuple(each for each in found if each)


def _told(case: Case, name: str, lang: Language) -> Told | None:
    try:
        why = explained(case.evidence, case.reference, entries=case.entries)
    except EvidenceError:
        return None
    drawing = Markup(waterfall(why, lang=lang.code, name=name))  # noqa: S704  (escaped where it is built)
    return Told(case, sentence(why).of(lang.code), drawing, tuple(_step(each, lang) for each in stairs(why)))


def _step(stair: Stair, lang: Language) -> tuple[str, str]:
    return stair.words.of(lang.code), stair.figures.of(lang.code)
