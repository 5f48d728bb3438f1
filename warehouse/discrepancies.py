"""The published table of differences: what matching found, with the stable ids and the release it stands since."""

import hashlib

import polars as pl

from contracts import published
from warehouse.candidate import linked_entities
from warehouse.connection import Connection
from warehouse.copy_out import fetch
from warehouse.queries import bare

TABLE = "discrepancy"
_DIGITS = 20


def standing(conn: Connection) -> pl.DataFrame:
    """[discrepancy_id, first_release] of the differences that are published now."""
    return fetch(conn, bare("tickets/standing"))


def table(found: pl.DataFrame, identified: pl.DataFrame, before: pl.DataFrame, release: int) -> pl.DataFrame:
    """The candidate table of the differences `found`, by the decisions with whom they lead to (`identity.identified`).

    `before` is what `standing` gave; a difference that is not in it stands since `release`, the one to be published.
    """
    entities = linked_entities(identified).select("record_id", "role", "entity_id", entity_kind="kind")
    told = found.join(entities, on=["record_id", "role"], how="left", validate="m:1")
    is_person = pl.col("entity_kind") == "person"
    named = told.with_columns(
        _ids(told),
        person_id=pl.when(is_person).then("entity_id"),
        enterprise_id=pl.when(~is_person).then("entity_id"),
    )
    dated = named.join(before, on="discrepancy_id", how="left", validate="1:1")
    since = pl.col("first_release").fill_null(release).cast(pl.Int32)
    names = [each for each in published()[TABLE].names if each != "release"]
    return dated.with_columns(first_release=since).select(names).sort("discrepancy_id")


def _ids(rows: pl.DataFrame) -> pl.Series:
    """An id for each row, the same every night: a function of its record, role, field and of whom it is linked to.

    How the values differ is not part of it, for a clerk's second try that is wrong in another way is the same matter.
    Of the person the stable id is taken: it is made with a secret key, so no number can be guessed from an id.
    """
    parts = rows.select(pl.concat_str("record_id", "role", "entity_id", "field", separator="\t")).to_series()
    ids = ["D" + hashlib.sha256(each.encode()).hexdigest()[:_DIGITS] for each in parts.to_list()]
    return pl.Series("discrepancy_id", ids, pl.String)
