"""Our own evidence as compact JSON, for every field its level and bits, never a name or a number; and read again."""

from collections.abc import Iterable
from math import exp2

import polars as pl
from pydantic import TypeAdapter, ValidationError

from matching import weigh
from matching.errors import EvidenceError
from matching.explain.explanation import Clue, Explanation, probability
from matching.explain.words import Words
from matching.levels import Field, Level
from matching.linkages.enterprise import ENTERPRISE
from matching.linkages.person import NUMBER, PERSON

_FIELDS = {"population": PERSON, "enterprise": ENTERPRISE}


def evidence(fields: Iterable[Field]) -> pl.Expr:
    """`{"name":["exact",12.3],…}` of the fields that both sides say something about."""
    parts = [_part(field) for field in fields]
    inner = pl.concat_list(parts).list.drop_nulls().list.join(",")
    return pl.concat_str(pl.lit("{"), inner, pl.lit("}"))


def _part(field: Field) -> pl.Expr:
    level = pl.col(field.name).replace_strict(
        {each.code: each.name for each in field.levels}, default=None, return_dtype=pl.String
    )
    bits = pl.col(f"{field.name}_bits").round(2).cast(pl.String)
    # Null as soon as one part is: a field that is blank on a side is left out.
    return pl.concat_str(pl.lit(f'"{field.name}":["'), level, pl.lit('",'), bits, pl.lit("]"))


def explained(found: str, reference: str, *, entries: int) -> Explanation:
    """The explanation of a decision's evidence; `entries` is the size of the register that it was found in."""
    told = _read(found)
    if reference not in _FIELDS:
        raise EvidenceError(reference, tuple(_FIELDS))
    fields = {field.name: field for field in _FIELDS[reference]}
    for name in told.keys() - fields.keys():
        raise EvidenceError(name, tuple(fields))
    clues = tuple(_clue(field, *told[name]) for name, field in fields.items() if name in told)
    start = weigh.start_bits(entries)
    return Explanation(clues, start, probability(start + sum(clue.bits for clue in clues)), is_alone=True)


def _read(found: str) -> dict[str, tuple[str, float]]:
    try:
        return TypeAdapter(dict[str, tuple[str, float]]).validate_json(found)
    except ValidationError as exc:
        raise EvidenceError("this text", ("{field: [level, bits]}",)) from exc


def _clue(field: Field, name: str, bits: float) -> Clue:
    level = next((each for each in field.levels if each.name == name), None)
    if level is None:
        raise EvidenceError(f"{field.name} {name}", tuple(each.name for each in field.levels))
    return Clue(
        field=field.name,
        title=Words(field.meaning_vi, field.meaning),
        level=name,
        meaning=Words(level.meaning_vi, level.meaning),
        bits=bits,
        frequency=_frequency(field, level, bits),
    )


def _frequency(field: Field, level: Level, bits: float) -> float | None:
    """Back from the bits; a number picks one entry of the register, so its bits tell the register's size instead."""
    if level.u is not None or field.name == NUMBER.name:
        return None
    return min(1.0, exp2(level.bits - bits))
