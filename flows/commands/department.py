"""`doisoat department`: who may read what of what is published, for what purpose and how long; and who did read."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from flows.commands.options import Actor, DatabaseUrl, SettingsFile, WorkspaceFolder, actor, overrides
from flows.console_table import ConsoleTable, figure, label, whole
from flows.console_table import show as show_table
from flows.numbers import counted, grouped
from flows.settings import load_settings

if TYPE_CHECKING:
    from warehouse import Connection
    from warehouse.access import Department, Grant, Use

app = typer.Typer(
    help="Departments: what each may read, for what purpose and how long; and what it did read.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(help="Short name of the department, like y_te.", show_default=False)]
PasswordVariable = Annotated[
    str | None,
    typer.Option("--password-env", help="Environment variable that holds the password. [asked for, unseen]"),
]

_STANDING = {
    "in_force": "còn hiệu lực đến · in force until",
    "expired": "đã hết hạn · expired at",
    "revoked": "đã thu hồi lúc · revoked at",
}


@app.command()
def add(
    name: Name,
    *,
    title: Annotated[str, typer.Option("--title", help="Its full name.", show_default=False)],
    password_env: PasswordVariable = None,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Make a department's role and schema. It may read nothing until it is granted something."""
    from warehouse import access

    password = _password(password_env)
    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        access.add_department(connection, name, title, password, actor(by))
    _say(
        f"Đã lập {name}, vai trò dept_{name}. Chưa được đọc gì; cấp quyền bằng: doisoat department grant {name}.",
        f"{name} is made, with the role dept_{name}. It may read nothing yet; next: doisoat department grant {name}.",
    )


