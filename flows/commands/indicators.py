"""`doisoat indicators`: the published indicators as a table, or as JSON for a reporting system."""

import re
from typing import Annotated

import typer
from rich.console import Console

from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
from flows.settings import load_settings

_PERIOD = r"\d{4}(-(0[1-9]|1[0-2]))?"


def indicators(
    month: Annotated[
        str | None, typer.Option("--month", help="YYYY-MM, or YYYY for a year. [the newest year, to date]")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="One receiving unit. [all together]")] = None,
    *,
    by_unit: Annotated[bool, typer.Option("--by-unit", help="Every receiving unit.")] = False,
    variant: Annotated[
        list[str] | None,
        typer.Option("--variant", help="official, portal, reuse_flag, local or own. May be given again. [all]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a reporting system, with the definitions.")] = False,
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
) -> None:
    """Print the indicators of service (QĐ 766) and of the reconciliation as published."""
    if by_unit and unit is not None:
        raise typer.BadParameter("--unit, --by-unit: một đơn vị, hay mọi đơn vị? · one unit, or every one?")
    if month is not None and not re.fullmatch(_PERIOD, month):
        raise typer.BadParameter(f"--month {month}: viết YYYY-MM hoặc YYYY · write YYYY-MM or YYYY")
    from flows import indicator_output

    settings = load_settings(settings_file, **overrides(workspace, database))
    wanted = indicator_output.Wanted(month, unit, tuple(variant or ()), by_unit)
    told = indicator_output.chosen(settings, wanted)
    if as_json:
        typer.echo(indicator_output.as_json(told))
    else:
        indicator_output.show(told, Console())
