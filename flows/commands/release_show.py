"""What `doisoat release show` prints: the releases, what waits and what it would change, holds and pins."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import warehouse
from flows.numbers import grouped

_COUNTS = {
    "added": "thêm\nadded",
    "changed": "sửa\nchanged",
    "removed": "bỏ\nremoved",
    "linked": "nối mới\nlinked",
    "lost": "mất nối\nlost",
    "reidentified": "đổi người\nre-identified",
    "joined": "nhập\njoined",
    "split": "tách\nsplit",
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
        "pins": [_plain(asdict(each)) | {"schema": each.schema} for each in found.pins],
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON-able value, but for its times
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def show_standing(found: Standing, last: int, console: Console) -> None:
    """Prints the releases, then what waits with what to do about it."""
    if found.kept.current is None:
        console.print("Chưa có bản phát hành nào. · Nothing was published yet.", highlight=False)
    else:
        console.print(_releases(found.releases))
        console.print(
            f"Còn dựng lại được từ bản {found.kept.oldest} · kept from release {found.kept.oldest} on", highlight=False
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


def _releases(releases: list[dict[str, Any]]) -> Table:
    table = _table("phát hành\nrelease", "lúc\nat", "cách\nkind", "ai duyệt\nby")
    for name in ("added", "changed", "removed"):
        table.add_column(_COUNTS[name], justify="right")
    for each in releases:
        kind = each["kind"] or "–"
        kind = f"{kind} → {each['restored_release']}" if each["restored_release"] else kind
        counts = (each["added_count"], each["changed_count"], each["removed_count"])
        table.add_row(
            str(each["release"]),
            f"{each['published_at']:%Y-%m-%d %H:%M}",
            kind,
            escape(each["approved_by"] or "–"),
            *("–" if count is None else grouped(count) for count in counts),
        )
    return table


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
        console.print("Đã cũ: chạy lại `doisoat run`. · Outdated: run again.", style="yellow", highlight=False)
    elif found.status == "held":
        console.print(f"  doisoat release approve {found.candidate_id} --by …", highlight=False)


def show_changes(changes: Mapping[str, Any], last: int, console: Console) -> None:
    """Prints what a candidate would change: by table, then the units it would do most harm to if it were wrong."""
    table = _table("bảng\ntable")
    _counted(table)
    for each in changes["tables"]:
        table.add_row(each["table"], *(grouped(each[name]) for name in _COUNTS))
    console.print(table)
    units = changes["units"][:last]
    if units:
        table = _table("đơn vị · unit", "bảng\ntable")
        _counted(table)
        for each in units:
            unit = escape(each["unit"] or "–")
            table.add_row(unit, each["table"], *(grouped(each[name]) for name in _COUNTS))
        console.print("Nặng nhất trước · most harm first", table, sep="\n")
    left = changes["unit_count"] - len(units)
    if left > 0:
        console.print(f"… và {grouped(left)} đơn vị nữa · and {grouped(left)} more units", highlight=False)


def _counted(table: Table) -> None:
    for words in _COUNTS.values():
        table.add_column(words, justify="right")


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold")
    for each in columns:
        table.add_column(each)
    return table
