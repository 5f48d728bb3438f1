"""`doisoat evaluate`: the links now published, held against a known truth."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

import warehouse
from contracts import received
from flows.errors import TruthError
from flows.evaluation import console as tables
from flows.evaluation.output import Output
from flows.run import opened
from flows.settings import Settings
from flows.workspace import Workspace
from matching.evaluate import evaluate, evaluate_closely
from matching.evaluation.groups import source_column
from matching.evaluation.links import Evaluation as Closely

Evaluation = dict[str, dict[str, dict[str, Any]]]
_COLUMNS = ("key", "role", "reference", "reference_id")
_SHOWN = {
    "records": "rec-\nords",
    "in_register": "in\nreg.",
    "linked": "linked\n",
    "correct": "right\n",
    "precision": "preci-\nsion",
    "recall": "recall\n",
    "f1": "F1\n",
    "review": "review\n",
    "not_found": "not\nfound",
    "unlinkable": "unlk.",
}


def show_published(settings: Settings, folder: Path, by: Sequence[str], output: Output, console: Console) -> None:
    """Prints and writes the figures of the published links; TruthError if the folder or a column is missing."""
    output.check([folder])
    truth = read_truth(folder, by)
    links = _published(settings)
    result: Evaluation = evaluate(links, truth)
    closely = evaluate_closely(links, truth, by)
    for dataset, roles in closely.items():
        for role, told in roles.items():
            result[dataset][role] |= {
                "by": [asdict(each) for each in told.groups],
                "curve": [asdict(each) for each in told.curve],
            }
    named = {f"{dataset}.{role}": told for dataset, roles in closely.items() for role, told in roles.items()}
    output.write_report(named)
    output.show(result, _tables(result, named), console)


def _published(settings: Settings) -> pl.DataFrame:
    with opened(settings, Workspace(settings.workspace.resolve())) as url, warehouse.connect(url) as connection:
        warehouse.prepare(connection)
        return warehouse.links(connection)


def _tables(result: Evaluation, closely: dict[str, Closely]) -> Iterator[Table]:
    yield table(result)
    for name, told in closely.items():
        if told.groups:
            yield tables.groups(told.groups, name)


def read_truth(folder: Path, by: Sequence[str] = ()) -> pl.DataFrame:
    """All truth files of a folder as one frame: dataset, key, role, reference, reference_id, columns of groups."""
    parts, wanted = [], tuple(dict.fromkeys((*_COLUMNS, *map(source_column, by))))
    for dataset, contract in received().items():
        path = folder / f"{dataset}.csv"
        if not contract.roles or not path.exists():
            continue
        rows = pl.read_csv(path, infer_schema=False)
        missing = [each for each in wanted if each not in rows.columns]
        if missing:
            raise TruthError(path, f"thiếu cột {missing[0]}", f"column {missing[0]} is missing")
        parts.append(rows.select(pl.lit(dataset).alias("dataset"), *(each for each in wanted if each != "dataset")))
    if not parts:
        raise TruthError(folder, "không có tệp <tập>.csv nào", "there is no <dataset>.csv")
    return pl.concat(parts)


def table(result: Evaluation) -> Table:
    """The figures as a table that fits 80 columns."""
    shown = Table(title="Đánh giá · evaluation", title_justify="left", box=None, padding=(0, 1, 0, 0))
    shown.add_column("dataset\n.role", no_wrap=True)
    for words in _SHOWN.values():
        shown.add_column(words, justify="right", no_wrap=True)
    for dataset, roles in result.items():
        for role, figures in roles.items():
            shown.add_row(f"{dataset}\n.{role}", *(_figure(figures.get(name)) for name in _SHOWN))
    return shown


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
