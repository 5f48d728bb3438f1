"""`doisoat serve`: the nightly schedule, by Prefect's own scheduler."""

from pathlib import Path
from typing import Any

from rich.console import Console

from flows import orchestrator
from flows.commands.run import plain
from flows.settings import Settings
from flows.workspace import Workspace


def serve_nightly(settings: Settings, settings_file: Path | None, overrides: dict[str, Any], console: Console) -> None:
    """Serves the flow on its schedule until interrupted; each run is a process of its own."""
    workspace = Workspace(settings.workspace.resolve())
    workspace.prepare()
    with orchestrator.server(workspace.prefect, with_services=True) as ready:
        from prefect.schedules import Cron

        from flows.nightly import nightly

        ready()
        cron, zone = settings.schedule.cron, settings.schedule.timezone
        console.print(f"Đang chờ lịch {cron} ({zone}); dừng bằng Ctrl-C. · Waiting for the schedule; stop with Ctrl-C.")
        nightly.serve(
            name="nightly",
            schedule=Cron(cron, timezone=zone),
            parameters={
                "settings_file": str(settings_file.resolve()) if settings_file else None,
                "overrides": plain(overrides | {"workspace": workspace.root}),
            },
            limit=1,
            print_starting_message=False,
        )
