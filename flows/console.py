"""What the command prints at the end of a run: the books, the quality index, and what to do next."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from flows.books import STATUSES
from flows.summary import Summary

_HEAD = {
    "received": "nhận\nreceived",
    "unchanged": "không đổi\nunchanged",
    "quarantined": "cách ly\nquarantined",
    "accepted": "chấp nhận\naccepted",
    "linked": "nối được\nlinked",
    "review": "cần xem\nreview",
    "not_found": "không thấy\nnot found",
    "unlinkable": "không đủ dữ kiện\nunlinkable",
}
_COLOURS = {"published": "green", "nothing_new": "green", "held": "yellow", "failed": "red"}
_LEVELS = {"green": "green", "yellow": "yellow", "red": "red"}


def show_run(summary: Summary, console: Console) -> None:
    """Prints how the run ended: message, deliveries with problems, books, reasons, quality and next steps."""
    colour = _COLOURS[summary["status"]]
    console.print(f"\n[bold {colour}]{summary['message_vi']}[/]\n[{colour}]{summary['message_en']}[/]")
    _show_problems(summary, console)
    if summary["books"]:
        console.print(books_table(summary["books"]))
        _show_reasons(summary["books"], console)
    _show_quality(summary["quality"], console)


def books_table(books: list[dict[str, Any]]) -> Table:
    """The books: one row a dataset and role."""
    table = Table(title="Sổ đối soát · the books", title_justify="left", header_style="bold")
    table.add_column("tập dữ liệu\ndataset")
    table.add_column("vai trò\nrole")
    for words in _HEAD.values():
        table.add_column(words, justify="right")
    for book in books:
        counts = [_number(book[key]) for key in ("received", "unchanged", "quarantined", "accepted")]
        for position, role in enumerate(book["roles"] or [None]):
            left = (
                [book["dataset"], role["role"] if role else "–", *counts]
                if position == 0
                else ["", role["role"], *[""] * 4]
            )
            table.add_row(*left, *([_number(role[each]) for each in STATUSES] if role else ["–"] * 4))
        table.add_section()
    return table


def _show_problems(summary: Summary, console: Console) -> None:
    for delivery in summary["deliveries"]:
        for problem in delivery["problems"]:
            mark = "red" if problem["is_fatal"] else "yellow"
            console.print(
                f"[{mark}]{delivery['delivery_id']}[/]  {problem['vi']}\n    {problem['en']}", highlight=False
            )


def _show_reasons(books: list[dict[str, Any]], console: Console) -> None:
    table = Table(title="Lý do · reasons", title_justify="left", header_style="bold")
    for words in ("tập dữ liệu\ndataset", "kết quả\noutcome", "lý do\nreason"):
        table.add_column(words)
    table.add_column("số dòng\nrows", justify="right")
    for book in books:
        for rule, rows in book["quarantined_by_rule"].items():
            table.add_row(book["dataset"], "quarantined", rule, _number(rows))
        for role in book["roles"]:
            for status in STATUSES:
                for reason, rows in role["by_reason"][status].items():
                    table.add_row(f"{book['dataset']}.{role['role']}", status, reason, _number(rows))
        table.add_section()
    console.print(table)


def _show_quality(quality: Mapping[str, Any], console: Console) -> None:
    if quality.get("index") is None:
        return
    criteria = " · ".join(f"{name} {score:.1f}" for name, score in quality["by_criterion"].items() if score is not None)
    level = _LEVELS[quality["level"]]
    console.print(
        f"\nChỉ số chất lượng dữ liệu · data-quality index: [bold {level}]{quality['index']:.1f}[/]  ({criteria})",
        highlight=False,
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
