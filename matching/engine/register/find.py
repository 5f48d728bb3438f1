"""Who of a prepared register a record means: ranked candidates in milliseconds, with what speaks for each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from matching.engine import compare, probability, weigh
from matching.engine.decide import Thresholds
from matching.engine.link import LINKS, Linked
from matching.engine.model import Field
from matching.engine.register import candidates
from matching.engine.register.arrays import Keyed
from matching.engine.register.frozen import Frozen
from matching.engine.register.opened import Prepared
from matching.engine.register.reading import read
from matching.engine.register.segments import Segment, Side, id_hash
from matching.engine.spec import Cardinality
from matching.engine.spec_section import offered
from matching.errors import SpecError

_SHOWN = 10
_FEW = 200
"""Pairs up to which all comparisons are made of all of them."""
_NOTHING_LINKED = Thresholds(1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one comparison says of a candidate."""

    field: str
    level: str | None
    """None where a side is blank."""
    bits: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of the register that the record may mean."""

    id: str
    weight: float
    bits: float
    probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one record."""

    candidates: tuple[Candidate, ...]
    """The likeliest first."""
    nobody: float | None
    """Probability that the record means no entry; None where it may mean several."""
    linked: Linked
    """The same candidates as a linkage without links, for whoever explains them."""


def find(record: Mapping[str, str | None], prepared: Prepared, *, most: int = _SHOWN) -> Found:
    """The candidates of a record given by the columns of the left table; rivals beyond the shown ones are weighed."""
    held, entries = prepared.frozen, prepared.entries
    scored = _scored(_asked(record, prepared), prepared)
    is_one = held.plan.spec.cardinality in (Cardinality.ONE_TO_ONE, Cardinality.MANY_TO_ONE)
    # Whom another record may mean is not known here, so one-to-one is many-to-one to a single record.
    cardinality = Cardinality.MANY_TO_ONE if is_one else held.plan.spec.cardinality
    p, _ = probability.settle(scored, replace(held.sizes(1), cardinality=cardinality), held.model.match_share)
    named = scored.with_columns(
        p,
        id=entries.values["id"].gather(scored["r"]),
        weight=weigh.weights(scored, held.model, compare.code_names(held.plan)),
    )
    shown = named.sort("bits", "id", descending=[True, False]).head(most)
    nobody = max(0.0, 1.0 - float(p.sum())) if is_one else None
    pairs = _pairs(shown, prepared)
    none = pl.DataFrame(schema=LINKS)
    linked = Linked(none, held.model, pairs, _NOTHING_LINKED, (), None, start_bits=held.start_bits(1))
    return Found(_candidates(shown["weight"], pairs, held), nobody, linked)


def _asked(record: Mapping[str, str | None], prepared: Prepared) -> Segment:
    """The record as a segment of one row."""
    plan = prepared.frozen.plan
    columns = plan.columns(is_left=True)
    for name in record:
        if name not in columns:
            known = offered(name, [each for each in columns if each != plan.spec.left_id])
            vi = f'không có cột "{name}"'
            raise SpecError("find", f'there is no column "{name}"', known, vi=vi)
    given = {name: [record.get(name)] for name in columns} | {plan.spec.left_id: [record.get(plan.spec.left_id) or ""]}
    row = read(pl.DataFrame(given, schema=dict.fromkeys(columns, pl.String)), plan, is_left=True)
    keyed = tuple(Keyed.of(*each) for each in prepared.frozen.keyed(row))
    ids = Keyed(id_hash(row.values["id"]), np.zeros(1, dtype=np.uint32))
    return Segment(0, row.values, keyed, ids)


def _scored(asked: Segment, prepared: Prepared) -> pl.DataFrame:
    held, entries = prepared.frozen, prepared.entries
    own = Side((asked,), asked.values, np.zeros(1, dtype=bool))
    # Rules without keys would bring everybody before a record that says nothing.
    is_silent = all(value is None for value in asked.values.drop("id").row(0))
    made = iter(()) if is_silent else candidates.pairs(asked, entries, at_once=held.plan.spec.limits.pairs_at_once)
    kept = [
        _weighed(candidates.alive(some, own, entries).rename({"own": "l", "other": "r"}), asked, prepared)
        for some in made
    ]
    names = compare.code_names(held.plan)
    schema = {"l": pl.UInt32, "r": pl.UInt32, **dict.fromkeys(names, pl.Int8), "bits": pl.Float64}
    return pl.concat([pl.DataFrame(schema=schema), *kept]).sort("bits")


def _weighed(pairs: pl.DataFrame, asked: Segment, prepared: Prepared) -> pl.DataFrame:
    """The pairs above the cut, as the engine weighs them."""
    held, values = prepared.frozen, prepared.entries.values
    if pairs.height > _FEW:
        return weigh.weigh(pairs, asked.values, values, held.plan, by=held.scales, cut=held.cut)
    # Pruning costs more than it spares where pairs are few.
    theirs = values[pairs["r"]]
    coded = pairs.hstack(compare.patterns(asked.values[pairs["l"]], theirs, held.plan))
    is_told = pl.max_horizontal(compare.code_names(held.plan)) > 0
    bits = weigh.sums(coded, theirs, held.model)
    return coded.with_columns(bits.round(9)).filter((bits >= held.cut) & is_told)


def _candidates(weights: pl.Series, pairs: pl.DataFrame, held: Frozen) -> tuple[Candidate, ...]:

    return tuple(
        Candidate(
            id=each["right_id"],
            weight=weight,
            bits=each["bits"],
            probability=each["probability"],
            evidence=tuple(_evidence(field, each) for field in held.model.fields),
        )
        for each, weight in zip(pairs.iter_rows(named=True), weights, strict=True)
    )


def _evidence(field: Field, pair: Mapping[str, Any]) -> Evidence:
    code = pair[field.field]
    return Evidence(field.field, field.levels[code - 1] if code else None, pair[f"{field.field}_bits"])


def _pairs(shown: pl.DataFrame, prepared: Prepared) -> pl.DataFrame:
    held = prepared.frozen
    codes = [pl.col(f"c{at}").alias(each.field) for at, each in enumerate(held.plan.spec.comparisons)]
    told = weigh.bits_by_field(shown, prepared.entries.values, held.model)
    ids = [pl.lit("").alias("left_id"), pl.col("id").alias("right_id")]
    return shown.select(*ids, *codes, *told, "bits", "probability")
