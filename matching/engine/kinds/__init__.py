"""The kinds of comparison by the name that a linkage's description gives them."""

from collections.abc import Mapping
from importlib import import_module

from matching.engine.kinds.base import BLANK, ByDistinct, Kind, KindFactory, Level
from matching.engine.spec import Comparison, Option
from matching.errors import SpecError

__all__ = ["BLANK", "KINDS", "ByDistinct", "Kind", "Level", "kind_of"]


def _made_by(module: str) -> KindFactory:
    """Imported when a kind is asked for: some bring what takes longer to load than a small linkage takes."""

    def make(options: Mapping[str, Option]) -> Kind:
        made: Kind = import_module(f"{__name__}.{module}").make(options)
        return made

    return make


KINDS: dict[str, KindFactory] = {
    "exact": _made_by("exact"),
    "name": _made_by("names"),
    "date": _made_by("dates"),
    "identifier": _made_by("identifiers"),
    "text": _made_by("text"),
    "organisation": _made_by("organisations"),
    "number": _made_by("numbers"),
    "place": _made_by("places"),
    "set": _made_by("sets"),
    "phonetic": _made_by("phonetic"),
    "recordlinkage": _made_by("from_recordlinkage"),
}
"""Every kind that a comparison may name."""


def kind_of(comparison: Comparison) -> Kind:
    """The kind with the comparison's options; SpecError where there is no such kind."""
    if comparison.kind not in KINDS:
        raise SpecError(f"comparison {comparison.field}", f"unknown kind {comparison.kind}", tuple(KINDS))
    return KINDS[comparison.kind](comparison.options)
