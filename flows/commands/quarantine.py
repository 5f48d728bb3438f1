"""`doisoat quarantine`: the rows that were held back, sheets for the offices, and what was answered."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.commands.options import Actor, DatabaseUrl, SettingsFile, WorkspaceFolder, actor, overrides
from flows.settings import load_settings

if TYPE_CHECKING:
    from polars import DataFrame

app = typer.Typer(
    help="Rows held back: list them, send sheets to the offices, take their answers in.", no_args_is_help=True
)

Unit = Annotated[str | None, typer.Option("--unit", help="Only rows of this office.", show_default=False)]
Dataset = Annotated[str | None, typer.Option("--dataset", help="Only rows of this dataset.", show_default=False)]
Ids = Annotated[list[str], typer.Argument(help="Ids of rows, or how they begin.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why, as the history will keep it.", show_default=False)]

_BANDS = {
    "waiting": "chờ\nwaiting",
    "answered": "đã\ntrả lời\nan-\nswered",
    "within_verify": "hạn\nxác minh\nto\nverify",
    "within_fix": "hạn\nsửa\nto\ncorrect",
    "over": "quá\nhạn\nover-\ndue",
    "oldest_days": "lâu nhất\n(ngày)\noldest\n(days)",
}


@app.command("list")
def list_rows(
    *,
    unit: Unit = None,
    dataset: Dataset = None,
    rule: Annotated[str | None, typer.Option("--rule", help="Only rows that broke this rule.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only rows past their deadline.")] = False,
    rows: Annotated[bool, typer.Option("--rows", help="Each row with its id, instead of counts.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: counts and rows, without values.")] = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Count what waits by office and rule, against the days to verify and to correct."""
    from flows.quarantine import listing

    settings = load_settings(settings_file, **overrides(workspace, database))
    found = listing.waiting(settings, listing.Wanted(unit, dataset, rule, overdue))
    if as_json:
        typer.echo(json.dumps(listing.as_dict(found), ensure_ascii=False, indent=1, default=str))
        return
    console = Console(highlight=False)
    if found.is_empty():
        console.print("Không có dòng nào chờ. · No row waits.")
        return
    if rows:
        table = Table("mã, tệp, dòng\nid, file, row", "đơn vị, quy tắc\nunit, rule", "hạn, trạng thái\ndeadline, state")
        for each in listing.lines(found).iter_rows():
            pairs = zip(each[::2], each[1::2], strict=True)
            table.add_row(*(escape(f"{first}\n{second}") for first, second in pairs))
        console.print(table)
        return
    for table in _count_tables(found):
        console.print(table)


def _count_tables(found: "DataFrame") -> Iterator[Table]:
    import polars as pl

    from flows.quarantine import ageing

    by_rule = found.with_columns(rule=pl.col("rules").list.first())
    titles = {"unit": "đơn vị\nunit", "dataset": "tập\ndataset", "rule": "quy tắc\nrule"}
    for keys in (("unit", "dataset"), ("dataset", "rule")):
        table = Table(box=SIMPLE_HEAD)
        for key in keys:
            table.add_column(titles[key], no_wrap=key == "dataset", overflow="fold")
        for words in _BANDS.values():
            table.add_column(words, justify="right", no_wrap=True)
        for counts in ageing.counted(by_rule, *keys).iter_rows(named=True):
            table.add_row(*(escape(str(counts[key])) for key in keys), *(str(counts[band]) for band in _BANDS))
        yield table


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Folder for the sheets; made if it is not there.", show_default=False)],
    *,
    unit: Unit = None,
    dataset: Dataset = None,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Write one workbook (XLSX) a receiving office, with proposals and a list of answers to choose from."""
    from flows.quarantine import listing
    from flows.quarantine.export import export as write

    settings = load_settings(settings_file, **overrides(workspace, database))
    console = Console(highlight=False)
    with listing.locked(settings) as connection:
        found = listing.filtered(connection, settings, listing.Wanted(unit, dataset))
        sheets = write(connection, found, folder, settings.quarantine, actor(by))
    if not sheets:
        console.print("Không có dòng nào chờ trả lời. · No row waits for an answer.")
        return
    for each in sheets:
        console.print(f"{each.unit}: {each.rows} dòng · rows\n    {each.path}", markup=False, soft_wrap=True)
    console.print("Tệp có dữ liệu cá nhân; chỉ gửi qua kênh được phép. · The files hold personal data.")


@app.command("import")
def import_answers(
    files: Annotated[list[Path], typer.Argument(help="Sheets that came back.", exists=True, show_default=False)],
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Take the answers of sheets in, all or none; the next run checks the corrections like any other row."""
    from flows.quarantine import listing
    from flows.quarantine.take_in import take_in

    settings = load_settings(settings_file, **overrides(workspace, database))
    with listing.locked(settings) as connection:
        taken = take_in(connection, files, actor(by))
    console = Console(highlight=False)
    for event, count in taken.by_event.items():
        vi, en = listing.EVENTS[event]
        console.print(f"{count} {vi} · {en}")
    if taken.repeated:
        console.print(f"{taken.repeated} đã trả lời như vậy từ trước · answered alike before")
    if taken.settled:
        console.print(f"{taken.settled} đã xong trước đó, bỏ qua · settled meanwhile, passed over")
    if not taken.by_event:
        console.print("Không có câu trả lời mới. · No new answer.")
        return
    console.print("Lần chạy sau (doisoat run) sẽ nhận và kiểm tra. · The next run takes them in and checks them.")


@app.command()
def release(
    ids: Ids,
    reason: Reason,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Accept rows as they are although they broke a rule; not rows without a key or that cannot be read."""
    from flows.quarantine import listing, take_in

    settings = load_settings(settings_file, **overrides(workspace, database))
    with listing.locked(settings) as connection:
        count = take_in.release(connection, ids, actor(by), reason)
    _done(f"{count} dòng được nhận nguyên như vậy từ lần chạy sau", f"{count} rows are accepted from the next run on")


@app.command()
def withdraw(
    ids: Ids,
    reason: Reason,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Settle rows that are no records: superfluous, tests, broken lines sent anew. They are never published."""
    from flows.quarantine import listing, take_in

    settings = load_settings(settings_file, **overrides(workspace, database))
    with listing.locked(settings) as connection:
        count = take_in.withdraw(connection, ids, actor(by), reason)
    _done(f"{count} dòng đã rút khỏi cách ly", f"{count} rows are withdrawn")


@app.command("return")
def return_rows(
    ids: Ids,
    *,
    reason: Reason,
    is_complex: Annotated[bool, typer.Option("--complex", help="A complex case: the longer term.")] = False,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Give rows back to their source with a deadline; each closes by itself when it comes corrected."""
    from flows.quarantine import ageing, listing, take_in

    settings = load_settings(settings_file, **overrides(workspace, database))
    until = ageing.deadline(ageing.today(), settings.quarantine, is_complex=is_complex)
    with listing.locked(settings) as connection:
        count = take_in.give_back(connection, ids, actor(by), reason, until)
    _done(f"{count} dòng trả lại nguồn, hạn {until:%d/%m/%Y}", f"{count} rows returned, due on {until:%d/%m/%Y}")


def _done(vi: str, en: str) -> None:
    Console(highlight=False).print(f"{vi}.\n{en}.")
