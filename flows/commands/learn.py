"""`doisoat learn`: how often matches agree, learnt from the rows held and from what stewards decided."""

from pathlib import Path

import polars as pl
from rich.console import Console
from rich.markup import escape

import matching
import warehouse
from contracts import received
from flows import holdings
from flows.errors import PathError
from flows.linkage.outputs import check_outputs, write_text
from flows.numbers import grouped
from flows.run import opened
from flows.settings import Settings
from flows.workspace import Workspace


def run_learn(settings: Settings, out: Path, console: Console) -> None:
    """Writes the model; PathError where it cannot be written, or nothing is held yet."""
    check_outputs([], [out], [])
    workspace = Workspace(settings.workspace.resolve())
    with opened(settings, workspace) as url, warehouse.connect(url) as connection:
        warehouse.prepare(connection)
        held = holdings.standing(workspace, warehouse.state(connection).holdings)
        verdicts = warehouse.verdicts(connection)
    if not held:
        vi, en = "chưa có dữ liệu nào để học; hãy chạy `doisoat run` trước", "nothing is held to learn from; run first"
        raise PathError(settings.workspace, vi, en)
    local, registers = _split(held)
    model = matching.learn(local, registers, verdicts=verdicts)
    write_text(model.to_json(), out)
    still = ("đã hội tụ", "converged") if model.has_converged else ("chưa hội tụ", "not converged")
    for line in (
        f"Mô hình · model {model.name}: {model.rounds} vòng · rounds, {still[0]} · {still[1]}",
        f"Quyết định của cán bộ · decisions: {grouped(model.verdicts)}",
        f"Đã ghi · written: {out}",
    ):
        console.print(escape(line), highlight=False, soft_wrap=True)


def _split(held: dict[str, pl.LazyFrame]) -> tuple[dict[str, pl.LazyFrame], dict[str, pl.LazyFrame]]:
    """The local datasets, and the registers."""
    local = {name: rows for name, rows in held.items() if received()[name].roles}
    return local, {name: rows for name, rows in held.items() if name not in local}
