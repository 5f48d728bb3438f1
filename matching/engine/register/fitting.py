"""Kinds that learn from the values how rare a word is: learnt of the register once, kept beside it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from matching.engine.kinds import Kind
from matching.engine.kinds.text import Text
from matching.engine.kinds.weighted_words import Weights
from matching.engine.register.segments import frame, id_hash, write_frames
from matching.engine.tables import Plan

_SAMPLE = 400_000
"""Entries that are learnt from."""


def fit(values: pl.DataFrame, plan: Plan, inside: Path) -> None:
    """Writes what the kinds learn of a sample of the register; which entries are in it depends on their ids alone."""
    learning = [(at, kind) for at, kind in enumerate(plan.kinds) if isinstance(kind, Text)]
    if not learning:
        return
    order = np.argsort(id_hash(values["id"]), kind="stable")[:_SAMPLE]
    for at, kind in learning:
        seen = values[f"v{at}"].gather(np.sort(order))
        fitted = kind.fitted(seen.clear(), seen)
        if isinstance(fitted, Text):
            write_frames([_told(fitted.weights)], inside / f"fit{at}.arrow")


def fitted(plan: Plan, inside: Path) -> Plan:
    """The plan with kinds that know what was learnt."""
    return replace(plan, kinds=tuple(_fitted(kind, inside / f"fit{at}.arrow") for at, kind in enumerate(plan.kinds)))


def _fitted(kind: Kind, path: Path) -> Kind:
    if not isinstance(kind, Text):
        return kind
    told = frame(path)
    return replace(
        kind, weights=Weights(told.drop_nulls("word"), float(told.filter(pl.col("word").is_null())["weight"].item()))
    )


def _told(weights: Weights) -> pl.DataFrame:
    """[word, weight]; of an unknown word where `word` is null."""
    unknown = pl.DataFrame({"word": [None], "weight": [weights.unknown]}, schema=weights.known.schema)
    return pl.concat([weights.known, unknown])
