"""The kinds of comparison by the name that a linkage's description gives them."""

from collections.abc import Mapping

from matching.engine.kinds import (
    dates,
    exact,
    identifiers,
    names,
    numbers,
    organisations,
    phonetic,
    places,
    sets,
    text,
)
from matching.engine.kinds.base import BLANK, ByDistinct, Kind, KindFactory, Level
from matching.engine.spec import Comparison, Option
from matching.errors import SpecError

__all__ = ["BLANK", "KINDS", "ByDistinct", "Kind", "Level", "kind_of"]


def _toolkit(options: Mapping[str, Option]) -> Kind:
    """Imported when it is asked for: the toolkit takes longer to load than a small linkage takes."""
    from matching.engine.kinds import from_recordlinkage  # noqa: PLC0415

    return from_recordlinkage.make(options)


KINDS: dict[str, KindFactory] = {
    "exact": exact.make,
    "name": names.make,
    "date": dates.make,
    "identifier": identifiers.make,
    "text": text.make,
    "organisation": organisations.make,
    "number": numbers.make,
    "place": places.make,
    "set": sets.make,
    "phonetic": phonetic.make,
    "recordlinkage": _toolkit,
}
"""Every kind that a comparison may name."""


def kind_of(comparison: Comparison) -> Kind:
    """The kind with the comparison's options; SpecError where there is no such kind."""
    if comparison.kind not in KINDS:
        raise SpecError(f"comparison {comparison.field}", f"unknown kind {comparison.kind}", tuple(KINDS))
    return KINDS[comparison.kind](comparison.options)
