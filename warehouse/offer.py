"""The candidate as it waits: loaded whole into the database, so that any later process can publish or refuse it.

Its tables are unlogged; how many rows each was given is noted in a logged one, so that a crash is never taken for a
candidate that removes everything.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import polars as pl
from psycopg import sql
from psycopg.types.json import Jsonb

from contracts import Contract
from warehouse import audit
from warehouse.connection import Connection
from warehouse.copy import copy_frame, postgres_type
from warehouse.errors import FrameMismatchError, StaleCandidateError, translated
from warehouse.publication import INCOMING, Publication, incoming_frames
from warehouse.queries import names, query, template
from warehouse.tables import RELEASE, create_candidate, definitions

Status = Literal["loaded", "held", "refused", "published"]
ID_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """The candidate that is loaded."""

    candidate_id: str
    run_id: str
    state: str
    base_release: int | None
    """The release it was made against; None before the first."""
    holdings: Mapping[str, str]
    quality_index: float | None
    loaded_at: datetime
    status: Status
    """held: waits for an approval; refused: failed gate two; loaded: its run has not judged it."""
    findings: Mapping[str, Any]
    """What its run found: what would change, and why it is held."""
    is_outdated: bool
    """Whether something was published since it was made."""


def load_candidate(conn: Connection, contract: Contract, frame: pl.DataFrame) -> int:
    """Makes `candidate.<table>` anew from a frame with the contract's columns (`release` may be left out)."""
    wanted = tuple(each for each in contract.names if each != RELEASE)
    missing = [each for each in wanted if each not in frame.columns]
    unknown = [each for each in frame.columns if each not in contract.names]
    if missing or unknown:
        raise FrameMismatchError(f"candidate.{contract.dataset}", missing=missing, unknown=unknown)
    with translated(f"load candidate {contract.dataset}"), conn.transaction():
        conn.execute(query("offer/withdraw"))
        create_candidate(conn, contract)
        _fill(conn, contract.dataset, frame.select(wanted), contract.key)
    return frame.height


def offer(conn: Connection, publication: Publication) -> str:
    """Loads everything else that publishing needs and offers the candidate; its id, a function of what it is.

    Whoever offers another candidate, or begins to load one, takes this one away.
    """
    with translated("load the candidate"), conn.transaction():
        conn.execute(query("offer/withdraw"))
        for table, frame in incoming_frames(publication).items():
            columns = INCOMING[table]
            missing = [each for each in columns if each not in frame.columns]
            if missing:
                raise FrameMismatchError(table, missing=missing)
            types = {name: postgres_type(dtype) for name, dtype in columns.items()}
            place = sql.Identifier("candidate", table)
            conn.execute(template("tables/create_candidate", table=place, columns=definitions(types)))
            _fill(conn, table, frame.select(list(columns)), tuple(columns)[:3])
        # Now and not when it is published: a later verdict was not obeyed by the run that made the candidate.
        conn.execute(query("offer/name_stewards"))
        digest = hashlib.sha256(f"{publication.run_id}\n{publication.state}".encode()).hexdigest()
        values = {
            "candidate_id": digest[:ID_DIGITS],
            "run_id": publication.run_id,
            "state": publication.state,
            "holdings": Jsonb(dict(publication.holdings)),
            "quality_index": publication.quality_index,
        }
        conn.execute(query("offer/offer"), values)
    return digest[:ID_DIGITS]


def _fill(conn: Connection, table: str, frame: pl.DataFrame, key: tuple[str, ...]) -> None:
    rows = copy_frame(conn, "candidate", table, frame)
    conn.execute(template("publish/analyze", table=sql.Identifier("candidate", table), key=names(key)))
    conn.execute(query("publish/record_candidate"), {"table": table, "rows": rows})


def offered(conn: Connection) -> Candidate | None:
    """The candidate that is loaded; None before the first run and while another is being loaded."""
    with translated("read the candidate"):
        row = conn.execute(query("offer/candidate")).fetchone()
    return Candidate(*row) if row else None


def hold_candidate(conn: Connection, candidate_id: str, findings: Mapping[str, Any], *, is_refused: bool) -> None:
    """Leaves the candidate waiting for an approval, or refused by gate two, with what was found of it."""
    status: Status = "refused" if is_refused else "held"
    values = {"candidate_id": candidate_id, "status": status, "findings": Jsonb(dict(findings))}
    with translated("hold the candidate"), conn.transaction():
        if not conn.execute(query("offer/judge"), values).rowcount:
            raise StaleCandidateError(candidate_id, "replaced")
        audit.append(conn, "doisoat", "release_held", candidate_id, {"status": status})
