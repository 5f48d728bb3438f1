"""Grants: given, replaced, revoked. What is written holds at once, whatever a department has open."""

from warehouse import audit
from warehouse.access.roles import check_known, end_sessions, role_of
from warehouse.access.terms import Terms, grantable, plain_text
from warehouse.access.views import build
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.queries import query


def grant(conn: Connection, name: str, terms: Terms, by: str) -> int:
    """Grants a table to a department in place of what it was granted of it before; the grant's id."""
    by, role = plain_text("by", by), role_of(name)
    values = {each: getattr(terms, each) for each in Terms.__dataclass_fields__}
    values |= {each: list(values[each]) for each in ("columns", "units", "unit_prefixes")}
    with translated("grant a table"), conn.transaction():
        check_known(conn, name, for_update=True)
        conn.execute(query("access/revoke_grants"), {"name": name, "by": by, "table": terms.table})
        row = conn.execute(query("access/insert_grant"), values | {"name": name, "by": by}).fetchone()
        conn.execute(query("access/needs_building"), {"name": name})
        grant_id = int(row[0]) if row else 0
        # Purpose and basis are people's words, which may name somebody; they stay with the grant.
        told = {"grant": grant_id, "table": terms.table, "until": terms.until.isoformat(), "columns": terms.ceiling}
        scope = {"more_columns": list(terms.columns), "is_every_unit": terms.is_every_unit}
        scope |= {"units": list(terms.units), "unit_prefixes": list(terms.unit_prefixes)}
        audit.append(conn, by, "access_granted", name, told | scope)
    end_sessions(conn, role)
    build(conn, name)
    return grant_id


def revoke(conn: Connection, name: str, table: str, by: str) -> bool:
    """Ends what a department was granted of a table, and its sessions; False if nothing was in force."""
    by, role = plain_text("by", by), role_of(name)
    contract = grantable(table)
    with translated("revoke a table"), conn.transaction():
        check_known(conn, name, for_update=True)
        values = {"name": name, "by": by, "table": contract.dataset}
        ended = conn.execute(query("access/revoke_grants"), values).fetchall()
        if not ended:
            return False
        conn.execute(query("access/needs_building"), {"name": name})
        audit.append(conn, by, "access_revoked", name, {"table": table, "grants": [each[0] for each in ended]})
    end_sessions(conn, role)
    build(conn, name)
    return True
