"""Pairs of forms and entries that came near: of new rows with all of the other side, weighed as the engine weighs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from matching.engine import weigh
from matching.engine.register import candidates
from matching.engine.register.frozen import Frozen
from matching.engine.register.segments import Segment, Side
from matching.engine.register.state import pairs_schema


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs worth keeping, and how many were looked at."""

    pairs: pl.DataFrame
    """As `state.pairs_schema`."""
    compared: int


def near(forms: Side, entries: Side, held: Frozen, *, new_forms: int, new_entries: int) -> Near:
    """The pairs of the forms from an address on with all entries, and of all older forms with the later entries."""
    made = [*_of_forms(forms, entries, held, new_forms), *_of_entries(forms, entries, held, new_forms, new_entries)]
    return _weighed(made, forms, entries, held)


def _of_forms(forms: Side, entries: Side, held: Frozen, first: int) -> Iterable[Iterator[pl.DataFrame]]:
    for each in forms.since(first):
        yield (
            candidates.alive(some, forms, entries).select(l="own", r="other") for some in _pairs(each, entries, held)
        )


def _of_entries(
    forms: Side, entries: Side, held: Frozen, new_forms: int, first: int
) -> Iterable[Iterator[pl.DataFrame]]:
    for each in entries.since(first):
        yield (
            candidates.alive(some, entries, forms).filter(pl.col("other") < new_forms).select(l="other", r="own")
            for some in _pairs(each, forms, held)
        )


def _pairs(ours: Segment, theirs: Side, held: Frozen) -> Iterator[pl.DataFrame]:
    return candidates.pairs(ours, theirs, at_once=held.plan.spec.limits.pairs_at_once)


def _weighed(made: Iterable[Iterator[pl.DataFrame]], forms: Side, entries: Side, held: Frozen) -> Near:
    scales, kept, compared = held.scales, [pl.DataFrame(schema=pairs_schema(held.plan))], 0
    for some in (batch for source in made for batch in source):
        compared += some.height
        kept.append(weigh.weigh(some, forms.values, entries.values, held.plan, by=scales, cut=held.cut))
    return Near(pl.concat(kept), compared)
