"""Keeps every file of a delivery unchanged under the name of its content: `raw/<first two>/<sha256>`."""

import hashlib
import os
import tempfile
from pathlib import Path

from flows.pull.errors import FileChangedError
from flows.pull.model import Delivery

CHUNK_BYTES = 1 << 20


def store_raw(delivery: Delivery, raw: Path) -> None:
    """Copies the delivery's files into `raw`; a file that is there already is left alone."""
    for files in delivery.datasets.values():
        for path in files.files:
            _store(path, delivery.checksums[path.name], raw)
    manifest = delivery.folder / "manifest.json"
    if manifest.exists():
        _store(manifest, checksum(manifest), raw)


def checksum(path: Path) -> str:
    """SHA-256 of the file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _store(path: Path, digest: str, raw: Path) -> None:
    target = raw / digest[:2] / digest
    if target.exists() and target.stat().st_size == path.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # A hard link would change when the source system writes into its file; only a copy stays.
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".copy-", delete=False) as copy:
        written = Path(copy.name)
        try:
            found = _copy(path, copy.fileno())
            if found != digest:
                raise FileChangedError(path)
            os.replace(written, target)
        finally:
            written.unlink(missing_ok=True)


def _copy(path: Path, target: int) -> str:
    hasher = hashlib.sha256()
    with path.open("rb") as file, open(target, "wb", closefd=False) as copy:
        while chunk := file.read(CHUNK_BYTES):
            hasher.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(target)
    return hasher.hexdigest()
