"""Makes the catalogue's folder: what the settings and the database say of it, and files written whole or not at all."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from expectations.indicators import DEFINITIONS, Definition
from flows.errors import ForeignFolderError, PathError
from flows.run import open_warehouse
from flows.settings import CatalogueSection, Settings
from flows.workspace import Workspace
from review.catalogue import MARKER, Catalogue, Indicator, Publisher, Snapshot, build, read
from review.report.language import Label


def catalogue(settings: Settings, *, is_without_database: bool) -> Catalogue:
    """What the pages will tell; definitions only where there is no database, or nothing is published yet."""
    snapshot = None if is_without_database else _snapshot(settings)
    return Catalogue(_publisher(settings.catalogue), snapshot, indicators=tuple(map(_indicator, DEFINITIONS)))


def _indicator(each: Definition) -> Indicator:
    words = (Label(*each.title), Label(*each.numerator), Label(*each.denominator), Label(*each.note))
    return Indicator(f"{each.indicator}-{each.variant}", *words, each.source)


def _snapshot(settings: Settings) -> Snapshot | None:
    workspace = Workspace(settings.workspace.resolve())
    if settings.database is None and not workspace.postgresql.exists():
        # Asking for pages must not set up a database that nobody has asked for.
        return None
    with open_warehouse(settings) as connection:
        return read(connection, workspace.releases)


def _publisher(section: CatalogueSection) -> Publisher:
    name = section.publisher_vi or section.publisher_en
    return Publisher(
        title=Label(section.title_vi, section.title_en),
        name=Label(section.publisher_vi or name, section.publisher_en or name) if name else None,
        contact=section.contact_name,
        email=section.contact_email,
        phone=section.contact_phone,
        home=section.home,
    )


def write(made: Catalogue, folder: Path) -> int:
    """Writes the folder in place of the one that an earlier call wrote, and returns the number of files.

    ForeignFolderError where the folder holds anything else; PathError where it cannot be written.
    """
    target = folder.resolve()
    if target.exists() and not _is_ours(target):
        raise ForeignFolderError(folder)
    files = build(made)
    try:
        _swap(files, target)
    except OSError as exc:
        problem = exc.strerror or type(exc).__name__
        raise PathError(folder, f"không ghi được ({problem})", f"cannot be written ({problem})") from exc
    return len(files)


def _is_ours(target: Path) -> bool:
    return target.is_dir() and ((target / MARKER).is_file() or not any(target.iterdir()))


def _swap(files: Mapping[str, str], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that putting it in place is a rename; a reader sees the old pages or the new ones.
    unfinished, former = (target.with_name(f".{target.name}.{os.getpid()}.{each}") for each in ("new", "old"))
    try:
        for path, text in files.items():
            file = unfinished / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        if target.exists():
            target.rename(former)
        unfinished.rename(target)
    finally:
        if former.exists() and not target.exists():
            former.rename(target)
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)
