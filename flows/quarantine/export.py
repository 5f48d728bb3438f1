"""Writes the rows that wait as sheets: one workbook a receiving unit, all of them or none."""

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

import warehouse
from contracts import received
from flows.errors import PathError
from flows.quarantine import workbook
from flows.quarantine.ageing import NO_UNIT, aged
from flows.quarantine.layout import DUE, LINE_COLUMNS, LINES, Page, columns_of, is_line, shown, shown_lines
from flows.quarantine.vocabulary import folded
from flows.run import TIMEZONE
from flows.settings import QuarantineTerms

ROWS = "rows"
WAITING = ("open", "exported", "returned")
"""States of rows that still want an answer."""
_UNKNOWN_UNIT = "không rõ đơn vị"
_OFFICE = re.compile(r"(ubnd|ủy ban|sở|phòng|trung tâm|chi cục|cục|văn phòng|bộ phận)\b|[hg]\d\d\b", re.IGNORECASE)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One workbook that was written."""

    unit: str
    path: Path
    rows: int


def new_batch(what: str) -> str:
    """A name for one export, import or command: when, and something that no other has."""
    return f"{what}-{datetime.now(TIMEZONE):%Y-%m-%dT%H%M%S}-{uuid.uuid4().hex[:6]}"


def export(
    conn: warehouse.Connection, rows: pl.DataFrame, folder: Path, terms: QuarantineTerms, actor: str
) -> list[Sheet]:
    """Writes the sheets of these open rows into `folder` and notes it; PathError where one cannot be written."""
    wanted = rows.filter(pl.col("state").is_in(WAITING))
    if wanted.is_empty():
        return []
    batch, on = new_batch("export"), datetime.now(TIMEZONE).date()
    sheets = _write_all(aged(wanted, terms, on), folder, warehouse.quarantine.installation_id(conn), batch, on)
    events = wanted.select(
        "quarantine_id",
        event=pl.lit("exported"),
        actor=pl.lit(actor),
        batch=pl.lit(batch),
        **{name: pl.lit(None, kind) for name, kind in list(warehouse.quarantine.EVENTS.items())[4:]},
    )
    warehouse.quarantine.record_export(conn, events, actor, batch)
    return sheets


def _write_all(rows: pl.DataFrame, folder: Path, installation: str, batch: str, on: date) -> list[Sheet]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=folder, prefix=".writing-"))
    except OSError as exc:
        vi, en = f"không ghi được vào đây ({exc.strerror})", f"this cannot be written ({exc.strerror})"
        raise PathError(folder, vi, en) from exc
    try:
        sheets = []
        for (unit,), own in sorted(rows.group_by("unit"), key=lambda pair: str(pair[0][0])):
            path = part / _file_name(str(unit), on, batch)
            shown_unit = _UNKNOWN_UNIT if unit == NO_UNIT else str(unit)
            letter = workbook.Letter(
                shown_unit, installation, batch, on, _first(own["verify_by"]), _first(own["fix_by"])
            )
            workbook.write(path, letter, _pages(own, installation))
            sheets.append(Sheet(shown_unit, folder / path.name, own.height))
        for each in sheets:
            os.rename(part / each.path.name, each.path)
        return sheets
    except OSError as exc:
        vi, en = f"không ghi được ({exc.strerror})", f"this cannot be written ({exc.strerror})"
        raise PathError(folder, vi, en) from exc
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _pages(rows: pl.DataFrame, installation: str) -> list[Page]:
    pages = []
    for dataset in rows["dataset"].unique().sort():
        contract, own = received()[dataset], rows.filter(pl.col("dataset") == dataset)
        lines = is_line(own)
        good, bad = own.filter(~lines), own.filter(lines)
        if len(good):
            told = shown(contract, good, installation).with_columns(_due(good))
            pages.append(Page(dataset, ROWS, _title(contract.title_vi), columns_of(contract, told), told))
        if len(bad):
            told = shown_lines(contract, bad, installation).with_columns(_due(bad))
            pages.append(Page(dataset, LINES, _title(contract.title_vi, " – dòng lỗi"), LINE_COLUMNS, told))
    return pages


def _due(rows: pl.DataFrame) -> pl.Series:
    return rows["fix_by"].dt.strftime("%d/%m/%Y").alias(DUE)


def _title(words: str, ending: str = "") -> str:
    """The name of a sheet: at most 31 characters, none that Excel refuses."""
    return re.sub(r"[\[\]:*?/\\]", " ", words)[: 31 - len(ending)].strip("' ") + ending


def _file_name(unit: str, on: date, batch: str) -> str:
    """Names the office only where the text looks like one: a shifted column may hold a person there."""
    digest = hashlib.sha256(unit.encode()).hexdigest()[:8]
    is_office = _OFFICE.match(unicodedata.normalize("NFC", unit)) is not None
    named = folded(unit).replace(" ", "-")[:_LONGEST_NAME] if is_office else "don-vi"
    return f"cach-ly-{on:%Y-%m-%d}-{named}-{digest}-{batch[-6:]}.xlsx"


def _first(days: pl.Series) -> date:
    found = days.min()
    if not isinstance(found, date):
        raise TypeError("a row in quarantine has deadlines")
    return found
