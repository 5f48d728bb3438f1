"""Reads a delivery: every file by its format, every dataset into one READ frame, or the reasons for refusing it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from contracts import Contract
from flows.pull import file_problems, problems, rejects
from flows.pull.columns import Columns, clean, find_columns
from flows.pull.delimited import read_delimited
from flows.pull.errors import UnreadableError
from flows.pull.model import DatasetFiles, Delivery, DeliveryRead, Part, Problem, Reject, Table
from flows.pull.records import read_json, read_json_lines, read_parquet
from flows.pull.shape import read_schema, to_read, with_tables
from flows.pull.workbooks import read_workbook
from matching.standardise.column_tables import MisreadColumn, misread_columns

READERS: Mapping[str, Callable[[Part], Table]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".xlsx": read_workbook,
    ".parquet": read_parquet,
    ".json": read_json,
    ".jsonl": read_json_lines,
}
"""How each file name ending is read."""
TEXT_KINDS = ("text", "person_name", "owner_name", "organisation_name", "address", "place_key", "office")
"""Kinds of property that hold words, by which an encoding can be judged."""


@dataclass(frozen=True, slots=True)
class DatasetRead:
    """What reading one dataset's files gave."""

    frame: pl.DataFrame
    rejects: tuple[tuple[Part, Reject], ...] = ()
    problems: tuple[Problem, ...] = ()
    rows_by_file: Mapping[str, int] = field(default_factory=dict)


def read_delivery(
    delivery: Delivery, contracts: Mapping[str, Contract], *, has_full: Callable[[str], bool]
) -> DeliveryRead:
    """The delivery's frames by dataset, or why it is refused as a whole.

    `has_full` tells of a dataset whether a full delivery of it was loaded before.
    """
    if delivery.is_refused:
        return _refused(delivery.problems)
    found = list(delivery.problems)
    reads: dict[str, DatasetRead] = {}
    for dataset, files in delivery.datasets.items():
        if dataset not in contracts:
            found.append(problems.dataset_unknown(dataset, [path.name for path in files.files], contracts))
        elif delivery.kind == "delta" and not has_full(dataset):
            found.append(problems.delta_before_full(dataset, [path.name for path in files.files]))
        else:
            reads[dataset] = _dataset(delivery, dataset, files, contracts[dataset])
            found += reads[dataset].problems
    if any(each.is_fatal for each in found):
        return _refused(tuple(found))
    return DeliveryRead(
        status="accepted",
        problems=tuple(found),
        frames={dataset: each.frame for dataset, each in reads.items()},
        rejects=rejects.frame([pair for each in reads.values() for pair in each.rejects], delivery.delivery_id),
    )


def _refused(found: tuple[Problem, ...]) -> DeliveryRead:
    return DeliveryRead(status="refused", problems=found, frames={}, rejects=rejects.frame([], ""))


def _dataset(delivery: Delivery, dataset: str, files: DatasetFiles, contract: Contract) -> DatasetRead:
    """All files of a dataset, so that a clerk hears of the faults of every one of them at once."""
    frames = [read_schema(contract).to_frame()]
    set_aside: list[tuple[Part, Reject]] = []
    found: list[Problem] = []
    counts: dict[str, int] = {}
    for path in files.files:
        part = _part(dataset, files, path, contract)
        try:
            read = _file(part, contract, delivery.delivery_id)
        except UnreadableError as exc:
            found.append(exc.problem)
            continue
        frames.append(read.frame)
        set_aside += read.rejects
        found += read.problems
        counts[path.name] = read.frame.height + len(read.rejects)
    if not any(each.is_fatal for each in found):
        found += _counted(delivery, dataset, files, counts, rows_read=sum(each.height for each in frames))
    return DatasetRead(pl.concat(frames), tuple(set_aside), tuple(found), counts)


def _part(dataset: str, files: DatasetFiles, path: Path, contract: Contract) -> Part:
    known = frozenset(clean(name).casefold() for each in contract.properties for name in each.source_names)
    return Part(
        path, dataset, files.encodings.get(path.name), files.delimiter, path.name in files.verified, known,
        files.column_encodings, files.is_as_written,
    )  # fmt: skip


def _file(part: Part, contract: Contract, delivery_id: str) -> DatasetRead:
    reader = READERS.get(part.path.suffix.lower())
    if reader is None:
        raise UnreadableError(file_problems.format_unknown(part, READERS))
    table = reader(part)
    if not table.header and part.path.suffix.lower() in (".json", ".jsonl"):
        # Without any record a JSON file has no columns to miss.
        return DatasetRead(read_schema(contract).to_frame(), tuple((part, each) for each in table.rejects), table.notes)
    columns = find_columns(part, table.header, contract, row=table.header_row)
    declared = _declared(part, table, columns, contract)
    frame, more = to_read(part, table, columns, contract, delivery_id)
    found = () if part.is_as_written else _misread(frame, contract, {each.name for each in declared})
    told = (
        file_problems.column_misread(part, contract[each.name].source_names[0], each.table, each.confidence)
        for each in found
    )
    frame = with_tables(frame, contract, (*declared, *found))
    return DatasetRead(frame, tuple((part, each) for each in (*table.rejects, *more)), (*table.notes, *told))


def _misread(frame: pl.DataFrame, contract: Contract, declared: set[str]) -> tuple[MisreadColumn, ...]:
    """Columns in a legacy table inside a file that is not; the text stays as it came, standardising reads it again."""
    return misread_columns(
        frame.select(each.name for each in contract.of_kind(*TEXT_KINDS) if each.name not in declared)
    )


def _declared(part: Part, table: Table, columns: Columns, contract: Contract) -> tuple[MisreadColumn, ...]:
    """The columns whose table the manifest declares; UnreadableError where one is no column of the file."""
    names = {clean(name).casefold(): name for name in (table.header[at] for at in columns.properties.values())}
    properties = {table.header[at]: name for name, at in columns.properties.items()}
    raw = {clean(name).casefold() for name in table.raw}
    unknown = [name for name in part.column_encodings if clean(name).casefold() not in {*names, *raw}]
    if unknown:
        known = [contract[name].source_names[0] for name in columns.properties]
        raise UnreadableError(file_problems.declared_column_unknown(part, unknown[0], known))
    return tuple(
        MisreadColumn(properties[names[key]], encoding, 1.0, is_mixed=key in raw)
        for key, encoding in ((clean(name).casefold(), each) for name, each in part.column_encodings.items())
        if key in names
    )


def _counted(
    delivery: Delivery, dataset: str, files: DatasetFiles, counts: Mapping[str, int], *, rows_read: int
) -> list[Problem]:
    total = sum(counts.values())
    if files.rows is not None and files.rows != total:
        return [problems.row_count_wrong(dataset, declared=files.rows, found=total, by_file=counts.items())]
    if delivery.kind == "full" and rows_read == 0:
        return [problems.full_without_rows(dataset, [path.name for path in files.files])]
    return []
