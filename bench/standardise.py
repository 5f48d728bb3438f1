"""How fast dossiers are standardised against the time polars needs to read their CSV: `python bench/standardise.py`.

The CSV is made of the sample's dossiers, so the shares of dirt are the sample's. There are as many owners as 60 % of
the rows: after the sample's own, each has other digits in number, phone, address and e-mail and another day of birth.
Four of seven get another given name, the others keep the name, so that two owners have one name about as often as two
of the sample's have (names repeat; numbers, codes and times do not). Each measurement is a process of its own; prints
medians, their ratio, peak memory, and the seconds by kind of property and by step.

polars reads a CSV far ahead of what is standardised, so the peak holds most of the file. `--flat` shows what remains
when each chunk is made as it is asked for: the peak for as many rows, twice and four times as many.
"""

import argparse
import cProfile
import json
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import polars as pl

from contracts import received
from matching.standardise import CHUNK, claims, columns, shared_numbers, standardise_in_chunks
from matching.standardise.columns import read_column
from matching.standardise.kinds import kind_of

DOSSIER = received()["dossier"]
SAMPLE = Path(__file__).parents[1] / "samples" / "drop" / "one-stop" / "2026-11-20" / "dossier.part1.csv"
OWNERS_SHARE = 0.6
COLUMNS = columns.__file__
_STRIDE = 7919
"""A prime: spreads what is repeated."""


def build(rows: int, path: Path) -> None:
    """Writes a CSV of `rows` dossiers, the same for the same number."""
    made(rows, 0, rows).write_csv(path)


