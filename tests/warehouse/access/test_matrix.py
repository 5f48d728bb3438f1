"""Who may do what with what: one table of every kind of object, operation and role, each cell tried on PostgreSQL.

`+` allowed, `0` allowed and shows no row, `-` refused. `own` is the department's schema, `theirs` that of the one with
grants, `…_pinned` that of the release on which a department stays. Whatever is tried is rolled back.
"""

import psycopg
import pytest

from tests.warehouse.access.ground import Ground

ROLES = ("owner", "views", "granted", "expired", "revoked", "stranger")
MATRIX = """
published.dossier            select    +  -  -  -  -  -
published.dossier            insert    +  -  -  -  -  -
published.dossier            update    +  -  -  -  -  -
published.dossier            delete    +  -  -  -  -  -
published.dossier            truncate  +  -  -  -  -  -
published.dossier            lock      +  -  -  -  -  -
published.person             select    +  -  -  -  -  -
published.release            select    +  -  -  -  -  -
published.birth              select    0  -  -  -  -  -
published.dossier            policy    +  -  -  -  -  -
published                    create    +  -  -  -  -  -
candidate.dossier            select    0  -  -  -  -  -
candidate.dossier            insert    +  -  -  -  -  -
candidate                    create    +  -  -  -  -  -
staging                      create    +  -  -  -  -  -
ledger.change                select    +  -  -  -  -  -
ledger.change                insert    +  -  -  -  -  -
ledger.change                delete    +  -  -  -  -  -
ledger.link                  select    0  -  -  -  -  -
ledger.verdict               select    0  -  -  -  -  -
ledger.quarantine            select    0  -  -  -  -  -
ledger.lineage               select    0  -  -  -  -  -
ledger.entity                select    0  -  -  -  -  -
ledger.resolve('P1')         execute   +  -  -  -  -  -
ledger                       create    +  -  -  -  -  -
ops.run                      select    0  -  -  -  -  -
ops.state                    update    +  -  -  -  -  -
ops.migration                select    +  -  -  -  -  -
ops.pin                      select    +  -  -  -  -  -
ops.pin                      update    +  -  -  -  -  -
ops                          create    +  -  -  -  -  -
audit.entry                  select    +  -  -  -  -  -
audit.entry                  insert    +  -  -  -  -  -
audit.entry                  update    -  -  -  -  -  -
audit.entry                  delete    -  -  -  -  -  -
audit.entry                  truncate  -  -  -  -  -  -
audit.append('a','b','c','{}')  execute  +  -  -  -  -  -
audit                        create    +  -  -  -  -  -
access.department            select    +  -  -  -  -  -
access.department            update    +  -  -  -  -  -
access.table_grant           select    +  -  -  -  -  -
access.table_grant           insert    +  -  -  -  -  -
access.table_grant           update    -  -  -  -  -  -
access.table_grant           delete    -  -  -  -  -  -
access.use                   select    +  -  -  -  -  -
access.use                   insert    +  -  -  -  -  -
access.use                   update    -  -  -  -  -  -
access.use                   delete    -  -  -  -  -  -
access.use                   truncate  -  -  -  -  -  -
access.{sequence}            select    +  -  -  -  -  -
access.{sequence}            nextval   +  -  -  -  -  -
access.{sequence}            setval    +  -  -  -  -  -
access.note_use('dossier')   execute   -  -  -  -  -  -
access.admit('dossier')      execute   -  -  -  -  -  -
access.note_use('dossier',1)  execute  -  -  -  -  -  -
access.admit('dossier',1)    execute   -  -  -  -  -  -
access.write_use('a','b')    execute   .  -  -  -  -  -
access.granted_units('dossier')  execute  +  -  -  -  -  -
access.live_grants()         execute   0  -  -  -  -  -
access.masked('x'::text)     execute   +  -  -  -  -  -
access.drop_views()          execute   +  -  -  -  -  -
access                       create    +  -  -  -  -  -
own.dossier                  select    .  .  +  -  -  -
own.person                   select    .  .  +  -  -  -
own.release                  select    .  .  +  -  -  -
own.birth                    select    .  .  -  -  -  -
own.change                   select    .  .  +  -  -  -
own.resolve('P1')            execute   .  .  +  -  -  -
own.dossier                  insert    .  .  -  -  -  -
own.dossier                  update    .  .  -  -  -  -
own.dossier                  delete    .  .  -  -  -  -
own.dossier                  rename    .  .  -  -  -  -
own                          create    .  .  -  -  -  -
theirs.dossier               select    -  -  +  -  -  -
theirs.person                select    -  -  +  -  -  -
theirs.release               select    -  -  +  -  -  -
theirs.change                select    -  -  +  -  -  -
theirs.dossier               drop      +  +  -  -  -  -
theirs                       create    +  +  -  -  -  -
own_pinned.dossier           select    .  .  +  -  -  -
own_pinned.person            select    .  .  +  -  -  -
own_pinned.release           select    .  .  +  -  -  -
own_pinned.birth             select    .  .  -  -  -  -
own_pinned.change            select    .  .  -  -  -  -
own_pinned.dossier           insert    .  .  -  -  -  -
own_pinned.dossier           update    .  .  -  -  -  -
own_pinned.dossier           delete    .  .  -  -  -  -
own_pinned.dossier           rename    .  .  -  -  -  -
own_pinned                   create    .  .  -  -  -  -
theirs_pinned.dossier        select    -  -  +  -  -  -
theirs_pinned.person         select    -  -  +  -  -  -
theirs_pinned.release        select    -  -  +  -  -  -
theirs_pinned.dossier        drop      +  +  -  -  -  -
theirs_pinned                create    +  +  -  -  -  -
release_1.dossier            select    +  -  -  -  -  -
release_1.release            select    +  -  -  -  -  -
release_1                    create    +  -  -  -  -  -
public                       create    +  -  -  -  -  -
pg_temp                      create    +  -  -  -  -  -
pg_authid                    select    -  -  -  -  -  -
pg_statistic                 select    -  -  -  -  -  -
pg_read_file('PG_VERSION')   execute   -  -  -  -  -  -
pg_stats_of_published        select    .  0  0  0  0  0
role.postgres                become    -  -  -  -  -  -
role.doisoat                 become    +  +  -  -  -  -
role.doisoat_views           become    +  +  -  -  -  -
role.theirs                  become    -  -  +  -  -  -
session.postgres             become    -  -  -  -  -  -
session.doisoat              become    +  +  -  -  -  -
"""
STATEMENTS = {
    "select": "SELECT * FROM {it}",
    "insert": "INSERT INTO {it} ({column}) SELECT {column} FROM {it} WHERE false",
    "update": "UPDATE {it} SET {column} = {column}",
    "delete": "DELETE FROM {it}",
    "truncate": "TRUNCATE {it}",
    "lock": "LOCK TABLE {it} IN SHARE MODE",
    "policy": "CREATE POLICY mine ON {it} USING (true)",
    "create": "CREATE TABLE {it}.mine (n int)",
    "execute": "SELECT {it}",
    "nextval": "SELECT nextval('{it}')",
    "setval": "SELECT setval('{it}', 9)",
    "rename": "ALTER VIEW {it} RENAME TO mine",
    "drop": "DROP VIEW {it}",
}
COLUMNS = {"ledger.change": "key", "ops.state": "state", "audit.entry": "actor", "access.department": "title"}
COLUMNS |= {"access.table_grant": "purpose", "access.use": "table_name", "ops.pin": "release"}
REFUSALS = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.RestrictViolation,  # the append-only tables refuse their owner, too
    psycopg.errors.UndefinedTable,  # a view that is not made for it
    psycopg.errors.ObjectNotInPrerequisiteState,  # a view over what rows are and were takes none
)
CASES = [tuple(line.split()) for line in MATRIX.strip().splitlines()]


