"""What the command prints at the end of a run: the books, the quality index, and what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from flows.books import STATUSES
from flows.console_table import ConsoleTable, figure, show, whole
from flows.numbers import counted, grouped
from flows.summary import Summary
from review.report.labels import CRITERIA

_DATASET = whole("tập dữ liệu", "dataset")
_RECEIVED = {
    "received": figure("nhận", "received"),
    "unchanged": figure("không đổi", "unchanged"),
    "quarantined": figure("cách ly", "quarantined"),
    "accepted": figure("chấp nhận", "accepted"),
}
_DECIDED = {
    "linked": figure("nối được", "linked"),
    "review": figure("cần xem", "review"),
    "not_found": figure("không thấy", "not found"),
    "unlinkable": figure("không thể nối", "unlinkable"),
}
_REMARKS_SHOWN = 3
"""Remarks a delivery that the console tells; the report has more. What refuses a delivery is always told."""
_COLOURS = {"published": "green", "nothing_new": "green", "held": "yellow", "failed": "red"}
_LEVELS = {"green": "green", "yellow": "yellow", "red": "red"}


def show_run(summary: Summary, console: Console) -> None:
    """Prints how the run ended: message, deliveries with problems, books, reasons, what was compared, quality."""
    colour = _COLOURS[summary["status"]]
    vi, en = escape(summary["message_vi"]), escape(summary["message_en"])
    console.print(f"[bold {colour}]{vi}[/]\n[{colour}]{en}[/]", highlight=False)
    _show_problems(summary, console)
    if summary["books"]:
        show(
            console, received_table(summary["books"]), decided_table(summary["books"]), reasons_table(summary["books"])
        )
    _show_matching(summary["matching"], console)
    _show_contrary(summary.get("contrary", {}), console)
    _show_quality(summary["quality"], console)
    _show_quarantine(summary.get("quarantine") or {}, console)


def received_table(books: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """What became of the rows received: one row a dataset."""
    rows = [(book["dataset"], *(book[each] for each in _RECEIVED)) for book in books]
    return ConsoleTable(
        "Sổ đối soát: dữ liệu đã nhận · the books: what was received", (_DATASET, *_RECEIVED.values()), rows
    )


def decided_table(books: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """What was decided of the accepted rows: one row a dataset and role."""
    rows = [
        (book["dataset"], role["role"], *(role[each] for each in STATUSES)) for book in books for role in book["roles"]
    ]
    title = "Kết quả đối soát dòng được chấp nhận · what became of the rows accepted"
    return ConsoleTable(title, (_DATASET, whole("vai trò", "role"), *_DECIDED.values()), rows)


def reasons_table(books: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """Why rows were held back, and roles decided as they were."""
    columns = (_DATASET, whole("kết quả", "outcome"), whole("lý do", "reason"), figure("số dòng", "rows"))
    return ConsoleTable("Lý do · reasons", columns, [row for book in books for row in _reasons(book)])


def _reasons(book: Mapping[str, Any]) -> Iterator[tuple[str, str, str, int]]:
    for rule, rows in book["quarantined_by_rule"].items():
        yield book["dataset"], "quarantined", rule, rows
    for role in book["roles"]:
        for status in STATUSES:
            for reason, rows in role["by_reason"][status].items():
                yield f"{book['dataset']}.{role['role']}", status, reason, rows


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
            vi, en = (
                f"và {grouped(left)} nhận xét nữa trong báo cáo",
                f"and {counted(left, 'more remark')} in the report",
            )
            console.print(f"    … {vi} · {en}", highlight=False)
    console.print()


_COMPARED = {
    "profiles": figure("ai được nêu", "who is named"),
    "entries": figure("mục sổ gốc", "register entries"),
    "pairs": figure("cặp", "pairs"),
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
    show(console, matching_table(efforts))
    # All registers are kept together, so what is said of one holds for all.
    vi, en = _REMEMBERED[efforts[0]["memory"]]
    console.print(f"{vi}\n{en}", highlight=False)


def matching_table(efforts: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """How much of each register was compared anew, of how much."""
    rows = []
    for each in efforts:
        anew = (each["profiles_anew"], each["entries_anew"], each["pairs_compared"])
        shares = (f"{grouped(new)} / {grouped(each[all_of])}" for new, all_of in zip(anew, _COMPARED, strict=True))
        rows.append((each["reference"], *shares))
    title = "So khớp: mới / tất cả · matching: new / all"
    return ConsoleTable(title, (whole("sổ gốc", "register"), *_COMPARED.values()), rows)


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
    scores = quality["by_criterion"]
    criteria = " · ".join(f"{each} {scores[each]:.1f}" for each in CRITERIA if scores.get(each) is not None)
    level = _LEVELS[quality["level"]]
    console.print(
        f"\nChỉ số chất lượng dữ liệu · data-quality index: [bold {level}]{quality['index']:.1f}[/]\n"
        f"{criteria}\nXem · see: doisoat quality show",
        highlight=False,
    )


def _show_quarantine(waiting: Mapping[str, Any], console: Console) -> None:
    if not waiting.get("waiting"):
        return
    rows, late, over = (waiting[name] for name in ("waiting", "within_fix", "over"))
    past_vi = f"quá hạn xác minh: {grouped(late)}; quá hạn sửa: {grouped(over)}"
    past_en = f"past the days to verify: {grouped(late)}; to correct: {grouped(over)}"
    console.print(
        f"\nĐang chờ trong cách ly: {grouped(rows)} dòng ({past_vi}).\n"
        f"Waiting in quarantine: {counted(rows, 'row')} ({past_en}).\n"
        "Xem · see: doisoat quarantine list",
        highlight=False,
    )
