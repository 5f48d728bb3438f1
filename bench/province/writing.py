"""Writes a province to three Parquet files, part by part, so that memory does not follow its size."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from bench.province.identity import Part
from bench.province.population import REGISTER, residents
from bench.province.records import LOCAL, TRUTH, local_records, shape_of
from bench.province.settings import Province

FILES: Mapping[str, Mapping[str, type[pl.DataType]]] = {"register": REGISTER, "local": LOCAL, "truth": TRUTH}
"""The files, without `.parquet`, and their columns."""


def parts(province: Province) -> Iterator[dict[str, pl.DataFrame]]:
    """The rows of FILES, a part at a time. What a part holds depends on its seed and place alone."""
    first = 0
    for place in range(province.parts):
        registered, records = province.sizes(place)
        rng = np.random.default_rng([province.seed, 2, place])
        _, _, outside = shape_of(province, registered=registered, records=records)
        people = residents(
            rng,
            Part(place, province.parts, province.seed),
            registered=registered,
            outside=outside,
            namesakes=np.array([province.dirt.namesake, province.dirt.namesake_same_day]),
        )
        local, truth = local_records(rng, people, province, first=first, records=records)
        yield {"register": people.frame[:registered], "local": local, "truth": truth}
        first += records


def write(province: Province, folder: Path) -> None:
    """Writes FILES into the folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {}
        for name, columns in FILES.items():
            empty = _arrow(pl.DataFrame(schema=dict(columns)))
            path = folder / f"{name}.parquet"
            writers[name] = stack.enter_context(pq.ParquetWriter(path, empty.schema, compression="zstd"))
        for part in parts(province):
            for name, frame in part.items():
                writers[name].write_table(_arrow(frame))


def _arrow(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())