def statement(ground: Ground, thing: str, operation: str, role: str) -> str:
    theirs = f"dept_{ground.name('granted')}"
    kind, _, name = thing.partition(".")
    if operation == "become":
        whom = theirs if name == "theirs" else name
        return f"SET {'ROLE' if kind == 'role' else 'SESSION AUTHORIZATION'} {whom}"
    if thing == "pg_stats_of_published":
        return "SELECT * FROM pg_stats WHERE schemaname IN ('published', 'ledger', 'access')"
    whose, _, place = kind.partition("_")
    found = {"own": f"dept_{ground.name(role)}", "theirs": theirs}.get(whose)
    schema = f"{found}_{place}".rstrip("_") if found else kind
    it = f"{schema}.{name}" if name else schema
    it = it.format(sequence=f"use_of_{ground.name('granted')}") if "{sequence}" in it else it
    return STATEMENTS[operation].format(it=it, column=COLUMNS.get(thing, "dossier_id"))


def outcome(session: psycopg.Connection, text: str) -> str:
    try:
        with session.transaction(force_rollback=True):
            cursor = session.execute(text.encode())
            return "0" if cursor.description and not cursor.fetchall() else "+"
    except REFUSALS:
        return "-"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} {case[0]}")
def test_each_role_may_do_what_the_table_says_and_nothing_else(shared: Ground, case: tuple[str, ...]) -> None:
    thing, operation, *wanted = case
    found = [
        "." if cell == "." else outcome(shared.session(role), statement(shared, thing, operation, role))
        for role, cell in zip(ROLES, wanted, strict=True)
    ]
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, wanted, strict=True))


def test_the_matrix_names_every_schema_and_every_table_of_ours(shared: Ground) -> None:
    rows = shared.owner.execute(
        "SELECT schemaname || '.' || tablename FROM pg_tables"
        " WHERE schemaname IN ('ops', 'ledger', 'audit', 'access') AND tableowner = current_user"
    ).fetchall()
    schemas = {case[0] for case in CASES if case[1] == "create"}
    assert {"published", "candidate", "staging", "ledger", "ops", "audit", "access", "own", "public"} <= schemas
    left_out = {row[0] for row in rows} - {case[0] for case in CASES}
    # Each other table of these schemas has no rights of its own either; the schema is what departments lack.
    granted = shared.owner.execute(
        "SELECT c.oid::regclass::text FROM pg_class AS c, aclexplode(c.relacl) AS a, pg_roles AS r"
        " WHERE r.oid = a.grantee AND r.rolname <> current_user AND c.oid::regclass::text = ANY (%s)",
        [sorted(left_out)],
    ).fetchall()
    assert granted == []
