"""`doisoat docs`: the catalogue of what is published, as a folder of plain pages."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.commands.options import DatabaseUrl, SettingsFile, WorkspaceFolder, overrides
from flows.numbers import counted, grouped
from flows.settings import load_settings

app = typer.Typer(help="The catalogue of what is published, for departments.", no_args_is_help=True)


@app.command()
def build(
    out: Annotated[
        Path, typer.Option("--out", help="Folder of the pages; written anew as a whole.", show_default=False)
    ],
    workspace: WorkspaceFolder = None,
    database: DatabaseUrl = None,
    settings_file: SettingsFile = None,
    is_without_database: Annotated[
        bool, typer.Option("--no-database", help="Definitions only: no releases, rows or scores.")
    ] = False,
) -> None:
    """Write the catalogue: tables, datasets, lineage, quality, rules, in Vietnamese and English; and DCAT beside it.

    The pages need no server and no network: open index.html. Without a database they hold the definitions only.
    """
    from flows.catalogue import catalogue, write

    settings = load_settings(settings_file, **overrides(workspace, database))
    made = catalogue(settings, is_without_database=is_without_database)
    count = write(made, out)
    release = made.snapshot.release.number if made.snapshot else None
    vi = f"kèm số liệu của bản phát hành {release}" if release else "chỉ có định nghĩa, chưa kèm số liệu"
    en = f"with the figures of release {release}" if release else "definitions only, without figures"
    Console(highlight=False, soft_wrap=True).print(
        f"Đã lập danh mục: {grouped(count)} tệp trong {out}, {vi}. Hãy mở {out / 'index.html'}.\n"
        f"The catalogue is made: {counted(count, 'file')} in {out}, {en}. Open {out / 'index.html'}.",
        markup=False,
    )
