"""What publishing costs beside matching: `python -m bench.publish DIR [--runs N]`; `--load ROWS` for loading alone.

DIR is a province of `bench.province`; its records become dossiers and its people a population register, standardised
once beside its files (see `bench.nights`). In each run the dossiers are matched anew, then staged and held against gate
one, their tables are made and loaded as a candidate, held against gate two and published into an empty database of an
embedded PostgreSQL. Prints the medians of RUNS (3) by step, and how all that is not matching compares with matching.

`--load ROWS` prints how many rows a second go into an unlogged staging table from a frame, beside PostgreSQL's own COPY
of the same rows from a CSV file; the rows are those of `bench.standardise`, with every field that the sample fills.
"""

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import polars as pl

import matching
import warehouse
from bench import standardise
from bench.nights import Frames, prepared, standard
from contracts import published, received
from expectations import gate_one, gate_two, split
from matching.kept import Shelf
from warehouse import candidate, occurring
from warehouse.publication import INCOMING

DOSSIER = received()["dossier"]
Made = TypeVar("Made")
Seconds = dict[str, list[float]]


def timed(into: Seconds, step: str, work: Callable[[], Made]) -> Made:
    """What the work makes; its seconds are noted."""
    begun = time.monotonic()
    made = work()
    into[step].append(time.monotonic() - begun)
    return made


@contextmanager
def database() -> Iterator[tuple[str, warehouse.Connection]]:
    """An empty, migrated warehouse."""
    with (
        tempfile.TemporaryDirectory() as folder,
        warehouse.running(Path(folder) / "postgresql") as url,
        warehouse.connect(url) as connection,
    ):
        warehouse.prepare(connection)
        yield url, connection


def once(dossiers: pl.DataFrame, registers: Frames, seconds: Seconds) -> None:
    """One night of a province, from matching to its first release."""
    local: Frames = {"dossier": dossiers.lazy()}
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), "bench")
        night = timed(seconds, "match", lambda: matching.link_night(local, registers, shelf=shelf))
    with database() as (url, connection):
        rows = dossiers.with_row_index("row_id")
        timed(seconds, "stage", lambda: warehouse.stage(connection, DOSSIER, rows))
        report = timed(seconds, "gate one", lambda: gate_one(url, DOSSIER))
        held = split(rows, report.failures).accepted.drop("row_id").lazy()
        secret = warehouse.identity_key(connection)
        told = timed(seconds, "identify", lambda: warehouse.identified(night.decisions, night.occurrences, secret))
        timed(seconds, "load", lambda: load(connection, held, registers, told))
        timed(seconds, "gate two", lambda: gate_two(url))
        entities = timed(seconds, "entities", lambda: occurring.entities(registers["population"], told, secret))
        publication = timed(seconds, "prepare", lambda: publication_of(held, entities, told))
        candidate_id = timed(seconds, "offer", lambda: warehouse.offer(connection, publication))
        timed(seconds, "compare", lambda: warehouse.would_change(connection))
        timed(seconds, "publish", lambda: warehouse.publish_candidate(connection, candidate_id))


def load(connection: warehouse.Connection, held: pl.LazyFrame, registers: Frames, decisions: pl.DataFrame) -> None:
    """Makes and loads every table of the candidate; those without data are empty."""
    tables = {name: candidate.empty_table(each) for name, each in published().items() if name != "release"}
    tables["dossier"] = candidate.local_table("dossier", held, decisions)
    seen = occurring.appearances({"dossier": held}, decisions)
    tables["person"] = occurring.person_table(registers["population"], seen)
    tables["person_dossier"] = occurring.person_dossier_table(seen)
    for name, table in tables.items():
        warehouse.load_candidate(connection, published()[name], table)


def publication_of(held: pl.LazyFrame, entities: pl.DataFrame, decisions: pl.DataFrame) -> warehouse.Publication:
    """What a run hands over besides the tables."""
    return warehouse.Publication(
        run_id="bench",
        state="bench",
        holdings={},
        deliveries=pl.DataFrame(schema=INCOMING["incoming_delivery"]),
        decisions=decisions,
        lineage=candidate.lineage({"dossier": held}),
        entities=entities,
        flags=pl.DataFrame(schema=INCOMING["incoming_flag"]),
        quarantine=pl.DataFrame(schema=INCOMING["incoming_quarantine"]),
        closings=pl.DataFrame(schema=INCOMING["incoming_closing"]),
    )


