"""Ids of persons and enterprises: a function of the register's key alone, the same in every run."""

import hashlib
from typing import Literal

import polars as pl

Kind = Literal["person", "enterprise"]
PREFIXES: dict[Kind, str] = {"person": "P", "enterprise": "E"}
DIGITS = 20


def entity_ids(kind: Kind, keys: pl.Series) -> pl.Series:
    """The id for each register key, null for null."""
    # Hashing each distinct key once: in a year's records the same person comes many times.
    distinct = keys.drop_nulls().unique()
    ids = [_entity_id(kind, key) for key in distinct.to_list()]
    return keys.replace_strict(distinct, pl.Series(ids, dtype=pl.String), default=None, return_dtype=pl.String)


def _entity_id(kind: Kind, key: str) -> str:
    return PREFIXES[kind] + hashlib.sha256(f"{kind}:{key}".encode()).hexdigest()[:DIGITS]
