"""`doisoat status`: the last runs, and the books of the latest."""

from rich.console import Console
from rich.table import Table

import warehouse
from flows.console import show_run
from flows.quarantine import ageing
from flows.run import open_warehouse
from flows.settings import Settings


def show_status(settings: Settings, last: int, console: Console) -> None:
    """Prints the last runs, newest first."""
    with open_warehouse(settings) as connection:
        runs = warehouse.runs(connection, last)
        waiting = ageing.as_summary(warehouse.quarantine.open_rows(connection), settings.quarantine, ageing.today())
    if not runs:
        console.print("Chưa có lần chạy nào. · No run yet. Try: doisoat run --drop DIR", highlight=False)
        return
    table = Table(
        "lần chạy · run", "bắt đầu · started", "kết quả · status", "phát hành · release", title_justify="left"
    )
    for each in runs:
        table.add_row(each["run_id"], each["started_at"], each["status"], str(each["release"] or "–"))
    console.print(table)
    show_run(runs[0] | {"quarantine": waiting}, console)
