"""Tickets: each confirmed difference is asked to be repaired of the office that owns the value, until both sides agree.

Publishing opens, closes and reopens them by what it published, in its own transaction; people answer, close and reopen.
Every step is an event that stays. Answers and hand-written reasons may name a person: they stay in the ledger and reach
neither the audit log nor any message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from warehouse import audit
from warehouse.connection import Connection
from warehouse.copy_out import fetch
from warehouse.errors import TicketError, translated
from warehouse.queries import bare, query

ANSWERS = ("will_fix", "fixed", "contested", "not_ours")
"""What an office may answer; the last two end the ticket."""
_SETTLING = ("close", "forget", "refresh", "move", "reopen", "open")
"""In this order: what is gone before what came, so that a difference is never both."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Days an office has to verify and then to repair, and the gravity from which a difference is asked of it."""

    verify_days: int
    repair_days: int
    least_gravity: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What an office says of a ticket: one of ANSWERS, and why."""

    ticket_id: str
    answer: str
    note: str | None = None


def set_terms(conn: Connection, terms: Terms) -> None:
    """What holds for tickets opened from now on; those that are open keep their days."""
    values = {name: getattr(terms, name) for name in ("verify_days", "repair_days", "least_gravity")}
    with translated("set the terms of tickets"):
        conn.execute(query("tickets/set_terms"), values)


def settle(conn: Connection, release: int | None, at: datetime | None = None, *, is_rollback: bool = False) -> None:
    """Brings tickets in line with the published differences and the links that hold, in the caller's transaction.

    `release` is the one that is published, None as long as there is none; `at` the moment, now if not given. The clock
    of tickets never runs back: a moment before the last event counts as that one. A rollback repairs nothing: what it
    shows no more is withdrawn, and what people ended stays ended when the next run shows it again.
    """
    if release is None:
        return
    for step in _SETTLING:
        if not (is_rollback and step == "forget"):
            conn.execute(query(f"tickets/{step}"), {"release": release, "at": at, "is_rollback": is_rollback})


def board(conn: Connection) -> pl.DataFrame:
    """All tickets with the values that differ, one row a ticket, by office and day due."""
    return fetch(conn, bare("tickets/board"))


def counts(conn: Connection) -> pl.DataFrame:
    """By office: open_count, overdue_count, repaired_count, returned_count, median_repair_days (or null)."""
    return fetch(conn, bare("tickets/counts"))


def known(conn: Connection, tickets: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Office and state of those of the tickets that there are."""
    with translated("read the tickets"):
        rows = conn.execute(query("tickets/known"), {"tickets": list(tickets)}).fetchall()
    return {ticket: (office, state) for ticket, office, state in rows}


def note_exported(conn: Connection, tickets: Sequence[str], actor: str) -> int:
    """Takes note that the offices are told; how many tickets are told for the first time."""
    with translated("note the export of tickets"), conn.transaction():
        first = conn.execute(query("tickets/note_exported"), {"tickets": list(tickets), "actor": actor}).rowcount
        audit.append(conn, actor, "tickets_exported", "ledger.ticket", {"tickets": len(tickets), "first": first})
    return first


def take_answers(conn: Connection, answers: Sequence[Answer], actor: str) -> int:
    """Takes answers in, all or none; how many are new. One to a closed ticket, or given before, changes nothing."""
    values = {
        "tickets": [each.ticket_id for each in answers],
        "answers": [each.answer for each in answers],
        "notes": [each.note for each in answers],
        "actor": actor,
    }
    with translated("take in answers"), conn.transaction():
        changed = {row[0] for row in conn.execute(query("tickets/answer"), values).fetchall()}
        if changed:
            audit.append(conn, actor, "tickets_answered", "ledger.ticket", {"tickets": len(changed)})
    return len(changed)


def close(conn: Connection, ticket: str, actor: str, reason: str) -> None:
    """Closes a ticket by hand; TicketError where there is no open one of that id."""
    with translated("close a ticket"), conn.transaction():
        _by_hand(conn, "close_by_hand", ticket, actor, reason)
        audit.append(conn, actor, "ticket_closed", ticket)


def reopen(conn: Connection, ticket: str, actor: str, reason: str) -> None:
    """Opens a closed ticket again by hand; TicketError where there is none, or its difference stands no more."""
    with translated("reopen a ticket"), conn.transaction():
        _by_hand(conn, "reopen_by_hand", ticket, actor, reason)
        audit.append(conn, actor, "ticket_reopened", ticket)


def _by_hand(conn: Connection, step: str, ticket: str, actor: str, reason: str) -> None:
    if conn.execute(query(f"tickets/{step}"), {"ticket": ticket, "actor": actor, "reason": reason}).rowcount:
        return
    found = known(conn, [ticket]).get(ticket)
    raise TicketError(ticket, found[1] if found else None)
