"""The operator's catalogues of procedures and offices, brought to the standard form of the codes in the records."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from expectations.across import Known
from flows.errors import SettingsError
from flows.settings import Settings
from matching.standardise.office_codes import office_forms, read_procedure_code


def known_codes(settings: Settings) -> Known:
    """The catalogues that the settings name; SettingsError where a file is missing, empty or holds no codes."""
    procedures, units = settings.checks.procedures, settings.checks.units
    return Known(
        procedures=None if procedures is None else _codes("checks.procedures", procedures, _procedures),
        units=None if units is None else _codes("checks.units", units, _units),
    )


def _codes(key: str, path: Path, read: Callable[[list[str]], list[str | None]]) -> frozenset[str]:
    lines = _first_column(key, path)
    found = read([code for _, code in lines])
    wrong = [number for (number, _), code in zip(lines, found, strict=True) if code is None]
    # The first line may be the head of the column.
    misread = [number for number in wrong if number > 1]
    if misread:
        raise SettingsError(key, f"line {misread[0]} begins with no code", origin=str(path))
    codes = frozenset(code for code in found if code is not None)
    if not codes:
        raise SettingsError(key, "the catalogue is empty", origin=str(path))
    return codes


def _first_column(key: str, path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise SettingsError(key, "the file cannot be read", origin=str(path)) from exc
    except UnicodeDecodeError as exc:
        raise SettingsError(key, "the file is not UTF-8", origin=str(path)) from exc
    cells = (line.replace(";", ",").replace("\t", ",").split(",")[0] for line in text.splitlines())
    codes = ((number, cell.strip(' "').upper()) for number, cell in enumerate(cells, start=1))
    return [(number, code) for number, code in codes if code]


def _procedures(codes: list[str]) -> list[str | None]:
    return [_text(read_procedure_code(each).value) for each in codes]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _units(codes: list[str]) -> list[str | None]:
    return office_forms(pl.Series(codes, dtype=pl.String))["unit"].to_list()
