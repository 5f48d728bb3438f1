"""`doisoat find`: who of a prepared register a record means, asked from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

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
        console.print("Không ai trong sổ gốc gần giống · nobody in the register comes near", highlight=False)
        return
    console.print(_shown(found, prepared))
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


def _shown(found: Found, prepared: Prepared) -> Table:
    vi, en = explain.sentences(found.linked.pairs, found.linked, prepared.frozen.plan.spec)
    shown = Table("mã\nid", box=SIMPLE_HEAD, title="Ứng viên · candidates", title_justify="left")
    shown.add_column("xác suất\nprobability", justify="right")
    shown.add_column("trọng số\nweight", justify="right")
    shown.add_column("vì sao\nwhy")
    for each, why_vi, why_en in zip(found.candidates, vi, en, strict=True):
        why = escape(f"{why_vi}\n{why_en}")
        shown.add_row(escape(each.id), f"{each.probability:.3f}", f"{each.weight:.1f}", why)
    return shown
