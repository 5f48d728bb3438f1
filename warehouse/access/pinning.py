"""Departments that stay on a release: a second schema, `dept_<name>_pinned`, with the same views of its rows."""

from warehouse import audit
from warehouse.access.errors import ForeignSchemaError
from warehouse.access.roles import check_known, end_sessions, role_of
from warehouse.access.terms import plain_text
from warehouse.access.views import build
from warehouse.connection import Connection
from warehouse.locks import patient
from warehouse.pins import schema_of_department
from warehouse.queries import query
from warehouse.retention import check_kept


def pin_department(conn: Connection, name: str, release: int, by: str) -> str:
    """Lets a department stay on a release that is kept, in place of the one it was on; the schema with its views.

    ReleaseNotKeptError names the releases that are kept; ForeignSchemaError if the schema is another's.
    """
    by, role, schema = plain_text("by", by), role_of(name), schema_of_department(name)
    with patient(conn, "pin a release for a department"):
        check_known(conn, name, for_update=True)
        conn.execute(query("pins/lock"))
        check_kept(conn, release)
        if conn.execute(query("access/has_foreign_schema"), {"name": name, "schema": schema}).fetchone():
            raise ForeignSchemaError(schema)
        conn.execute(query("access/pin"), {"name": name, "release": release, "by": by})
        conn.execute(query("access/needs_building"), {"name": name})
        audit.append(conn, by, "department_pinned", name, {"release": release})
    end_sessions(conn, role)
    build(conn, name)
    return schema


def unpin_department(conn: Connection, name: str, by: str) -> int | None:
    """Takes the schema of the release away, and ends the department's sessions; the release, None if it was on none."""
    by, role = plain_text("by", by), role_of(name)
    with patient(conn, "unpin the release of a department"):
        check_known(conn, name, for_update=True)
        row = conn.execute(query("access/unpin"), {"name": name}).fetchone()
        if row is None:
            return None
        conn.execute(query("access/needs_building"), {"name": name})
        audit.append(conn, by, "department_unpinned", name, {"release": row[0]})
    end_sessions(conn, role)
    build(conn, name)
    return int(row[0])
