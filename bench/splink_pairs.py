"""Splink's pairs of tables that `plan.json` describes: `PYTHON bench/splink_pairs.py FOLDER`.

Runs in an interpreter that has `splink==5.0.0 duckdb==2.0.0`, and imports nothing of ours. FOLDER holds the plan (its
keys: `tables`, `fields` with their kinds, `rules`, `sure`, `trained`) and the tables in Parquet, each with `id`. Splink
is tuned as its documentation says: u from random pairs, m by EM under two rules, term frequencies of names. Writes
`splink.parquet`: left_id, right_id, probability.
"""

import json
import sys
from pathlib import Path

TRAINING_PAIRS = 1_000_000
LEAST = 0.0001
"""Probability below which Splink drops a pair."""


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


def main() -> None:
    """Trains, predicts and writes."""
    import duckdb
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    folder = Path(sys.argv[1])
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    api = DuckDBAPI(duckdb.connect())
    tables = []
    for at, name in enumerate(plan["tables"]):
        path = folder / f"{name}.parquet"
        api.duckdb_con.execute(f"create table t{at} as select id unique_id, * exclude id from '{path}'")  # noqa: S608
        tables.append(api.register(f"t{at}", dataset_display_name=f"t{at}"))
    settings = SettingsCreator(
        link_type="link_only" if len(tables) > 1 else "dedupe_only",
        comparisons=[comparison(*each) for each in plan["fields"].items()],
        blocking_rules_to_generate_predictions=[block_on(*each) for each in plan["rules"]],
        retain_matching_columns=False,
    )
    linker = Linker(tables if len(tables) > 1 else tables[0], settings)
    sure = [block_on(*each) for each in plan["sure"]]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=TRAINING_PAIRS, seed=1)
    for each in plan["trained"]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*each), max_pairs=TRAINING_PAIRS)
    predicted = linker.inference.predict(threshold_match_probability=LEAST)
    api.duckdb_con.execute(
        f"copy (select unique_id_l left_id, unique_id_r right_id, match_probability probability "  # noqa: S608
        f"from {predicted.physical_name}) to '{folder / 'splink.parquet'}' (format parquet)"
    )


if __name__ == "__main__":
    main()
