"""Options that many commands take, and the settings that follow from them."""

import getpass
import os
from pathlib import Path
from typing import Annotated, Any

import typer

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
Actor = Annotated[
    str | None,
    typer.Option("--by", help="Who does this, as the audit log will name them. [the system account]"),
]


def overrides(workspace: Path | None, database: str | None, **others: object) -> dict[str, Any]:
    """The settings that the command line sets."""
    if database is not None:
        # Through the environment, so that the URL with its password never is a parameter of the flow.
        os.environ["DOISOAT_DATABASE"] = database
    return {key: value for key, value in {"workspace": workspace, **others}.items() if value is not None}


def actor(given: str | None) -> str:
    """Whom the audit log names: who was given, else the system account."""
    return given or getpass.getuser()
