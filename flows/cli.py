"""The `doisoat` command: thin, with help that teaches; its exit codes are those of `flows.exits`."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from flows.errors import FlowError
from flows.exits import Exit
from flows.settings import load_settings

app = typer.Typer(
    name="doisoat",
    help="Đối soát: reconciles local dossiers and civil-registry books with the national population and business "
    "registers, and publishes clean tables that departments reuse.\n\n"
    "Exit codes: 0 done · 1 failed · 2 wrong command line · 3 a delivery was refused, the rest is published · "
    "4 release held · 5 another run is at work · 6 a setting is wrong.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="TOML file; doisoat.toml here is read by default.", show_default=False)
]
WorkspaceFolder = Annotated[
    Path | None,
    typer.Option("--workspace", help="Folder for raw files, reports and the embedded PostgreSQL. [./workspace]"),
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database", help="postgresql://… of a PostgreSQL ≥ 15 instead of the embedded one. Better: DOISOAT_DATABASE."
    ),
]


@app.command()
def run(
    drop: Annotated[
        list[Path] | None, typer.Option("--drop", help="Drop folder: DROP/<source>/<delivery>/. May be given again.")
    ] = None,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Reconcile all new deliveries of the drop folders and publish. Run again, it publishes nothing new."""
    overrides = _overrides(workspace, database, drops=tuple(drop) if drop else None)
    settings = load_settings(settings_file, **overrides)
    from flows.command_run import run_once

    raise typer.Exit(run_once(settings, settings_file, overrides, Console()))


@app.command()
def serve(workspace: WorkspaceFolder = None, database: DatabaseUrl = None, settings_file: SettingsFile = None) -> None:
    """Run the nightly flow on its schedule, 01:00 Asia/Ho_Chi_Minh unless configured. Stop with Ctrl-C."""
    overrides = _overrides(workspace, database)
    settings = load_settings(settings_file, **overrides)
    from flows.command_serve import serve_nightly

    serve_nightly(settings, settings_file, overrides, Console())


@app.command()
def status(
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
    last: Annotated[int, typer.Option("--last", min=1, help="How many runs.")] = 5,
) -> None:
    """Show the last runs and the books of the latest."""
    settings = load_settings(settings_file, **_overrides(workspace, database))
    from flows.command_status import show_status

    show_status(settings, last, Console())


@app.command("check-drop")
def check_drop(
    drop: Annotated[Path, typer.Argument(help="Drop folder, as for `run`.", show_default=False)],
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Would these deliveries be accepted? Reads everything, loads nothing."""
    settings = load_settings(settings_file, **_overrides(workspace, database))
    from flows.command_check_drop import check_drop as check

    raise typer.Exit(check(settings, drop, Console()))


@app.command()
def evaluate(
    truth: Annotated[Path, typer.Option("--truth", help="Folder with <dataset>.csv truth files.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Hold the published links against a known truth: precision, recall, F1 by dataset and role."""
    settings = load_settings(settings_file, **_overrides(workspace, database))
    from flows.command_evaluate import evaluation, table

    result = evaluation(settings, truth)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        Console().print(table(result))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(
    context: typer.Context,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Open psql on the warehouse, for example `doisoat psql -- -c 'select * from published.release'`."""
    settings = load_settings(settings_file, **_overrides(workspace, database))
    from flows.command_psql import open_psql

    raise typer.Exit(open_psql(settings, context.args))


def _overrides(workspace: Path | None, database: str | None, **others: Any) -> dict[str, Any]:  # noqa: ANN401
    if database is not None:
        # Through the environment, so that the URL with its password never is a parameter of the flow.
        os.environ["DOISOAT_DATABASE"] = database
    return {key: value for key, value in {"workspace": workspace, **others}.items() if value is not None}


def main() -> None:
    """Entry point: a known error is printed as its sentence, in both languages, and decides the exit code."""
    # A polite kill ends like Ctrl-C: contexts unwind, so the embedded PostgreSQL stops and the run leaves its summary.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _run(app)


def _run(command: Callable[[], object]) -> None:
    from contracts.errors import ContractError
    from expectations.errors import ExpectationsError
    from matching.errors import MatchingError
    from warehouse.errors import RunInProgressError, WarehouseError

    try:
        command()
    except FlowError as exc:
        _fail(str(exc), exc.exit)
    except RunInProgressError as exc:
        _fail(f"{exc.vi}\n{exc.en}", Exit.BUSY)
    except (WarehouseError, ExpectationsError) as exc:
        _fail(f"{exc.vi}\n{exc.en}", Exit.FAILED)
    except (ContractError, MatchingError) as exc:
        _fail(str(exc), Exit.FAILED)


def _fail(sentence: str, code: Exit) -> None:
    Console(stderr=True).print(f"[red]{sentence}[/]", highlight=False)
    sys.exit(code)
