"""How time and memory grow with the register: `python -m bench.growth [SIZE ...] [--local N] [--runs N] [--given]`.

Provinces of each SIZE (1, 3, 10 and 30 million people) are made, the local side fixed (300,000 records), persons with
several records included. Each is linked `--runs` times in a process of its own, sizes in turn, by the linkage of
`bench.province_spec`; the model is learnt in each run, or with `--given` it is the one that the smallest register
taught. Printed are medians of wall time and peak memory, and the exponent of wall over register: the slope of their
logarithms by least squares; 1 is proportional. `--folder` keeps the provinces (50 MB a million people) for another run.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

ROOT = Path(__file__).parents[1]
SIZES = (1_000_000, 3_000_000, 10_000_000, 30_000_000)
BYTES_A_PERSON = 200
"""Of disk, generously: what is checked before a province is made."""


def measure(folder: Path, model: Path | None) -> dict[str, float]:
    """Links one province in this process, by a given model where one is named; what that cost."""
    from bench.province_spec import SPEC
    from matching.engine.link import link
    from matching.engine.model import Model

    given = None if model is None else Model.from_json(model.read_text(encoding="utf-8"))
    left, right = (pl.scan_parquet(folder / f"{name}.parquet") for name in ("local", "register"))
    begun = time.monotonic()
    found = link(left, right, SPEC, model=given)
    seconds = time.monotonic() - begun
    (folder / "model.json").write_text(found.model.to_json(), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mib": peak, "pairs": found.pairs.height}


def apart(folder: Path, model: Path | None) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.growth", "--measure", str(folder), str(model or "")]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def province(size: int, local: int, within: Path) -> Path:
    """A province of that size, made unless it is there."""
    folder = within / f"{size}-{local}"
    if not (folder / "truth.parquet").exists():
        needed = size * BYTES_A_PERSON
        if shutil.disk_usage(within).free < needed:
            raise SystemExit(f"{size} people need {needed / 1e9:.0f} GB of disk in {within}")
        command = [sys.executable, "-m", "bench.province", "--register", str(size), "--local", str(local)]
        subprocess.run([*command, "--seed", "1", "--out", str(folder)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return folder


def exponent(seconds_by_size: Mapping[int, float]) -> float:
    """The slope of log seconds over log size, by least squares."""
    sizes, seconds = np.log(list(seconds_by_size)), np.log(list(seconds_by_size.values()))
    return float(np.polyfit(sizes, seconds, 1)[0])


def grown(sizes: Sequence[int], local: int, runs: int, within: Path, *, is_given: bool) -> dict[int, dict[str, float]]:
    """Medians by size; each turn measures all sizes, so that a busy hour befalls them alike."""
    folders = {size: province(size, local, within) for size in sorted(sizes)}
    model = None
    if is_given:
        smallest = folders[min(sizes)]
        apart(smallest, None)
        model = shutil.copy(smallest / "model.json", within / "model.json")
    costs: dict[int, list[dict[str, float]]] = {size: [] for size in folders}
    for _ in range(runs):
        for size, folder in folders.items():
            costs[size].append(apart(folder, model))
    return {
        size: {name: statistics.median(each[name] for each in found) for name in found[0]}
        for size, found in costs.items()
    }


def main() -> None:
    """Prints a line a size, and the exponent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE", help="people in the registers")
    parser.add_argument("--local", type=int, default=300_000, help="local records (300000)")
    parser.add_argument("--runs", type=int, default=3, help="runs to take the median of (3)")
    parser.add_argument("--given", action="store_true", help="by the model that the smallest register taught")
    parser.add_argument("--folder", type=Path, help="where provinces are kept for another run")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        folder, model = asked.measure
        print(json.dumps(measure(Path(folder), Path(model) if model else None)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        within = asked.folder or Path(temporary)
        within.mkdir(parents=True, exist_ok=True)
        told = grown(asked.sizes, asked.local, asked.runs, within, is_given=asked.given)
    how = "model given" if asked.given else "model learnt in each run"
    print(f"{asked.local} local records, {how}, median of {asked.runs}")
    print(f"{'register':>12}{'s':>9}{'MiB':>8}{'pairs near':>12}")
    for size, cost in told.items():
        print(f"{size:12}{cost['seconds']:9.2f}{cost['peak_mib']:8.0f}{cost['pairs']:12.0f}")
    if len(told) > 1:
        print(f"exponent of wall over register: {exponent({size: cost['seconds'] for size, cost in told.items()}):.2f}")


if __name__ == "__main__":
    main()
