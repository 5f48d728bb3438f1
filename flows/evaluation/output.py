"""Where an evaluation goes: tables on the console or JSON, and a report where one is asked for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from flows.console_table import ConsoleTable, show
from flows.linkage.outputs import check_outputs, write_text
from matching.evaluation.links import Evaluation
from review.report.evaluation import render


@dataclass(frozen=True, slots=True)
class Output:
    """What the command line asks to be shown and written."""

    as_json: bool = False
    report: Path | None = None

    def check(self, inputs: Iterable[Path | None]) -> None:
        """PathError before any work, where the report cannot be written or is one of the inputs."""
        check_outputs([], [self.report] if self.report else [], [path for path in inputs if path])

    def write_report(self, evaluations: Mapping[str, Evaluation]) -> None:
        """Writes the report of named evaluations."""
        if self.report:
            now = datetime.now().astimezone().isoformat(timespec="seconds")
            write_text(render(evaluations, now, version("doisoat")), self.report)

    def show(self, told: dict[str, Any], tables: Iterable[ConsoleTable], console: Console) -> None:
        """Prints JSON or the tables."""
        if self.as_json:
            typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
            return
        show(console, *tables)
        if self.report:
            console.print(f"Đã ghi · written: {self.report}", markup=False, highlight=False, soft_wrap=True)
