"""`doisoat status`: the last runs, and the books of the latest."""

from rich.console import Console
from rich.table import Table

import warehouse
from flows.console import show_run
from flows.run import opened
from flows.settings import Settings
from flows.workspace import Workspace


def show_status(settings: Settings, last: int, console: Console) -> None:
    """Prints the last runs, newest first."""
    with opened(settings, Workspace(settings.workspace.resolve())) as url, warehouse.connect(url) as connection:
        warehouse.prepare(connection)
        runs = warehouse.runs(connection, last)
    if not runs:
        console.print("Chưa có lần chạy nào. · No run yet. Try: doisoat run --drop DIR", highlight=False)
        return
    table = Table(
        "lần chạy · run", "bắt đầu · started", "kết quả · status", "phát hành · release", title_justify="left"
    )
    for each in runs:
        table.add_row(each["run_id"], each["started_at"], each["status"], str(each["release"] or "–"))
    console.print(table)
    show_run(runs[0], console)
