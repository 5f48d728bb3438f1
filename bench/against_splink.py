"""Our linkage beside Splink's and the floor, same files, same blocking rules, comparable levels, in one run.

`python bench/against_splink.py --register 1000000 --local 100000 --runs 3`: generates a province with truth
(`bench.province`), then measures in turn, each in a fresh process: the floor (polars reads both files and joins them on
the keys of the rules, nothing else), ours (training and linking), ours with a given model, Splink tuned (training pairs
1 M as ours) and Splink with a given model. Prints medians, ratios and F1, at 0.5 and at each one's own best threshold.

Splink is no dependency: `--splink PYTHON` names an interpreter that has `splink==5.0.0 duckdb==2.0.0 polars`; without
it only ours and the floor are measured.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

KEYS = (
    (("number", "person_id"),),
    (("full_name", "full_name"), ("birth_date", "birth_date")),
    (("birth_date", "birth_date"), ("commune_code", "commune_code")),
    (("full_name", "full_name"), ("commune_code", "commune_code")),
)
"""The blocking rules of all: pairs of columns, local and register."""
NAMES = ("full_name", "mother_name", "father_name")
TRAINING_PAIRS = 1_000_000


def floor(folder: Path) -> int:
    """Reads both files and joins them on the keys of every rule."""
    local, register = pl.scan_parquet(folder / "local.parquet"), pl.scan_parquet(folder / "register.parquet")
    columns = ["full_name", "birth_date", "sex", "commune_code", "phone", "mother_name", "father_name"]
    mine = local.select("record_id", "number", *columns).collect().with_row_index("l")
    theirs = register.select("person_id", *columns).collect().with_row_index("r")
    pairs = 0
    for rule in KEYS:
        left_on, right_on = ([side for side, _ in rule], [side for _, side in rule])
        joined = mine.select("l", *left_on).join(theirs.select("r", *right_on), left_on=left_on, right_on=right_on)
        pairs += joined.select("l", "r").height
    return pairs


def ours(folder: Path, *, given: bool = False) -> int:
    """Links with our engine; with `given` by the model of an earlier run."""
    from matching.engine.keys import parse_key
    from matching.engine.link import link
    from matching.engine.model import Model
    from matching.engine.spec import Comparison, Rule, Spec

    kinds = {"full_name": "name", "birth_date": "date", "sex": "exact", "commune_code": "exact", "phone": "exact"}
    kinds |= {"mother_name": "name", "father_name": "name"}
    comparisons = (
        *(Comparison(name, kind, name, name) for name, kind in kinds.items()),
        Comparison("number", "identifier", "number", "person_id"),
    )
    rules = tuple(Rule(tuple(parse_key(f"{a} = {b}") for a, b in rule)) for rule in KEYS)
    spec = Spec("record_id", "person_id", comparisons, rules)
    saved = folder / "model.json"
    model = Model.from_json(saved.read_text(encoding="utf-8")) if given else None
    found = link(
        pl.scan_parquet(folder / "local.parquet"), pl.scan_parquet(folder / "register.parquet"), spec, model=model
    )
    found.links.write_parquet(folder / "links.parquet")
    saved.write_text(found.model.to_json(), encoding="utf-8")
    pairs = found.pairs.select("left_id", "right_id", "probability")
    pairs.write_parquet(folder / f"ours-{given}.parquet")
    return sum(each.pairs for each in found.rules)


def splink(folder: Path, *, given: bool = False) -> int:
    """Links with Splink 5 on DuckDB as its documentation tunes it; runs in an interpreter that has it."""
    import duckdb
    import splink.comparison_library as compare
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    api = DuckDBAPI(duckdb.connect())
    columns = "full_name, cast(birth_date as varchar) birth_date, sex, commune_code, phone, mother_name, father_name"
    tables = []
    for name, number, own_id in (("local", "number", "record_id"), ("register", "person_id", "person_id")):
        path = folder / f"{name}.parquet"
        api.duckdb_con.execute(
            f"create table {name} as select {own_id} unique_id, {number} number, {columns} from '{path}'"  # noqa: S608
        )
        tables.append(api.register(name, dataset_display_name=f"a_{name}"))
    names = [compare.JaroWinklerAtThresholds(name, [0.92, 0.88, 0.7]) for name in NAMES]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(each.configure(term_frequency_adjustments=True) for each in names),
            compare.LevenshteinAtThresholds("birth_date", [1, 2]),
            compare.DamerauLevenshteinAtThresholds("number", [1, 2]),
            *(compare.ExactMatch(name) for name in ("sex", "commune_code", "phone")),
        ],
        blocking_rules_to_generate_predictions=[block_on(*(local_name(pair) for pair in rule)) for rule in KEYS],
        retain_matching_columns=False,
    )
    saved = folder / "splink.json"
    linker = Linker(tables, str(saved) if given else settings)
    if not given:
        linker.training.estimate_probability_two_random_records_match(
            [block_on("number"), block_on("full_name", "birth_date")], recall=0.8
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=TRAINING_PAIRS, seed=1)
        for rule in (("birth_date", "commune_code"), ("full_name", "commune_code")):
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), max_pairs=TRAINING_PAIRS
            )
        linker.misc.save_model_to_json(str(saved), overwrite=True)
    predicted = linker.inference.predict(threshold_match_probability=0.001)
    out = folder / f"splink-{given}.parquet"
    api.duckdb_con.execute(
        f"copy (select unique_id_l left_id, unique_id_r right_id, match_probability probability "  # noqa: S608
        f"from {predicted.physical_name}) to '{out}' (format parquet)"
    )
    return 0


def local_name(pair: tuple[str, str]) -> str:
    """The column's name where both tables call it the same."""
    return "number" if pair[0] == "number" else pair[0]