@app.command()
def password(
    name: Name,
    password_env: PasswordVariable = None,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Give a department a new password. One that was closed is open again, without its former grants."""
    from warehouse import access

    secret = _password(password_env)
    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        access.set_password(connection, name, secret, actor(by))
    _say(f"Đã đổi mật khẩu của {name}.", f"{name} has a new password.")


@app.command()
def grant(
    name: Name,
    table: Annotated[str, typer.Argument(help="A published table, like dossier.", show_default=False)],
    *,
    purpose: Annotated[str, typer.Option("--purpose", help="What the data is for.", show_default=False)],
    basis: Annotated[str, typer.Option("--basis", help="Legal basis of that purpose.", show_default=False)],
    until: Annotated[str, typer.Option("--until", help="Last day, like 2027-12-31.", show_default=False)],
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            help="Highest classification shown in clear: public, internal, personal or sensitive; further columns "
            "after commas. The others are masked.",
        ),
    ] = "internal",
    units: Annotated[
        list[str] | None,
        typer.Option(
            "--units",
            help="Unit whose rows are shown, or the beginning of units' names and *; again for more; or all. Not for "
            "tables whose rows belong to no unit.",
        ),
    ] = None,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Grant a table to a department, in place of what it was granted of it before. Its open sessions end."""
    from warehouse import access

    terms = access.Terms.read(table, purpose=purpose, basis=basis, until=until, columns=columns, units=units or ())
    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        number = access.grant(connection, name, terms, actor(by))
    _say(
        f"Đã cấp (số {number}): dept_{name}.{table}, đến hết {terms.until:%d/%m/%Y}.",
        f"Granted (number {number}): dept_{name}.{table}, to the end of {terms.until:%d/%m/%Y}.",
    )


@app.command()
def revoke(
    name: Name,
    table: Annotated[
        str | None, typer.Argument(help="One table; without it everything, and the way in.", show_default=False)
    ] = None,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Revoke a table, or everything, at once: also from sessions that are open, which end."""
    from warehouse import access

    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        if table is None:
            lost = access.close_department(connection, name, actor(by))
            told = ", ".join(lost) or "–"
            _say(
                f"Đã đóng {name}: thu hồi {told}, không đăng nhập được nữa.",
                f"{name} is closed: {told} revoked, and nobody logs in as it any more.",
            )
        elif access.revoke(connection, name, table, actor(by)):
            _say(f"Đã thu hồi {table} của {name}.", f"{table} is revoked from {name}.")
        else:
            _say(f"{name} không có quyền nào trên {table}.", f"{name} had no grant of {table}.")


@app.command()
def pin(
    name: Name,
    release: Annotated[int, typer.Argument(help="Number of the release.", min=1, show_default=False)],
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Let a department stay on a release, in a second schema of the same views. Its open sessions end."""
    from warehouse import access

    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        schema = access.pin_department(connection, name, release, actor(by))
    _say(f"{name} đọc được bản phát hành {release} ở {schema}.", f"{name} can read release {release} in {schema}.")


@app.command()
def unpin(
    name: Name,
    by: Actor = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Take the schema of the pinned release away, at once: also from sessions that are open, which end."""
    from warehouse import access

    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        release = access.unpin_department(connection, name, actor(by))
    if release is None:
        _say(f"{name} không ghim bản nào.", f"{name} was pinned to no release.")
    else:
        _say(f"{name} đã bỏ ghim bản phát hành {release}.", f"{name} is pinned to release {release} no more.")


@app.command("list")
def show_all(
    workspace: WorkspaceFolder = None, database: DatabaseUrl = None, settings_file: SettingsFile = None
) -> None:
    """List the departments."""
    from warehouse import access

    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        found = access.departments(connection)
    if not found:
        _say(
            "Chưa có sở, ngành nào. Lập bằng: doisoat department add.",
            "There is no department yet. Make one: doisoat department add.",
        )
        return
    show_table(Console(), departments_table(found))


def departments_table(departments: "Sequence[Department]") -> ConsoleTable:
    """One row a department."""
    columns = (
        whole("tên", "name"),
        label("sở, ngành", "department"),
        figure("quyền", "grants"),
        whole("đọc lần cuối", "last use"),
    )
    rows = [
        (each.name, each.title, _grants(each), f"{each.last_use:%Y-%m-%d %H:%M}" if each.last_use else None)
        for each in departments
    ]
    return ConsoleTable("", columns, rows)


@app.command()
def show(
    name: Name, workspace: WorkspaceFolder = None, database: DatabaseUrl = None, settings_file: SettingsFile = None
) -> None:
    """Show what a department was granted: units, columns, purpose, last day; and the release on which it stays."""
    from warehouse import access

    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        found = access.grants_of(connection, name)
        pinned = access.pin_of(connection, name)
    console = Console(highlight=False, markup=False)
    for each in found:
        console.print(_told(each), soft_wrap=True)
    if not found:
        _say(f"{name} chưa được cấp gì.", f"{name} was granted nothing yet.")
    if pinned:
        told = f"{pinned.schema} = {pinned.release} ({pinned.pinned_by}, {pinned.pinned_at:%Y-%m-%d %H:%M})"
        console.print(f"Ghim · pinned: {told}", soft_wrap=True)


@app.command()
def uses(
    name: Name,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
    last: Annotated[int, typer.Option("--last", min=1, help="How many.")] = 20,
) -> None:
    """Show what a department read: each time it read a table with personal data, newest first."""
    from warehouse import access

    with _warehouse(settings_file, overrides(workspace, database)) as connection:
        found = access.uses_of(connection, name, last)
    if found.last:
        show_table(Console(), uses_table(found.last))
    else:
        _say(f"{name} chưa đọc bảng nào có dữ liệu cá nhân.", f"{name} has read no table with personal data yet.")
    if found.without_line:
        _say(
            f"{grouped(found.without_line)} lần đọc không để lại dòng (giao dịch bị hủy hoặc còn chạy): tìm "
            f"'doisoat: {name} reads' trong log của máy chủ PostgreSQL.",
            f"{counted(found.without_line, 'use')} left no line (rolled back, or still running): look for "
            f"'doisoat: {name} reads' in the PostgreSQL server's log.",
        )


def uses_table(uses: "Sequence[Use]") -> ConsoleTable:
    """One row each time that a table was read."""
    columns = (
        whole("số", "no."),
        whole("lúc", "at"),
        whole("bảng", "table"),
        whole("từ máy", "from"),
        label("mục đích", "purpose"),
    )
    rows = [
        (each.number, f"{each.used_at:%Y-%m-%d %H:%M:%S}", each.table, str(each.client or "–"), each.purpose)
        for each in uses
    ]
    return ConsoleTable("", columns, rows)


@contextmanager
def _warehouse(settings_file: SettingsFile, given: dict[str, Any]) -> "Iterator[Connection]":
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **given)) as connection:
        yield connection


def _password(variable: str | None) -> str:
    from warehouse.access.errors import PasswordRefusedError

    if variable is not None:
        if variable not in os.environ:
            raise PasswordRefusedError(f"phải nằm trong biến {variable}", f"is not in the variable {variable}")
        return os.environ[variable]
    # Where nobody can type unseen, a prompt would show the password, or wait for ever.
    if not sys.stdin.isatty():
        raise PasswordRefusedError("chưa có: hãy dùng --password-env", "is missing: use --password-env")
    return str(typer.prompt("Mật khẩu · Password", hide_input=True, confirmation_prompt=True))


def _say(vi: str, en: str) -> None:
    Console(highlight=False, markup=False).print(f"{vi}\n{en}", soft_wrap=True)


def _grants(department: "Department") -> str:
    return "đã đóng · closed" if department.closed_at else grouped(department.grants)


def _told(grant: "Grant") -> str:
    named = [*grant.units, *(f"{each}*" for each in grant.unit_prefixes)]
    units = "tất cả · all" if grant.is_every_unit else "; ".join(named) or "–"
    # A grant ends with the midnight after its last day.
    end = grant.revoked_at or grant.expires_at - timedelta(seconds=1)
    lines = [
        f"#{grant.grant_id} {grant.table}: {_STANDING[grant.standing]} {end:%Y-%m-%d %H:%M}",
        f"   đơn vị · units: {units}",
        f"   cột · columns: {', '.join([grant.ceiling, *grant.columns])}",
        f"   mục đích · purpose: {grant.purpose}",
        f"   căn cứ · basis: {grant.legal_basis}",
        f"   người cấp · granted by: {grant.granted_by}, {grant.granted_at:%Y-%m-%d %H:%M}",
    ]
    return "\n".join(lines)
