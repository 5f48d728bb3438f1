"""What the console shows while a run works: progress bars on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

STAGES = {
    "pull": ("Nhận dữ liệu", "pull"),
    "read": ("Đọc tệp", "read"),
    "standardise": ("Chuẩn hóa", "standardise"),
    "check": ("Kiểm tra cổng 1", "gate one"),
    "match": ("Đối soát", "match"),
    "load": ("Nạp bản ứng viên", "load candidate"),
    "check_release": ("Kiểm tra cổng 2", "gate two"),
    "publish": ("Công bố", "publish"),
    "export": ("Xuất Parquet", "export"),
    "report": ("Báo cáo", "report"),
}
"""Stages in the order they run, with their names in Vietnamese and English."""

Stages = Mapping[str, tuple[str, str]]


class Reporter(Protocol):
    """Somebody who wants to know how far the run is."""

    def stage(self, stage: str) -> None:
        """A stage begins."""

    def note(self, text: str) -> None:
        """Something within the stage happened; never with personal data."""

    def finish(self) -> None:
        """The run has ended."""


class Lines:
    """Plain lines with the seconds since the start: for logs and pipes."""

    def __init__(self, stream: TextIO, stages: Stages = STAGES) -> None:
        self._stream, self._stages, self._begun = stream, stages, time.monotonic()

    def stage(self, stage: str) -> None:
        """Prints the stage's number and names."""
        vi, en = self._stages[stage]
        self._print(f"[{list(self._stages).index(stage) + 1:>2}/{len(self._stages)}] {vi} · {en}")

    def note(self, text: str) -> None:
        """Prints the text, indented under its stage."""
        self._print(f"        {text}")

    def finish(self) -> None:
        """Nothing to clear away."""

    def _print(self, text: str) -> None:
        print(f"{time.monotonic() - self._begun:6.1f} s  {text}", file=self._stream, flush=True)


class Bars:
    """Rich progress bars: one for the stages, with the latest note beside it."""

    def __init__(self, console: Console, stages: Stages = STAGES) -> None:
        self._stages = stages
        columns = (SpinnerColumn(), TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(
            *columns, TimeElapsedColumn(), TextColumn("[dim]{task.fields[note]}"), console=console
        )
        self._task: TaskID = self._progress.add_task("…", total=len(stages), note="")
        self._progress.start()

    def stage(self, stage: str) -> None:
        """Moves the bar to the stage."""
        vi, en = self._stages[stage]
        done = list(self._stages).index(stage)
        self._progress.update(self._task, completed=done, description=f"{vi} · {en}", note="")

    def note(self, text: str) -> None:
        """Shows the text beside the bar."""
        self._progress.update(self._task, note=text)

    def finish(self) -> None:
        """Fills the bar and leaves it on the screen."""
        self._progress.update(self._task, completed=len(self._stages), description="Xong · done", note="")
        self._progress.stop()


@contextmanager
def reporter(stages: Stages = STAGES) -> Iterator[Reporter]:
    """Bars if standard error is a terminal, lines otherwise."""
    console = Console(stderr=True)
    chosen: Reporter = Bars(console, stages) if console.is_terminal else Lines(sys.stderr, stages)
    try:
        yield chosen
    finally:
        chosen.finish()
