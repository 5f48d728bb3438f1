"""This run beside the last one: what is held, what came in, what became of it, and the quality index."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.report import labels
from review.report.summary import Book, Run


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the last run and of this one; `digits` 0 is a count, 1 a score or a share in percent."""

    before: float | None
    now: float | None
    digits: int

    @property
    def difference(self) -> float | None:
        """Now less before, where both are known."""
        return None if self.before is None or self.now is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Held, received, quarantined, share linked and index of one dataset; no dataset means the whole run."""

    dataset: str | None
    figures: tuple[Figure, ...]


def compare(run: Run, previous: Run) -> list[Comparison]:
    """The figures of each dataset that either run knows, then those of all together."""
    books = [book for each in (run, previous) for book in (*each.books, *each.holdings)]
    names = {book.dataset for book in books} | set(run.quality.by_dataset)
    rows: list[str | None] = [*labels.in_order(names, labels.DATASET_ORDER), None]
    return [Comparison(each, _figures(previous, run, each)) for each in rows]


def _figures(before: Run, now: Run, dataset: str | None) -> tuple[Figure, ...]:
    return (
        Figure(_sum(before.holdings, "held", dataset), _sum(now.holdings, "held", dataset), 0),
        Figure(_sum(before.books, "received", dataset), _sum(now.books, "received", dataset), 0),
        Figure(_sum(before.books, "quarantined", dataset), _sum(now.books, "quarantined", dataset), 0),
        Figure(_linked_share(before, dataset), _linked_share(now, dataset), 1),
        Figure(_index(before, dataset), _index(now, dataset), 1),
    )


def _sum(books: Sequence[Book], part: str, dataset: str | None) -> int | None:
    counts = [getattr(book, part) for book in books if dataset in (None, book.dataset)]
    return sum(counts) if counts else None


def _linked_share(run: Run, dataset: str | None) -> float | None:
    """Of all that is held: a delta's few rows would make the share jump from night to night."""
    books = [book for book in run.holdings or run.books if dataset in (None, book.dataset)]
    roles = [role for book in books for role in book.roles]
    total = sum(role.total for role in roles)
    return 100 * sum(role.linked for role in roles) / total if total else None


def _index(run: Run, dataset: str | None) -> float | None:
    if dataset is None:
        return run.quality.index
    scored = run.quality.by_dataset.get(dataset)
    return scored.index if scored else None
