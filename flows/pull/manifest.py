"""Reads a delivery's `manifest.json` strictly: an unknown field or a wrong type is a problem, not a guess."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flows.pull.model import Kind, Problem
from flows.pull.problems import listed, manifest_malformed
from matching.errors import UndecodableError
from matching.standardise.encodings import canonical_name
from matching.standardise.misread import COLUMN_TABLES

Wanted = TypeVar("Wanted")
DELIMITERS = {",": ",", ";": ";", "\t": "\t", "|": "|", "tab": "\t", "\\t": "\t"}
_FIELDS = ("source", "delivery", "kind", "datasets")
_DATASET_FIELDS = ("files", "rows", "sha256", "encoding", "column_encodings", "delimiter")
_TABLE_NAMES = listed(COLUMN_TABLES)
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class DatasetEntry:
    """What the manifest says of one dataset."""

    files: tuple[str, ...]
    rows: int | None
    sha256: Mapping[str, str]
    encodings: Mapping[str, str]
    """By file; a file that is not in it is detected."""
    column_encodings: Mapping[str, str]
    """By column: a table, where the column is in another one than its file, or was misread on export."""
    delimiter: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says of the delivery."""

    source: str
    delivery: str
    kind: Kind
    datasets: Mapping[str, DatasetEntry]


class MalformedManifestError(ValueError):
    """The manifest cannot be used; carries the Problem."""

    def __init__(self, vi: str, en: str, *, row: int | None = None) -> None:
        self.problem: Problem = manifest_malformed(vi, en, row=row)
        super().__init__(self.problem.en)


