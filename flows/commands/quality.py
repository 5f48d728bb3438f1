"""`doisoat quality`: the data-quality index of the last run, its trend, and who has what to correct."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
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

_LEVELS = {"green": "green", "yellow": "yellow", "red": "red", None: "default"}


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
    table = Table("lần chạy · run", "bắt đầu · started", "tập · dataset")
    table.add_column("điểm · score", justify="right")
    for each in found:
        table.add_row(each["run_id"], each["started_at"], each["dataset"] or "tất cả · all", f"{each['score']:.2f}")
    console.print(table)


def _view(settings: Settings, unit: str | None, dataset: str | None) -> "QualityView":
    from flows.quality_view import view

    return view(settings, unit, dataset)


def _scores(found: "QualityView") -> Table:
    table = Table(
        "tập · dataset", *found.criteria, title="Chỉ số chất lượng dữ liệu · data-quality index", title_justify="left"
    )
    for words in ("chung · all", "bản ghi · records", "phải sửa · to fix"):
        table.add_column(words, justify="right")
    for each in found.datasets:
        scores = [_number(each["by_criterion"].get(name)) for name in found.criteria]
        level = _LEVELS[each["level"]]
        counts = [_count(each["records"]), _count(each["to_fix"])]
        table.add_row(each["dataset"] or "tất cả · all", *scores, f"[{level}]{_number(each['score'])}[/]", *counts)
    return table


def _rules(found: "QualityView", rows: int) -> Table:
    table = Table(title="Quy tắc vướng nhiều nhất · rules broken most", title_justify="left")
    for words in ("tập · dataset", "quy tắc · rule", "câu · sentence", "nhóm lỗi · kind"):
        table.add_column(words, overflow="fold")
    table.add_column("phải sửa · to fix", justify="right")
    for each in found.rules[:rows]:
        told = f"{each['title_vi']}\n{each['title_en']}"
        table.add_row(each["dataset"], each["rule"], told, each["error_group"], _count(each["failed"]))
    return table


def _units(found: "QualityView", rows: int) -> Table:
    table = Table(title="Đơn vị có nhiều bản ghi phải sửa · units with most records to fix", title_justify="left")
    for words in ("đơn vị · unit", "tập · dataset"):
        table.add_column(words, overflow="fold")
    for words in ("bản ghi · records", "phải sửa · to fix", "điểm · score"):
        table.add_column(words, justify="right")
    table.add_column("vướng nhiều nhất · broken most", overflow="fold")
    for each in found.units[:rows]:
        worst = f"{each['worst_rule']} ({each['worst_rule_count']})" if each["worst_rule"] else "–"
        counts = (_count(each["records"]), _count(each["to_fix"]))
        table.add_row(each["unit"], each["dataset"], *counts, _coloured(each), worst)
    return table


def _coloured(each: dict[str, Any]) -> str:
    return f"[{_LEVELS[each['level']]}]{_number(each['score'])}[/]"


def _number(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"


def _count(rows: int | None) -> str:
    return "–" if rows is None else str(rows)
