"""`doisoat find`: who of a prepared register a record means, asked from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from flows.console_table import Cell, ConsoleTable, figure, show, whole, words
from matching.engine import explain
from matching.engine.register.find import Found, find
from matching.engine.register.opened import Prepared
from matching.errors import SpecError


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    register: Path
    given: Sequence[str]
    """`column=value` each."""
    most: int


def run_find(asked: Asked, console: Console) -> None:
    """Prints the candidates, the likeliest first, with what speaks for and against each."""
    prepared = Prepared.opened(asked.register)
    found = find(_record(asked.given), prepared, most=asked.most)
    if not found.candidates:
        console.print("Không ai trong sổ gốc gần giống. · Nobody in the register comes near.", highlight=False)
        return
    show(console, candidates_table(_rows(found, prepared)))
    if found.nobody is not None:
        told = f"Không phải ai trong sổ gốc · nobody of the register: {found.nobody:.3f}"
        console.print(told, highlight=False)


def _record(given: Sequence[str]) -> dict[str, str]:
    record: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            vi = f'"{each}" phải có dạng cột=giá trị'
            raise SpecError("--set", f'"{each}" must be column=value', (), vi=vi)
        record[name.strip()] = value
    return record


def candidates_table(rows: Sequence[Sequence[Cell]]) -> ConsoleTable:
    """Who was found, the likeliest first, with what speaks for and against each."""
    columns = (
        whole("mã", "id"),
        figure("xác suất", "probability"),
        figure("trọng số", "weight"),
        words("vì sao", "why"),
    )
    return ConsoleTable("Ứng viên · candidates", columns, rows)


def _rows(found: Found, prepared: Prepared) -> list[Sequence[Cell]]:
    vi, en = explain.sentences(found.linked.pairs, found.linked, prepared.frozen.plan.spec)
    return [
        (each.id, f"{each.probability:.3f}", f"{each.weight:.1f}", f"{why_vi}\n{why_en}")
        for each, why_vi, why_en in zip(found.candidates, vi, en, strict=True)
    ]
