"""How long it takes to find one record in a prepared register: `python -m bench.find DIR REGISTER [RECORDS]`.

DIR is a province of `bench.province`; REGISTER is the folder that is prepared there unless it is there already. One
thread, records one after the other, each by all columns that its clerk filled in. Prints milliseconds of opening and of
finding (median, 95th percentile, longest) by the clock and of processor time, which a crowded machine stretches less,
and how often the person meant is the first candidate.
"""

import os
import resource
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from bench.province_spec import SPEC
from matching.engine.register.find import find
from matching.engine.register.opened import Prepared
from matching.engine.register.prepare import prepare

_LEARNT_FROM = 20_000
"""Local records that the model is learnt from."""


def prepared(province: Path, folder: Path) -> None:
    """Prepares the register, and says what that took."""
    begun = time.monotonic()
    local = pl.scan_parquet(province / "local.parquet").head(_LEARNT_FROM)
    prepare(pl.scan_parquet(province / "register.parquet"), SPEC, folder, local=local)
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.monotonic() - begun
    print(f"prepared in {seconds:.0f} s, training included; {size / 2**20:.0f} MiB; at most {peak:.0f} MiB of memory")


def opening(folder: Path) -> float:
    """Milliseconds of opening."""
    begun = time.perf_counter()
    Prepared.opened(folder)
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Prints the figures."""
    province, folder = Path(sys.argv[1]), Path(sys.argv[2])
    if not folder.exists():
        prepared(province, folder)
    opens = [opening(folder) for _ in range(11)]
    register = Prepared.opened(folder)
    columns = register.frozen.plan.columns(is_left=True)
    records = pl.read_parquet(province / "local.parquet").sample(int(sys.argv[3]) if len(sys.argv) > 3 else 500, seed=1)
    meant = dict(pl.read_parquet(province / "truth.parquet").select("local_id", "person_id").iter_rows())
    clock, processor, hits = [], [], []
    for record in records.select(columns).cast(pl.String).to_dicts():
        begun = time.perf_counter(), time.process_time()
        found = find(record, register)
        clock.append((time.perf_counter() - begun[0]) * 1000)
        processor.append((time.process_time() - begun[1]) * 1000)
        if person := meant[record["record_id"]]:
            hits.append(bool(found.candidates) and found.candidates[0].id == person)
    print(f"{register.entries.live} people, {len(clock)} records")
    print(f"open   {opens[0]:6.1f} ms the first time, {statistics.median(opens):.1f} ms then")
    for name, taken in (("clock", clock), ("cpu", processor)):
        middle, late = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        print(f"{name:<6} {middle:6.1f} ms median, {late:.1f} ms 95th percentile, {max(taken):.1f} ms longest")
    print(f"first {sum(hits) / len(hits):6.3f} of the records mean their first candidate")


if __name__ == "__main__":
    main()
