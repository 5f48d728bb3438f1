"""What a candidate would change, before it does: by table and receiving unit, ranked by the harm a mistake would do.

Counts only, in plain SQL over the candidate beside what is published: no row, no name of a person leaves the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from psycopg import sql

from contracts import Contract, received
from warehouse.connection import Connection
from warehouse.difference import data_tables, same_key
from warehouse.errors import translated
from warehouse.queries import names, query, template
from warehouse.tables import RELEASE

HARM: Mapping[str, int] = {
    "reidentified": 100,
    "lost": 30,
    "joined": 20,
    "split": 20,
    "removed": 10,
    "changed": 1,
    "added": 0,
    "linked": 0,
}
"""What one of each weighs when units are ranked. Worst is what nobody notices: a record that leads to another citizen
is acted upon as if it were right. A link lost is noticed and costs a paper asked for again; people joined or split
change what an id means; a row removed leaves a gap one can see; a changed value is mostly a correction; what is new
harms nobody. The steps are wide on purpose: a few links gone wrong outrank hundreds of corrected rows.
"""

_REGISTER_OF = {"person": "population", "enterprise": "enterprise"}


@dataclass(frozen=True, slots=True)
class Change:
    """What would change in a table, or for one unit of it; counts of rows, links (one a row and role) and people."""

    table: str
    unit: str | None = None
    """The receiving unit as the table writes it; None where the table has none or the row names none."""
    rows_before: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    links_before: int = 0
    linked: int = 0
    """Links of rows that had none."""
    lost: int = 0
    """Links that rows which stay would have no more."""
    reidentified: int = 0
    """Links that would lead to somebody else."""
    joined: int = 0
    """People whose records would all be somebody else's, who has records already."""
    split: int = 0
    """People who would get records of somebody who keeps others."""

    @property
    def harm(self) -> int:
        """The weighted sum by which units are ranked."""
        return sum(weight * int(getattr(self, name)) for name, weight in HARM.items())


