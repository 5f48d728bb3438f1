"""What a night costs where little changed: `python bench/delta.py DIR REGISTER [CHANGED]`.

DIR is a province of `bench.province`, REGISTER the folder that `bench/find.py` prepared. The whole local table is
linked once: by the engine anew (training, and with the model given) and against the prepared register. Then CHANGED
(20,000) local records get another name and date, and the night after it is measured, told what changed and left to
find it out; then 1,000 entries of the register change. Prints seconds and shares of the full runs.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from bench.province_spec import SPEC
from matching.engine.link import link
from matching.engine.register.nights import link_all, link_delta
from matching.engine.register.opened import Prepared
from matching.engine.register.update import update

_CHANGED_ENTRIES = 1_000


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and what came of it."""
    begun = time.monotonic()
    done = work()
    return time.monotonic() - begun, done


def changed(rows: pl.DataFrame, count: int) -> pl.DataFrame:
    """So many of the rows, names and dates of birth moved on by one row."""
    return rows.sample(count, seed=1).with_columns(pl.col("full_name", "birth_date").shift(1))


def main() -> None:
    """Prints the figures."""
    province, register = Path(sys.argv[1]), Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20_000
    local, entries = (pl.read_parquet(province / f"{name}.parquet") for name in ("local", "register"))
    model = Prepared.opened(register).frozen.model
    fresh = changed(local, count)
    after = pl.concat([local.join(fresh, on="record_id", how="anti"), fresh])
    with tempfile.TemporaryDirectory(dir=register.parent) as inside:
        folder = Path(inside) / "register"
        shutil.copytree(register, folder)
        full = {
            "engine, training": timed(lambda: link(local.lazy(), entries.lazy(), SPEC))[0],
            "engine, model given": timed(lambda: link(local.lazy(), entries.lazy(), SPEC, model=model))[0],
            "prepared, first night": timed(lambda: link_all(folder, local.lazy()))[0],
        }
        nights = {
            f"{count} records, told": timed(lambda: link_delta(folder, fresh.lazy())),
            "nothing, told": timed(lambda: link_delta(folder)),
            f"{count} records back, found out": timed(lambda: link_all(folder, local.lazy())),
        }
        update(folder, changed(entries, _CHANGED_ENTRIES).lazy())
        nights[f"{_CHANGED_ENTRIES} entries"] = timed(lambda: link_delta(folder, fresh.lazy()))
        whole = timed(lambda: link_all(folder, after.lazy()))[1]
        assert whole.links.equals(nights[f"{_CHANGED_ENTRIES} entries"][1].links)
    print(f"{local.height} local records, {entries.height} entries")
    for name, seconds in full.items():
        print(f"{name:<32}{seconds:8.2f} s")
    for name, (seconds, night) in nights.items():
        shares = ", ".join(f"{seconds / each:.1%}" for each in full.values())
        print(f"{name:<32}{seconds:8.2f} s  {night.compared:>9} pairs  {shares} of the full runs above")


if __name__ == "__main__":
    main()
