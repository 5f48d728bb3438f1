"""`doisoat ticket`: what offices are asked to repair, in workbooks that they answer."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows.commands.options import Actor, DatabaseUrl, SettingsFile, WorkspaceFolder, actor, overrides
from flows.console_table import ConsoleTable, figure, label, show, whole
from flows.numbers import counted, grouped
from flows.settings import load_settings

if TYPE_CHECKING:
    from polars import DataFrame

app = typer.Typer(
    help="Tickets to the offices that own a value: list, export, import, close, reopen, stats.", no_args_is_help=True
)

Office = Annotated[str | None, typer.Option("--office", help="Only this office, by its exact name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
TicketId = Annotated[str, typer.Argument(help="Id of the ticket, as `list` shows it.", show_default=False)]
Why = Annotated[str, typer.Option("--reason", help="Why; kept with the ticket.", show_default=False)]
_STATES = ("open", "notified", "answered", "closed")
_LISTED = ["ticket_id", "office", "state", "dataset", "role", "field", "kind", "gravity", "verify_by", "due_on"]
_LISTED += ["is_overdue", "answer", "outcome", "reopened_count"]
"""Nothing of a person: the two values are for the office alone."""


def _checked_state(state: str | None) -> str | None:
    if state is not None and state not in _STATES:
        raise typer.BadParameter(f"known: {', '.join(_STATES)}")
    return state


@app.command("list")
def list_tickets(
    *,
    office: Office = None,
    state: Annotated[
        str | None,
        typer.Option("--state", help="open, notified, answered or closed. [all but closed]", callback=_checked_state),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those past their day.")] = False,
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Print tickets by office and day due, without the values that differ."""
    import polars as pl

    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        board = warehouse.tickets.board(connection)
    wanted = board.filter(pl.col("state") == state if state else pl.col("state") != "closed")
    wanted = _of_office(wanted, office)
    found = (wanted.filter("is_overdue") if overdue else wanted).select(_LISTED)
    if as_json:
        typer.echo(json.dumps(found.to_dicts(), ensure_ascii=False, indent=1, default=str))
        return
    console = Console(highlight=False)
    if found.is_empty():
        console.print("Không có phiếu nào. · There is no such ticket.")
        return
    show(console, tickets_table(found))
    console.print(
        f"{grouped(found.height)} phiếu. Tệp cho các cơ quan: doisoat ticket export.\n"
        f"{counted(found.height, 'ticket')}. Workbooks for the offices: doisoat ticket export."
    )


def tickets_table(found: "DataFrame") -> ConsoleTable:
    """Tickets under the name of their office."""
    columns = (
        label("cơ quan", "office"),
        whole("phiếu, trạng thái", "ticket, state"),
        whole("trường, khác nhau thế nào", "field, kind of difference"),
        whole("hạn", "due"),
    )
    rows = []
    for row in found.iter_rows(named=True):
        day = row["due_on"] if row["state"] == "answered" else row["verify_by"]
        late = "\nquá hạn · overdue" if row["is_overdue"] else ""
        state = row["state"] + (f" ({row['outcome']})" if row["outcome"] else "")
        what = f"{row['dataset']}.{row['role']} {row['field']}\n{row['kind']}"
        rows.append((row["office"], f"{row['ticket_id']}\n{state}", what, f"{day:%d/%m/%Y}{late}"))
    return ConsoleTable("Phiếu gửi các cơ quan · tickets to the offices", columns, rows, is_label_above=True)


def _of_office(board: "DataFrame", office: str | None) -> "DataFrame":
    return board if office is None else board.filter(board["office"] == office)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Folder for the workbooks, one an office.", show_default=False)],
    office: Office = None,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Write a workbook of open tickets for each office. The files hold personal data."""
    from datetime import datetime

    import polars as pl

    import warehouse
    from flows.run import TIMEZONE, open_warehouse
    from flows.tickets import workbooks

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        asked = _of_office(warehouse.tickets.board(connection).filter(pl.col("state") != "closed"), office)
        paths = workbooks.write_all(asked, folder, datetime.now(TIMEZONE).date()) if asked.height else []
        first = warehouse.tickets.note_exported(connection, asked["ticket_id"].to_list(), actor(by)) if paths else 0
    console = Console(highlight=False)
    for path in paths:
        console.print(str(path), soft_wrap=True)
    console.print(
        f"{grouped(asked.height)} phiếu cho {grouped(len(paths))} cơ quan, {grouped(first)} phiếu gửi lần đầu.\n"
        f"{counted(asked.height, 'ticket')} for {counted(len(paths), 'office')}, {grouped(first)} for the first time."
    )


@app.command("import")
def import_answers(
    file: Annotated[Path, typer.Argument(help="Workbook that an office filled in.", show_default=False)],
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Take the answers of an office in: all rows, or none if one is not understood. Again, it changes nothing."""
    import warehouse
    from flows.run import open_warehouse
    from flows.tickets import answers

    rows = answers.read(file)
    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        known = warehouse.tickets.known(connection, [each.ticket_id for each in rows])
        given = answers.checked(file, rows, known)
        new = warehouse.tickets.take_answers(connection, given, actor(by))
    closed = len(rows) - len(given)
    Console(highlight=False).print(
        f"{grouped(len(rows))} dòng có trả lời: {grouped(new)} câu mới, {grouped(closed)} phiếu đã đóng từ trước.\n"
        f"{counted(len(rows), 'row')} answered: {counted(new, 'new answer')}, "
        f"{grouped(closed)} on tickets closed before."
    )


@app.command()
def close(
    ticket: TicketId,
    reason: Why,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Close a ticket by hand. It opens again only if its difference goes and comes back."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        warehouse.tickets.close(connection, ticket, actor(by), reason)
    Console(highlight=False).print(f"Đã đóng phiếu {ticket}. · Ticket {ticket} is closed.")


@app.command()
def reopen(
    ticket: TicketId,
    reason: Why,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Open a closed ticket again whose difference still stands; its days begin anew."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        warehouse.tickets.reopen(connection, ticket, actor(by), reason)
    Console(highlight=False).print(f"Đã mở lại phiếu {ticket}. · Ticket {ticket} is open again.")


@app.command()
def stats(
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """By office: open, overdue, repaired, how many came back, and the median of days to repair."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        found = warehouse.tickets.counts(connection)
    if as_json:
        typer.echo(json.dumps(found.to_dicts(), ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False)
    if found.is_empty():
        console.print("Chưa có phiếu nào. · There is no ticket yet.")
        return
    show(console, stats_table(found))


def stats_table(found: "DataFrame") -> ConsoleTable:
    """Counts by office; of what was repaired, how many differ again, and the median of days."""
    columns = (
        label("cơ quan", "office"),
        figure("mở", "open"),
        figure("quá hạn", "overdue"),
        figure("đã sửa", "repaired"),
        figure("sai lại", "returned"),
        figure("ngày, trung vị", "median days"),
    )
    rows = []
    for office, still_open, overdue, repaired, returned, days in found.iter_rows():
        share = f"{grouped(returned)} ({returned / repaired:.0%})" if repaired else None
        rows.append((office, still_open, overdue, repaired, share, None if days is None else f"{days:.1f}"))
    return ConsoleTable("Phiếu theo cơ quan · tickets by office", columns, rows)