def dossiers_of(local: Frames) -> pl.DataFrame:
    """The dossiers as gate one takes them: each row with the file it would come from."""
    source = {"_delivery_id": pl.lit("one-stop/2026-11-20"), "_file": pl.lit("dossier.csv")}
    return local["dossier"].with_columns(pl.col("_row").cast(pl.Int64), **source).collect()


def show_nights(province: Path, runs: int) -> None:
    """Prints what each step costs, and the whole beside matching."""
    local, registers = prepared(province)
    dossiers, seconds = dossiers_of(local), defaultdict[str, list[float]](list)
    for _ in range(runs):
        once(dossiers, registers, seconds)
    medians = {step: statistics.median(each) for step, each in seconds.items()}
    print(f"{dossiers.height} dossiers, median of {runs}")
    for step, each in medians.items():
        print(f"{step:<12}{each:9.2f} s")
    beside = sum(each for step, each in medians.items() if step != "match")
    print(f"{'all but match':<12}{beside:9.2f} s, {beside / medians['match']:.2f} of matching")


def show_loading(rows: int, runs: int) -> None:
    """Prints rows a second into staging, beside COPY of the same rows as CSV."""
    made = standard("dossier", standardise.made(rows, 0, rows).rename(standardise.NAMES))
    dossiers = dossiers_of({"dossier": made.lazy()}).with_row_index("row_id")
    seconds: Seconds = defaultdict(list)
    with database() as (_, connection), tempfile.TemporaryDirectory() as folder:
        warehouse.stage(connection, DOSSIER, dossiers)
        columns = [name for (name,) in connection.execute(_COLUMNS).fetchall()]
        path = Path(folder) / "dossier.csv"
        lists = {name: pl.col(name).list.join(",") for name in columns if dossiers.schema[name] == pl.List}
        braced = {name: pl.concat_str(pl.lit("{"), each, pl.lit("}")) for name, each in lists.items()}
        flat = dossiers.select(columns).with_columns(**braced)
        flat.write_csv(path, include_header=False)
        connection.execute(_LIKE)
        for _ in range(runs):
            timed(seconds, "stage", lambda: warehouse.stage(connection, DOSSIER, dossiers))
            connection.execute("truncate bench.dossier")
            timed(seconds, "copy", lambda: copied(connection, path))
    stage, copy = (dossiers.height / statistics.median(seconds[each]) for each in ("stage", "copy"))
    print(f"{dossiers.height} dossiers of {len(columns)} columns, median of {runs}")
    print(f"stage {stage:12.0f} rows/s\nCOPY  {copy:12.0f} rows/s of CSV\nratio {stage / copy:12.2f}")


_COLUMNS = """
    select column_name from information_schema.columns
    where table_schema = 'staging' and table_name = 'dossier' order by ordinal_position
"""
_LIKE = "create schema bench; create unlogged table bench.dossier (like staging.dossier)"
_BLOCK = 1 << 20


def copied(connection: warehouse.Connection, path: Path) -> None:
    """The CSV file through COPY, as psql's \\copy sends it."""
    with (
        path.open("rb") as file,
        connection.cursor() as cursor,
        cursor.copy("copy bench.dossier from stdin (format csv)") as copy,
    ):
        while block := file.read(_BLOCK):
            copy.write(block)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("province", type=Path, nargs="?", metavar="DIR", help="a province of bench.province")
    parser.add_argument("--runs", type=int, default=3, help="to take the median of (3)")
    parser.add_argument("--load", type=int, metavar="ROWS", help="only loading so many, beside COPY")
    asked = parser.parse_args()
    if asked.load:
        show_loading(asked.load, asked.runs)
    elif asked.province:
        show_nights(asked.province, asked.runs)
    else:
        parser.error("DIR or --load is needed")


if __name__ == "__main__":
    main()
