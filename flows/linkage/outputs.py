"""Writes what a linkage gave: each file whole under its name, or not at all."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from flows.errors import PathError

_FRAMES = (".parquet", ".csv")


def check_outputs(frames: Iterable[Path], others: Iterable[Path], inputs: Iterable[Path]) -> None:
    """PathError before any work is done, where a file could not be written or would overwrite another of the run."""
    frames, others = list(frames), list(others)
    for path in frames:
        if path.suffix.lower() not in _FRAMES:
            vi, en = "tên tệp phải kết thúc bằng .parquet hoặc .csv", "the name must end in .parquet or .csv"
            raise PathError(path, vi, en)
    taken = {path.resolve() for path in inputs}
    for path in (*frames, *others):
        if path.resolve() in taken:
            vi, en = "tệp này đã được dùng trong lệnh; hãy đặt tên khác", "the command uses this file already"
            raise PathError(path, vi, f"{en}; give another name")
        taken.add(path.resolve())
        if path.is_dir() or not os.access(path.resolve().parent, os.W_OK):
            vi, en = "không ghi được vào đây; thư mục có tồn tại không?", "this cannot be written; is the folder there?"
            raise PathError(path, vi, en)


def beside(path: Path, name: str) -> Path:
    """`links.<name>.parquet` beside `links.parquet`."""
    return path.with_name(f"{path.stem}.{name}{path.suffix}")


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Writes Parquet or CSV, as the name says."""
    write_whole(frame.write_csv if path.suffix.lower() == ".csv" else frame.write_parquet, path)


def write_text(text: str, path: Path) -> None:
    """Writes UTF-8."""
    write_whole(lambda part: part.write_text(text, encoding="utf-8"), path)


def write_whole(write: Callable[[Path], object], path: Path) -> None:
    """Calls `write` with a name beside the path's, and renames what it wrote."""
    part = path.with_name(path.name + ".part")
    try:
        write(part)
        part.replace(path)
    except OSError as exc:
        part.unlink(missing_ok=True)
        vi, en = f"không ghi được ({exc.strerror})", f"this cannot be written ({exc.strerror})"
        raise PathError(path, vi, en) from exc
