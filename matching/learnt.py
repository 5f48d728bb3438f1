"""The model that our linkages weigh by: the stated shares of levels among matches, or those learnt from what is held.

As versioned JSON it can be compared line by line; its name stands in every decision that it made.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from math import log2

import polars as pl
from pydantic import TypeAdapter, ValidationError

from matching.errors import SpecError
from matching.levels import Field
from matching.linkages.enterprise import ENTERPRISE
from matching.linkages.person import PERSON, VERSION

STATED = {"population": PERSON, "enterprise": ENTERPRISE}
"""The fields of each register, with the figures that stand where nothing was learnt."""
_FORMAT = 1

Shares = dict[str, dict[str, float]]
"""By field and level: the share among matches."""


@dataclass(frozen=True)
class Learnt:
    """Shares of the levels among matches by register, and how they came to be."""

    m: Mapping[str, Shares] = field(default_factory=dict)
    """By register; what is not named stands as stated."""
    stated: str = VERSION
    """Version of the stated figures that it starts from."""
    rounds: int = 0
    has_converged: bool = True
    verdicts: int = 0
    """Decisions of stewards that were counted for what they are."""
    fingerprint: str = ""
    """Of the patterns that were learnt from; empty where nothing was learnt."""
    version: int = _FORMAT

    @property
    def name(self) -> str:
        """What decisions call it: version and fingerprint."""
        return f"{self.stated}+{self.fingerprint[:12]}" if self.fingerprint else self.stated

    @cached_property
    def by_register(self) -> dict[str, tuple[Field, ...]]:
        """The fields of each register with these shares in the place of the stated ones."""
        return {
            register: tuple(_with_shares(each, self.m.get(register, {}).get(each.name, {})) for each in fields)
            for register, fields in STATED.items()
        }

    def adjusted(self, weighed: pl.DataFrame, register: str) -> pl.DataFrame:
        """`<field>_bits` by the stated shares made those by the learnt ones; no level falls below the worst."""
        pairs = zip(STATED[register], self.by_register[register], strict=True)
        changed = [_adjusted(stated, mine) for stated, mine in pairs if stated != mine]
        return weighed.with_columns(changed)

    def to_json(self) -> str:
        """Sorted and indented."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Learnt":
        """The model of a file; SpecError where it is none of these linkages and levels."""
        try:
            told = TypeAdapter(cls).validate_json(text)
        except ValidationError as exc:
            place = ".".join(map(str, exc.errors()[0]["loc"]))
            raise SpecError("model", f"not a model of `doisoat learn`, see {place or 'the beginning'}", ()) from exc
        if (told.version, told.stated) != (_FORMAT, VERSION):
            raise SpecError(
                "model", f"of version {told.version}, {told.stated}; learn it anew", (f"{_FORMAT}, {VERSION}",)
            )
        _check(told)
        if not told.fingerprint:
            # Every key has a default, so any object would pass for the stated figures.
            raise SpecError("model", "not a model of `doisoat learn`, see fingerprint", ())
        return told


def _check(told: Learnt) -> None:
    known = {
        (register, each.name): {level.name for level in each.levels}
        for register, fields in STATED.items()
        for each in fields
    }
    for register, shares in told.m.items():
        for name, levels in shares.items():
            if (register, name) not in known or set(levels) - known[register, name]:
                raise SpecError("model", f"{register}.{name} is not what is compared; learn it anew", ())
            if not all(0 < share <= 1 for share in levels.values()):
                raise SpecError("model", f"{register}.{name}: a share is not between 0 and 1", ())


def _with_shares(stated: Field, shares: Mapping[str, float]) -> Field:
    return replace(stated, levels=tuple(replace(each, m=shares.get(each.name, each.m)) for each in stated.levels))


def _adjusted(stated: Field, mine: Field) -> pl.Expr:
    shift = {one.code: log2(two.m / one.m) for one, two in zip(stated.levels, mine.levels, strict=True)}
    bits = pl.col(f"{stated.name}_bits")
    more = pl.col(stated.name).replace_strict(shift, default=0.0, return_dtype=pl.Float64)
    return pl.max_horizontal(bits + more, pl.when(bits.is_not_null()).then(mine.floor)).alias(f"{stated.name}_bits")
