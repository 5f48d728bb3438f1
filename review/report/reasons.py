"""Links by reason: one row a reason under its status, one column a role of a dataset."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.report import labels
from review.report.summary import Book


@dataclass(frozen=True, slots=True)
class Column:
    """One role of one dataset."""

    dataset: str
    role: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """How often one reason decided, by column."""

    reason: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All columns together."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """The reasons of one status, most frequent first, and their sum by column."""

    status: str
    rows: tuple[ReasonRow, ...]
    sums: tuple[int, ...]

    @property
    def total(self) -> int:
        """All reasons and columns together."""
        return sum(self.sums)


@dataclass(frozen=True, slots=True)
class ReasonTable:
    """The whole table; `datasets` is its upper head: each dataset and how many columns it spans."""

    columns: tuple[Column, ...]
    datasets: tuple[tuple[str, int], ...]
    groups: tuple[StatusGroup, ...]

    @property
    def largest(self) -> int:
        """The most frequent reason's count, the scale of the bars."""
        return max((row.total for group in self.groups for row in group.rows), default=0)


def reason_table(books: Sequence[Book]) -> ReasonTable:
    """The table of the books' reasons; books without roles are left out."""
    with_roles = [book for book in books if book.roles]
    cells = [(Column(book.dataset, role.role), role) for book in with_roles for role in book.roles]
    groups = []
    for status in labels.STATUSES:
        sums = tuple(role.of(status) for _, role in cells)
        reasons = {reason for _, role in cells for reason in role.by_reason.get(status, {})}
        rows = [
            ReasonRow(each, tuple(role.by_reason.get(status, {}).get(each, 0) for _, role in cells)) for each in reasons
        ]
        if any(sums) or rows:
            groups.append(StatusGroup(status, tuple(sorted(rows, key=lambda row: (-row.total, row.reason))), sums))
    spans = tuple((book.dataset, len(book.roles)) for book in with_roles)
    return ReasonTable(tuple(column for column, _ in cells), spans, tuple(groups))
