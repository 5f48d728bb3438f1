"""One run: its settings, warehouse, plan and stage results, opened and closed in one place."""

import sys
import traceback
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

import warehouse
from flows import anchors
from flows.plan import Plan, Said, make_plan
from flows.progress import Reporter, reporter
from flows.settings import Settings
from flows.stage_store import StageStore
from flows.workspace import Workspace

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""All times shown are Viet Nam's."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A run that holds the lock and knows what was published before, but not yet what it has to do."""

    run_id: str
    started_at: datetime
    settings: Settings
    workspace: Workspace
    url: str
    connection: warehouse.Connection
    state: warehouse.State
    reporter: Reporter


@dataclass(frozen=True, slots=True)
class Run(Opened):
    """Everything a stage may use."""

    plan: Plan
    store: StageStore

    @classmethod
    def planned(cls, opened: Opened) -> "Run":
        """The run with its plan made."""
        verdicts = warehouse.verdicts(opened.connection)
        said = Said(verdicts, warehouse.quarantine.answers(opened.connection))
        plan = make_plan(opened.settings, opened.workspace, opened.state, said)
        store = StageStore(opened.workspace.work(plan.fingerprint))
        return cls(**{each.name: getattr(opened, each.name) for each in fields(opened)}, plan=plan, store=store)


@contextmanager
def opened(settings: Settings, workspace: Workspace) -> Iterator[str]:
    """URL of the warehouse: the configured database, or the embedded one for the time of the block."""
    if settings.database is not None:
        yield settings.database.get_secret_value()
        return
    workspace.prepare()
    with warehouse.running(workspace.postgresql) as url:
        yield url


@contextmanager
def open_warehouse(settings: Settings) -> Iterator[warehouse.Connection]:
    """A connection to the migrated warehouse, for the time of the block."""
    workspace = Workspace(settings.workspace.resolve())
    with opened(settings, workspace) as url, warehouse.connect(url) as connection:
        warehouse.prepare(connection)
        yield connection
        anchors.note(connection, workspace)


@contextmanager
def begin(settings: Settings) -> Iterator[Opened]:
    """A run that holds the lock on a migrated warehouse."""
    started = datetime.now(TIMEZONE).replace(microsecond=0)
    run_id = f"{started:%Y-%m-%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    workspace = Workspace(settings.workspace.resolve())
    workspace.prepare()
    with ExitStack() as stack:
        url = stack.enter_context(opened(settings, workspace))
        connection = stack.enter_context(warehouse.connect(url))
        stack.enter_context(warehouse.run_lock(connection))
        warehouse.prepare(connection)
        shown = stack.enter_context(reporter())
        yield Opened(run_id, started, settings, workspace, url, connection, warehouse.state(connection), shown)
        anchors.note(connection, workspace)


def write_trace(run: Opened) -> None:
    """Writes where the exception in flight came from: files and lines, never its text, which may hold personal data."""
    kind, _, trace = sys.exc_info()
    folder = run.workspace.run(run.run_id)
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{kind.__name__ if kind else 'unknown'}\n", *traceback.format_tb(trace)]
    (folder / "error.log").write_text("".join(lines), encoding="utf-8")
