"""`doisoat run`: one run of the nightly flow in this process, and the books on the console."""

import os
import shlex
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from flows import orchestrator
from flows.console import show_run
from flows.exits import Exit
from flows.settings import Settings
from flows.summary import Summary
from flows.workspace import Workspace

_NAME = "doisoat"


def run_once(settings: Settings, settings_file: Path | None, overrides: dict[str, Any], console: Console) -> Exit:
    """Runs the flow once; the exit code says how it ended."""
    workspace = Workspace(settings.workspace.resolve())
    workspace.prepare()
    Console(stderr=True).print("Đang khởi động, vài giây · starting, a few seconds", highlight=False)
    with orchestrator.server(workspace.prefect) as ready:
        from flows.nightly import nightly

        ready()
        summary: Summary = nightly(str(settings_file) if settings_file else None, plain(overrides))
    console.print()
    show_run(summary, console)
    _show_next(settings, summary, console)
    return _exit(summary)


def plain(overrides: dict[str, Any]) -> dict[str, Any]:
    """Overrides as JSON-able values, for Prefect's record of the run."""
    return {
        key: [str(one) for one in each] if isinstance(each, tuple) else str(each) for key, each in overrides.items()
    }


def _exit(summary: Summary) -> Exit:
    if summary["status"] == "held":
        return Exit.HELD
    refused = any(each["status"] == "refused" for each in summary["deliveries"])
    return Exit.REFUSED if refused else Exit.DONE


def _show_next(settings: Settings, summary: Summary, console: Console) -> None:
    where = f" --workspace {shlex.quote(str(settings.workspace))}" if settings.workspace != Path("workspace") else ""
    query = "select owner_link_status, count(*) from published.dossier group by 1"
    report, called = _near(summary["report"]), program(sys.argv[0])
    console.print(f"\nBáo cáo · report: {report}", highlight=False, soft_wrap=True)
    console.print("Tiếp theo · next:", highlight=False)
    for line in (f"{called} psql{where} -- -c '{query}'", f"{called} status{where}", f"xdg-open {report}"):
        console.print(f"  {line}", highlight=False, soft_wrap=True)


def program(called: str) -> str:
    """How to call the command again: as it was called, or by its name where something else, like python, ran it."""
    return _near(called) if Path(called).name == _NAME else _NAME


def _near(path: str) -> str:
    """The path as one would type it here: relative where that is shorter."""
    return shlex.quote(min(path, os.path.relpath(path), key=len) if "/" in path else path)
