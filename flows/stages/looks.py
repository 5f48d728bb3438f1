"""What each dataset of a delivery looks like, held against the last deliveries, and kept for the next."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

import warehouse
from contracts import received
from expectations.drift import Shift, drift
from expectations.profile import ALL_UNITS, Profile
from expectations.volume import DELIVERIES_LOOKED_AT
from flows.pull import Problem
from flows.receipt import Receipt
from warehouse.publication import PROFILES

FILE = "looks.json"
MOST = 20
"""How many shifts of a dataset and delivery are told; the largest."""


@dataclass(frozen=True, slots=True)
class Look:
    """A dataset of an accepted delivery."""

    delivery_id: str
    fingerprint: str
    source: str
    kind: str
    dataset: str
    rows: int
    profile: Profile


@dataclass(frozen=True, slots=True)
class Past:
    """What the last deliveries of each source, dataset and kind looked like, oldest first."""

    profiles: tuple[warehouse.history.Profile, ...]

    @classmethod
    def of(cls, connection: warehouse.Connection) -> "Past":
        """As the warehouse remembers it."""
        return cls(tuple(warehouse.history.profiles(connection, DELIVERIES_LOOKED_AT)))

    def like(self, done: Receipt, dataset: str) -> list[warehouse.history.Profile]:
        """Those that a delivery's dataset can be compared with."""
        place = (done.source, dataset, done.kind)
        return [each for each in self.profiles if (each.source, each.dataset, each.kind) == place]


def shifted(done: Receipt, dataset: str, now: Profile, past: Past) -> list[Problem]:
    """The shares that moved, as remarks on the delivery."""
    shifts = drift(now, [each.profile for each in past.like(done, dataset)])
    return [_remark(done, dataset, each) for each in shifts[:MOST]]


def _remark(done: Receipt, dataset: str, shift: Shift) -> Problem:
    vi, en = _what(dataset, shift)
    if shift.unit != ALL_UNITS:
        vi, en = f"{vi} của {shift.unit}", f"{en} of {shift.unit}"
    return Problem(
        code="share_shifted",
        dataset=dataset,
        file=None,
        row=None,
        column=next(iter(received()[dataset][shift.property].source_names), shift.property),
        vi=f"Lần giao {done.delivery_id}: {vi} là {shift.share:.0%} trên {shift.rows} dòng, {shift.deliveries} lần "
        f"giao trước là {shift.share_before:.0%}. Đã nạp; hãy hỏi đơn vị gửi có gì thay đổi.",
        en=f"Delivery {done.delivery_id}: {en} is {shift.share:.0%} of {shift.rows} rows, in the {shift.deliveries} "
        f"deliveries before {shift.share_before:.0%}. It is loaded; ask the sender what changed.",
        is_fatal=False,
    )


def _what(dataset: str, shift: Shift) -> tuple[str, str]:
    title = received()[dataset][shift.property].title_vi
    match shift.measure:
        case "missing":
            return f"tỷ lệ để trống {title}", f"the share without {shift.property}"
        case "repair":
            return f"tỷ lệ {title} phải sửa {shift.value}", f"the share of {shift.property} repaired by {shift.value}"
        case "code":
            return f"tỷ lệ {title} mang mã {shift.value}", f"the share of {shift.property} with code {shift.value}"


def save(looks: Iterable[Look], folder: Path) -> None:
    """Keeps the looks of the deliveries accepted."""
    (folder / FILE).write_text(json.dumps([asdict(each) for each in looks], ensure_ascii=False), encoding="utf-8")


def profiles(checked: Path) -> pl.DataFrame:
    """The looks that `save` kept, as the warehouse takes them in."""
    found = json.loads((checked / FILE).read_text(encoding="utf-8"))
    lines = [each | {"profile": json.dumps(each["profile"], ensure_ascii=False)} for each in found]
    return pl.DataFrame(lines, schema=dict(PROFILES))
