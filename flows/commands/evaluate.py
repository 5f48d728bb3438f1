"""`doisoat evaluate`: the links now published, held against a known truth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console

import warehouse
from contracts import received
from flows import holdings
from flows.console_table import Column, ConsoleTable, figure, label
from flows.errors import TruthError
from flows.evaluation import console as tables
from flows.evaluation import subgroups
from flows.evaluation.output import Output
from flows.run import opened
from flows.settings import Settings
from flows.workspace import Workspace
from matching.evaluate import evaluate, evaluate_closely
from matching.evaluation.groups import source_column
from matching.evaluation.links import Evaluation as Closely

Evaluation = dict[str, dict[str, dict[str, Any]]]
_COLUMNS = ("key", "role", "reference", "reference_id")
_RATES = {
    "in_register": figure("cần nối", "true"),
    "linked": figure("đã nối", "linked"),
    "correct": figure("đúng", "right"),
    "precision": figure("chính xác", "precision"),
    "recall": figure("độ phủ", "recall"),
    "f1": figure("F1", "F1"),
}
_OUTCOMES = {
    "records": figure("bản ghi", "records"),
    "linked": figure("đã nối", "linked"),
    "review": figure("cần xem", "review"),
    "not_found": figure("không thấy", "not found"),
    "unlinkable": figure("không thể nối", "unlinkable"),
}


def show_published(settings: Settings, folder: Path, by: Sequence[str], output: Output, console: Console) -> None:
    """Prints and writes the figures of the published links; TruthError if the folder or a column is missing."""
    output.check([folder])
    truth = read_truth(folder, by)
    links, held = _published(settings)
    if wanted := _asked_of_records(by, truth):
        truth = _with_groups(truth, subgroups.described(held), wanted)
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


def _published(settings: Settings) -> tuple[pl.DataFrame, dict[str, pl.LazyFrame]]:
    """The links that hold now, and the rows that they were made from."""
    workspace = Workspace(settings.workspace.resolve())
    with opened(settings, workspace) as url, warehouse.connect(url) as connection:
        warehouse.prepare(connection)
        return warehouse.links(connection), holdings.standing(workspace, warehouse.state(connection).holdings)


def _asked_of_records(by: Sequence[str], truth: pl.DataFrame) -> list[str]:
    """The groups that the truth leaves to the records' own standard forms."""
    asked = {source_column(each) for each in by}
    return [name for name in subgroups.COLUMNS if name in asked and name not in truth.columns]


def _with_groups(truth: pl.DataFrame, told: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
    place = ["record_id", "role"]
    named = truth.with_columns(record_id=pl.concat_str("dataset", pl.lit(":"), "key"))
    return named.join(told.select(*place, *wanted), on=place, how="left", maintain_order="left").drop("record_id")


def _tables(result: Evaluation, closely: dict[str, Closely]) -> Iterator[ConsoleTable]:
    yield from tables_of(result)
    for name, told in closely.items():
        if told.groups:
            yield tables.groups(told.groups, name)


def read_truth(folder: Path, by: Sequence[str] = ()) -> pl.DataFrame:
    """All truth files of a folder as one frame: dataset, key, role, reference, reference_id, columns of groups."""
    parts, asked = [], tuple(dict.fromkeys((*_COLUMNS, *map(source_column, by))))
    for dataset, contract in received().items():
        path = folder / f"{dataset}.csv"
        if not contract.roles or not path.exists():
            continue
        rows = pl.read_csv(path, infer_schema=False)
        wanted = [each for each in asked if each in rows.columns or each not in subgroups.COLUMNS]
        missing = [each for each in wanted if each not in rows.columns]
        if missing:
            known = ", ".join(subgroups.COLUMNS)
            vi = f"thiếu cột {missing[0]} (không cần cột: {known})"
            raise TruthError(path, vi, f"column {missing[0]} is missing (needed for none of: {known})")
        parts.append(rows.select(pl.lit(dataset).alias("dataset"), *(each for each in wanted if each != "dataset")))
    if not parts:
        raise TruthError(folder, "không có tệp <tập>.csv nào", "there is no <dataset>.csv")
    # A group that one file tells and another does not is asked of the records for all.
    shared = [name for name in parts[0].columns if all(name in each.columns for each in parts)]
    return pl.concat([each.select(shared) for each in parts])


def tables_of(result: Evaluation) -> Iterator[ConsoleTable]:
    """How right the links are, and what became of the records: one row a dataset and role."""
    yield _table("Đánh giá · evaluation", result, _RATES)
    yield _table("Kết quả đối soát · outcomes", result, _OUTCOMES)


def _table(title: str, result: Evaluation, shown: Mapping[str, Column]) -> ConsoleTable:
    rows = []
    for dataset, roles in result.items():
        for role, figures in roles.items():
            told = figures if figures["linked"] else {**figures, "precision": None}
            rows.append((f"{dataset}.{role}", *(_figure(told.get(name)) for name in shown)))
    return ConsoleTable(title, (label("tập.vai trò", "dataset.role"), *shown.values()), rows)


def _figure(value: float | None) -> str | int | None:
    return f"{value:.4f}" if isinstance(value, float) else value
