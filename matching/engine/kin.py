"""Kin: pairs that are no matches and yet agree on some fields as matches do, as brothers do, or goods of one maker.

What a pattern of levels says for a match is said against strangers. Where kin are many, it says as much for kin; so
the bits that kin take are counted off, never more of a field than it adds, so that better agreement never weighs less.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.engine.em import Floats
from matching.engine.model import Field, Kin, Model, never_falling

NAME = "kin"
"""What candidates and explanations call them, as they call a field; no field may bear it."""
Tables = tuple[float, tuple[Floats, ...]]
"""log2 odds of one kind of kin against strangers before anything is compared; by field the bits of each code."""


def tables(model: Model) -> tuple[Tables, ...]:
    """What each kind of kin of a model takes."""
    return tuple((float(np.log2(kin.share)), _bits(model.fields, kin)) for kin in model.kin if kin.share > 0)


def _bits(fields: Sequence[Field], kin: Kin) -> tuple[Floats, ...]:
    return tuple(_no_steeper(field, levels) for field, levels in zip(fields, kin.levels, strict=True))


def _no_steeper(field: Field, levels: Sequence[float]) -> Floats:
    """log2 (kin / strangers) by code; from no level to the next it rises by more than the bits of the field do.

    Where it would, the worse level is raised: kin that agree are what matters.
    """
    own, bits = never_falling(np.array(levels), np.array(field.u)), field.bits[1:]
    own[-1] = min(own[-1], bits[-1] - bits[0])
    for at in range(len(own) - 2, -1, -1):
        own[at] = max(min(own[at], own[at + 1]), own[at + 1] - (bits[at + 1] - bits[at]))
    return np.concatenate(([0.0], own))


def taken(codes: NDArray[np.int8], rare: Floats, by: Sequence[Tables]) -> Floats:
    """Bits that kin take from each pair of these codes, at most 0; `rare` is what the rarity of its values adds."""
    odds = np.zeros(len(codes))
    for start, bits in by:
        told = start + rare
        for at, each in enumerate(bits):
            told = told + each[codes[:, at]]
        odds += np.exp2(np.clip(told, -1000, 1000))
    return np.asarray(-np.log2(1 + odds))
