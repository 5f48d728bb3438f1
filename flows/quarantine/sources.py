"""The names of the sources that corrections come from: the source they correct, with an ending of its own."""

import polars as pl

ENDING = ".corrections"


def corrections_of(source: str) -> str:
    """The source whose deliveries correct those of `source`; corrections of corrections go the same way."""
    return source.removesuffix(ENDING) + ENDING


def is_corrections(source: str) -> bool:
    """Whether a source is one of corrections."""
    return source.endswith(ENDING)


def corrected_source(delivery_id: str) -> pl.Expr:
    """Of a column of delivery ids: the source itself, or that which is corrected."""
    return pl.col(delivery_id).str.split("/").list.first().str.strip_suffix(ENDING)
