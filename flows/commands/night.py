"""`doisoat link LEFT --register FOLDER`: a local table against a prepared register; only what changed is compared."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Console

from flows.commands.link import show
from flows.linkage.outputs import check_outputs, write_frame
from flows.linkage.tables import check_ids, open_table, present
from flows.numbers import grouped
from flows.progress import reporter
from matching.engine import spec_check, spec_file
from matching.engine.register import nights
from matching.engine.register.opened import Prepared
from matching.engine.tables import Plan

_STAGES = {
    "read": ("Đọc bảng", "read the table"),
    "link": ("Nối những gì mới", "link what is new"),
    "write": ("Ghi kết quả", "write the results"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """What the command line asks for."""

    register: Path
    left: Path
    out: Path
    spec: Path | None = None
    candidates: Path | None = None


def run_night(job: Job, console: Console) -> None:
    """Links the whole local table, writes what was asked for, and prints what became of the records."""
    check_outputs([path for path in (job.out, job.candidates) if path], [], [job.left])
    with reporter(_STAGES) as progress:
        progress.stage("read")
        given = None if job.spec is None else spec_file.read(present(job.spec))
        spec = Prepared.opened(job.register, given).frozen.plan.spec
        source = open_table(job.left, Plan.of(spec, spec.rules).columns(is_left=True))
        needed = Plan.of(spec, spec.rules).columns(is_left=False)
        spec_check.check_columns(
            spec, source.schema, pl.Schema(dict.fromkeys(needed, pl.String())), origin=str(job.register)
        )
        rows = check_ids(source, spec.left_id)
        progress.note(f"{job.left.name}: {grouped(rows)} dòng · rows")
        progress.stage("link")
        night = nights.link_all(job.register, source.rows, given)
        progress.note(f"{grouped(night.compared)} cặp được so sánh · pairs compared")
        progress.stage("write")
        linked = night.linked()
        write_frame(linked.links, job.out)
        if job.candidates:
            write_frame(linked.pairs, job.candidates)
    show(linked, (job.out, job.candidates), console)
