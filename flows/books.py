"""The books: what became of each row received and each record held. They balance or nothing is published.

received = accepted + quarantined + unchanged, and for each role accepted = linked + review + not_found + unlinkable.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from contracts import received
from flows.errors import BooksError

STATUSES = ("linked", "review", "not_found", "unlinkable")
WITHDRAWN = "withdrawn"
"""Reason of an accepted row that says its record is no more."""

Book = dict[str, Any]
"""A JSON-able page of the books, as the summary holds it."""


def of_run(counts: Mapping[str, Mapping[str, Any]], accepted: pl.DataFrame, decisions: pl.DataFrame) -> list[Book]:
    """What became of the rows received in this run; BooksError if a row was lost or counted twice.

    `counts` come from gate one by dataset; `accepted` has dataset, record_id and _op of the accepted rows.
    """
    books = []
    for dataset, count in counts.items():
        own = accepted.filter(pl.col("dataset") == dataset)
        book: Book = {"dataset": dataset, **count, "roles": _roles(dataset, own, decisions)}
        balance(book)
        books.append(book)
    return books


def of_holdings(decisions: pl.DataFrame, held: Mapping[str, int]) -> list[Book]:
    """Where every record held stands now; `held` is the number of rows by dataset."""
    books = []
    for dataset, rows in held.items():
        own = decisions.filter(pl.col("dataset") == dataset).select("record_id", "role", "status", "reason")
        roles = [_role(role, own.filter(pl.col("role") == role)) for role in received()[dataset].roles]
        books.append({"dataset": dataset, "held": rows, "roles": roles})
    return books


def balance(book: Book) -> None:
    """Raises BooksError, with the sum that is off, unless the book balances."""
    parts = book["accepted"] + book["quarantined"] + book["unchanged"]
    if book["received"] != parts or book["unchanged"] < 0:
        raise BooksError(book["dataset"], f"received {book['received']} ≠ {parts}")
    if sum(book["quarantined_by_rule"].values()) != book["quarantined"]:
        raise BooksError(book["dataset"], "quarantined ≠ sum by rule")
    for role in book["roles"]:
        total = sum(role[status] for status in STATUSES)
        if total != book["accepted"]:
            raise BooksError(book["dataset"], f"{role['role']}: accepted {book['accepted']} ≠ {total}")


def _roles(dataset: str, accepted: pl.DataFrame, decisions: pl.DataFrame) -> list[Book]:
    own = decisions.filter(pl.col("dataset") == dataset)
    pages = []
    for role in received()[dataset].roles:
        of_role = own.filter(pl.col("role") == role).select("record_id", "status", "reason")
        beside = accepted.join(of_role, on="record_id", how="left")
        # A record whose deletion was accepted, in this delivery or a later one of the same run, has no decision.
        fate = beside.with_columns(pl.col("status").fill_null("unlinkable"), pl.col("reason").fill_null(WITHDRAWN))
        pages.append(_role(role, fate))
    return pages


def _role(role: str, fate: pl.DataFrame) -> Book:
    page: Book = {"role": role, **dict.fromkeys(STATUSES, 0), "by_reason": {status: {} for status in STATUSES}}
    counted = fate.group_by("status", "reason").len().sort("status", "reason")
    for status, reason, rows in counted.iter_rows():
        page[status] += rows
        page["by_reason"][status][reason] = rows
    return page
