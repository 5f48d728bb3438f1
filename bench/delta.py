"""What a night costs where little changed: `python -m bench.delta DIR REGISTER [--changed N] [--runs N]`.

DIR is a province of `bench.province`, REGISTER the folder that `bench.find` prepared; it is copied first, beside
itself. The whole local table is linked by the engine anew (training, and with the model given) and, once, against the
prepared register. Then CHANGED (20,000) local records get another name and date, and the night after it is measured,
told what changed and left to find it out; then 1,000 entries of the register change. Prints seconds, medians of RUNS
(1) turns, and shares of the full runs.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from bench.province_spec import SPEC
from matching.engine.link import link
from matching.engine.register.nights import link_all, link_delta
from matching.engine.register.opened import Prepared
from matching.engine.register.update import update

_CHANGED_ENTRIES = 1_000
Seconds = dict[str, list[float]]
Done = TypeVar("Done")


def changed(rows: pl.DataFrame, count: int) -> pl.DataFrame:
    """So many of the rows, names and dates of birth moved on by one row."""
    return rows.sample(count, seed=1).with_columns(pl.col("full_name", "birth_date").shift(1))


def timed(into: Seconds, name: str, work: Callable[[], Done]) -> Done:
    """What came of it; its seconds are noted."""
    begun = time.monotonic()
    done = work()
    into[name].append(time.monotonic() - begun)
    return done


def measured(province: Path, folder: Path, count: int, runs: int) -> tuple[Seconds, Seconds, dict[str, int]]:
    """Seconds of full runs, of nights, and the pairs that each night compared."""
    local, entries = (pl.scan_parquet(province / f"{name}.parquet") for name in ("local", "register"))
    model = Prepared.opened(folder).frozen.model
    fresh = changed(local.collect(), count).lazy()
    full, nights, pairs = defaultdict(list), defaultdict(list), {}
    timed(full, "prepared, first night", lambda: link_all(folder, local))
    told, found_out = f"{count} records, told", f"{count} records back, found out"
    for _ in range(runs):
        timed(full, "engine, training", lambda: link(local, entries, SPEC))
        timed(full, "engine, model given", lambda: link(local, entries, SPEC, model=model))
        pairs[told] = timed(nights, told, lambda: link_delta(folder, fresh)).compared
        pairs["nothing, told"] = timed(nights, "nothing, told", lambda: link_delta(folder)).compared
        pairs[found_out] = timed(nights, found_out, lambda: link_all(folder, local)).compared
    few = entries.head(_CHANGED_ENTRIES * 10).collect()
    update(folder, changed(few, _CHANGED_ENTRIES).lazy())
    both = f"{_CHANGED_ENTRIES} entries and {count} records"
    night = timed(nights, both, lambda: link_delta(folder, fresh))
    pairs[both] = night.compared
    after = pl.concat([local.join(fresh, on="record_id", how="anti"), fresh])
    # What the night says is what a full run against the same folder says.
    assert link_all(folder, after).links.equals(night.links)
    return full, nights, pairs


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("province", type=Path, metavar="DIR", help="a province of bench.province")
    parser.add_argument("register", type=Path, metavar="REGISTER", help="the folder that bench/find.py prepared")
    parser.add_argument("--changed", type=int, default=20_000, help="local records that change (20000)")
    parser.add_argument("--runs", type=int, default=1, help="turns to take the median of (1)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.register.parent) as inside:
        folder = Path(inside) / "register"
        shutil.copytree(asked.register, folder)
        full, nights, pairs = measured(asked.province, folder, asked.changed, asked.runs)
    for name in ("local", "register"):
        height = pl.scan_parquet(asked.province / f"{name}.parquet").select(pl.len()).collect().item()
        print(f"{name:<32}{height:8}")
    whole = {name: statistics.median(seconds) for name, seconds in full.items()}
    for name, seconds in whole.items():
        print(f"{name:<32}{seconds:8.2f} s")
    for name, each in nights.items():
        seconds = statistics.median(each)
        shares = ", ".join(f"{seconds / other:.1%} of {what}" for what, other in whole.items())
        print(f"{name:<32}{seconds:8.2f} s  {pairs[name]:>9} pairs  {shares}")


if __name__ == "__main__":
    main()
