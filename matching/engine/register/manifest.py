"""What a prepared register's folder holds, as one small file that is replaced whole: whoever reads sees one state.

Files of rows are never changed once they are named here; a change adds files and then a manifest that names them.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import polars as pl
from pydantic import TypeAdapter, ValidationError

from matching.engine.spec import Spec
from matching.errors import DamagedRegisterError, SpecError

VERSION = 3
_NAME, _LOCK = "manifest.json", "lock"
MODEL, FROZEN = "model.json", "frozen"
_MARKS = pl.DataFrame({"text": ["đối soát"], "number": pl.Series([20_251], dtype=pl.Int32)})


@dataclass(frozen=True, slots=True)
class Part:
    """A segment: a folder and how many rows it has."""

    name: str
    height: int


@dataclass(frozen=True, slots=True)
class Rows:
    """One side: its segments in order, and the file of the rows that were superseded or removed."""

    parts: tuple[Part, ...] = ()
    dead: str | None = None

    @property
    def height(self) -> int:
        """Rows of all segments, dead ones too."""
        return sum(part.height for part in self.parts)


@dataclass(frozen=True, slots=True)
class Nights:
    """What the last night left behind."""

    forms: Rows
    """The local records, each way of writing once."""
    folder: str
    """Of the local ids, the pairs and the answers."""
    seen: int
    """Rows of the register that have been looked at."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of a folder."""

    spec: Spec
    """With the rules that were chosen."""
    asked: str
    """Fingerprint of the description as it was given."""
    model: str
    """Fingerprint of the model."""
    hashing: tuple[int, ...]
    """Hashes of known values: another release that hashes otherwise cannot read the keys."""
    height: int
    """Rows of the register when it was prepared."""
    totals: tuple[int | None, ...]
    """Per comparison weighed by frequency: values counted when it was prepared."""
    register: Rows
    generation: int = 0
    """Raised by every change; new files bear it in their names."""
    nights: Nights | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Bytes of every file that it names, by path inside the folder; told when it is written."""
    version: int = VERSION


def marks() -> tuple[int, ...]:
    """What this release makes of known values."""
    return tuple(_MARKS.select(pl.all().hash(1)).row(0))


def fingerprint(spec: Spec) -> str:
    """Of all that decides which pairs are made and what they weigh: the costs and the sizes of work may change."""
    told = asdict(spec)
    del told["costs"], told["limits"]
    return digest(json.dumps(told, sort_keys=True))


def digest(text: str) -> str:
    """A short fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def is_register(folder: Path) -> bool:
    """Whether a register was prepared here, whole or not."""
    return (folder / _NAME).is_file()


def read(folder: Path, spec: Spec | None) -> Manifest:
    """The manifest; SpecError where the folder is no prepared register, or not one of this description."""
    if not is_register(folder):
        vi = "không phải danh bạ đã chuẩn bị; hãy chạy `doisoat prepare`"
        raise SpecError(str(folder), "this is no prepared register; run `doisoat prepare`", (), vi=vi)
    try:
        told = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    except ValueError as exc:
        raise DamagedRegisterError(str(folder), _NAME) from exc
    if not isinstance(told, dict) or told.get("version") != VERSION:
        raise _stale(folder, "by another version of this program", "bằng phiên bản khác của chương trình")
    try:
        manifest = TypeAdapter(Manifest).validate_python(told)
    except ValidationError as exc:
        raise DamagedRegisterError(str(folder), f"{_NAME}: {'.'.join(map(str, exc.errors()[0]['loc']))}") from exc
    if manifest.hashing != marks():
        raise _stale(folder, "with a release of polars that hashes otherwise", "bằng bản polars có cách băm khác")
    if spec is not None and fingerprint(spec) != manifest.asked:
        raise _stale(folder, "for another description", "theo một tệp mô tả khác")
    model = folder / MODEL
    if model.is_file() and digest(model.read_text(encoding="utf-8", errors="replace")) != manifest.model:
        raise _stale(folder, "with another model than lies there", "với mô hình khác với mô hình đang có")
    _check_sizes(folder, manifest)
    return manifest


def _check_sizes(folder: Path, manifest: Manifest) -> None:
    # Contents are not read, for opening must not depend on the size: what is lost or torn differs in length.
    for name, size in manifest.sizes.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise DamagedRegisterError(str(folder), name)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """DamagedRegisterError for a file of the folder that is none of its kind."""
    try:
        yield
    except (OSError, ValueError) as exc:
        raise DamagedRegisterError(str(folder), "*.npy, *.arrow") from exc


def generation(folder: Path) -> int | None:
    """Which state of the folder its manifest tells; None where it tells none."""
    try:
        told = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told.get("generation") if isinstance(told, dict) else None


def _stale(folder: Path, en: str, vi: str) -> SpecError:
    told = f"danh bạ đã được chuẩn bị {vi}; hãy chuẩn bị lại"
    return SpecError(str(folder), f"the register was prepared {en}; prepare it anew", (), vi=told)


def write(folder: Path, manifest: Manifest) -> None:
    """Puts the manifest in the place of the former one, and removes what it does not name."""
    part = folder / (_NAME + ".part")
    named = _named(manifest)
    whole = replace(manifest, sizes=_sizes(folder, named))
    part.write_text(json.dumps(asdict(whole), indent=1, ensure_ascii=False), encoding="utf-8")
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(folder / _NAME)
    for each in folder.iterdir():
        if each.name not in {*named, _NAME, _LOCK}:
            shutil.rmtree(each) if each.is_dir() else each.unlink()


def _named(manifest: Manifest) -> set[str]:
    """The files and folders inside the folder that the manifest speaks of."""
    sides = [manifest.register]
    named = {MODEL, FROZEN}
    if manifest.nights:
        sides.append(manifest.nights.forms)
        named.add(manifest.nights.folder)
    for side in sides:
        named |= {part.name for part in side.parts} | ({side.dead} if side.dead else set())
    return named


def _sizes(folder: Path, named: set[str]) -> dict[str, int]:
    files = [file for name in sorted(named) for file in (folder / name, *sorted((folder / name).glob("*")))]
    return {str(file.relative_to(folder)): file.stat().st_size for file in files if file.is_file()}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One change at a time: a second one waits for the first."""
    if not is_register(folder):
        read(folder, None)
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
