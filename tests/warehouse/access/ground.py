"""A database with departments in every standing, and sessions of each role in it."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from contracts import published
from warehouse import access
from warehouse.connection import Connection, connect
from warehouse.pinning import pin

PASSWORD = "mật khẩu chỉ để thử"
UNIT, OTHER_UNIT = "UBND phường An Phú", "UBND xã An Long"
STANDINGS = ("granted", "expired", "revoked", "stranger")
TABLES = ("dossier", "person", "release")


def terms(table: str = "dossier", **given: Any) -> access.Terms:
    """Terms of a grant of one unit's rows, unless said otherwise."""
    contract = published().get(table)
    units = [UNIT] if contract and contract.row_scope == "unit" else []
    usual = {"purpose": "phục vụ cấp thẻ", "basis": "NĐ 278/2025", "until": "2099-12-31", "columns": "internal"}
    return access.Terms.read(table, **{**usual, "units": units, **given})


def add_rows(conn: Connection) -> None:
    """Three dossiers, two of a unit each and one without; each with its person and its line in the change feed."""
    with conn.transaction():
        conn.execute("INSERT INTO published.release VALUES (1, now(), 'run-1', 'state-1', 98.5)")
        for place, unit in enumerate([UNIT, OTHER_UNIT, None], start=1):
            values = {
                "dossier": f"dossier:{place}",
                "unit": unit,
                "person": f"P{place}",
                "number": f"0010990000{place}",
            }
            conn.execute(
                "INSERT INTO published.dossier (dossier_id, processing_unit, owner_name, owner_number,"
                " owner_birth_date, owner_sex, owner_person_id, repairs, release) "
                " VALUES (%(dossier)s, %(unit)s, 'Trần Thị Mận', %(number)s, '1990-05-06', 2, %(person)s, '{a:b}', 1)",
                values,
            )
            conn.execute(
                "INSERT INTO published.person (person_id, citizen_id, full_name, release)"
                " VALUES (%(person)s, %(number)s, 'Trần Thị Mận', 1)",
                values,
            )
            for table in ("dossier", "person"):
                conn.execute(
                    "INSERT INTO ledger.change (release, table_name, key, operation) VALUES (1, %s, %s, 'added')",
                    [table, values[table]],
                )


def expire(conn: Connection, name: str, table: str) -> None:
    """Moves the last day of a grant into the past, as time would."""
    with conn.transaction():
        conn.execute("ALTER TABLE access.table_grant DISABLE TRIGGER USER")
        conn.execute(
            "UPDATE access.table_grant SET expires_at = clock_timestamp() WHERE department = %s AND table_name = %s",
            [name, table],
        )
        conn.execute("ALTER TABLE access.table_grant ENABLE TRIGGER USER")


@dataclass
class Ground:
    """A database, its owner's connection, and the departments by standing."""

    url: str
    owner: Connection
    suffix: str
    sessions: dict[str, psycopg.Connection] = field(default_factory=dict)

    def name(self, standing: str) -> str:
        return f"{standing}_{self.suffix}"

    def session(self, standing: str) -> psycopg.Connection:
        """An open session of a role: `owner`, `views` or a department."""
        if standing not in self.sessions:
            is_ours = standing in {"owner", "views"}
            made = psycopg.connect(self.url, autocommit=True) if is_ours else log_in(self.url, self.name(standing))
            if standing == "views":
                made.execute("SET ROLE doisoat_views")
            self.sessions[standing] = made
        return self.sessions[standing]

    def close(self) -> None:
        for each in (*self.sessions.values(), self.owner):
            each.close()


def log_in(url: str, name: str, password: str = PASSWORD) -> psycopg.Connection:
    """A session of a department, as one of its programs opens it."""
    return psycopg.connect(url.replace("doisoat@", f"dept_{name}@"), password=password, autocommit=True)


@contextmanager
def ground(url: str, suffix: str):
    """Departments of every standing, with rows for them to read."""
    made = Ground(url, connect(url), suffix)
    try:
        add_rows(made.owner)
        for standing in STANDINGS:
            name = made.name(standing)
            access.add_department(made.owner, name, "Sở Thử nghiệm", PASSWORD, "Lan")
            for table in TABLES if standing != "stranger" else ():
                access.grant(made.owner, name, terms(table), "Lan")
                if standing == "expired":
                    expire(made.owner, name, table)
                if standing == "revoked":
                    access.revoke(made.owner, name, table, "Lan")
            access.pin_department(made.owner, name, 1, "Lan")
        pin(made.owner, 1, "Lan")
        made.session("granted").execute(f"SELECT FROM dept_{made.name('granted')}.dossier")
        yield made
    finally:
        made.close()


def new_database(server_url: str, template: str, name: str) -> str:
    """URL of a copy of a database."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(server_url, autocommit=True) as conn:
        conn.execute(statement)
    return server_url.replace("@/doisoat?", f"@/{name}?")
