"""Policies and views made from the contracts, so that a table new in them is covered by the same rules: denied first.

A policy says which rows a table shows, by the grants of whoever is logged in; a view says which columns, and masks the
others. Neither holds units or purposes of a grant: everybody can read a definition in PostgreSQL's catalogue.
"""

import hashlib

from psycopg import sql

import contracts
from contracts import Contract, Property
from warehouse.access.place import Place, table_of
from warehouse.access.reading import Grant, pin_of
from warehouse.access.roles import DEPARTMENTS, VIEWS, check_known, database, end_sessions, ensure_groups, role_of
from warehouse.access.terms import LEVELS
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.pins import schema_of_department
from warehouse.queries import names, query, template, text

POLICY = sql.Identifier("departments")
CHANGE = "change"
"""The view of what changed; no published table may have that name."""

_MADE_FROM = (
    *("access/rights_of_groups", "access/policy_of_units", "access/policy_of_grant", "access/policy_of_changes"),
    *("access/view", "access/view_of_linked", "access/mention", "access/view_of_changes", "access/change_of_record"),
    *("access/change_of_linked", "access/change_of_all", "access/seen_units", "access/seen_by_grant"),
    *("retention/as_of", "retention/releases_as_of"),
)


def keep_up(conn: Connection) -> None:
    """Holds the rows of new tables back, and makes views anew that are not those of today's contracts."""
    with translated("keep departments to the contracts"), conn.transaction():
        for schema, table in conn.execute(query("access/open_tables")).fetchall():
            conn.execute(template("access/hold_back_rows", table=sql.Identifier(schema, table)))
        if conn.execute(query("access/is_open_to_all")).fetchone():
            conn.execute(template("access/close_database", database=database(conn)))
        behind = [
            each[0] for each in conn.execute(query("access/to_build"), {"fingerprint": _fingerprint()}).fetchall()
        ]
        if behind:
            secure(conn)
    for name in behind:
        end_sessions(conn, role_of(name))
        build(conn, name)


def secure(conn: Connection) -> None:
    """Gives the views' owner its rights and every published table its policy; part of the caller's transaction.

    Does nothing where a department's views are those of today's contracts: policies lock their tables while they are
    made.
    """
    if conn.execute(query("access/is_secured"), {"fingerprint": _fingerprint()}).fetchone():
        return
    ensure_groups(conn)
    tables = list(contracts.published().values())
    views = sql.Identifier(VIEWS)
    conn.execute(template("access/close_database", database=database(conn)))
    conn.execute(
        template(
            "access/rights_of_groups",
            views=views,
            departments=sql.Identifier(DEPARTMENTS),
            tables=sql.SQL(", ").join(table_of(each) for each in tables),
        )
    )
    for each in tables:
        conn.execute(template("access/drop_policy", policy=POLICY, table=table_of(each)))
        parts = {"policy": POLICY, "table": table_of(each), "views": views, "table_name": sql.Literal(each.dataset)}
        if each.row_scope == "unit" and each.unit_property:
            unit = sql.Identifier(each.unit_property)
            conn.execute(template("access/policy_of_units", unit=unit, **parts))
        elif each.row_scope:
            conn.execute(template("access/policy_of_grant", **parts))
    conn.execute(template("access/drop_policy", policy=POLICY, table=sql.Identifier("ledger", "change")))
    conn.execute(template("access/policy_of_changes", policy=POLICY, views=views))


def build(conn: Connection, name: str) -> None:
    """Makes the views of a department anew, as its grants say; an expired one keeps its view, which then says so."""
    place, role = Place.present(name), role_of(name)
    with translated("make the views of a department"), conn.transaction():
        check_known(conn, name, for_update=True)
        for (view,) in conn.execute(query("access/views_of"), {"role": role}).fetchall():
            conn.execute(template("access/drop_view", view=sql.Identifier(role, view)))
        known = contracts.published()
        found = [Grant(*row) for row in conn.execute(query("access/grants"), {"name": name}).fetchall()]
        held = [each for each in found if each.standing != "revoked" and each.table in known]
        granted = [(known[each.table], each) for each in held if known[each.table].row_scope]
        for contract, each in granted:
            _make_view(conn, place, contract, each)
        if granted:
            changes = sql.SQL(" UNION ALL ").join(_changes(contract, each, place) for contract, each in granted)
            view = sql.Identifier(role, CHANGE)
            conn.execute(template("access/view_of_changes", view=view, changes=changes))
            _hand_over(conn, place, CHANGE, "Luồng thay đổi\nChange feed")
        _build_pinned(conn, name, granted)
        conn.execute(query("access/is_built"), {"name": name, "fingerprint": _fingerprint()})


