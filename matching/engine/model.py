"""What was learnt of a linkage, as versioned JSON: shares of each level among matches and others, and the prior."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isfinite

import numpy as np

from matching.engine.em import Floats
from matching.errors import SpecError

VERSION = 1
_OFF = 1e-6
"""By how much shares that make a whole may miss 1, being rounded."""


@dataclass(frozen=True, slots=True)
class Field:
    """One comparison: `m` and `u` by level from worst to best, each summing to 1."""

    field: str
    kind: str
    levels: tuple[str, ...]
    """From worst to best, as `m` and `u`."""
    m: tuple[float, ...]
    u: tuple[float, ...]
    rarity: tuple[float, ...]
    """How much of a value's rarity counts at each level."""
    partners: float
    """How many entries share a record's value because they mean the same; taken off before rarity is counted."""
    alone: float
    """How many other entries a value seen once is taken to have; for values weighed by frequency."""
    mean_u: float
    """P(equal | not a match) on average, from which rarity is counted."""

    def check(self) -> None:
        """SpecError where the figures are none of a model."""
        figures = {"m": self.m, "u": self.u, "rarity": self.rarity}
        for name, each in figures.items():
            is_share = all(0 <= figure <= 1 for figure in each)
            is_whole = name == "rarity" or abs(sum(each) - 1) < _OFF
            if len(each) != len(self.levels) or not is_share or not is_whole:
                what = f'{name} of field "{self.field}" must be {len(self.levels)} shares'
                vi = f'{name} của trường "{self.field}" phải gồm {len(self.levels)} tỷ lệ'
                total = (", in all 1", ", tổng bằng 1") if name != "rarity" else ("", "")
                raise SpecError("model", what + total[0], (), vi=vi + total[1])
        if not all(isfinite(figure) and figure >= 0 for figure in (self.partners, self.alone, self.mean_u)):
            vi = f'trường "{self.field}" có số không hợp lệ'
            raise SpecError("model", f'field "{self.field}" has a figure that is none', (), vi=vi)

    @property
    def bits(self) -> Floats:
        """log2(m / u) by code; code 0 (blank) has 0 bits. A better level never has fewer bits than a worse one."""
        return np.concatenate(([0.0], never_falling(np.array(self.m), np.array(self.u))))


@dataclass(frozen=True, slots=True)
class Kin:
    """Pairs that are no matches and yet agree more than strangers do."""

    share: float
    """How many there are for each pair of strangers."""
    levels: tuple[tuple[float, ...], ...]
    """By field P(level | kin), from worst to best."""

    def check(self, fields: Sequence[Field]) -> None:
        """SpecError where the figures are none of a model of these fields."""
        are_shares = all(
            len(each) == len(field.levels) and all(0 <= share <= 1 for share in each) and abs(sum(each) - 1) < _OFF
            for each, field in zip(self.levels, fields, strict=False)
        )
        if len(self.levels) != len(fields) or not are_shares or not (isfinite(self.share) and self.share >= 0):
            raise SpecError("model", "kin must have shares of the levels of every field", (), vi=_KIN_VI)


_KIN_VI = "kin phải gồm tỷ lệ các mức của mọi trường"


@dataclass(frozen=True, slots=True)
class Training:
    """How the figures came to be."""

    rounds: int
    has_converged: bool
    fingerprint: str
    """Of the values that were learnt from."""
    verdicts: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """All that is needed to weigh pairs again."""

    fields: tuple[Field, ...]
    match_share: float
    """P(a left record has a match) for links; P(two random records match) for dedupe and many-to-many."""
    training: Training
    kin: tuple[Kin, ...] = ()
    """What else agrees more than chance; none where a record has one partner at most, for rivals tell that better."""
    version: int = VERSION

    def to_json(self) -> str:
        """Sorted and indented, so that two models can be compared line by line."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """The model of a file; SpecError where it is none of this version."""
        from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - loads as long as a small linkage takes

        try:
            model = TypeAdapter(cls).validate_json(text)
        except ValidationError as exc:
            place = ".".join(map(str, exc.errors()[0]["loc"]))
            vi = f"xem {place or 'đầu tệp'}"
            raise SpecError("model", f"not a model file, see {place or 'the beginning'}", (), vi=vi) from exc
        if model.version != VERSION:
            vi = f"phiên bản {model.version}"
            raise SpecError("model", f"version {model.version}", (str(VERSION),), vi=vi)
        for field in model.fields:
            field.check()
        for kin in model.kin:
            kin.check(model.fields)
        if not 0 <= model.match_share <= 1:
            vi = f"match_share {model.match_share} không phải tỷ lệ"
            raise SpecError("model", f"match_share {model.match_share} is no share", (), vi=vi)
        return model


def never_falling(m: Floats, u: Floats) -> Floats:
    """log2(m / u), neighbouring levels that would fall pooled into one."""
    groups: list[list[float]] = []
    for mine, theirs in zip(m, u, strict=True):
        groups.append([mine, theirs, 1])
        while len(groups) > 1 and _ratio(groups[-2]) > _ratio(groups[-1]):
            last = groups.pop()
            groups[-1] = [a + b for a, b in zip(groups[-1], last, strict=True)]
    return np.array([np.log2(_ratio(group)) for group in groups for _ in range(int(group[2]))])


def _ratio(group: Sequence[float]) -> float:
    return max(group[0], 1e-12) / max(group[1], 1e-12)
