"""How fast dossiers are standardised against the time polars needs to read their CSV: `python bench/standardise.py`.

Optional: ROWS (200000) and RUNS (3). The CSV is made of the sample's dossiers, repeated with other names, numbers,
addresses and times, so that there are as many owners as 60 % of the rows. Each measurement is a process of its own;
prints medians, their ratio, and the seconds that each kind of property takes.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import polars as pl

from contracts import Contract, received
from matching.standardise import standardise
from matching.standardise.columns import read_column
from matching.standardise.kinds import kind_of

SAMPLE = Path(__file__).parents[1] / "samples" / "drop" / "one-stop" / "2026-11-20" / "dossier.part1.csv"
OWNERS_SHARE = 0.6
CHUNK = 100_000
"""Rows standardised at a time; memory follows it, not the size of the file."""
_STRIDE = 7919
"""A prime: spreads what is repeated."""


def build(rows: int, path: Path) -> None:
    """Writes a CSV of `rows` dossiers, the same for the same number."""
    sample = pl.read_csv(SAMPLE, infer_schema=False)
    owners = sample.select("^.*ChuHoSo$", "LoaiDoiTuong", "MaDoiTuong", "SoDienThoai", "Email")
    owner = pl.col("row") * _STRIDE % max(int(rows * OWNERS_SHARE), 1)
    numbered = pl.select(row=pl.int_range(rows)).with_columns(owner=owner, turn=owner // sample.height)
    dossiers = sample.drop(owners.columns)[numbered["row"] % sample.height]
    names = sample["ChuHoSo"][(numbered["owner"] + numbered["turn"] * _STRIDE) % sample.height].alias("other")
    parts = [numbered, dossiers, owners[numbered["owner"] % sample.height], names.to_frame()]
    made = pl.concat(parts, how="horizontal").with_columns(*_owner(), *_dossier())
    made.select(sample.columns).write_csv(path)


def _owner() -> list[pl.Expr]:
    """Another person each turn: another given name, and other digits wherever there are some."""
    given = pl.col("other").str.extract(r"(\S+)\s*$").fill_null("An")
    digits = (pl.col("owner") * _STRIDE % 100_000).cast(pl.String).str.zfill(5)
    is_again = pl.col("turn") > 0
    new = {
        "ChuHoSo": pl.col("ChuHoSo").str.replace(r"\S+\s*$", given),
        "MaDoiTuong": pl.col("MaDoiTuong").str.replace(r"[0-9]{5}$", digits),
        "NgaySinhChuHoSo": pl.col("NgaySinhChuHoSo").str.replace(
            r"(19[4-9]|200)[0-9]", pl.lit("${1}") + (pl.col("owner") % 10).cast(pl.String)
        ),
        "DiaChiChuHoSo": pl.col("DiaChiChuHoSo").str.replace(r"[0-9]+", (pl.col("owner") % 1997).cast(pl.String)),
        "SoDienThoai": pl.col("SoDienThoai").str.replace(r"[0-9]{5}$", digits),
        "Email": pl.col("Email").str.replace(r"[0-9]*@", digits + pl.lit("@")),
    }
    return [pl.when(is_again).then(changed).otherwise(name).alias(name) for name, changed in new.items()]


def _dossier() -> list[pl.Expr]:
    times = ("NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra")
    minute = (pl.col("row") * _STRIDE % 60).cast(pl.String).str.zfill(2)
    code = pl.col("MaHoSo").str.replace(r"[0-9]{4}$", pl.col("row").cast(pl.String).str.zfill(7))
    return [code, *(pl.col(each).str.replace(r":[0-9]{2}", pl.lit(":") + minute) for each in times)]


def scan(path: Path, contract: Contract) -> pl.LazyFrame:
    """The CSV as text, under the names of the contract."""
    names = {source: each.name for each in contract.properties for source in each.source_names}
    return pl.scan_csv(path, infer_schema=False).rename(names)


def floor(path: Path) -> None:
    """What nothing can go below: polars reads the file to its end."""
    scan(path, received()["dossier"]).collect()


def standardised(path: Path) -> None:
    """Reads the file and standardises every field, a chunk at a time."""
    contract = received()["dossier"]
    for chunk in scan(path, contract).collect_batches(chunk_size=CHUNK, maintain_order=True):
        standardise(chunk.lazy(), contract).collect()


def profile(path: Path) -> dict[str, list[float]]:
    """By kind of property: seconds, columns, distinct values, and those that no quick reader takes."""
    contract = received()["dossier"]
    by_kind: dict[str, list[float]] = defaultdict(lambda: [0.0, 0, 0, 0])
    for chunk in scan(path, contract).collect_batches(chunk_size=CHUNK, maintain_order=True):
        for each in contract.properties:
            begun = time.monotonic()
            read_column(chunk[each.name], each)
            spent = time.monotonic() - begun
            distinct = chunk[each.name].drop_nulls().unique()
            slow = kind_of(each).quick(distinct).null_count()
            figures = (spent, chunk.height / CHUNK, distinct.len(), slow)
            by_kind[each.kind] = [a + b for a, b in zip(by_kind[each.kind], figures, strict=True)]
    return dict(by_kind)


MEASURED: dict[str, Callable[[Path], object]] = {"floor": floor, "standardise": standardised, "profile": profile}


def measure(what: str, path: Path) -> None:
    """Runs one of MEASURED in this process and prints what it cost as JSON."""
    begun = time.monotonic()
    result = MEASURED[what](path)
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mib": peak, "result": result}))


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
    seconds = {what: statistics.median(each["seconds"] for each in found) for what, found in costs.items()}
    print(f"{rows} dossiers, {path.stat().st_size / 1e6:.0f} MB, median of {runs}, chunks of {CHUNK}")
    for what, found in costs.items():
        peak = statistics.median(each["peak_mib"] for each in found)
        print(f"{what:<18}{seconds[what]:8.2f} s{peak:10.0f} MiB")
    print(f"{'ratio':<18}{seconds['standardise'] / seconds['floor']:8.1f}")
    by_kind = json.loads(apart("--measure", "profile", path))["result"]
    print(f"\n{'kind, one by one':<18}{'s':>8}{'distinct':>12}{'not quick':>12}")
    for kind, (spent, _, distinct, slow) in sorted(by_kind.items(), key=lambda each: -each[1][0]):
        print(f"{kind:<18}{spent:8.2f}{distinct:12.0f}{slow:12.0f}")


def main() -> None:
    """Runs the benchmark and prints its figures."""
    match sys.argv[1:]:
        case ["--measure", what, path]:
            measure(what, Path(path))
        case ["--build", rows, path]:
            build(int(rows), Path(path))
        case arguments:
            rows, runs = (int(each) for each in (*arguments, *("200000", "3")[len(arguments) :]))
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "dossier.csv"
                apart("--build", rows, path)
                compare(path, rows, runs)


if __name__ == "__main__":
    main()
