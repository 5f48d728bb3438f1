"""`doisoat release`: what the next release would change, who lets it through, and the way back."""

import json
from typing import Annotated

import typer
from rich.console import Console

from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
from flows.numbers import counted, grouped
from flows.settings import load_settings

app = typer.Typer(
    help="Releases: what the next would change, approving and holding it, the way back, and pins.",
    no_args_is_help=True,
)


def _not_blank(word: str) -> str:
    if not word.strip():
        raise typer.BadParameter("để trống · it is blank")
    return word


By = Annotated[
    str,
    typer.Option(
        "--by", help="Who does this, as the audit log will name them.", show_default=False, callback=_not_blank
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", help="Why; kept in the audit log.", show_default=False, callback=_not_blank)
]


@app.command()
def show(
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
    last: Annotated[int, typer.Option("--last", min=1, help="How many releases and units.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """What is published, what waits and what it would change, who holds releases, and what is pinned."""
    from flows.commands.release_show import as_dict, show_standing, standing
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        found = standing(connection, last)
    if as_json:
        typer.echo(json.dumps(as_dict(found), ensure_ascii=False, indent=1))
        return
    show_standing(found, last, Console())


@app.command()
def approve(
    candidate: Annotated[
        str | None, typer.Argument(help="Id of the candidate. [the one that waits]", show_default=False)
    ] = None,
    *,
    by: By,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Publish the candidate that waits. With an id, that one and no other. A hold on all releases stays in force."""
    from flows.approval import approve as publish

    done = publish(load_settings(settings_file, **overrides(workspace, database)), candidate, by)
    _say(f"Đã công bố bản phát hành {done.release}.", f"Release {done.release} is published.")


@app.command()
def hold(
    *,
    by: By,
    reason: Reason,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Let no run publish by itself until `resume`; each candidate then waits. One judged already still publishes."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        warehouse.hold_releases(connection, by, reason)
    _say(
        "Từ nay mọi bản phát hành chờ phê duyệt, cho đến lệnh `doisoat release resume`.",
        "From now on every release waits for an approval, until `doisoat release resume`.",
    )


@app.command()
def resume(
    *, by: By, workspace: WorkspaceFolder = None, database: DatabaseUrl = None, settings_file: SettingsFile = None
) -> None:
    """Let runs publish by themselves again. What waits already still wants its approval, or the next run."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        was_held = warehouse.resume_releases(connection, by)
    if was_held:
        _say("Từ nay các lần chạy tự công bố như thường lệ.", "Runs publish by themselves again.")
    else:
        _say("Không có lệnh giữ nào.", "Nothing was held.")


@app.command()
def rollback(
    *,
    by: By,
    reason: Reason,
    to: Annotated[
        int | None, typer.Option("--to", min=1, help="The release to restore. [the one before]", show_default=False)
    ] = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Publish a former release again, as a new one, and hold all releases until `resume`."""
    from flows.approval import roll_back
    from warehouse import Order

    settings = load_settings(settings_file, **overrides(workspace, database))
    done = roll_back(settings, to, Order(by, reason))
    rows = sum(each.added + each.changed + each.removed for each in done.changes)
    _say(
        f"Bản phát hành {done.release} khôi phục bản cũ ({grouped(rows)} dòng khác). "
        "Dữ liệu đang giữ, lần giao đã nhận và quyết định của cán bộ không đổi. "
        "Mọi bản phát hành bị giữ lại cho đến `doisoat release resume`.",
        f"Release {done.release} restores the former one (differing: {counted(rows, 'row')}). "
        "Rows held, deliveries known and stewards' decisions are as they were. "
        "All releases are held until `doisoat release resume`.",
    )


@app.command()
def pin(
    release: Annotated[int, typer.Argument(help="Number of the release.", min=1, show_default=False)],
    *,
    by: By,
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the schema release_<name>. [the number]", show_default=False)
    ] = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Keep a release readable: a schema of views that show every published table as it was."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        schema = warehouse.pin(connection, release, by, name)
    _say(f"Bản phát hành {release} đọc được ở schema {schema}.", f"Release {release} can be read in schema {schema}.")


@app.command()
def unpin(
    name: Annotated[str, typer.Argument(help="Name of the pin, or its number.", show_default=False)],
    *,
    by: By,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Take a pin and its schema away; views that others built on it go too."""
    import warehouse
    from flows.run import open_warehouse

    with open_warehouse(load_settings(settings_file, **overrides(workspace, database))) as connection:
        warehouse.unpin(connection, name, by)
    _say(f"Đã bỏ ghim {name}.", f"Pin {name} is taken away.")


def _say(vi: str, en: str) -> None:
    Console(highlight=False).print(f"{vi}\n{en}", markup=False, soft_wrap=True)
