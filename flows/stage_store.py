"""Results of finished stages on disk, so that a killed run takes up where it stopped.

A stage writes into a hidden folder that is renamed when the stage is complete: a folder that is there is whole.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long a stage took, and whether its result was there already."""

    stage: str
    seconds: float
    reused: bool


@dataclass(slots=True)
class StageStore:
    """The stages of one run, by name; `folder` is named after the run's inputs."""

    folder: Path
    times: list[StageTime] = field(default_factory=list)

    def keep(self, stage: str, make: Callable[[Path], None]) -> Path:
        """The folder with the stage's results, made by `make(folder)` unless a former try finished it."""
        target = self.folder / stage
        with self.timed(stage, reused=target.exists()):
            if not target.exists():
                unfinished = self.folder / f".{stage}"
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir(parents=True)
                make(unfinished)
                unfinished.rename(target)
        return target

    @contextmanager
    def timed(self, stage: str, *, reused: bool = False) -> Iterator[None]:
        """Takes the time of a stage that keeps nothing on disk."""
        begun = time.monotonic()
        yield
        self.times.append(StageTime(stage, round(time.monotonic() - begun, 3), reused))

    def discard(self) -> None:
        """Forgets everything, former unfinished runs included: a run has ended, what they began is done or obsolete."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)
