"""Hashes of rows that are equal for equal content on every machine, whatever the row order, parts or column order."""

import hashlib
from collections.abc import Sequence

import polars as pl

BATCH_ROWS = 65_536
_BOUNDARY = "\x1f"
_NULL = "\x00"
"""Never stands in a value: readers strip it, PostgreSQL refuses it."""


def content_hashes(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """One BLAKE2b hash (32 hexadecimal digits) a row over the named text columns; null and empty differ.

    polars' own hash may change with its version; this one is stored and must not.
    """
    ordered = sorted(columns)
    hashes = [_hashes(batch.select(ordered)) for batch in frame.iter_slices(BATCH_ROWS)]
    return pl.concat(hashes) if hashes else pl.Series(dtype=pl.String)


def _hashes(batch: pl.DataFrame) -> pl.Series:
    names = batch.columns
    values = [pl.col(name).fill_null(_NULL) for name in names]
    joined = batch.select(pl.concat_str(values, separator=_BOUNDARY)).to_series()
    # A value with the boundary in it could imitate two values; such rare rows are written as JSON instead.
    is_plain = joined.str.count_matches(_BOUNDARY, literal=True) == len(names) - 1
    texts = joined
    if not is_plain.all():
        as_json = batch.select(pl.struct(names).struct.json_encode()).to_series()
        texts = joined.zip_with(is_plain, as_json)
    blake = hashlib.blake2b
    digests = [blake(text, digest_size=16).digest() for text in texts.cast(pl.Binary).to_list()]
    return pl.Series(digests, dtype=pl.Binary).bin.encode("hex")
