"""`doisoat audit`: the log of who did what, and whether anybody tampered with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
from flows.console_table import ConsoleTable, label, whole, words
from flows.console_table import show as show_table
from flows.exits import Exit
from flows.numbers import counted, grouped
from flows.settings import load_settings

if TYPE_CHECKING:
    from warehouse.audit import Entry

app = typer.Typer(help="Who did what: the audit log, and whether anybody tampered with it.", no_args_is_help=True)

_FAULTS = {
    "changed": ("nội dung dòng đã bị sửa", "the entry was changed"),
    "missing": ("thiếu dòng ngay trước đó", "an entry before it is missing"),
    "out_of_order": ("không nối với dòng trước", "it does not follow the one before"),
    "cut_off": ("không còn như đã ghi nhận ngoài cơ sở dữ liệu", "it is not as noted outside the database"),
}


@app.command()
def show(
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
    last: Annotated[int, typer.Option("--last", min=1, help="How many entries.")] = 20,
) -> None:
    """Print the last entries, newest first."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        found = warehouse.audit.entries(connection, last)
    console = Console(highlight=False)
    if not found:
        console.print("Nhật ký kiểm toán chưa có dòng nào. · The audit log has no entry yet.")
        return
    show_table(console, entries_table(found))


def entries_table(entries: "Sequence[Entry]") -> ConsoleTable:
    """Who did what, one row an entry."""
    columns = (
        whole("số", "no."),
        whole("lúc", "at"),
        words("ai", "who"),
        label("việc", "action"),
        label("đối tượng", "subject"),
    )
    rows = [
        (each.position, f"{each.recorded_at:%Y-%m-%d %H:%M:%S}", each.actor, each.action, each.subject)
        for each in entries
    ]
    return ConsoleTable("", columns, rows)


@app.command()
def verify(workspace: WorkspaceFolder = None, database: DatabaseUrl = None, settings_file: SettingsFile = None) -> None:
    """Hold the whole log against its hashes and the heads noted in the workspace; exit code 1 if it was changed."""
    import warehouse
    from flows import anchors
    from flows.run import open_warehouse
    from flows.workspace import Workspace

    settings = load_settings(settings_file, **overrides(workspace, database))
    noted = anchors.anchors(Workspace(settings.workspace.resolve()))
    console = Console(highlight=False)
    with open_warehouse(settings) as connection:
        faults = warehouse.audit.faults(connection, noted)
        head = warehouse.audit.head(connection)
    for position, fault in faults:
        vi, en = _FAULTS[fault]
        console.print(f"Dòng {position}: {vi}. · Entry {position}: {en}.", style="red")
    if faults:
        console.print(
            "Nhật ký kiểm toán KHÔNG còn nguyên vẹn: giữ cơ sở dữ liệu lại làm bằng chứng và đối chiếu bản sao lưu.\n"
            "The audit log is NOT intact: keep the database as evidence and compare it with a backup."
        )
        raise typer.Exit(Exit.FAILED)
    count = head.position if head else 0
    console.print(
        f"Nhật ký kiểm toán nguyên vẹn: {grouped(count)} dòng, {grouped(len(noted))} mốc ghi ngoài cơ sở dữ liệu.\n"
        f"The audit log is intact: {counted(count, 'entry', 'entries')}, "
        f"{counted(len(noted), 'head')} noted outside the database."
    )
