"""JSON objects of text columns, written by whole columns: an absent value is an absent key."""

from collections.abc import Mapping

import polars as pl


def as_object(fields: Mapping[str, pl.Expr]) -> pl.Expr:
    """One object a row with the fields in this order; a field whose value is null is left out."""
    members = [_member(name, value) for name, value in fields.items()]
    joined = pl.concat_str(members, separator=",", ignore_nulls=True) if members else pl.lit("")
    return pl.concat_str(pl.lit("{"), joined, pl.lit("}"))


def _member(name: str, value: pl.Expr) -> pl.Expr:
    # NUL is the one character that PostgreSQL's JSON cannot hold.
    text = value.cast(pl.String).str.replace_all("\0", "\ufffd", literal=True)
    whole = pl.struct(text.alias(name)).struct.json_encode()
    return pl.when(value.is_not_null()).then(whole.str.slice(1, whole.str.len_chars() - 2))
