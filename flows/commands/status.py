"""`doisoat status`: the last runs, and the books of the latest."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

import warehouse
from flows.console import show_run
from flows.console_table import ConsoleTable, figure, show, whole
from flows.quarantine import ageing
from flows.run import open_warehouse
from flows.settings import Settings


def show_status(settings: Settings, last: int, console: Console) -> None:
    """Prints the last runs, newest first."""
    with open_warehouse(settings) as connection:
        runs = warehouse.runs(connection, last)
        waiting = ageing.as_summary(warehouse.quarantine.open_rows(connection), settings.quarantine, ageing.today())
    if not runs:
        console.print(
            "Chưa có lần chạy nào. Hãy thử: doisoat run --drop DIR\nThere was no run yet. Try: doisoat run --drop DIR",
            highlight=False,
        )
        return
    show(console, runs_table(runs))
    show_run(runs[0] | {"quarantine": waiting}, console)


def runs_table(runs: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """How each run ended, and the release that was current then."""
    columns = (
        whole("lần chạy", "run"),
        whole("bắt đầu", "started"),
        whole("kết quả", "status"),
        figure("bản phát hành", "release"),
    )
    rows = [
        (each["run_id"], each["started_at"][:16].replace("T", " "), each["status"], each["release"]) for each in runs
    ]
    return ConsoleTable("Các lần chạy gần nhất · the last runs", columns, rows)
