"""What the command prints at the end of a run: the books, the quality index, and what to do next."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.books import STATUSES
from flows.numbers import grouped
from flows.summary import Summary

_RECEIVED = {
    "received": "nhận\nreceived",
    "unchanged": "không đổi\nunchanged",
    "quarantined": "cách ly\nquarantined",
    "accepted": "chấp nhận\naccepted",
}
_DECIDED = {
    "linked": "nối được\nlinked",
    "review": "cần xem\nreview",
    "not_found": "không thấy\nnot found",
    "unlinkable": "không thể\nunlinkable",
}
_REMARKS_SHOWN = 3
"""Remarks a delivery that the console tells; the report has more. What refuses a delivery is always told."""
_COLOURS = {"published": "green", "nothing_new": "green", "held": "yellow", "failed": "red"}
_LEVELS = {"green": "green", "yellow": "yellow", "red": "red"}


def show_run(summary: Summary, console: Console) -> None:
    """Prints how the run ended: message, deliveries with problems, books, reasons, what was compared, quality."""
    colour = _COLOURS[summary["status"]]
    vi, en = escape(summary["message_vi"]), escape(summary["message_en"])
    console.print(f"\n[bold {colour}]{vi}[/]\n[{colour}]{en}[/]", highlight=False)
    _show_problems(summary, console)
    if summary["books"]:
        console.print(received_table(summary["books"]), decided_table(summary["books"]), sep="\n")
        _show_reasons(summary["books"], console)
    _show_matching(summary["matching"], console)
    _show_contrary(summary.get("contrary", {}), console)
    _show_quality(summary["quality"], console)


def received_table(books: list[dict[str, Any]]) -> Table:
    """What became of the rows received: one row a dataset."""
    table = _table("Sổ đối soát · the books: all that was received", "tập dữ liệu\ndataset")
    for words in _RECEIVED.values():
        table.add_column(words, justify="right")
    for book in books:
        table.add_row(book["dataset"], *(grouped(book[each]) for each in _RECEIVED))
    return table


def decided_table(books: list[dict[str, Any]]) -> Table:
    """What was decided of the accepted rows: one row a dataset and role."""
    title = "the accepted: linked + review + not found + unlinkable"
    table = _table(title, "tập dữ liệu\ndataset", "vai trò\nrole")
    for words in _DECIDED.values():
        table.add_column(words, justify="right")
    for book in books:
        for role in book["roles"]:
            table.add_row(book["dataset"], role["role"], *(grouped(role[each]) for each in STATUSES))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    for each in columns:
        table.add_column(each)
    return table


def _show_problems(summary: Summary, console: Console) -> None:
    for delivery in summary["deliveries"]:
        fatal = [each for each in delivery["problems"] if each["is_fatal"]]
        others = [each for each in delivery["problems"] if not each["is_fatal"]]
        for problem in [*fatal, *others[:_REMARKS_SHOWN]]:
            mark = "red" if problem["is_fatal"] else "yellow"
            sentences = f"{escape(problem['vi'])}\n    {escape(problem['en'])}"
            console.print(f"[{mark}]{delivery['delivery_id']}[/]  {sentences}", highlight=False)
        left = len(others) - _REMARKS_SHOWN
        if left > 0:
            console.print(f"    … và {left} dòng nữa trong báo cáo · and {left} more in the report", highlight=False)
    console.print()


def _show_reasons(books: list[dict[str, Any]], console: Console) -> None:
    table = _table("Lý do · reasons", "tập dữ liệu\ndataset", "kết quả\noutcome", "lý do\nreason")
    table.add_column("số dòng\nrows", justify="right")
    for book in books:
        for rule, rows in book["quarantined_by_rule"].items():
            table.add_row(book["dataset"], "quarantined", rule, grouped(rows))
        for role in book["roles"]:
            for status in STATUSES:
                for reason, rows in role["by_reason"][status].items():
                    table.add_row(f"{book['dataset']}.{role['role']}", status, reason, grouped(rows))
    console.print(table)


_COMPARED = {
    "profiles": "người được nêu\nwho is named",
    "entries": "mục sổ gốc\nentries",
    "pairs": "cặp\npairs",
}
_REMEMBERED = {
    "used": (
        "Mới so với lần chạy trước; phần còn lại giữ như cũ.",
        "New since the last run; the rest stands as it was.",
    ),
    "first": ("Chưa có lần chạy trước: so sánh tất cả.", "There was no run before: all was compared."),
    "other_version": (
        "Lần trước chạy bằng phiên bản khác: so sánh lại tất cả.",
        "The last run was by another version: all was compared.",
    ),
    "damaged": (
        "Kết quả giữ từ lần trước bị hỏng: so sánh lại tất cả.",
        "What the last run kept is damaged: all was compared.",
    ),
}
"""What is said of the run before (`matching.kept.Memory`)."""


def _show_matching(efforts: Sequence[Mapping[str, Any]], console: Console) -> None:
    if not efforts:
        return
    table = _table("So khớp: mới / tất cả · matching: new / all", "sổ gốc\nregister")
    for words in _COMPARED.values():
        table.add_column(words, justify="right")
    for each in efforts:
        anew = (each["profiles_anew"], each["entries_anew"], each["pairs_compared"])
        shares = (f"{grouped(new)} / {grouped(each[name])}" for new, name in zip(anew, _COMPARED, strict=True))
        table.add_row(each["reference"], *shares)
    # All registers are kept together, so what is said of one holds for all.
    vi, en = _REMEMBERED[efforts[0]["memory"]]
    console.print(table, f"{vi}\n{en}", sep="\n", highlight=False)


def _show_contrary(contrary: Mapping[str, int], console: Console) -> None:
    if not contrary:
        return
    count = grouped(sum(contrary.values()))
    vi = f"Trái với quyết định của cán bộ: {count}. Quyết định giữ nguyên; điều chưa ai trả lời: ledger.open_flag."
    en = (
        f"Evidence against stewards' verdicts: {count}. The verdicts stand; what waits for an answer: ledger.open_flag."
    )
    console.print(f"\n[yellow]{vi}\n{en}[/]", highlight=False)


def _show_quality(quality: Mapping[str, Any], console: Console) -> None:
    if quality.get("index") is None:
        return
    criteria = " · ".join(f"{name} {score:.1f}" for name, score in quality["by_criterion"].items() if score is not None)
    level = _LEVELS[quality["level"]]
    console.print(
        f"\nChỉ số chất lượng dữ liệu · data-quality index: [bold {level}]{quality['index']:.1f}[/]  ({criteria})",
        highlight=False,
    )
