"""Heads of the audit log, noted in the workspace: outside the database, whose owner could cut the log's end off."""

import json
from pathlib import Path

import warehouse
from flows.errors import AnchorsUnreadableError
from flows.workspace import Workspace
from warehouse.audit import Anchor


def note(connection: warehouse.Connection, workspace: Workspace) -> None:
    """Notes the present head, unless it is the one noted last."""
    head = warehouse.audit.head(connection)
    path = workspace.anchors
    if head is None or (path.exists() and head in anchors(workspace)[-1:]):
        return
    # A database of one's own may be asked before any run has made the folder.
    workspace.prepare()
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"position": head.position, "hash": head.hash}) + "\n")


def anchors(workspace: Workspace) -> list[Anchor]:
    """All heads noted so far, oldest first; AnchorsUnreadableError names the line that is none."""
    path = workspace.anchors
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [_anchor(path, place, line) for place, line in enumerate(lines, start=1)]


def _anchor(path: Path, place: int, line: str) -> Anchor:
    try:
        told = json.loads(line)
        return Anchor(int(told["position"]), str(told["hash"]))
    except (ValueError, KeyError, TypeError) as exc:
        raise AnchorsUnreadableError(path, place) from exc
