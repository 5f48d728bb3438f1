"""Finds the contract's columns in a file's header: exactly after trimming, else whatever the case."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from contracts import Contract
from flows.pull import file_problems
from flows.pull.errors import UnreadableError
from flows.pull.model import Part
from flows.pull.peek import OPERATION

_IDENTIFIER = re.compile(r"[A-Za-z_]{2,40}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a file the contract's columns are."""

    properties: Mapping[str, int]
    """Position by property; absent columns are not in it."""
    operation: int | None
    extra: Mapping[str, int]
    """Position by name of the columns that the contract does not know, in order of name."""


def find_columns(part: Part, header: tuple[str, ...], contract: Contract, *, row: int) -> Columns:
    """The columns of the header; UnreadableError where one is missing or comes twice."""
    names = [clean(name) for name in header]
    by_name = {name: at for at, name in reversed(list(enumerate(names)))}
    by_folded = {name.casefold(): at for name, at in by_name.items()}
    found: dict[str, int] = {}
    for each in contract.properties:
        at = next((where[key] for where, key in _lookups(each.source_names, by_name, by_folded) if key in where), None)
        if at is not None:
            found[each.name] = at
        elif each.is_column_required:
            near = near_miss(each.source_names[0], names)
            raise UnreadableError(
                file_problems.column_missing(
                    part, each.source_names[0], row=row, near=near, found=_showable(part, names)
                )
            )
    _refuse_duplicates(part, names, contract, row=row)
    operation = by_folded.get(OPERATION)
    taken = {*found.values(), operation}
    extra = {name or f"column_{at + 1}": at for at, name in enumerate(names) if at not in taken}
    return Columns(found, operation, dict(sorted(extra.items())))


def clean(name: str) -> str:
    """A header name without byte order mark and outer spaces, in NFC."""
    return unicodedata.normalize("NFC", name.replace("\ufeff", "").replace("\u200b", "").strip())


def near_miss(wanted: str, names: list[str]) -> str | None:
    """The header name that looks most like the wanted one, accents and punctuation aside."""
    by_skeleton = {_skeleton(name): name for name in reversed(names) if name}
    close = difflib.get_close_matches(_skeleton(wanted), by_skeleton, n=1, cutoff=0.75)
    return by_skeleton[close[0]] if close else None


def _lookups(
    source_names: tuple[str, ...], exact: dict[str, int], folded: dict[str, int]
) -> list[tuple[dict[str, int], str]]:
    wanted = [clean(name) for name in source_names]
    return [(exact, name) for name in wanted] + [(folded, name.casefold()) for name in wanted]


def _refuse_duplicates(part: Part, names: list[str], contract: Contract, *, row: int) -> None:
    positions: dict[str, list[int]] = {}
    for at, name in enumerate(names, start=1):
        positions.setdefault(name.casefold(), []).append(at)
    known = {OPERATION, *(clean(name).casefold() for each in contract.properties for name in each.source_names)}
    for folded, places in positions.items():
        exact = {names[place - 1] for place in places}
        if folded and len(places) > 1 and (folded in known or len(exact) < len(places)):
            raise UnreadableError(file_problems.header_duplicate(part, names[places[0] - 1], row=row, positions=places))


def _showable(part: Part, names: list[str]) -> list[str]:
    """Names that a sentence may repeat: all, unless the row looks like values because the header is missing."""
    has_header = any(name.casefold() in part.known_names for name in names)
    return [name for name in names if name and (has_header or _IDENTIFIER.fullmatch(name))]


def _skeleton(name: str) -> str:
    base = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in base if letter.isalnum())
