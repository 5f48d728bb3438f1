"""One run: its settings, warehouse, plan and stage results, opened and closed in one place."""

import sys
import traceback
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import warehouse
from flows.plan import Plan, make_plan
from flows.progress import Reporter, reporter
from flows.settings import Settings
from flows.stage_store import StageStore
from flows.workspace import Workspace

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""All times shown are Viet Nam's."""


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a stage may use."""

    run_id: str
    started_at: datetime
    settings: Settings
    workspace: Workspace
    url: str
    connection: warehouse.Connection
    plan: Plan
    store: StageStore
    reporter: Reporter


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
def begin(settings: Settings) -> Iterator[Run]:
    """A run that holds the lock, with its plan made; a run that fails leaves a summary and a trace without values."""
    started = datetime.now(TIMEZONE).replace(microsecond=0)
    run_id = f"{started:%Y-%m-%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    workspace = Workspace(settings.workspace.resolve())
    workspace.prepare()
    with ExitStack() as stack:
        url = stack.enter_context(opened(settings, workspace))
        connection = stack.enter_context(warehouse.connect(url))
        stack.enter_context(warehouse.run_lock(connection))
        shown = stack.enter_context(reporter())
        warehouse.prepare(connection)
        shown.stage("pull")
        plan = make_plan(settings, workspace, warehouse.state(connection), warehouse.verdicts(connection))
        store = StageStore(workspace.work(plan.fingerprint))
        yield Run(run_id, started, settings, workspace, url, connection, plan, store, shown)


def write_trace(run: Run) -> None:
    """Writes where the exception in flight came from: files and lines, never its text, which may hold personal data."""
    kind, _, trace = sys.exc_info()
    folder = run.workspace.run(run.run_id)
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{kind.__name__ if kind else 'unknown'}\n", *traceback.format_tb(trace)]
    (folder / "error.log").write_text("".join(lines), encoding="utf-8")
