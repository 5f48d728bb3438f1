"""Standardises the rows of a dataset: comparable forms beside the originals, every repair named, nothing overwritten.

The kind of each property (see `kinds.KINDS`) says which named steps its values pass. docs/repairs.md lists the repairs.
"""

from functools import partial

import polars as pl

from contracts import Contract, Property
from matching.standardise.columns import forms_of, read_column, read_type
from matching.standardise.rows import with_row_knowledge

VERSION = "3"
"""Changes whenever the same original would be standardised differently."""

__all__ = ["VERSION", "standardise"]


def standardise(frame: pl.LazyFrame, contract: Contract) -> pl.LazyFrame:
    """The frame with `repairs`, `record_id`, and each property's `__std`, `__problem` and further forms."""
    properties = contract.properties
    read = frame.with_columns(_reading(each) for each in properties)
    forms = [_form(each, name) for each in properties for name in forms_of(each)]
    whole = read.with_columns(*forms, _repairs(properties), _record_id(contract))
    return with_row_knowledge(whole.drop(_temporary(each) for each in properties), contract)


def _temporary(prop: Property) -> str:
    return f"{prop.name}__reading"


def _reading(prop: Property) -> pl.Expr:
    read = partial(read_column, prop=prop)
    return pl.col(prop.name).map_batches(read, read_type(prop), is_elementwise=True).alias(_temporary(prop))


def _form(prop: Property, name: str) -> pl.Expr:
    return _field(prop, name).alias(f"{prop.name}__{name}")


def _field(prop: Property, name: str) -> pl.Expr:
    return pl.col(_temporary(prop)).struct.field(name)


def _repairs(properties: tuple[Property, ...]) -> pl.Expr:
    """Sorted unique "property:repair" of the row; each column brings its own sorted, so only columns need an order."""
    in_order = sorted(properties, key=lambda each: f"{each.name}:")
    told = pl.concat_str([_field(each, "repairs") for each in in_order], separator=",", ignore_nulls=True)
    return pl.when(told == "").then(pl.lit([], pl.List(pl.String))).otherwise(told.str.split(",")).alias("repairs")


def _record_id(contract: Contract) -> pl.Expr:
    """The dataset and the standard values of the key; null where a part of the key is null."""
    parts = [_field(contract[name], "std") for name in contract.key]
    return pl.concat_str(pl.lit(f"{contract.dataset}:"), pl.concat_str(parts, separator="|")).alias("record_id")
