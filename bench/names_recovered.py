"""Names that damage of the surface hides, and how many the standardiser gives back: `python bench/names_recovered.py`.

Arguments: EXTRACT (a folder with `drop` and `truth`), then optionally `--failures` to print what is not given back. A
record belongs where its truth is known and `name_damage`, which looks at the delivered and the register's name only,
says that one damage alone tells the two apart. It is given back where the unaccented form of both is the same. Files
are decoded by their encoding before the names are seen: a file in a legacy table counts apart, as `encoding of the
file`, for names that are the register's but for their case once it is read.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from name_damage import damage

from contracts import received
from flows.pull import discover, read_delivery
from matching.standardise import standardise
from matching.standardise.names import forms

REGISTERS = {"population": "full_name", "enterprise": "enterprise_name"}
GOAL = 0.995


def delivered(extract: Path) -> dict[str, pl.DataFrame]:
    """The standardised rows of each dataset, with the file each came from."""
    contracts = received()
    frames: dict[str, list[pl.DataFrame]] = {}
    for each in discover(extract / "drop"):
        for dataset, frame in read_delivery(each, contracts, has_full=lambda _: True).frames.items():
            standard = standardise(frame.lazy(), contracts[dataset]).collect()
            frames.setdefault(dataset, []).append(standard)
    return {dataset: pl.concat(parts) for dataset, parts in frames.items()}


def legacy_files(extract: Path) -> set[str]:
    """Text files that are no UTF-8."""
    found = set()
    for path in (extract / "drop").rglob("*.[ct]sv"):
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            found.add(path.name)
    return found


def pairs(extract: Path) -> Iterator[pl.DataFrame]:
    """For each role: the name as delivered, the register's, both unaccented, and the file."""
    frames = delivered(extract)
    registers = pl.concat(
        frames[dataset].select(
            reference=pl.lit(dataset), reference_id=pl.col("record_id").str.split(":").list.last(), true=name,
            true_key=forms(frames[dataset][f"{name}__std"])["key"],
        )
        for dataset, name in REGISTERS.items()
    ).unique(["reference", "reference_id"], maintain_order=True)  # fmt: skip
    for path in sorted((extract / "truth").glob("*.csv")):
        truth = pl.read_csv(path, infer_schema=False).with_columns(record_id=f"{path.stem}:" + pl.col("key"))
        for (role,), of_role in truth.group_by("role", maintain_order=True):
            name = f"{role}_name"
            told = frames[path.stem].select("record_id", "_file", delivered=name, key=f"{name}__key")
            yield told.join(of_role.drop("key"), on="record_id").join(registers, on=["reference", "reference_id"])


def main() -> None:
    """Prints how many names there are of each damage and how many are given back."""
    extract = Path(sys.argv[1])
    legacy = legacy_files(extract)
    asked: Counter[str] = Counter()
    given_back: Counter[str] = Counter()
    for row in pl.concat(pairs(extract)).drop_nulls(["delivered", "true"]).iter_rows(named=True):
        kind = damage(row["delivered"], row["true"])
        if row["_file"] in legacy and kind in ("", "case", "unicode form"):
            kind = "encoding of the file"
        label = "none" if kind == "" else kind or "(something else)"
        asked[label] += 1
        given_back[label] += row["key"] == row["true_key"]
        if "--failures" in sys.argv and kind is not None and row["key"] != row["true_key"]:
            print(f"{label:<24}{row['delivered']!r:<44}{row['key']!r:<40}{row['true']!r}")
    report(asked, given_back)


def report(asked: Counter[str], given_back: Counter[str]) -> None:
    """The table, and the share over all damage of the surface."""
    for label, count in asked.most_common():
        print(f"{label:<24}{given_back[label]:>8} of {count:>7}{given_back[label] / count:>9.2%}")
    counted = [label for label in asked if label not in ("none", "(something else)")]
    share = sum(given_back[each] for each in counted) / max(sum(asked[each] for each in counted), 1)
    print(f"{'damage of the surface':<24}{share:>28.2%}   goal {GOAL:.1%}")


if __name__ == "__main__":
    main()
