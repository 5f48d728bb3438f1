"""Grants: given, replaced, revoked. What is written holds at once, whatever a department has open."""

from dataclasses import asdict

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
    lists = {"columns": [*terms.columns], "units": [*terms.units], "unit_prefixes": [*terms.unit_prefixes]}
    values = asdict(terms) | lists | {"name": name, "by": by}
    with translated("grant a table"), conn.transaction():
        check_known(conn, name, for_update=True)
        conn.execute(query("access/revoke_grants"), {"name": name, "by": by, "table": terms.table})
        row = conn.execute(query("access/insert_grant"), values).fetchone()
        conn.execute(query("access/needs_building"), {"name": name})
        grant_id = int(row[0]) if row else 0
        # Purpose and basis are people's words, which may name somebody; they stay with the grant.
        told = {"grant": grant_id, "table": terms.table, "until": terms.until.isoformat(), "ceiling": terms.ceiling}
        audit.append(conn, by, "access_granted", name, told | lists | {"is_every_unit": terms.is_every_unit})
    end_sessions(conn, role)
    build(conn, name)
    return grant_id


def revoke(conn: Connection, name: str, table: str, by: str) -> bool:
    """Ends what a department was granted of a table, and its sessions; False if nothing was in force."""
    by, role, table = plain_text("by", by), role_of(name), plain_text("table", table)
    with translated("revoke a table"), conn.transaction():
        check_known(conn, name, for_update=True)
        values = {"name": name, "by": by, "table": table}
        ended = conn.execute(query("access/revoke_grants"), values).fetchall()
        if not ended:
            # Only now: what was granted can be revoked whatever became of its contract, but a typing error is told.
            grantable(table)
            return False
        conn.execute(query("access/needs_building"), {"name": name})
        audit.append(conn, by, "access_revoked", name, {"table": table, "grants": [each[0] for each in ended]})
    end_sessions(conn, role)
    build(conn, name)
    return True
