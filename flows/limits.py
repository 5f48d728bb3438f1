"""Limits above which a release waits for a person: shares of links and rows, by table and by receiving unit."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from contracts import received
from flows.numbers import grouped
from flows.settings import Release
from warehouse import Change, Changes, Hold

UNITS_KEPT = 200
"""Units told in the summary and to whoever approves; their table's figures count all of them."""

_MEASURES = {
    "max_reidentified_share": (
        "reidentified",
        "links_before",
        "liên kết đổi sang người khác",
        "links to somebody else",
    ),
    "max_lost_share": ("lost", "links_before", "liên kết bị mất", "links lost"),
    "max_removed_share": ("removed", "rows_before", "dòng bị bỏ", "rows removed"),
}
"""By setting: what is counted, out of what, and what both are called."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a release is held."""

    limit: str
    """The setting that is exceeded, or `hold`, or `hold_always`."""
    vi: str
    en: str

    def as_dict(self) -> dict[str, Any]:
        """As a JSON-able value."""
        return asdict(self)


def reasons(changes: Changes, limits: Release, hold: Hold | None) -> tuple[Reason, ...]:
    """Why this release has to wait; nothing for one that changes nothing, however it stands with the rest."""
    if changes.is_empty:
        return ()
    return (*_standing(limits, hold), *_exceeded(changes, limits))


def _standing(limits: Release, hold: Hold | None) -> Iterator[Reason]:
    if hold is not None:
        yield Reason(
            "hold",
            f"{hold.held_by} đang giữ mọi bản phát hành: {hold.reason}",
            f"{hold.held_by} holds all releases: {hold.reason}",
        )
    if limits.hold_always:
        yield Reason(
            "hold_always",
            "Cấu hình `release.hold_always` yêu cầu phê duyệt mọi bản phát hành",
            "The setting `release.hold_always` wants every release approved",
        )


def _exceeded(changes: Changes, limits: Release) -> Iterator[Reason]:
    for setting in _MEASURES:
        over = [each for each in changes.tables if _is_over(each, setting, limits)]
        told = {each.table for each in over}
        # A table that is over its limit as a whole is told once, not once more for each of its units.
        over += [each for each in changes.units if each.table not in told and _is_over(each, setting, limits)]
        for each in over:
            yield _reason(each, setting, limits)


def _is_over(each: Change, setting: str, limits: Release) -> bool:
    if setting == "max_removed_share" and not _has_records(each.table):
        return False
    count, total = _counts(each, setting)
    return count >= limits.min_count and count > total * getattr(limits, setting)


def _has_records(table: str) -> bool:
    """Whether a row is a record. Rows of other tables follow from records and links: a person who was found in the
    register goes under another id, a fault that was repaired goes; links that are lost are counted as such.
    """
    contract = received().get(table)
    return contract is not None and bool(contract.roles)


def _counts(each: Change, setting: str) -> tuple[int, int]:
    counted, out_of, *_ = _MEASURES[setting]
    return getattr(each, counted), getattr(each, out_of)


def _reason(each: Change, setting: str, limits: Release) -> Reason:
    *_, vi, en = _MEASURES[setting]
    count, total = _counts(each, setting)
    place = each.table if each.unit is None else f"{each.table}, {each.unit}"
    share, limit = f"{count / total:.1%}", f"{getattr(limits, setting):.1%}"
    return Reason(
        setting,
        f"{place}: {grouped(count)} {vi} trên {grouped(total)} ({share}; hạn mức `release.{setting}` là {limit})",
        f"{place}: {grouped(count)} of {grouped(total)} {en} ({share}; the limit `release.{setting}` is {limit})",
    )
