"""What became of a delivery, as a value that is kept between stages and shown in the summary."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Self

from flows.pull import Delivery, Problem

FILE = "receipts.json"
"""Name of the file of receipts within a stage."""

Outcome = Literal["accepted", "seen", "refused"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A delivery's fate: accepted (perhaps with remarks), seen before, or refused whole with the reasons."""

    delivery_id: str
    source: str
    kind: str
    fingerprint: str
    status: Outcome
    rows: Mapping[str, int] = field(default_factory=dict)
    """Rows received, by dataset, unreadable ones included."""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, delivery: Delivery, status: Outcome, problems: Iterable[Problem] = ()) -> Self:
        """The receipt of a delivery."""
        return cls(
            delivery.delivery_id, delivery.source, delivery.kind, delivery.fingerprint, status, {}, tuple(problems)
        )

    def refused(self, *problems: Problem) -> "Receipt":
        """The same delivery, refused for these problems."""
        return replace(self, status="refused", problems=(*self.problems, *problems))


def as_entry(done: Receipt) -> dict[str, Any]:
    """The receipt as the summary shows it."""
    return {
        "delivery_id": done.delivery_id,
        "source": done.source,
        "kind": done.kind,
        "status": done.status,
        "rows": sum(done.rows.values()),
        "problems": [asdict(each) for each in done.problems],
    }


def save(receipts: Iterable[Receipt], path: Path) -> None:
    """Writes receipts as JSON."""
    path.write_text(json.dumps([asdict(each) for each in receipts], ensure_ascii=False), encoding="utf-8")


def load(path: Path) -> list[Receipt]:
    """Receipts as `save` wrote them."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    return [Receipt(**(each | {"problems": tuple(Problem(**one) for one in each["problems"])})) for each in entries]
