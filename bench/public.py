"""Our engine on any labelled sets, at its default decision: `python -m bench.public FOLDER --specs SPECS`.

FOLDER holds a folder a set: `left.csv`, `right.csv` and `truth.csv` (`left_id,right_id`), or `one.csv` and `truth.csv`
for duplicates of one table. With `labelled.csv` (`left_id,right_id,label`) only its pairs are counted, for the truth of
the others is not known. SPECS holds `<name>.toml`, a description as `doisoat link` takes it, written by somebody who
knows the columns and no truth. Sets without one are left out. Each is linked in a process of its own, within `--limit`
seconds of processor time; with `--keep DIR` its pairs and links are written there.
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from bench.rates import figures
from matching.engine.link import dedupe, link
from matching.engine.spec import Cardinality
from matching.engine.spec_file import read

HEAD = (
    f"{'set':<24}{'P':>7}{'R':>7}{'F1':>7}{'at 0.5':>8}{'best':>7}{'lost':>8}{'ECE':>7}{'doubt':>7}{'pairs':>9}{'s':>7}"
)


def table(path: Path) -> pl.LazyFrame:
    """A table as text."""
    return pl.read_csv(path, infer_schema=False).lazy()


def measure(folder: Path, described: Path, keep: Path | None = None) -> dict[str, Any]:
    """The figures of one set, and what linking it cost."""
    is_dedupe = (folder / "one.csv").exists()
    spec = read(described, is_dedupe=is_dedupe)
    begun = time.monotonic()
    if is_dedupe:
        found = dedupe(table(folder / "one.csv"), spec)
    else:
        found = link(table(folder / "left.csv"), table(folder / "right.csv"), spec)
    seconds = time.monotonic() - begun
    if keep:
        found.pairs.write_parquet(keep / f"{folder.name}.pairs.parquet")
        found.links.write_parquet(keep / f"{folder.name}.links.parquet")
        (keep / f"{folder.name}.json").write_text(found.model.to_json(), encoding="utf-8")
    truth, labelled = table(folder / "truth.csv").collect(), folder / "labelled.csv"
    known = table(labelled).collect() if labelled.exists() else None
    told = figures(found, truth, Cardinality.DEDUPE if is_dedupe else spec.cardinality, known)
    rules = [f"{each.rule}: {each.pairs}" for each in found.rules]
    return asdict(told) | {"lost": told.lost, "pairs": found.pairs.height, "seconds": seconds, "rules": rules}


def apart(folder: Path, described: Path, limit: int, keep: Path | None) -> dict[str, Any] | str:
    """The same in a process of its own; a word where that fails."""
    command = [sys.executable, "-m", "bench.public", "--measure", str(folder), str(described), str(keep or "")]
    # Processor time: what a crowded machine stretches least.
    limited = partial(resource.setrlimit, resource.RLIMIT_CPU, (limit, limit))
    done = subprocess.run(
        command, capture_output=True, text=True, preexec_fn=limited, cwd=Path(__file__).parents[1], check=False
    )
    if done.returncode == -signal.SIGKILL:
        return f"not within {limit} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["killed"])[-1]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def line(name: str, told: dict[str, Any]) -> str:
    """One set as a line of the table."""
    rates = "".join(f"{told['default'][each]:7.3f}" for each in ("precision", "recall", "f1"))
    doubt = "" if told["ece_in_doubt"] is None else f"{told['ece_in_doubt']:.3f}"
    return (
        f"{name:<24}{rates}{told['half']['f1']:8.3f}{told['best']['f1']:7.3f}{told['lost']:8.4f}"
        f"{told['ece']:7.3f}{doubt:>7}{told['pairs']:9}{told['seconds']:7.1f}"
    )


def main() -> None:
    """Prints a line a set, and the means."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder a set")
    parser.add_argument("--specs", type=Path, help="<name>.toml of each set; FOLDER by default")
    parser.add_argument("--limit", type=int, default=120, help="seconds of processor time for one set (120)")
    parser.add_argument("--only", nargs="*", help="names of sets")
    parser.add_argument("--keep", type=Path, help="where pairs and links are written")
    parser.add_argument("--json", type=Path, help="where all figures are written")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        folder, described, keep = asked.measure
        print(json.dumps(measure(Path(folder), Path(described), Path(keep) if keep else None)))
        return
    if asked.folder is None:
        parser.error("which folder?")
    found = {}
    print(HEAD)
    for described in sorted((asked.specs or asked.folder).glob("*.toml")):
        name = described.stem
        if (asked.folder / name / "truth.csv").exists() and (not asked.only or name in asked.only):
            told = apart(asked.folder / name, described, asked.limit, asked.keep)
            print(f"{name:<24}{told}" if isinstance(told, str) else line(name, told), flush=True)
            found[name] = told
    figured = [each for each in found.values() if not isinstance(each, str)]
    if figured:
        mean = sum(each["default"]["f1"] for each in figured) / len(figured)
        lost = sum(max(each["lost"], 0.0) for each in figured) / len(figured)
        ece = sum(each["ece"] for each in figured) / len(figured)
        print(f"{len(figured)} sets: F1 {mean:.4f}, lost to the threshold {lost:.4f}, ECE {ece:.4f}")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
