"""Ids of persons and enterprises: a keyed hash of what tells them, the same in every run of one installation.

Keyed, because a citizen ID has so little chance in it that hashing all there are would find whose a plain hash is.
"""

import hmac
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import polars as pl

Kind = Literal["person", "enterprise"]
PREFIXES: dict[Kind, str] = {"person": "P", "enterprise": "E"}
DIGITS = 20
REGISTERS: Mapping[Kind, str] = MappingProxyType({"person": "population", "enterprise": "enterprise"})
"""The register in which each kind has its key."""

_BY_STEWARD = ("decided_by_steward", "steward_conflict")
"""Reasons that are a steward's and not a model's."""


def entity_ids(kind: Kind, keys: pl.Series, secret: bytes, *, is_local: bool = False) -> pl.Series:
    """The id for each key, null for null: HMAC-SHA256 with the installation's secret, its first 20 hex digits.

    Keys are those of the register, or with `is_local` those that local records tell their persons apart by.
    """
    # Hashing each distinct key once: in a year's records the same person comes many times.
    distinct = keys.drop_nulls().unique()
    label = f"{kind}:local" if is_local else kind
    ids = [PREFIXES[kind] + _digits(f"{label}:{key}", secret) for key in distinct.to_list()]
    return keys.replace_strict(distinct, pl.Series(ids, dtype=pl.String), default=None, return_dtype=pl.String)


def _digits(text: str, secret: bytes) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()[:DIGITS]


def identified(decisions: pl.DataFrame, occurrences: pl.DataFrame, secret: bytes) -> pl.DataFrame:
    """DECISIONS with who decided, the day each speaks of, and whom it names, linked or not.

    `occurrences` has record_id, role, reference, key and about_on of all roles that name somebody. Added are decider,
    decided_by (of models; stewards are named where the verdicts are), about_on, local_id, entity_id and `kind`, the
    last three null where nobody is named: `entity_id` is that of the register where linked, else `local_id`.
    """
    place = ["record_id", "role"]
    named = occurrences.select(*place, "about_on", "key", own="reference")
    told = decisions.join(named, on=place, how="left", maintain_order="left")
    is_linked, is_by_steward = pl.col("status") == "linked", pl.col("reason").is_in(_BY_STEWARD)
    entries = told.select(register="reference", key=pl.when(is_linked).then("reference_id"))
    local, of_register = _ids(told.select("key", register="own"), secret, is_local=True), _ids(entries, secret)
    kinds = {register: kind for kind, register in REGISTERS.items()}
    return told.with_columns(
        decider=pl.when(is_by_steward).then(pl.lit("steward")).otherwise(pl.lit("model")),
        decided_by=pl.when(~is_by_steward).then("model"),
        local_id=local,
        entity_id=pl.coalesce(of_register, local),
        kind=pl.when(is_linked).then("reference").otherwise("own").replace(kinds),
    ).drop("key", "own")


def _ids(keys: pl.DataFrame, secret: bytes, *, is_local: bool = False) -> pl.Series:
    """The ids of [key, register]."""
    found = pl.Series([None], dtype=pl.String).new_from_index(0, keys.height)
    for kind, register in REGISTERS.items():
        own = keys.select(pl.when(pl.col("register") == register).then("key")).to_series()
        found = found.zip_with(found.is_not_null(), entity_ids(kind, own, secret, is_local=is_local))
    return found