def _build_pinned(conn: Connection, name: str, granted: list[tuple[Contract, Grant]]) -> None:
    schema = sql.Identifier(schema_of_department(name))
    # A schema of that name which we did not make is left alone.
    if conn.execute(query("access/forget_pinned_schema"), {"name": name}).fetchone():
        conn.execute(template("access/drop_pinned_schema", schema=schema))
    pin = pin_of(conn, name)
    if pin is None:
        return
    place = Place.pinned(name, pin.release)
    conn.execute(
        template(
            "access/create_pinned_schema",
            schema=schema,
            role=sql.Identifier(place.role),
            views=sql.Identifier(VIEWS),
            title=sql.Literal(f"Bản phát hành {pin.release}\nRelease {pin.release}"),
        )
    )
    conn.execute(query("access/note_pinned_schema"), {"name": name, "release": pin.release})
    for contract, each in granted:
        _make_view(conn, place, contract, each)


def _make_view(conn: Connection, place: Place, contract: Contract, grant: Grant) -> None:
    view = sql.Identifier(place.schema, contract.dataset)
    gate = "note_use" if _is_personal(contract) else "admit"
    parts: dict[str, sql.Composable] = {
        "view": view,
        "columns": sql.SQL(", ").join(_shown(each, grant) for each in contract.properties),
        "table": place.rows(contract),
        "gate": sql.Identifier(gate),
        "asked": place.asked(contract),
    }
    if contract.row_scope == "linked":
        linked = {"link": sql.Identifier(_link_of(contract)), "mentions": _mentions(contract, place)}
        conn.execute(template("access/view_of_linked", **parts, **linked))
    else:
        conn.execute(template("access/view", **parts))
    _hand_over(conn, place, contract.dataset, f"{contract.title_vi}\n{contract.description}")
    for each in contract.properties:
        column = sql.SQL("{}.{}").format(view, sql.Identifier(each.name))
        told = "" if _is_clear(each, grant) else "\nChe: không được cấp · Masked: not granted"
        comment = sql.Literal(f"{each.title_vi}\n{each.description}{told}")
        conn.execute(template("tables/comment_column", column=column, comment=comment))


def _hand_over(conn: Connection, place: Place, view: str, title: str) -> None:
    made = sql.Identifier(place.schema, view)
    parts = {"view": made, "role": sql.Identifier(place.role), "views": sql.Identifier(VIEWS)}
    conn.execute(template("access/own_view", title=sql.Literal(title), **parts))


def _shown(column: Property, grant: Grant) -> sql.Composed:
    name = sql.Identifier(column.name)
    form = "t.{0} AS {0}" if _is_clear(column, grant) else "access.masked(t.{0}) AS {0}"
    return sql.SQL(form).format(name)


def _is_clear(column: Property, grant: Grant) -> bool:
    # A classification that is none of the known ones is above every ceiling.
    is_below = column.classification in LEVELS[: LEVELS.index(grant.ceiling) + 1]
    return is_below or column.name in grant.columns


def _is_personal(contract: Contract) -> bool:
    return any(each.classification not in ("public", "internal") for each in contract.properties)


def _changes(contract: Contract, grant: Grant, place: Place) -> sql.Composed:
    clear = [each.name for each in contract.properties if _is_clear(each, grant)]
    parts: dict[str, sql.Composable] = {
        "table": table_of(contract),
        "table_name": sql.Literal(contract.dataset),
        "key": sql.SQL("c.key" if set(contract.key) <= set(clear) else "access.masked(c.key)"),
        "joined": _joined(contract.key),
        "clear": sql.Literal(clear),
    }
    if contract.row_scope == "unit":
        return template("access/change_of_record", unit=sql.Literal(contract.unit_property), **parts)
    if contract.row_scope == "linked":
        linked = {"link": sql.Identifier(_link_of(contract)), "mentions": _mentions(contract, place)}
        return template("access/change_of_linked", **parts, **linked)
    return template("access/change_of_all", **parts)


def _joined(key: tuple[str, ...]) -> sql.Composed:
    # One column as it is, so that its index serves; several as the change feed joins them.
    return names(key, "t") if len(key) == 1 else sql.SQL("concat_ws('|', {})").format(names(key, "t"))


def _link_of(linked: Contract) -> str:
    return linked.link_property or linked.key[0]


def _mentions(linked: Contract, place: Place) -> sql.Composed:
    """The columns of rows of units that name a row of this table: `owner_person_id` names a `person_id`."""
    link = _link_of(linked)
    records = [each for each in contracts.published().values() if each.row_scope == "unit"]
    found = [
        template("access/mention", column=sql.Identifier(name), table=place.rows(each))
        for each in records
        for name in each.names
        if name == link or name.endswith(f"_{link}")
    ]
    return sql.SQL(" UNION ALL ").join(found)


def _fingerprint() -> str:
    scripts = [text(each) for each in _MADE_FROM]
    return hashlib.sha256(repr((sorted(contracts.published().items()), scripts)).encode()).hexdigest()
