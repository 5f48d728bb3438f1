"""PostgreSQL by psycopg: the embedded server, migrations, loading, links and their history, releases, exports."""

from warehouse import access, audit, catalogue, discrepancies, history, quarantine, tickets
from warehouse.changes import Change, Changes, would_change
from warehouse.client import psql
from warehouse.connection import Connection, connect
from warehouse.embedded import running
from warehouse.export import export_release, forget_exports
from warehouse.holds import Hold, hold, hold_releases, resume_releases
from warehouse.identity import entity_ids, identified
from warehouse.locks import run_lock
from warehouse.migrate import prepare
from warehouse.offer import Candidate, hold_candidate, load_candidate, offer, offered
from warehouse.pinning import pin, unpin
from warehouse.pins import Pin, pins
from warehouse.publication import Publication, Published, TableChange
from warehouse.publish import publish_candidate
from warehouse.query_source import read_batches
from warehouse.reading import (
    State,
    checksums,
    identity_key,
    links,
    record_run,
    releases,
    runs,
    state,
    verdicts,
)
from warehouse.retention import Kept, kept, retain
from warehouse.rollback import Order, rollback
from warehouse.staging import stage

__all__ = [
    "Candidate",
    "Change",
    "Changes",
    "Connection",
    "Hold",
    "Kept",
    "Order",
    "Pin",
    "Publication",
    "Published",
    "State",
    "TableChange",
    "access",
    "audit",
    "catalogue",
    "checksums",
    "connect",
    "discrepancies",
    "entity_ids",
    "export_release",
    "forget_exports",
    "history",
    "hold",
    "hold_candidate",
    "hold_releases",
    "identified",
    "identity_key",
    "kept",
    "links",
    "load_candidate",
    "offer",
    "offered",
    "pin",
    "pins",
    "prepare",
    "psql",
    "publish_candidate",
    "quarantine",
    "read_batches",
    "record_run",
    "releases",
    "resume_releases",
    "retain",
    "rollback",
    "run_lock",
    "running",
    "runs",
    "stage",
    "state",
    "tickets",
    "unpin",
    "verdicts",
    "would_change",
]
