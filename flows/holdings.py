"""The rows held of each dataset: the sum of all deliveries so far, standardised, as immutable Parquet files.

The database's release points at them by fingerprint; so a run that does not publish changes nothing.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from contracts import Contract, received
from flows import fingerprint
from flows.errors import HoldingMissingError
from flows.workspace import Workspace
from matching.standardise import VERSION, standardise

_MARK = "standardiser"


def load(workspace: Workspace, contract: Contract, pointers: Mapping[str, str]) -> pl.DataFrame | None:
    """All rows held of the dataset, in the present standard form; None if there never were any.

    Raises HoldingMissingError if the workspace is not the one the database's release was made from.
    """
    if contract.dataset not in pointers:
        return None
    path = workspace.holding(contract.dataset, pointers[contract.dataset])
    if not path.exists():
        raise HoldingMissingError(contract.dataset, path)
    rows = pl.read_parquet(path)
    if pl.read_parquet_metadata(path).get(_MARK) == VERSION:
        return rows
    original = rows.select(*contract.names, "^_.*$")
    return (
        standardise(original.lazy(), contract).collect().join(rows.select("record_id", "failed_rules"), on="record_id")
    )


def standing(workspace: Workspace, pointers: Mapping[str, str]) -> dict[str, pl.LazyFrame]:
    """The rows held of every dataset that there are any of, as `load` gives them."""
    found = {name: load(workspace, contract, pointers) for name, contract in received().items()}
    return {name: rows.lazy() for name, rows in found.items() if rows is not None}


def save(workspace: Workspace, dataset: str, rows: pl.DataFrame) -> str:
    """Keeps the rows under their fingerprint, which is returned; what is there already stays as it is."""
    name = fingerprint.of_rows(rows)
    path = workspace.holding(dataset, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        rows.sort("record_id").write_parquet(unfinished, metadata={_MARK: VERSION})
        unfinished.rename(path)
    return name


def prune(workspace: Workspace, pointers: Mapping[str, str]) -> None:
    """Removes the files that no release points at any more."""
    for dataset, name in pointers.items():
        for path in sorted(workspace.holding(dataset, name).parent.glob("*.parquet")):
            if path.stem != name:
                path.unlink()


def paths(workspace: Workspace, pointers: Mapping[str, str]) -> dict[str, Path]:
    """The file of each dataset."""
    return {dataset: workspace.holding(dataset, name) for dataset, name in pointers.items()}


def merge(held: pl.DataFrame | None, accepted: pl.DataFrame, *, gone: pl.Series) -> pl.DataFrame:
    """Rows held after a delivery: without those gone, with the accepted rows in the place of their former versions."""
    if held is None:
        return accepted
    kept = held.filter(~pl.col("record_id").is_in(pl.concat([gone, accepted["record_id"]]).implode()))
    return pl.concat([kept, accepted], how="diagonal_relaxed")
