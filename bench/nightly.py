"""How long a nightly run takes from cold, Prefect and PostgreSQL included: `python bench/nightly.py DROP [RUNS]`.

Each run begins with an empty workspace. Prints wall seconds and the peak memory of the largest process as minimum,
median and maximum over the runs, then the median seconds of each stage.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def once(drop: Path) -> tuple[float, dict[str, Any]]:
    """Wall seconds and RunSummary of one run in a fresh workspace."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from flows.cli import main; main()", "run"]
        begun = time.monotonic()
        subprocess.run(
            [*command, "--drop", str(drop), "--workspace", folder],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        seconds = time.monotonic() - begun
        (summary,) = Path(folder).glob("runs/*/summary.json")
        return seconds, json.loads(summary.read_text(encoding="utf-8"))


def line(name: str, values: list[float], unit: str) -> str:
    """One figure as minimum, median and maximum."""
    return f"{name:<22}{min(values):9.2f}{statistics.median(values):9.2f}{max(values):9.2f}  {unit}"


def main() -> None:
    """Runs the benchmark and prints its figures."""
    drop, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    seconds, summaries = zip(*(once(drop) for _ in range(runs)), strict=True)
    rows = sum(book["received"] for book in summaries[0]["books"])
    print(f"{rows} rows received, {runs} runs from cold\n{'':<22}{'min':>9}{'median':>9}{'max':>9}")
    print(line("wall", list(seconds), "s"))
    print(line("peak memory, the run", [each["peak_memory_mib"] for each in summaries], "MiB"))
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(line("peak memory, largest", [largest], "MiB"))
    for place, stage in enumerate(summaries[0]["stages"]):
        print(line(stage["stage"], [each["stages"][place]["seconds"] for each in summaries], "s"))


if __name__ == "__main__":
    main()
