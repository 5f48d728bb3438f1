"""Pins a release: a schema of views that show each published table as it was, for as long as somebody reads it."""

import re

from psycopg import sql

import contracts
from warehouse import audit
from warehouse.connection import Connection
from warehouse.errors import PinError
from warehouse.locks import PATIENCE_SECONDS, patient
from warehouse.pins import pin_names, schema_of
from warehouse.queries import query, template
from warehouse.retention import as_of, check_kept

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def pin(conn: Connection, release: int, pinned_by: str, name: str | None = None) -> str:
    """Makes the views of a release that is kept; their schema, `release_<name>`, by default `release_<number>`.

    ReleaseNotKeptError names the releases that are kept; PinError says what is wrong with the name.
    """
    chosen = str(release) if name is None else name
    if name is not None and not _NAME.fullmatch(name):
        vi, en = "không hợp lệ: dùng a–z, 0–9 và _, bắt đầu bằng chữ", "is not a name: a–z, 0–9, _, a letter first"
        raise PinError(name, vi, en, pin_names(conn))
    schema = schema_of(chosen)
    with patient(conn, "pin the release", patience_seconds=PATIENCE_SECONDS):
        conn.execute(query("pins/lock"))
        check_kept(conn, release)
        taken = not conn.execute(
            query("pins/pin"), {"name": chosen, "release": release, "pinned_by": pinned_by}
        ).rowcount
        if taken:
            vi, en = "đã có; hãy bỏ ghim ấy trước", "is taken; unpin it first"
            raise PinError(chosen, vi, en, pin_names(conn))
        comment = sql.Literal(f"Bản phát hành {release}, do {pinned_by} ghim\nRelease {release}, pinned by {pinned_by}")
        conn.execute(template("pins/create_schema", schema=sql.Identifier(schema), comment=comment))
        for table, contract in contracts.published().items():
            view = sql.Identifier(schema, table)
            conn.execute(template("pins/create_view", view=view, as_of=as_of(contract, release)))
        audit.append(conn, pinned_by, "release_pinned", f"release {release}", {"schema": schema})
    return schema


def unpin(conn: Connection, name: str, unpinned_by: str) -> None:
    """Takes the views away; what only they needed is forgotten with the next release. PinError if there is none."""
    with patient(conn, "unpin the release", patience_seconds=PATIENCE_SECONDS):
        if not conn.execute(query("pins/unpin"), {"name": name}).rowcount:
            known = pin_names(conn)
            raise PinError(name, "không có", "does not exist", known)
        conn.execute(template("pins/drop_schema", schema=sql.Identifier(schema_of(name))))
        audit.append(conn, unpinned_by, "release_unpinned", schema_of(name))
