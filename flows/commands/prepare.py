"""`doisoat prepare` and `doisoat update`: a register made ready once, and kept up to date."""

import time
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.markup import escape

from flows.commands.link import read_model
from flows.errors import PathError
from flows.linkage.tables import Source, check_ids, open_table, present, require
from flows.numbers import grouped
from flows.progress import Reporter, reporter
from matching.engine import spec_check, spec_file
from matching.engine.register import manifest, opened, prepare, update
from matching.engine.spec import Spec
from matching.engine.tables import Plan

_STAGES = {"read": ("Đọc bảng", "read the tables"), "prepare": ("Chuẩn bị danh bạ", "prepare the register")}
_UPDATE = {"read": ("Đọc thay đổi", "read the changes"), "update": ("Cập nhật danh bạ", "update the register")}


@dataclass(frozen=True, slots=True)
class Job:
    """What the command line asks for."""

    spec: Path
    register: Path
    """The table that is made ready."""
    out: Path
    use_model: Path | None = None
    local: Path | None = None
    """A local table to learn from."""


def run_prepare(job: Job, console: Console) -> None:
    """Writes the folder, whole or not at all, and says what it holds."""
    begun = time.monotonic()
    if not job.out.resolve().parent.is_dir():
        vi, en = "không có thư mục chứa nó; hãy kiểm tra --out", "its parent folder is not there; check --out"
        raise PathError(job.out, vi, en)
    if job.out.exists() and not manifest.is_register(job.out):
        vi, en = "ở đây đã có thứ khác; hãy chọn thư mục khác", "something else is here; choose another folder"
        raise PathError(job.out, vi, en)
    with reporter(_STAGES) as progress:
        progress.stage("read")
        spec = spec_file.read(present(job.spec))
        model = None if job.use_model is None else read_model(job.use_model, spec)
        register = _checked(job.register, spec, progress, job.spec.name, is_left=False)
        local = None if job.local is None else _checked(job.local, spec, progress, job.spec.name, is_left=True).rows
        progress.stage("prepare")
        book = prepare.prepare(register.rows, spec, job.out, model=model, local=local)
    seconds = time.monotonic() - begun
    told = f"{grouped(book.height)} dòng, {seconds:.1f} giây · rows, seconds"
    console.print(escape(f"Đã chuẩn bị · prepared: {job.out} ({told})"), highlight=False, soft_wrap=True)


def _checked(path: Path, spec: Spec, progress: Reporter, origin: str, *, is_left: bool) -> Source:
    """The open table of one side, its columns and ids held against the description."""
    mine, other = (set(Plan.of(spec, spec.rules).columns(is_left=side)) for side in (is_left, not is_left))
    source = open_table(path, sorted(mine))
    # Of the other side nothing is known here: it is taken to have every column that it needs.
    stand_in = pl.Schema(dict.fromkeys(sorted(other), pl.String()))
    sides = (source.schema, stand_in) if is_left else (stand_in, source.schema)
    spec_check.check_columns(spec, *sides, origin=origin)
    rows = check_ids(source, spec.left_id if is_left else spec.right_id)
    progress.note(f"{path.name}: {grouped(rows)} dòng · rows")
    return source


@dataclass(frozen=True, slots=True)
class Change:
    """What the command line asks for."""

    register: Path
    changed: Path | None = None
    removed: Path | None = None
    is_compacted: bool = False


def run_update(change: Change, console: Console) -> None:
    """Writes new and changed entries, takes out others, and says how many."""
    with reporter(_UPDATE) as progress:
        progress.stage("read")
        spec = opened.Prepared.opened(change.register).frozen.plan.spec
        changed = (
            None
            if change.changed is None
            else _checked(change.changed, spec, progress, change.changed.name, is_left=False).rows
        )
        removed = None if change.removed is None else _ids(change.removed, spec.right_id)
        progress.stage("update")
        done = update.update(change.register, changed, removed)
        if change.is_compacted:
            update.compact(change.register)
    lines = (
        f"Mới hoặc thay đổi · new or changed: {grouped(done.written)}",
        f"Trong đó thay bản cũ · of them in the place of former ones: {grouped(done.superseded)}",
        f"Đã bỏ · removed: {grouped(done.removed)}",
    )
    for line in lines:
        console.print(line, highlight=False)


def _ids(path: Path, column: str) -> pl.Series:
    source = open_table(path, [column])
    require(source, [column])
    return source.rows.select(pl.col(column).cast(pl.String)).collect().to_series()
