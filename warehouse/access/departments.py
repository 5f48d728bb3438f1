"""Departments: added, given a new password, closed."""

from psycopg import sql

from warehouse import audit
from warehouse.access.errors import DepartmentExistsError, DepartmentNameError
from warehouse.access.roles import (
    DEPARTMENTS,
    VIEWS,
    check_known,
    check_may_make_roles,
    database,
    end_sessions,
    role_exists,
    role_of,
    sequence_of,
    verifier,
)
from warehouse.access.terms import plain_text
from warehouse.access.views import build, secure
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.pins import PINNED
from warehouse.queries import query, template


def add_department(conn: Connection, name: str, title: str, password: str, by: str) -> None:
    """Makes a department's role, schema and log; it may read nothing until it is granted something."""
    role, title, by = role_of(name), plain_text("title", title), plain_text("by", by)
    if name.endswith(PINNED):
        raise DepartmentNameError(name)
    secret = verifier(conn, role, password)
    with translated("add a department"), conn.transaction():
        check_may_make_roles(conn)
        if role_exists(conn, role):
            raise DepartmentExistsError(name)
        secure(conn)
        parts: dict[str, sql.Composable] = {
            "role": sql.Identifier(role),
            "views": sql.Identifier(VIEWS),
            "departments": sql.Identifier(DEPARTMENTS),
            "database": database(conn),
            "sequence": sequence_of(name),
            "verifier": secret,
            "title": sql.Literal(title),
        }
        conn.execute(template("access/create_department", **parts))
        conn.execute(query("access/insert_department"), {"name": name, "title": title})
        build(conn, name)
        audit.append(conn, by, "department_added", name)


def set_password(conn: Connection, name: str, password: str, by: str) -> None:
    """Gives a department a new password; one that was closed is open again, without its former grants."""
    by = plain_text("by", by)
    role = role_of(name)
    secret = verifier(conn, role, password)
    with translated("set the password of a department"), conn.transaction():
        check_known(conn, name, for_update=True)
        parts = {"role": sql.Identifier(role), "verifier": secret, "database": database(conn)}
        conn.execute(template("access/set_password", **parts))
        conn.execute(query("access/reopen"), {"name": name})
        audit.append(conn, by, "department_password_set", name)


def close_department(conn: Connection, name: str, by: str) -> list[str]:
    """Ends all grants of a department, its way in and its sessions, at once; the tables it loses."""
    by = plain_text("by", by)
    role = role_of(name)
    with translated("close a department"), conn.transaction():
        check_known(conn, name, for_update=True)
        values = {"name": name, "by": by, "table": None}
        ended = conn.execute(query("access/revoke_grants"), values).fetchall()
        conn.execute(query("access/close_department"), {"name": name})
        left = conn.execute(query("access/unpin"), {"name": name}).fetchone()
        conn.execute(template("access/close_role", role=sql.Identifier(role)))
        detail: dict[str, object] = {"grants": [each[0] for each in ended]}
        if left:
            detail["unpinned"] = left[0]
        audit.append(conn, by, "department_closed", name, detail)
    end_sessions(conn, role)
    build(conn, name)
    return [each[1] for each in ended]
