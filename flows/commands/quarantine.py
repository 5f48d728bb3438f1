"""`doisoat quarantine`: the rows that were held back, sheets for the offices, and what was answered."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows.commands.options import Actor, DatabaseUrl, SettingsFile, WorkspaceFolder, actor, overrides
from flows.console_table import ConsoleTable, figure, label, show, whole, words
from flows.numbers import counted, grouped
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
    "waiting": figure("chờ", "waiting"),
    "answered": figure("trả lời", "answered"),
    "within_verify": figure("hạn xác minh", "to verify"),
    "within_fix": figure("hạn sửa", "to correct"),
    "over": figure("quá hạn", "overdue"),
    "oldest_days": figure("lâu nhất", "max days"),
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
        show(console, rows_table(found))
        return
    show(console, *count_tables(found))
    _say(
        "Từng dòng: thêm --rows. Phiếu cho các đơn vị: doisoat quarantine export.",
        "Row by row: add --rows. Sheets for the offices: doisoat quarantine export.",
    )


def rows_table(found: "DataFrame") -> ConsoleTable:
    """Each row that waits, without its values."""
    from flows.quarantine import listing

    columns = (
        whole("mã, tệp, dòng", "id, file, row"),
        words("đơn vị, quy tắc", "unit, rule"),
        whole("hạn, trạng thái", "deadline, state"),
    )
    lines = listing.lines(found).iter_rows()
    rows = [[f"{first}\n{second}" for first, second in zip(each[::2], each[1::2], strict=True)] for each in lines]
    return ConsoleTable("", columns, rows)


def count_tables(found: "DataFrame") -> "Iterator[ConsoleTable]":
    """What waits by office, then by rule."""
    import polars as pl

    from flows.quarantine import ageing

    by_rule = found.with_columns(rule=pl.col("rules").list.first())
    heads = {"unit": label("đơn vị", "unit"), "dataset": whole("tập", "dataset"), "rule": label("quy tắc", "rule")}
    titles = ("Đang chờ theo đơn vị · waiting by office", "Đang chờ theo quy tắc · waiting by rule")
    for title, keys in zip(titles, (("unit", "dataset"), ("rule", "dataset")), strict=True):
        shown = ageing.counted(by_rule, *keys).select(*keys, *_BANDS)
        yield ConsoleTable(title, [*(heads[key] for key in keys), *_BANDS.values()], shown.rows())


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
        told = f"{each.unit}: {grouped(each.rows)} dòng · {counted(each.rows, 'row')}"
        console.print(f"{told}\n    {each.path}", markup=False, soft_wrap=True)
    _say(
        "Tệp có dữ liệu cá nhân: chỉ gửi qua kênh được phép. Khi có trả lời: doisoat quarantine import.",
        "The files hold personal data: send them by permitted channels only. Answers come in by: "
        "doisoat quarantine import.",
    )


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
        console.print(f"{vi} · {en}: {grouped(count)}")
    if taken.repeated:
        console.print(f"đã trả lời như vậy từ trước · answered so before: {grouped(taken.repeated)}")
    if taken.settled:
        console.print(f"đã xong trước đó, bỏ qua · settled meanwhile, passed over: {grouped(taken.settled)}")
    if not taken.by_event:
        console.print("Không có câu trả lời mới. · There is no new answer.")
        return
    _say(
        "Lần chạy sau (doisoat run) sẽ nhận và kiểm tra.",
        "The next run (doisoat run) takes them in and checks them.",
    )


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
    _say(
        f"{grouped(count)} dòng được nhận nguyên như vậy từ lần chạy sau.",
        f"{counted(count, 'row')} will be accepted unchanged from the next run on.",
    )


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
    _say(f"Đã rút {grouped(count)} dòng khỏi cách ly.", f"Withdrawn from quarantine: {counted(count, 'row')}.")


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
    _say(
        f"Đã trả {grouped(count)} dòng về nguồn, hạn {until:%d/%m/%Y}.",
        f"Returned to the source: {counted(count, 'row')}, due on {until:%d/%m/%Y}.",
    )


def _say(vi: str, en: str) -> None:
    Console(highlight=False, markup=False).print(f"{vi}\n{en}", soft_wrap=True)
