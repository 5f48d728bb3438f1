"""Splink's pairs of tables that `plan.json` describes: `PYTHON -m bench.splink_pairs FOLDER [--given]`.

Runs in an interpreter that has `splink==5.0.0 duckdb==2.0.0`, and imports nothing of ours. FOLDER holds the plan:
`tables` (each with `path` in Parquet, its column `id`, and `columns`, its names by field), `fields` with their kinds,
`rules`, `sure`, `trained` and `least`, the probability below which a pair is dropped. Splink is tuned as its
documentation says: u from random pairs, m by EM under two rules, term frequencies of names. Writes `splink.parquet`
(left_id, right_id, probability) and its model; with `--given` it weighs by the model of an earlier run instead.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from splink import Linker

TRAINING_PAIRS = 1_000_000


def comparison(field: str, kind: str) -> object:
    """Levels comparable to those of our kind."""
    import splink.comparison_library as compare

    match kind:
        case "name":
            levels = compare.JaroWinklerAtThresholds(field, [0.92, 0.88, 0.7])
            return levels.configure(term_frequency_adjustments=True)
        case "text":
            return compare.JaroWinklerAtThresholds(field, [0.95, 0.88, 0.7])
        case "date":
            return compare.LevenshteinAtThresholds(field, [1, 2])
        case "identifier":
            return compare.DamerauLevenshteinAtThresholds(field, [1, 2])
        case _:
            return compare.ExactMatch(field)


def settings(plan: dict[str, Any]) -> object:
    """The plan as Splink is told it."""
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only" if len(plan["tables"]) > 1 else "dedupe_only",
        comparisons=[comparison(*each) for each in plan["fields"].items()],
        blocking_rules_to_generate_predictions=[block_on(*each) for each in plan["rules"]],
        retain_matching_columns=False,
    )


def train(linker: "Linker", plan: dict[str, Any]) -> None:
    """Learns prior, u and m."""
    from splink import block_on

    sure = [block_on(*each) for each in plan["sure"]]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=TRAINING_PAIRS, seed=1)
    for each in plan["trained"]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*each), max_pairs=TRAINING_PAIRS)


def run(folder: Path, *, given: bool = False) -> None:
    """Learns or takes the model, predicts and writes."""
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    database = duckdb.connect()
    api = DuckDBAPI(database)
    tables = []
    for at, table in enumerate(plan["tables"]):
        wanted = [
            f"{table['id']} unique_id",
            *(f"cast({own} as varchar) {as_}" for as_, own in table["columns"].items()),
        ]
        database.read_parquet(table["path"]).project(", ".join(wanted)).create(f"t{at}")
        tables.append(api.register(f"t{at}", dataset_display_name=f"t{at}"))
    model = folder / "splink.json"
    linker = Linker(tables if len(tables) > 1 else tables[0], str(model) if given else settings(plan))
    if not given:
        train(linker, plan)
        linker.misc.save_model_to_json(str(model), overwrite=True)
    predicted = linker.inference.predict(threshold_match_probability=plan["least"])
    pairs = database.table(predicted.physical_name)
    pairs = pairs.project("unique_id_l left_id, unique_id_r right_id, match_probability probability")
    pairs.write_parquet(str(folder / "splink.parquet"))


if __name__ == "__main__":
    run(Path(sys.argv[1]), given="--given" in sys.argv)