MEASURED: dict[str, Callable[[Path], int]] = {
    "floor": floor,
    "ours": ours,
    "ours, model given": lambda folder: ours(folder, given=True),
    "splink": splink,
    "splink, model given": lambda folder: splink(folder, given=True),
}


def measure(what: str, folder: Path) -> None:
    """Runs one of MEASURED in this process and prints what it cost as JSON."""
    begun = time.monotonic()
    pairs = MEASURED[what](folder)
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mib": peak, "pairs": pairs}))


def f1(folder: Path, name: str) -> str:
    """F1 of the pairs of a run: at 0.5, and at its best threshold."""
    truth = pl.read_parquet(folder / "truth.parquet").drop_nulls("person_id")
    truth = truth.select(left_id="local_id", right_id="person_id", true=pl.lit(1.0))
    pairs = pl.read_parquet(folder / name).join(truth, on=["left_id", "right_id"], how="left")
    ordered = pairs.sort("probability", descending=True).with_row_index("n", offset=1)
    curve = ordered.with_columns(hits=pl.col("true").fill_null(0).cum_sum())
    curve = curve.with_columns(f1=2 * pl.col("hits") / (pl.col("n") + truth.height))
    half = curve.filter(pl.col("probability") >= 0.5).tail(1)["f1"]
    best = curve.sort("f1").tail(1)
    return (
        f"F1 {half.item() if len(half) else 0:.4f} at 0.5, {best['f1'].item():.4f} at {best['probability'].item():.3f}"
    )


def main() -> None:
    """Generates, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--register", type=int, default=1_000_000)
    parser.add_argument("--local", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="a generated province to use again")
    parser.add_argument("--splink", help="an interpreter that has Splink")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure[0], Path(given.measure[1]))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        if not (folder / "truth.parquet").exists():
            command = [sys.executable, "-m", "bench.province", "--seed", "1", "--out", str(folder)]
            command += ["--register", str(given.register), "--local", str(given.local), "--one-to-one"]
            subprocess.run(command, check=True, cwd=Path(__file__).parents[1])
        report(folder, given.runs, given.splink)


def report(folder: Path, runs: int, splink_python: str | None) -> None:
    """Measures everything in turn and prints the medians."""
    wanted = [name for name in MEASURED if splink_python or not name.startswith("splink")]
    costs: dict[str, list[dict[str, float]]] = {name: [] for name in wanted}
    for _ in range(runs):
        for name in wanted:
            python = splink_python if name.startswith("splink") else sys.executable
            command = [str(python), __file__, "--measure", name, str(folder)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
            costs[name].append(json.loads(done.stdout.splitlines()[-1]))
    medians = {
        name: {key: statistics.median(each[key] for each in found) for key in found[0]} for name, found in costs.items()
    }
    for name, cost in medians.items():
        ratio = cost["seconds"] / medians["floor"]["seconds"]
        print(f"{name:<22}{cost['seconds']:8.2f} s  {ratio:6.2f} x floor {cost['peak_mib']:8.0f} MiB")
    if splink_python:
        for suffix in ("", ", model given"):
            mine, theirs = medians[f"ours{suffix}"], medians[f"splink{suffix}"]
            print(
                f"ours / splink{suffix}: wall 1/{theirs['seconds'] / mine['seconds']:.1f}, "
                f"memory 1/{theirs['peak_mib'] / mine['peak_mib']:.1f}"
            )
        print("splink:", f1(folder, "splink-False.parquet"))
    print("ours:  ", f1(folder, "ours-False.parquet"))


if __name__ == "__main__":
    main()