@dataclass(frozen=True, slots=True)
class RoleChange:
    """What would change in the links of one role of a table."""

    table: str
    role: str
    links_before: int = 0
    linked: int = 0
    lost: int = 0
    reidentified: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What a candidate would change."""

    tables: tuple[Change, ...] = ()
    units: tuple[Change, ...] = ()
    """Those with a change, most harm first; equal ones by table and name."""
    roles: tuple[RoleChange, ...] = ()
    joined: int = 0
    """People, each once however many tables name them."""
    split: int = 0
    decisions: int = 0
    """Decisions that would begin or end in the history of links, those that no published column shows included."""

    @property
    def is_empty(self) -> bool:
        """Whether publishing would make no release."""
        return not self.decisions and not any(each.added or each.changed or each.removed for each in self.tables)

    def as_dict(self, units: int) -> dict[str, Any]:
        """As a JSON-able value with the first `units` units."""
        return {
            "tables": [asdict(each) for each in self.tables],
            "units": [asdict(each) | {"harm": each.harm} for each in self.units[:units]],
            "unit_count": len(self.units),
            "roles": [asdict(each) for each in self.roles],
            "joined": self.joined,
            "split": self.split,
            "decisions": self.decisions,
        }


_Key = tuple[str, str | None]
_Counts = dict[_Key, dict[str, int]]


def would_change(conn: Connection) -> Changes:
    """Compares the loaded candidate with what is published."""
    units: _Counts = {}
    roles: dict[tuple[str, str], dict[str, int]] = {}
    with translated("compare the candidate"), conn.transaction():
        conn.execute(query("changes/create_moved"))
        for each in data_tables():
            _compare(conn, each, units, roles)
        for table, unit, role, count in conn.execute(query("changes/reidentified")).fetchall():
            _add(units, (table, unit), {"reidentified": count})
            _add(roles, (table, role), {"reidentified": count})
        people = conn.execute(query("changes/people")).fetchall()
        for table, unit, joined, split, is_total in people:
            if not is_total:
                _add(units, (table, unit), {"joined": joined, "split": split})
        decisions = conn.execute(query("changes/decisions")).fetchone()
    found = [Change(table, unit, **counts) for (table, unit), counts in units.items()]
    total = next(((joined, split) for _, _, joined, split, is_total in people if is_total), (0, 0))
    return Changes(
        tables=tuple(_total(each.dataset, found) for each in data_tables()),
        units=_ranked(each for each in found if _is_change(each)),
        roles=tuple(RoleChange(table, role, **counts) for (table, role), counts in sorted(roles.items())),
        joined=total[0],
        split=total[1],
        decisions=decisions[0] if decisions else 0,
    )


def _compare(
    conn: Connection, contract: Contract, units: _Counts, roles: dict[tuple[str, str], dict[str, int]]
) -> None:
    table, parts = contract.dataset, _parts(contract)
    for unit, before, added, changed, removed in conn.execute(template("changes/rows", **parts)).fetchall():
        counts = {"rows_before": before, "added": added, "changed": changed, "removed": removed}
        _add(units, (table, unit), counts)
    if table not in received() or not received()[table].roles:
        return
    for unit, role, before, linked, lost in conn.execute(template("changes/links", **parts)).fetchall():
        counts = {"links_before": before, "linked": linked, "lost": lost}
        _add(units, (table, unit), counts)
        _add(roles, (table, role), counts)
    conn.execute(template("changes/moved", **parts), {"table": table})


def _parts(contract: Contract) -> dict[str, sql.Composable]:
    columns = tuple(each for each in contract.names if each != RELEASE)
    return {
        "target": sql.Identifier("published", contract.dataset),
        "source": sql.Identifier("candidate", contract.dataset),
        "same_key": same_key(contract.key),
        "old_key": sql.Identifier("p", contract.key[0]),
        "new_key": sql.Identifier("c", contract.key[0]),
        "old": names(columns, "p"),
        "new": names(columns, "c"),
        "unit": _unit(contract),
        "roles": _roles(contract),
    }


def _unit(contract: Contract) -> sql.Composable:
    source = received().get(_REGISTER_OF.get(contract.dataset, contract.dataset))
    column = source.unit_property if source else None
    if column is None or column not in contract.names:
        return sql.SQL("NULL::text")
    # Where a row moves from one unit to another, the one that reads it now is concerned first.
    return sql.SQL("coalesce({}, {})").format(sql.Identifier("p", column), sql.Identifier("c", column))


def _roles(contract: Contract) -> sql.Composable:
    """A row a role: its name, whom the role is linked to in the row before and in the row after."""
    source = received().get(contract.dataset)
    one = sql.SQL("({role}, {was}, {now})")
    return sql.SQL(", ").join(
        one.format(role=sql.Literal(role), was=_linked_id(contract, role, "p"), now=_linked_id(contract, role, "c"))
        for role in (source.roles if source else ())
    )


def _linked_id(contract: Contract, role: str, alias: str) -> sql.Composable:
    ids = tuple(each for each in (f"{role}_person_id", f"{role}_enterprise_id") if each in contract.names)
    linked = sql.SQL("CASE WHEN {status} = 'linked' THEN coalesce({ids}) END")
    return linked.format(status=sql.Identifier(alias, f"{role}_link_status"), ids=names(ids, alias))


def _add(counts: dict[Any, dict[str, int]], key: object, more: Mapping[str, int]) -> None:
    own = counts.setdefault(key, {})
    for name, count in more.items():
        own[name] = own.get(name, 0) + count


def _total(table: str, found: Iterable[Change]) -> Change:
    own = [each for each in found if each.table == table]
    counted = [each.name for each in fields(Change) if each.name not in ("table", "unit")]
    return replace(Change(table), **{name: sum(getattr(each, name) for each in own) for name in counted})


def _ranked(units: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(units, key=lambda each: (-each.harm, -each.added, each.table, each.unit or "")))


def _is_change(each: Change) -> bool:
    return bool(each.harm or each.added or each.linked)
