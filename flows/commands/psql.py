"""`doisoat psql`: PostgreSQL's own client on the warehouse."""

from collections.abc import Sequence

import warehouse
from flows.run import opened
from flows.settings import Settings
from flows.workspace import Workspace


def open_psql(settings: Settings, arguments: Sequence[str]) -> int:
    """Runs psql with these arguments and returns its exit code."""
    with opened(settings, Workspace(settings.workspace.resolve())) as url:
        return warehouse.psql(url, arguments)
