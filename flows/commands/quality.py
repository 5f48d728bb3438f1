"""`doisoat quality`: the data-quality index of the last run, its trend, and who has what to correct."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
from flows.console_table import Cell, ConsoleTable, figure, label, whole, words
from flows.console_table import show as show_tables
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
    show_tables(console, scores_table(found.criteria, found.datasets), fixes_table(found.datasets))
    if found.rules:
        show_tables(console, rules_table(found.rules[:rows]))
    if unit is None:
        show_tables(console, units_table(found.units[:rows]))


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
    if not found:
        console.print("Chưa có lần chạy nào trong 30 ngày qua. · There was no run in the last 30 days.")
        return
    show_tables(console, trend_table(found))


def _view(settings: Settings, unit: str | None, dataset: str | None) -> "QualityView":
    from flows.quality_view import view

    return view(settings, unit, dataset)


_ENGLISH = {"đúng": "correct", "đủ": "complete", "sạch": "clean", "sống": "current", "thống nhất": "consistent"}
_DATASET = whole("tập", "dataset")
_TO_FIX = (figure("bản ghi", "records"), figure("phải sửa", "to fix"))


def scores_table(criteria: Sequence[str], datasets: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """The index and its criteria, one row a dataset."""
    columns = (_DATASET, figure("chung", "all"), *(figure(each, _ENGLISH[each]) for each in criteria))
    rows: list[Sequence[Cell]] = [
        [_name(each), _coloured(each), *(_number(each["by_criterion"].get(one)) for one in criteria)]
        for each in datasets
    ]
    return ConsoleTable("Chỉ số chất lượng dữ liệu · data-quality index", columns, rows)


def fixes_table(datasets: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """How many records there are, and how many of them need correcting; not told of all datasets together."""
    rows: list[Sequence[Cell]] = [[each["dataset"], *_fixes(each)] for each in datasets if each["dataset"]]
    return ConsoleTable("Bản ghi phải sửa · records to fix", (_DATASET, *_TO_FIX), rows)


def rules_table(rules: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """The rules that were broken, with what each asks for."""
    columns = (_DATASET, words("quy tắc", "rule"), whole("nhóm lỗi", "kind"), figure("không đạt", "failed"))
    rows = [
        (
            each["dataset"],
            f"{each['rule']}\n{each['title_vi']}\n{each['title_en']}",
            each["error_group"],
            each["failed"],
        )
        for each in rules
    ]
    return ConsoleTable("Quy tắc vướng nhiều nhất · rules broken most", columns, rows)


def units_table(units: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """Who has how much to fix, and of what most."""
    columns = (label("đơn vị, vướng nhiều nhất", "unit, broken most"), _DATASET, *_TO_FIX, figure("điểm", "score"))
    rows = []
    for each in units:
        worst = f"\n{each['worst_rule']} ({grouped(each['worst_rule_count'])})" if each["worst_rule"] else ""
        rows.append((f"{each['unit']}{worst}", each["dataset"], *_fixes(each), _coloured(each)))
    return ConsoleTable("Đơn vị có nhiều bản ghi phải sửa · units with most records to fix", columns, rows)


def trend_table(points: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """The index, run by run."""
    columns = (whole("bắt đầu", "started"), _DATASET, figure("điểm", "score"))
    rows = [(each["started_at"][:16].replace("T", " "), _name(each), _coloured(each)) for each in points]
    return ConsoleTable("30 ngày qua · the last 30 days", columns, rows)


def _name(each: Mapping[str, Any]) -> str:
    return each["dataset"] or "tất cả · all"


def _fixes(each: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return each["records"], each["to_fix"]


def _coloured(each: Mapping[str, Any]) -> Text:
    return Text(_number(each["score"]), each["level"] or "")


def _number(score: float | None) -> str:
    # 99.97 reads 99.9: 100 promises that nothing failed.
    return "–" if score is None else f"{min(score, 99.9) if score < 100 else score:.1f}"
