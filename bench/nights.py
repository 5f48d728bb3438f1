"""What the matching of a night costs where little changed: `python -m bench.nights DIR [--share N] [--runs N]`.

DIR is a province of `bench.province`. Its people become a population register, its records births (who was born from
2005 on and names the mother) and dossiers; both are standardised once, beside DIR's files, before anything is timed.
The matching of everything is measured, then that of a night after which a share (0.01) of the records and a tenth of
that share of the register are new, changed or gone, then that of a night in which nothing changed. What a night decides
must be what matching everything decides. Prints medians of RUNS (3) by the clock and by processor time.
"""

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import polars as pl

import matching
from contracts import received
from matching.kept import Shelf
from matching.linkage import Night
from matching.standardise import standardise

Frames = Mapping[str, pl.LazyFrame]
_BLANK = ("_delivery_id", "_file", "_extra")
_BORN_SINCE = "2005"


def standard(dataset: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, which have some of the contract's properties, in standard form."""
    contract = received()[dataset]
    names = [*contract.names, *_BLANK]
    blank = (pl.lit(None, pl.String).alias(name) for name in names if name not in rows.columns)
    whole = rows.with_columns(*blank, _op=pl.lit("upsert"))
    content = pl.concat_str(pl.col(contract.names).fill_null(""), separator="\t")
    marked = whole.select(*names, "_op", _hash=content.hash().cast(pl.String)).with_row_index("_row")
    return standardise(marked.lazy(), contract).collect()


def people(register: pl.DataFrame) -> pl.DataFrame:
    """The people of a province as rows of the population register."""
    spouses = register.select(spouse_citizen_id="person_id", spouse_name="full_name")
    return register.select(
        "cmnd",
        "full_name",
        "sex",
        "mother_name",
        "father_name",
        citizen_id="person_id",
        birth_date=pl.col("birth_date").cast(pl.String),
        permanent_commune="commune_code",
        permanent_detail="address",
        spouse_citizen_id="spouse_id",
        head_citizen_id=pl.col("person_id").first().over("household_id"),
    ).join(spouses, on="spouse_citizen_id", how="left")


def records(local: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """What clerks wrote, as births and dossiers."""
    is_birth = (pl.col("birth_date").cast(pl.String) >= _BORN_SINCE) & pl.col("mother_name").is_not_null()
    marked = local.with_row_index("at").with_columns(is_birth=is_birth.fill_null(False))
    births = marked.filter("is_birth").select(
        "mother_name",
        "father_name",
        number=pl.col("at").cast(pl.String),
        book=pl.lit("01/2026"),
        registration_place=pl.lit("UBND phường Phú Lợi"),
        registered_on=pl.lit("20/11/2026"),
        child_name="full_name",
        child_birth_date="birth_text",
        child_sex="sex",
        child_citizen_id="number",
    )
    dossiers = marked.filter(~pl.col("is_birth")).select(
        dossier_code=pl.format("H09.01-261120-{}", pl.col("at").cast(pl.String).str.zfill(6)),
        procedure_code=pl.lit("1.001193"),
        owner_type=pl.lit("1"),
        received_at=pl.lit("20/11/2026"),
        status=pl.lit("9"),
        owner_number="number",
        owner_name="full_name",
        owner_birth_date="birth_text",
        owner_sex="sex",
        owner_commune_code="commune_code",
        owner_phone="phone",
    )
    return {"birth": births, "dossier": dossiers}


def prepared(province: Path) -> tuple[Frames, Frames]:
    """Records and registers in standard form, as they lie beside the province's files."""
    folder = province / "standard"
    if not folder.is_dir():
        register, local = (pl.read_parquet(province / f"{name}.parquet") for name in ("register", "local"))
        made = {name: standard(name, rows) for name, rows in records(local).items()}
        made["population"] = standard("population", people(register))
        folder.mkdir()
        for name, rows in made.items():
            rows.write_parquet(folder / f"{name}.parquet")
    local_frames = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in ("birth", "dossier")}
    return local_frames, {"population": pl.scan_parquet(folder / "population.parquet")}


def night_before(rows: pl.LazyFrame, share: float, seed: int) -> pl.LazyFrame:
    """The rows as they were: a third of the share not there yet, a third with another name, a third gone since."""
    frame = rows.collect()
    few = max(1, int(frame.height * share / 3))
    mixed = frame.sample(fraction=1, shuffle=True, seed=seed)
    names = [each for each in frame.columns if each.startswith(("full_name_", "owner_name_", "child_name_"))]
    changed = mixed.slice(few, few).with_columns(pl.col(names).shift(1), _hash=pl.col("_hash") + "'")
    gone = mixed.slice(2 * few, few).with_columns(record_id=pl.col("record_id") + "'", _hash=pl.col("_hash") + "''")
    key = [each for each in ("citizen_id__std",) if each in frame.columns]
    renamed = gone.with_columns((pl.lit("9") + pl.col(each).str.slice(1)).alias(each) for each in key)
    return pl.concat([mixed.slice(2 * few), changed, renamed]).lazy()


def timed(into: dict[str, list[tuple[float, float]]], name: str, work: Callable[[], Night]) -> Night:
    """The night; its seconds by clock and processor are noted."""
    begun, worked = time.monotonic(), time.process_time()
    done = work()
    into[name].append((time.monotonic() - begun, time.process_time() - worked))
    return done


def measured(province: Path, share: float, runs: int) -> tuple[dict[str, list[tuple[float, float]]], dict[str, Night]]:
    """Seconds of each kind of night, and the last night of each kind."""
    local, registers = prepared(province)
    before = {name: night_before(rows, share, 1) for name, rows in local.items()}
    registers_before = {name: night_before(rows, share / 10, 2) for name, rows in registers.items()}
    seconds: dict[str, list[tuple[float, float]]] = defaultdict(list)
    nights: dict[str, Night] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            shelf, fresh = (Shelf(Path(folder) / name, "bench") for name in ("kept", "fresh"))
            matching.link_night(before, registers_before, shelf=shelf)
            for name, kept in (("little changed", shelf), ("nothing changed", shelf), ("all compared", fresh)):
                nights[name] = timed(seconds, name, partial(matching.link_night, local, registers, shelf=kept))
        for each in nights.values():
            assert each.decisions.equals(nights["all compared"].decisions)
    return seconds, nights


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("province", type=Path, metavar="DIR", help="a province of bench.province")
    parser.add_argument("--share", type=float, default=0.01, help="of the records new, changed or gone (0.01)")
    parser.add_argument("--runs", type=int, default=3, help="turns to take the median of (3)")
    asked = parser.parse_args()
    seconds, nights = measured(asked.province, asked.share, asked.runs)
    whole = [statistics.median(each) for each in zip(*seconds["all compared"], strict=True)]
    for name, each in seconds.items():
        (effort,) = (effort for effort in nights[name].efforts if effort.reference == "population")
        wall, worked = (statistics.median(some) for some in zip(*each, strict=True))
        told = f"{wall:8.2f} s {wall / whole[0]:6.1%}  processor {worked:8.2f} s {worked / whole[1]:6.1%}"
        print(
            f"{name:<16}{told}  {effort.profiles_anew} of {effort.profiles} profiles, {effort.entries_anew} of "
            f"{effort.entries} entries, {effort.pairs_compared} of {effort.pairs} pairs"
        )


if __name__ == "__main__":
    main()
