"""Finds the deliveries of a drop folder and holds each against its manifest."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from flows.errors import DropMissingError
from flows.pull import problems
from flows.pull.errors import AmbiguousDropError, MisplacedFilesError
from flows.pull.manifest import DatasetEntry, MalformedManifestError, Manifest, parse_manifest
from flows.pull.model import DatasetFiles, Delivery, Kind, Problem
from flows.pull.peek import has_operations
from flows.pull.raw import checksum

_PARTIAL_ENDINGS = (".tmp", ".part", ".partial", ".crdownload", "~")


def discover(drop: Path) -> tuple[Delivery, ...]:
    """The deliveries of a drop, ordered by delivery name, then source.

    A drop may also be one source's folder or one delivery's, where that is plain from what lies in it.
    """
    if not drop.is_dir():
        raise DropMissingError(drop)
    folders = _delivery_folders(drop)
    # Folders without a file are a night without deliveries; files in the wrong depth are a mistake to be told.
    if not folders and any(each.is_file() and not _is_hidden(each.name) for each in drop.rglob("*")):
        raise MisplacedFilesError(drop)
    ordered = sorted(folders, key=lambda folder: (folder.resolve().name, folder.resolve().parent.name))
    return tuple(_delivery(folder) for folder in ordered)


def _delivery_folders(drop: Path) -> list[Path]:
    children = _folders(drop)
    grandchildren = [folder for child in children for folder in _folders(child)]
    has_own_files = bool(_files(drop))
    with_files = [child for child in children if _files(child)]
    deeper = [folder for folder in grandchildren if _files(folder)]
    if has_own_files and _holds_manifest_or_data(drop):
        if with_files or deeper:
            raise AmbiguousDropError(drop)
        return [drop]
    if with_files and not deeper:
        return with_files
    if any(_holds_manifest_or_data(child) for child in with_files):
        raise AmbiguousDropError(drop)
    return grandchildren


def _holds_manifest_or_data(folder: Path) -> bool:
    data = {".csv", ".tsv", ".xlsx", ".parquet", ".json", ".jsonl"}
    return any(file.suffix.lower() in data for file in _files(folder))


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_dir() and not _is_hidden(each.name))


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_file() and not _is_hidden(each.name))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~")) or name.lower().endswith(_PARTIAL_ENDINGS)


def _delivery(folder: Path) -> Delivery:
    place = folder.resolve()
    files = {each.name: each for each in _files(folder)}
    manifest, found = _manifest(files.pop(problems.MANIFEST, None))
    checksums = {name: checksum(path) for name, path in files.items()}
    if manifest is None:
        datasets = _detected(files.values())
    else:
        datasets, faults = _declared(manifest, files, checksums)
        found += [*_renamed(manifest, place), *faults]
    found += _empty_files(datasets)
    if not datasets and not found:
        found.append(problems.folder_empty())
    kind = manifest.kind if manifest else _detected_kind(datasets)
    held = {path.name: checksums[path.name] for each in datasets.values() for path in each.files}
    return Delivery(
        source=place.parent.name,
        delivery=place.name,
        folder=folder,
        kind=kind,
        fingerprint=_fingerprint(place.parent.name, kind, datasets, held),
        datasets=datasets,
        checksums=held,
        problems=tuple(found),
    )


def _manifest(path: Path | None) -> tuple[Manifest | None, list[Problem]]:
    if path is None:
        return None, []
    try:
        return parse_manifest(path.read_bytes()), []
    except MalformedManifestError as exc:
        return None, [exc.problem]


def _renamed(manifest: Manifest, place: Path) -> list[Problem]:
    pairs = (("source", manifest.source, place.parent.name), ("delivery", manifest.delivery, place.name))
    return [problems.folder_renamed(what, said, found) for what, said, found in pairs if said != found]


def _declared(
    manifest: Manifest, files: Mapping[str, Path], checksums: Mapping[str, str]
) -> tuple[dict[str, DatasetFiles], list[Problem]]:
    found: list[Problem] = []
    datasets = {}
    for dataset, entry in sorted(manifest.datasets.items()):
        found += [problems.file_missing(dataset, name) for name in entry.files if name not in files]
        wrong = {name for name, digest in entry.sha256.items() if name in files and checksums[name] != digest}
        found += [problems.checksum_wrong(dataset, name) for name in sorted(wrong)]
        datasets[dataset] = _files_of(entry, files, wrong)
    named = {name for entry in manifest.datasets.values() for name in entry.files}
    found += [problems.file_not_named(name) for name in files if name not in named]
    return datasets, found


def _files_of(entry: DatasetEntry, files: Mapping[str, Path], wrong: set[str]) -> DatasetFiles:
    return DatasetFiles(
        files=tuple(files[name] for name in entry.files if name in files),
        encodings=entry.encodings,
        column_encodings=entry.column_encodings,
        delimiter=entry.delimiter,
        rows=entry.rows,
        verified=frozenset(entry.sha256) - wrong,
    )


def _detected(files: Iterable[Path]) -> dict[str, DatasetFiles]:
    grouped: dict[str, list[Path]] = {}
    for path in sorted(files, key=lambda path: path.name):
        grouped.setdefault(path.name.split(".")[0].strip().lower(), []).append(path)
    return {dataset: DatasetFiles(tuple(paths)) for dataset, paths in sorted(grouped.items())}


def _empty_files(datasets: Mapping[str, DatasetFiles]) -> list[Problem]:
    return [
        problems.file_empty(dataset, path.name)
        for dataset, each in datasets.items()
        for path in each.files
        if path.stat().st_size == 0
    ]


def _detected_kind(datasets: Mapping[str, DatasetFiles]) -> Kind:
    is_delta = any(has_operations(path) for each in datasets.values() for path in each.files)
    return "delta" if is_delta else "full"


def _fingerprint(source: str, kind: Kind, datasets: Mapping[str, DatasetFiles], checksums: Mapping[str, str]) -> str:
    contents = sorted((dataset, checksums[path.name]) for dataset, each in datasets.items() for path in each.files)
    # Text that is declared to be in another table is other content.
    declared = sorted((dataset, *pair) for dataset, each in datasets.items() for pair in each.column_encodings.items())
    hasher = hashlib.sha256()
    for word in (source, kind, *(word for some in (*contents, *declared) for word in some)):
        hasher.update(word.encode() + b"\0")
    return hasher.hexdigest()