def parse_manifest(data: bytes) -> Manifest:
    """The manifest; MalformedManifestError tells what is wrong and where."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as exc:
        raise MalformedManifestError(
            "không phải JSON hợp lệ hoặc bị cắt cụt", "not valid JSON, or cut short", row=exc.lineno
        ) from exc
    except (UnicodeDecodeError, RecursionError) as exc:
        raise MalformedManifestError("không phải JSON viết bằng UTF-8", "not JSON in UTF-8") from exc
    fields = _fields(document, "manifest", known=_FIELDS, required=_FIELDS)
    datasets = _typed(fields, "datasets", dict, "manifest")
    entries = {name: _entry(name, value) for name, value in datasets.items()}
    _refuse_shared_files(entries)
    return Manifest(
        source=_typed(fields, "source", str, "manifest"),
        delivery=_typed(fields, "delivery", str, "manifest"),
        kind=_kind(fields["kind"]),
        datasets=entries,
    )


def _kind(value: object) -> Kind:
    if value == "full":
        return "full"
    if value == "delta":
        return "delta"
    raise MalformedManifestError("trường “kind” phải là full hoặc delta", "the field “kind” must be full or delta")


def _entry(dataset: str, value: object) -> DatasetEntry:
    fields = _fields(value, dataset, known=_DATASET_FIELDS, required=("files",))
    files = _typed(fields, "files", list, dataset)
    sums = _typed(fields, "sha256", dict, dataset) if fields.get("sha256") is not None else {}
    _check_files(dataset, files)
    _check_sums(dataset, sums, files)
    return DatasetEntry(
        files=tuple(sorted(files)),
        rows=_rows(dataset, fields.get("rows")),
        sha256={file: digest.lower() for file, digest in sums.items()},
        encodings=_encodings(dataset, fields.get("encoding"), files),
        column_encodings=_column_encodings(dataset, fields.get("column_encodings")),
        delimiter=_delimiter(dataset, fields.get("delimiter")),
    )


def _fields(value: object, where: str, *, known: tuple[str, ...], required: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedManifestError(f"mục {where} phải là một đối tượng {{…}}", f"{where} must be an object {{…}}")
    for name in value:
        if name not in known:
            raise MalformedManifestError(
                f"mục {where} có trường lạ “{name}”; các trường được nhận: {listed(known)}",
                f"{where} has an unknown field “{name}”; known fields: {listed(known)}",
            )
    for name in required:
        if name not in value:
            raise MalformedManifestError(f"mục {where} thiếu trường “{name}”", f"{where} lacks the field “{name}”")
    return value


def _typed(fields: dict[str, Any], name: str, wanted: type[Wanted], where: str) -> Wanted:
    value = fields[name]
    if not isinstance(value, wanted) or value == "":
        words: dict[type[Any], tuple[str, str]] = {
            str: ("một chuỗi", "a text"),
            list: ("một danh sách", "a list"),
            dict: ("một đối tượng", "an object"),
        }
        vi, en = words[wanted]
        raise MalformedManifestError(
            f"trường “{name}” của mục {where} phải là {vi}", f"the field “{name}” of {where} must be {en}"
        )
    return value


def _check_files(dataset: str, files: list[Any]) -> None:
    for file in files:
        if not isinstance(file, str) or not file or "/" in file or "\\" in file or file in (".", "..", "manifest.json"):
            raise MalformedManifestError(
                f"“files” của tập {dataset} chỉ được ghi tên tệp nằm trong thư mục này",
                f"“files” of {dataset} may only name files of this folder",
            )
    if len(set(files)) < len(files):
        raise MalformedManifestError(
            f"“files” của tập {dataset} ghi lặp tên tệp", f"“files” of {dataset} names a file twice"
        )


def _check_sums(dataset: str, sums: dict[str, Any], files: list[str]) -> None:
    for file, digest in sums.items():
        if file not in files:
            raise MalformedManifestError(
                f"“sha256” của tập {dataset} có tệp {file} không nằm trong “files”",
                f"“sha256” of {dataset} names {file}, which is not in its “files”",
            )
        if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
            raise MalformedManifestError(
                f"mã SHA-256 của tệp {file} phải gồm 64 chữ số thập lục phân",
                f"the SHA-256 of {file} must be 64 hexadecimal digits",
            )


def _encodings(dataset: str, value: object, files: list[str]) -> dict[str, str]:
    """A text counts for every file; an object names the files one by one."""
    if value is None:
        return {}
    by_file: dict[Any, Any] = value if isinstance(value, dict) else dict.fromkeys(files, value)
    if not all(isinstance(each, str) and each for each in by_file.values()) or not by_file.keys() <= set(files):
        raise MalformedManifestError(
            f"“encoding” của tập {dataset} phải là tên một bảng mã, hoặc {{tên tệp: bảng mã}} cho các tệp của nó",
            f"“encoding” of {dataset} must be the name of an encoding, or {{file: encoding}} for its files",
        )
    return by_file


def _column_encodings(dataset: str, value: object) -> dict[str, str]:
    by_column = {} if value is None else value
    tables = {column: _table(name) for column, name in by_column.items()} if isinstance(by_column, dict) else {"": None}
    found = {column: table for column, table in tables.items() if table is not None}
    if found != tables:
        raise MalformedManifestError(
            f"“column_encodings” của tập {dataset} phải là {{tên cột: bảng mã}}, bảng mã là {_TABLE_NAMES}",
            f"“column_encodings” of {dataset} must be {{column: encoding}}, the encoding one of {_TABLE_NAMES}",
        )
    return found


def _table(name: object) -> str | None:
    try:
        table = canonical_name(name) if isinstance(name, str) else None
    except UndecodableError:
        return None
    return table if table in COLUMN_TABLES else None


def _rows(dataset: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise MalformedManifestError(
            f"“rows” của tập {dataset} phải là số nguyên không âm", f"“rows” of {dataset} must be a whole number"
        )
    return value


def _delimiter(dataset: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in DELIMITERS:
        raise MalformedManifestError(
            f"“delimiter” của tập {dataset} phải là một trong , ; | hoặc tab",
            f"“delimiter” of {dataset} must be one of , ; | or tab",
        )
    return DELIMITERS[value]


def _refuse_shared_files(entries: Mapping[str, DatasetEntry]) -> None:
    owner: dict[str, str] = {}
    for dataset, entry in entries.items():
        for file in entry.files:
            if file in owner:
                raise MalformedManifestError(
                    f"tệp {file} thuộc cả hai tập {owner[file]} và {dataset}",
                    f"the file {file} belongs to both {owner[file]} and {dataset}",
                )
            owner[file] = dataset
