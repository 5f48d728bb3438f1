"""Our linkage beside Splink's and the floor, same files, same blocking rules, comparable levels, in one run.

`python -m bench.against_splink --register 1000000 --local 100000 --runs 3`: generates a province with truth
(`bench.province`), then measures in turn, each in a fresh process: the floor (polars reads both files and joins them on
the keys of the rules, nothing else), ours (training and linking), ours with a given model, Splink tuned (training pairs
1 M as ours) and Splink with a given model. Prints medians, ratios and F1, at 0.5 and at each one's own best threshold.

Splink is no dependency: `--splink PYTHON` names an interpreter that has `splink==5.0.0 duckdb==2.0.0 polars`; without
it only ours and the floor are measured.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from bench import splink_pairs

ROOT = Path(__file__).parents[1]


def floor(folder: Path) -> None:
    """Reads the compared columns of both files and joins them on the keys of every rule."""
    from bench.province_spec import FIELDS, RULES, of_register

    local, register = pl.scan_parquet(folder / "local.parquet"), pl.scan_parquet(folder / "register.parquet")
    mine = local.select("record_id", *FIELDS).collect().with_row_index("l")
    theirs = register.select(map(of_register, FIELDS)).collect().with_row_index("r")
    for rule in RULES:
        names = list(map(of_register, rule))
        mine.select("l", *rule).join(theirs.select("r", *names), left_on=list(rule), right_on=names)


def ours(folder: Path, *, given: bool = False) -> None:
    """Links with our engine; with `given` by the model of an earlier run."""
    from bench.province_spec import SPEC
    from matching.engine.link import link
    from matching.engine.model import Model

    saved = folder / "model.json"
    model = Model.from_json(saved.read_text(encoding="utf-8")) if given else None
    left, right = (pl.scan_parquet(folder / f"{name}.parquet") for name in ("local", "register"))
    found = link(left, right, SPEC, model=model)
    found.links.write_parquet(folder / "links.parquet")
    saved.write_text(found.model.to_json(), encoding="utf-8")
    found.pairs.select("left_id", "right_id", "probability").write_parquet(folder / "ours.parquet")


MEASURED: dict[str, Callable[[Path], None]] = {
    "floor": floor,
    "ours": ours,
    "ours, model given": lambda folder: ours(folder, given=True),
    "splink": splink_pairs.run,
    "splink, model given": lambda folder: splink_pairs.run(folder, given=True),
}


def measure(what: str, folder: Path) -> None:
    """Runs one of MEASURED in this process and prints what it cost as JSON."""
    begun = time.monotonic()
    MEASURED[what](folder)
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mib": peak}))


def plan(folder: Path) -> None:
    """Writes what Splink is told."""
    from bench.province_spec import FIELDS, RULES, SURE, TRAINED, of_register

    named = {"local": {name: name for name in FIELDS}, "register": {name: of_register(name) for name in FIELDS}}
    ids = {"local": "record_id", "register": "person_id"}
    tables = [
        {"path": str(folder / f"{name}.parquet"), "id": ids[name], "columns": columns}
        for name, columns in named.items()
    ]
    told = {"tables": tables, "fields": FIELDS, "rules": RULES, "sure": SURE, "trained": TRAINED, "least": 0.001}
    (folder / "plan.json").write_text(json.dumps(told), encoding="utf-8")


def f1(folder: Path, name: str) -> str:
    """F1 of the pairs of a run: from 0.5, and from its best threshold."""
    from bench.rates import best, rated

    truth = pl.read_parquet(folder / "truth.parquet").drop_nulls("person_id")
    truth = truth.select(left_id="local_id", right_id="person_id")
    pairs = pl.read_parquet(folder / f"{name}.parquet")
    half, top = rated(pairs.filter(pl.col("probability") >= 0.5), truth), best(pairs, truth)
    return f"F1 {half.f1:.4f} at 0.5, {top.f1:.4f} at {top.threshold or 0:.3f}"


def main() -> None:
    """Generates, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--register", type=int, default=1_000_000)
    parser.add_argument("--local", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="a generated province to use again")
    parser.add_argument("--splink", help="an interpreter that has Splink")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure[0], Path(given.measure[1]))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary)).resolve()
        if not (folder / "truth.parquet").exists():
            command = [sys.executable, "-m", "bench.province", "--seed", "1", "--out", str(folder)]
            command += ["--register", str(given.register), "--local", str(given.local), "--one-to-one"]
            subprocess.run(command, check=True, cwd=ROOT)
        plan(folder)
        report(folder, given.runs, given.splink)


def report(folder: Path, runs: int, splink_python: str | None) -> None:
    """Measures everything in turn and prints the medians."""
    wanted = [name for name in MEASURED if splink_python or not name.startswith("splink")]
    costs: dict[str, list[dict[str, float]]] = {name: [] for name in wanted}
    for _ in range(runs):
        for name in wanted:
            python = splink_python if name.startswith("splink") else sys.executable
            command = [str(python), "-m", "bench.against_splink", "--measure", name, str(folder)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            costs[name].append(json.loads(done.stdout.splitlines()[-1]))
    medians = {
        name: {key: statistics.median(each[key] for each in found) for key in found[0]} for name, found in costs.items()
    }
    for name, cost in medians.items():
        ratio = cost["seconds"] / medians["floor"]["seconds"]
        print(f"{name:<22}{cost['seconds']:8.2f} s  {ratio:6.2f} x floor {cost['peak_mib']:8.0f} MiB")
    if splink_python:
        for suffix in ("", ", model given"):
            mine, theirs = medians[f"ours{suffix}"], medians[f"splink{suffix}"]
            print(
                f"ours / splink{suffix}: wall 1/{theirs['seconds'] / mine['seconds']:.1f}, "
                f"memory 1/{theirs['peak_mib'] / mine['peak_mib']:.1f}"
            )
        print("splink:", f1(folder, "splink"))
    print("ours:  ", f1(folder, "ours"))


if __name__ == "__main__":
    main()
