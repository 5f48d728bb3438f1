"""`doisoat quality`: the data-quality index of the last run, its trend, and who has what to correct."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
from flows.numbers import grouped
from flows.settings import Settings, load_settings

if TYPE_CHECKING:
    from flows.quality_view import QualityView

app = typer.Typer(help="The data-quality index: its trend, and who has what to correct.", no_args_is_help=True)

Unit = Annotated[
    str | None, typer.Option("--unit", help="Only this receiving unit, as its records name it.", show_default=False)
]
Dataset = Annotated[str | None, typer.Option("--dataset", help="Only this dataset.", show_default=False)]
Rows = Annotated[int, typer.Option("--rows", min=1, help="How many lines of each table.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


@app.command()
def show(
    *,
    unit: Unit = None,
    dataset: Dataset = None,
    rows: Rows = 15,
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Print the index, the worst rules and the units with most records to correct, as the last run found them."""
    found = _view(load_settings(settings_file, **overrides(workspace, database)), unit, dataset)
    console = Console(highlight=False)
    if as_json:
        console.print_json(json.dumps(found.as_dict(), ensure_ascii=False))
        return
    console.print(f"Lần chạy · run {found.run_id}, {found.started_at:%Y-%m-%d %H:%M}")
    console.print(_scores(found), _rules(found, rows))
    if unit is None:
        console.print(_units(found, rows))


@app.command()
def trend(
    *,
    unit: Unit = None,
    dataset: Dataset = None,
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Print the index in the runs of the last 30 days, oldest first."""
    from flows.quality_view import points

    found = points(load_settings(settings_file, **overrides(workspace, database)), unit, dataset)
    console = Console(highlight=False)
    if as_json:
        console.print_json(json.dumps(found, ensure_ascii=False))
        return
    table = _table("30 ngày qua · the last 30 days", "bắt đầu\nstarted", "tập\ndataset")
    table.add_column("điểm\nscore", justify="right")
    for each in found:
        table.add_row(each["started_at"][:16].replace("T", " "), _name(each), _coloured(each))
    console.print(table)


def _view(settings: Settings, unit: str | None, dataset: str | None) -> "QualityView":
    from flows.quality_view import view

    return view(settings, unit, dataset)


def _scores(found: "QualityView") -> Table:
    table = _table("Chỉ số chất lượng dữ liệu · data-quality index")
    table.add_column("tập\ndataset", no_wrap=True)
    for words in (*found.criteria, "chung\nall", "bản ghi\nrecords", "phải sửa\nto fix"):
        table.add_column(words, justify="right")
    for each in found.datasets:
        scores = [_number(each["by_criterion"].get(name)) for name in found.criteria]
        table.add_row(_name(each), *scores, _coloured(each), _count(each["records"]), _count(each["to_fix"]))
    return table


def _rules(found: "QualityView", rows: int) -> Table:
    table = _table("Quy tắc vướng nhiều nhất · rules broken most", "tập\ndataset", "quy tắc\nrule", "nhóm lỗi\nkind")
    table.add_column("không đạt\nfailed", justify="right")
    for each in found.rules[:rows]:
        told = f"{each['rule']}\n{escape(each['title_vi'])}\n{escape(each['title_en'])}"
        table.add_row(each["dataset"], told, each["error_group"], _count(each["failed"]))
    return table


def _units(found: "QualityView", rows: int) -> Table:
    title = "Đơn vị có nhiều bản ghi phải sửa · units with most records to fix"
    table = _table(title, "đơn vị, vướng nhiều nhất\nunit, broken most", "tập\ndataset")
    for words in ("bản ghi\nrecords", "phải sửa\nto fix", "điểm\nscore"):
        table.add_column(words, justify="right")
    for each in found.units[:rows]:
        worst = f"\n{each['worst_rule']} ({each['worst_rule_count']})" if each["worst_rule"] else ""
        counts = (_count(each["records"]), _count(each["to_fix"]))
        table.add_row(f"{escape(each['unit'])}{worst}", each["dataset"], *counts, _coloured(each))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    for each in columns:
        table.add_column(each, overflow="fold")
    return table


def _name(each: dict[str, Any]) -> str:
    return each["dataset"] or "tất cả\nall"


def _coloured(each: dict[str, Any]) -> str:
    return f"[{each['level']}]{_number(each['score'])}[/]"


def _number(score: float | None) -> str:
    # 99.97 reads 99.9: 100 promises that nothing failed.
    return "–" if score is None else f"{min(score, 99.9) if score < 100 else score:.1f}"


def _count(rows: int | None) -> str:
    return "–" if rows is None else grouped(rows)
