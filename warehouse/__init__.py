"""PostgreSQL by psycopg: the embedded server, migrations, loading, links and their history, releases, exports."""

from warehouse import audit, catalogue, quarantine
from warehouse.client import psql
from warehouse.connection import Connection, connect
from warehouse.embedded import running
from warehouse.export import export_release
from warehouse.identity import entity_ids
from warehouse.locks import run_lock
from warehouse.migrate import prepare
from warehouse.publication import Publication, Published, TableChange
from warehouse.publish import load_candidate, publish
from warehouse.query_source import read_batches
from warehouse.reading import State, checksums, links, record_run, runs, state, verdicts
from warehouse.staging import stage

__all__ = [
    "Connection",
    "Publication",
    "Published",
    "State",
    "TableChange",
    "audit",
    "catalogue",
    "checksums",
    "connect",
    "entity_ids",
    "export_release",
    "links",
    "load_candidate",
    "prepare",
    "psql",
    "publish",
    "quarantine",
    "read_batches",
    "record_run",
    "run_lock",
    "running",
    "runs",
    "stage",
    "state",
    "verdicts",
]
