"""PostgreSQL roles of departments: who may make them, their passwords, and the end of what they have open."""

import os
import re

from psycopg import sql

from warehouse.access.errors import (
    DepartmentNameError,
    PasswordRefusedError,
    RoleRightsError,
    UnknownDepartmentError,
)
from warehouse.connection import Connection
from warehouse.errors import translated
from warehouse.queries import query, template

VIEWS = "doisoat_views"
"""Owner of all views of departments: neither superuser nor owner of a table, so that policies hold for it."""
DEPARTMENTS = "doisoat_departments"
"""Group of all departments."""
SHORTEST_PASSWORD = 12

_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}", re.ASCII)


def role_of(name: str) -> str:
    """Role and schema of a department; DepartmentNameError if that can be none."""
    if not _NAME.fullmatch(name):
        raise DepartmentNameError(name)
    return f"dept_{name}"


def check_known(conn: Connection, name: str, *, for_update: bool = False) -> None:
    """UnknownDepartmentError if there is none of that name; `for_update` keeps others from changing it meanwhile."""
    statement = query("access/lock_department" if for_update else "access/find_department")
    if conn.execute(statement, {"name": name}).fetchone() is None:
        raise UnknownDepartmentError(name, [each[0] for each in conn.execute(query("access/departments")).fetchall()])


def sequence_of(name: str) -> sql.Identifier:
    """The sequence that numbers the uses of a department."""
    return sql.Identifier(f"use_of_{name}")


def database(conn: Connection) -> sql.Identifier:
    """The database of the connection."""
    return sql.Identifier(conn.info.dbname)


def check_may_make_roles(conn: Connection) -> None:
    """RoleRightsError, which tells the remedy, if the database's owner may not make roles."""
    row = conn.execute(query("access/may_make_roles")).fetchone()
    role, may = row or ("?", False)
    if not may:
        raise RoleRightsError(str(role))


def ensure_groups(conn: Connection) -> None:
    """Makes the two roles that nobody logs in as, where they are missing."""
    for each in (VIEWS, DEPARTMENTS):
        if not role_exists(conn, each):
            check_may_make_roles(conn)
            conn.execute(template("access/create_group", role=sql.Identifier(each)))


def role_exists(conn: Connection, role: str) -> bool:
    """Whether the server has a role of that name."""
    return conn.execute(query("access/role_exists"), {"role": role}).fetchone() is not None


def verifier(conn: Connection, role: str, password: str) -> sql.Literal:
    """The SCRAM-SHA-256 verifier of a password, made here: the password itself never reaches the server or its log."""
    if len(password) < SHORTEST_PASSWORD:
        vi = f"ngắn hơn {SHORTEST_PASSWORD} ký tự; hãy dùng mật khẩu dài hơn"
        raise PasswordRefusedError(vi, f"is shorter than {SHORTEST_PASSWORD} characters; use a longer one")
    try:
        secret = password.encode()
    except UnicodeEncodeError as exc:
        raise PasswordRefusedError("không phải là UTF-8", "is not in UTF-8") from exc
    if b"\0" in secret:
        raise PasswordRefusedError("có ký tự số không", "holds a zero character")
    made = conn.pgconn.encrypt_password(secret, os.fsencode(role), b"scram-sha-256")
    return sql.Literal(made.decode())


def end_sessions(conn: Connection, role: str) -> None:
    """Ends what the role has open in this database: an old transaction would go on seeing an old grant."""
    identifier = sql.Identifier(role)
    with translated("end the sessions of a department"), conn.transaction():
        conn.execute(template("access/join_role", role=identifier))
        conn.execute(query("access/end_sessions"), {"role": role})
        conn.execute(template("access/leave_role", role=identifier))
