"""Lineage: for each published column the source field, the received property and the standard form behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from contracts import Contract

How = Literal["value", "link", "made"]
"""`value`: from a received property; `link`: from matching a role; `made`: doisoat's own (ids, counts, releases)."""

PUBLISHED_FORMS = ("precision", "kind")
"""Forms beside the standard value that a published table may show in a column of its own."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one published column comes from."""

    table: str
    column: str
    how: How
    dataset: str | None = None
    prop: str | None = None
    form: str | None = None
    source_names: tuple[str, ...] = ()
    role: str | None = None

    @property
    def stem(self) -> str:
        """What the columns of one origin share."""
        return self.prop or self.role or self.column


def origins(table: Contract, received: Mapping[str, Contract]) -> tuple[Origin, ...]:
    """The origin of every column of a published table, in the table's order."""
    return tuple(_origin(table, each, received) for each in table.names)


def _origin(table: Contract, column: str, received: Mapping[str, Contract]) -> Origin:
    own = table[column].origin
    if own:
        return _value(table, column, own, form="std", received=received)
    for form in PUBLISHED_FORMS:
        base = column.removesuffix(f"_{form}")
        base_origin = table[base].origin if base != column and base in table.names else None
        if base_origin:
            return _value(table, column, base_origin, form=form, received=received)
    roles = received[table.dataset].roles if table.dataset in received else ()
    for role in roles:
        if column.startswith(f"{role}_link_") or (column.startswith(f"{role}_") and column.endswith("_id")):
            return Origin(table.dataset, column, "link", dataset=table.dataset, role=role)
    return Origin(table.dataset, column, "made")


def _value(table: Contract, column: str, origin: str, *, form: str, received: Mapping[str, Contract]) -> Origin:
    dataset, name = origin.split(".", 1)
    return Origin(table.dataset, column, "value", dataset, name, form, received[dataset][name].source_names)
