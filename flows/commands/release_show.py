"""What `doisoat release show` prints: the releases, what waits and what it would change, holds and pins."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape

import warehouse
from flows.console_table import ConsoleTable, figure, label, show, whole, words
from flows.numbers import counted, grouped

_COUNTS = {
    "added": figure("thêm", "added"),
    "changed": figure("sửa", "changed"),
    "removed": figure("bỏ", "removed"),
    "linked": figure("nối mới", "linked"),
    "lost": figure("mất nối", "lost"),
    "reidentified": figure("đổi người", "re-identified"),
    "joined": figure("nhập", "joined"),
    "split": figure("tách", "split"),
}
_STATUS = {
    "held": ("chờ phê duyệt", "waits for approval"),
    "refused": ("cổng 2 từ chối", "refused by gate two"),
    "loaded": ("chưa kiểm tra xong", "not judged yet"),
    "published": ("đã công bố", "published"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How releases stand."""

    kept: warehouse.Kept
    releases: list[dict[str, Any]]
    candidate: warehouse.Candidate | None
    hold: warehouse.Hold | None
    pins: list[warehouse.Pin]


def standing(connection: warehouse.Connection, last: int) -> Standing:
    """Reads how releases stand."""
    return Standing(
        warehouse.kept(connection),
        warehouse.releases(connection, last),
        warehouse.offered(connection),
        warehouse.hold(connection),
        warehouse.pins(connection),
    )


def as_dict(found: Standing) -> dict[str, Any]:
    """As a JSON-able value; times in ISO 8601."""
    return {
        "current": found.kept.current,
        "oldest": found.kept.oldest,
        "releases": _plain(found.releases),
        "candidate": None if found.candidate is None else _plain(asdict(found.candidate)),
        "hold": None if found.hold is None else _plain(asdict(found.hold)),
        "pins": [_plain(asdict(each) | {"schema": each.schema}) for each in found.pins],
    }


def _plain(value: object) -> object:
    """The value with its times as ISO 8601."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def show_standing(found: Standing, last: int, console: Console) -> None:
    """Prints the releases, then what waits with what to do about it."""
    if found.kept.current is None:
        console.print("Chưa có bản phát hành nào. · Nothing is published yet.", highlight=False)
    else:
        show(console, releases_table(found.releases))
        console.print(
            f"Dựng lại được từ bản {found.kept.oldest} trở đi.\n"
            f"Releases can be restored from number {found.kept.oldest} on.",
            highlight=False,
        )
    for each in found.pins:
        console.print(
            f"Ghim · pinned: {each.schema} = {each.release} ({escape(each.pinned_by)})", highlight=False, soft_wrap=True
        )
    if found.hold is not None:
        by, reason = escape(found.hold.held_by), escape(found.hold.reason)
        console.print(
            f"[yellow]{by} giữ mọi bản phát hành từ {found.hold.held_at:%Y-%m-%d %H:%M}: {reason}\n"
            f"{by} has held all releases since {found.hold.held_at:%Y-%m-%d %H:%M}: {reason}[/]\n"
            f"  doisoat release resume --by …",
            highlight=False,
            soft_wrap=True,
        )
    if found.candidate is not None and found.candidate.status != "published":
        _show_candidate(found.candidate, last, console)


def releases_table(releases: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """The releases, and by how many rows each differs from the one before."""
    counts = ("added", "changed", "removed")
    columns = (
        whole("bản", "release"),
        whole("lúc", "at"),
        whole("cách", "kind"),
        words("ai duyệt", "approved by"),
        *(_COUNTS[each] for each in counts),
    )
    rows = []
    for each in releases:
        kind = f"{each['kind']} → {each['restored_release']}" if each["restored_release"] else each["kind"]
        at, by = f"{each['published_at']:%Y-%m-%d %H:%M}", each["approved_by"]
        rows.append((each["release"], at, kind, by, *(each[f"{name}_count"] for name in counts)))
    return ConsoleTable("Các bản phát hành · releases", columns, rows)


def _show_candidate(found: warehouse.Candidate, last: int, console: Console) -> None:
    vi, en = _STATUS[found.status]
    console.print(
        f"\n[bold yellow]Bản ứng viên {found.candidate_id}: {vi}.[/] [yellow]Candidate {found.candidate_id}: {en}.[/] "
        f"({found.run_id}, {found.loaded_at:%Y-%m-%d %H:%M})",
        highlight=False,
        soft_wrap=True,
    )
    for each in found.findings.get("reasons", ()):
        console.print(f"  {escape(each['vi'])}\n  {escape(each['en'])}", highlight=False, soft_wrap=True)
    if found.findings.get("refused_by"):
        console.print(f"  {', '.join(found.findings['refused_by'])}", highlight=False)
    changes = found.findings.get("would_change")
    if changes:
        show_changes(changes, last, console)
    if found.is_outdated:
        console.print(
            "Đã cũ: hãy chạy lại `doisoat run`. · It is outdated: run `doisoat run` again.",
            style="yellow",
            highlight=False,
        )
    elif found.status == "held":
        console.print(f"  doisoat release approve {found.candidate_id} --by …", highlight=False)


def show_changes(changes: Mapping[str, Any], last: int, console: Console) -> None:
    """Prints what a candidate would change: by table, then the units it would do most harm to if it were wrong."""
    units = changes["units"][:last]
    show(console, tables_table(changes["tables"]))
    if units:
        show(console, units_table(units))
    left = changes["unit_count"] - len(units)
    if left > 0:
        told = f"… và {grouped(left)} đơn vị nữa (--last) · and {counted(left, 'more unit')} (--last)"
        console.print(told, highlight=False)


def tables_table(tables: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """What would change, by published table."""
    columns = (label("bảng", "table"), *_COUNTS.values())
    rows = [(each["table"], *(each[name] for name in _COUNTS)) for each in tables]
    return ConsoleTable("Sẽ thay đổi theo bảng · would change, by table", columns, rows)


def units_table(units: Sequence[Mapping[str, Any]]) -> ConsoleTable:
    """What would change, by unit and table."""
    columns = (label("đơn vị", "unit"), label("bảng", "table"), *_COUNTS.values())
    rows = [(each["unit"], each["table"], *(each[name] for name in _COUNTS)) for each in units]
    return ConsoleTable("Theo đơn vị, nặng nhất trước · by unit, most harm first", columns, rows)
