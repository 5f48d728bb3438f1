"""What a person does to releases and a run would have done: publishing a held candidate, restoring a former release."""

from collections.abc import Iterator
from contextlib import contextmanager

import warehouse
from flows import holdings
from flows.errors import ExportUnfinishedError
from flows.run import open_warehouse
from flows.settings import Settings
from flows.stages.release import keep_release
from flows.workspace import Workspace


def approve(settings: Settings, candidate_id: str | None, by: str) -> warehouse.Published:
    """Publishes the candidate that waits, or the one of that id and no other; then prunes and exports as its run would.

    The errors of `warehouse.publish_candidate`, and RunInProgressError while a run is at work.
    """
    with _alone(settings) as connection:
        done = warehouse.publish_candidate(connection, candidate_id, approved_by=by)
        found = warehouse.offered(connection)
        if found is not None:
            holdings.prune(Workspace(settings.workspace.resolve()), found.holdings)
        _export(connection, settings, done.release)
    return done


def roll_back(settings: Settings, to: int | None, order: warehouse.Order) -> warehouse.Published:
    """Restores a former release as a new one, exports it, and holds all releases."""
    with _alone(settings) as connection:
        done = warehouse.rollback(connection, to, order)
        _export(connection, settings, done.release)
    return done


@contextmanager
def _alone(settings: Settings) -> Iterator[warehouse.Connection]:
    with open_warehouse(settings) as connection, warehouse.run_lock(connection):
        yield connection


def _export(connection: warehouse.Connection, settings: Settings, release: int | None) -> None:
    workspace = Workspace(settings.workspace.resolve())
    if release is None:
        return
    try:
        keep_release(connection, workspace, settings, release)
    except OSError as exc:
        raise ExportUnfinishedError(release, workspace.releases, exc.strerror or type(exc).__name__) from exc