def made(rows: int, first: int, last: int) -> pl.DataFrame:
    """Of so many dossiers those from the first up to the last."""
    sample = pl.read_csv(SAMPLE, infer_schema=False)
    owners = sample.select("^.*ChuHoSo$", "LoaiDoiTuong", "MaDoiTuong", "SoDienThoai", "Email")
    owner = pl.col("row") * _STRIDE % max(int(rows * OWNERS_SHARE), 1)
    numbered = pl.select(row=pl.int_range(first, min(last, rows)))
    numbered = numbered.with_columns(owner=owner, turn=owner // sample.height)
    dossiers = sample.drop(owners.columns)[numbered["row"] % sample.height]
    names = sample["ChuHoSo"][(numbered["owner"] + numbered["turn"] * _STRIDE) % sample.height].alias("other")
    parts = [numbered, dossiers, owners[numbered["owner"] % sample.height], names.to_frame()]
    whole = pl.concat(parts, how="horizontal").with_columns(*_owner(), *_dossier())
    return whole.select(sample.columns)


def _owner() -> list[pl.Expr]:
    """Another person each turn: another given name for some, and other digits wherever there are some."""
    given = pl.col("other").str.extract(r"(\S+)\s*$").fill_null("An")
    digits = (pl.col("owner") * _STRIDE % 100_000).cast(pl.String).str.zfill(5)
    day = (pl.col("owner") % 28 + 1).cast(pl.String).str.zfill(2)
    is_again, is_named_anew = pl.col("turn") > 0, pl.col("turn") * 3 % 7 > 2
    new = {
        "ChuHoSo": pl.when(is_named_anew).then(pl.col("ChuHoSo").str.replace(r"\S+\s*$", given)).otherwise("ChuHoSo"),
        "MaDoiTuong": pl.col("MaDoiTuong").str.replace(r"[0-9]{5}$", digits),
        "NgaySinhChuHoSo": pl.col("NgaySinhChuHoSo").str.replace("^[0-9]{2}([/.-][0-9]{2})", day + pl.lit("${1}")),
        "DiaChiChuHoSo": pl.col("DiaChiChuHoSo").str.replace(r"[0-9]+", (pl.col("owner") % 1997).cast(pl.String)),
        "SoDienThoai": pl.col("SoDienThoai").str.replace(r"[0-9]{5}$", digits),
        "Email": pl.col("Email").str.replace(r"[0-9]*@", digits + pl.lit("@")),
    }
    return [pl.when(is_again).then(changed).otherwise(name).alias(name) for name, changed in new.items()]


def _dossier() -> list[pl.Expr]:
    """Another code, and another time where the sample says one: in office hours, to the second where it does."""
    times = ("NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra")
    spread = pl.col("row") * _STRIDE
    hour, minute, second = (
        part.cast(pl.String).str.zfill(2) for part in (spread % 10 + 7, spread // 10 % 60, spread // 600 % 60)
    )
    code = pl.col("MaHoSo").str.replace(r"[0-9]{4}$", (pl.col("row") % 10**6).cast(pl.String).str.zfill(6))
    clock = pl.concat_str(pl.lit("${1}"), hour, pl.lit(":"), minute)
    return [
        code,
        *(
            pl.col(each)
            .str.replace("([ T])[0-9]{2}:[0-9]{2}", clock)
            .str.replace("^([0-9]{8})[0-9]{6}$", pl.concat_str(pl.lit("${1}"), hour, minute, second))
            for each in times
        ),
    ]


NAMES = {source: each.name for each in DOSSIER.properties for source in each.source_names}


def scan(path: Path) -> pl.LazyFrame:
    """The CSV as text, under the names of the contract."""
    return pl.scan_csv(path, infer_schema=False).rename(NAMES)


def chunks(path: Path) -> Iterator[pl.DataFrame]:
    """The rows of the CSV, some at a time."""
    return scan(path).collect_batches(chunk_size=CHUNK, maintain_order=True)


def floor(path: Path) -> None:
    """What nothing can go below: polars reads the file to its end."""
    scan(path).collect()


def standardised(path: Path) -> int:
    """Standardises every field, a chunk at a time; keeps what tells the numbers shared in the whole delivery."""
    return _count(chunks(path))


def flat(rows: int) -> int:
    """The same with dossiers that are made a chunk at a time."""
    return _count(made(rows, first, first + CHUNK).rename(NAMES) for first in range(0, rows, CHUNK))


def _count(each: Iterable[pl.DataFrame]) -> int:
    return shared_numbers(claims(done, DOSSIER) for done in standardise_in_chunks(each, DOSSIER)).height


def profile(path: Path) -> dict[str, dict[str, list[float]]]:
    """By kind of property: seconds, distinct values, those that no quick reader takes. By step: seconds, calls."""
    by_kind: dict[str, list[float]] = defaultdict(lambda: [0.0, 0, 0])
    profiler = cProfile.Profile()
    for chunk in chunks(path):
        for each in DOSSIER.properties:
            begun = time.process_time()
            profiler.runcall(read_column, chunk[each.name], each)
            spent = time.process_time() - begun
            distinct = chunk[each.name].drop_nulls().unique()
            quick = kind_of(each).quick
            slow = quick(distinct)["std"].null_count() if quick else distinct.len()
            by_kind[each.kind] = [a + b for a, b in zip(by_kind[each.kind], (spent, distinct.len(), slow), strict=True)]
    return {"kind": dict(by_kind), "step": _steps(pstats.Stats(profiler))}


def _steps(stats: pstats.Stats) -> dict[str, list[float]]:
    """What `columns` calls in the modules beside it, with all that those call."""
    steps = {}
    for (file, _, name), (*_, callers) in stats.stats.items():
        asked = [spent for (caller, *_), spent in callers.items() if caller == COLUMNS]
        if asked and file != COLUMNS and Path(file).is_relative_to(Path(COLUMNS).parent):
            step = f"{Path(file).stem}.{name}"
            steps[step] = [sum(each[3] for each in asked), sum(each[1] for each in asked)]
    return steps


MEASURED: dict[str, Callable[[Path], object]] = {"floor": floor, "standardise": standardised, "profile": profile}


def measure(what: str, asked: str) -> None:
    """Runs one of MEASURED, or `flat`, in this process and prints what it cost as JSON."""
    begun = time.monotonic()
    result = flat(int(asked)) if what == "flat" else MEASURED[what](Path(asked))
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": time.process_time(), "peak_mib": peak, "result": result}))


def apart(*words: object) -> str:
    """The output of this program with other arguments, in a fresh process."""
    command = [sys.executable, __file__, *map(str, words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def compare(path: Path, rows: int, runs: int) -> None:
    """Prints the medians of both, measured in turn, and their ratio; then the profile."""
    costs: dict[str, list[dict[str, float]]] = {"floor": [], "standardise": []}
    for _ in range(runs):
        for what, found in costs.items():
            found.append(json.loads(apart("--measure", what, path)))
    print(f"{rows} dossiers, {path.stat().st_size / 1e6:.0f} MB, median of {runs}, chunks of {CHUNK}")
    print(f"{'':<18}{'s':>8}{'cpu s':>8}{'MiB':>8}")
    medians = {
        what: [statistics.median(each[name] for each in found) for name in ("seconds", "cpu", "peak_mib")]
        for what, found in costs.items()
    }
    for what, (seconds, cpu, peak) in medians.items():
        print(f"{what:<18}{seconds:8.2f}{cpu:8.2f}{peak:8.0f}")
    print(f"{'ratio':<18}{medians['standardise'][0] / medians['floor'][0]:8.1f}")
    _print_profile(json.loads(apart("--measure", "profile", path))["result"])


def show_flat(rows: int) -> None:
    """Prints the peak memory for more and more rows."""
    print(f"{'dossiers':<18}{'s':>8}{'MiB':>8}")
    for many in (rows, 2 * rows, 4 * rows):
        cost = json.loads(apart("--measure", "flat", many))
        print(f"{many:<18}{cost['seconds']:8.2f}{cost['peak_mib']:8.0f}")


def _print_profile(profiled: dict[str, dict[str, list[float]]]) -> None:
    heads = {"kind": ("s", "distinct", "not quick"), "step": ("s", "calls")}
    for what, table in profiled.items():
        print(f"\n{what + ', one by one':<36}" + "".join(f"{head:>12}" for head in heads[what]))
        for name, (spent, *counts) in sorted(table.items(), key=lambda each: -each[1][0]):
            print(f"{name:<36}{spent:12.2f}" + "".join(f"{count:12.0f}" for count in counts))


def main() -> None:
    """Runs the benchmark and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="?", type=int, default=200_000, help="dossiers (200000)")
    parser.add_argument("runs", nargs="?", type=int, default=3, help="runs to take the median of (3)")
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "CSV"), help=f"only one of {', '.join(MEASURED)}")
    parser.add_argument("--flat", action="store_true", help="only peak memory, for 1, 2 and 4 times as many dossiers")
    parser.add_argument("--build", metavar="CSV", help="only write the CSV")
    asked = parser.parse_args()
    if asked.measure:
        measure(*asked.measure)
    elif asked.build:
        build(asked.rows, Path(asked.build))
    elif asked.flat:
        show_flat(asked.rows)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "dossier.csv"
            apart(asked.rows, "--build", path)
            compare(path, asked.rows, asked.runs)


if __name__ == "__main__":
    main()
