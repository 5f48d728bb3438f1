"""`doisoat link` and `doisoat dedupe`: any tables, linked as a TOML file describes; nothing of the nightly flow."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from flows.console_table import ConsoleTable, figure, words
from flows.console_table import show as show_table
from flows.linkage.decisions import read_decisions
from flows.linkage.outputs import beside, check_outputs, write_frame, write_text
from flows.linkage.tables import Source, check_ids, open_table, present
from flows.numbers import grouped
from flows.progress import Reporter, reporter
from matching.engine import figures, spec_check, spec_file
from matching.engine.block import RuleCount
from matching.engine.link import Linked, dedupe, link
from matching.engine.model import Model
from matching.engine.spec import Spec
from matching.engine.verdicts import Verdicts
from matching.errors import SpecError
from matching.reasons import Reason, Status

_STAGES = {
    "read": ("Đọc bảng", "read the tables"),
    "link": ("Học và nối", "learn and link"),
    "write": ("Ghi kết quả", "write the results"),
}
_COLOURS = {"linked": "green", "review": "yellow"}


@dataclass(frozen=True, slots=True)
class Job:
    """What the command line asks for; one table is deduplicated, two are linked."""

    spec: Path
    tables: tuple[Path, ...]
    out: Path
    report: Path | None = None
    model: Path | None = None
    """Where the learnt model is written."""
    use_model: Path | None = None
    candidates: Path | None = None
    decisions: Path | None = None
    """What stewards decided of pairs."""

    @property
    def is_dedupe(self) -> bool:
        """Whether the one table is compared with itself."""
        return len(self.tables) == 1

    @property
    def clusters(self) -> Path | None:
        """Where the clusters are written: beside the links."""
        return beside(self.out, "clusters") if self.is_dedupe else None


def run_link(job: Job, console: Console) -> None:
    """Links the tables, writes what was asked for, and prints what became of the records."""
    begun = time.monotonic()
    _check_outputs(job)
    with reporter(_STAGES) as progress:
        progress.stage("read")
        spec, sources, heights = opened(job.spec, job.tables, progress)
        model = None if job.use_model is None else read_model(job.use_model, spec)
        verdicts = None if job.decisions is None else read_decisions(job.decisions, spec, sources)
        progress.stage("link")
        linked = _linked(spec, sources, (model, verdicts), progress)
        progress.stage("write")
        _write(job, linked)
        if job.report:
            seconds = time.monotonic() - begun
            write_text(_report(job, spec, linked, heights, seconds), job.report)
    show(linked, (job.out, job.clusters, job.candidates, job.model, job.report), console)


def _check_outputs(job: Job) -> None:
    frames = [path for path in (job.out, job.clusters, job.candidates) if path]
    others = [path for path in (job.report, job.model) if path]
    inputs = [path for path in (job.spec, *job.tables, job.use_model, job.decisions) if path]
    check_outputs(frames, others, dict.fromkeys(inputs))


def opened(description: Path, tables: Sequence[Path], progress: Reporter) -> tuple[Spec, list[Source], list[int]]:
    """The description and the open tables, held against each other, and the rows of each."""
    spec = spec_file.read(present(description), is_dedupe=len(tables) == 1)
    asked = (spec.left_id, spec.right_id, *_columns(spec))
    sources = [open_table(path, asked) for path in tables]
    spec_check.check_columns(spec, sources[0].schema, sources[-1].schema, origin=description.name)
    heights = []
    for source, column in zip(sources, (spec.left_id, spec.right_id), strict=False):
        heights.append(check_ids(source, column))
        progress.note(f"{source.path.name}: {grouped(heights[-1])} dòng · rows")
        if "encoding_detected" in source.notes:
            progress.note(
                f"{source.path.name}: không phải UTF-8, bảng mã đã được nhận ra · not UTF-8, encoding detected"
            )
    return spec, sources, heights


def _columns(spec: Spec) -> list[str]:
    compared = [name for each in spec.comparisons for name in (each.left, each.right)]
    return compared + [name for rule in spec.rules for key in rule.keys for name in (key.left, key.right)]


def read_model(path: Path, spec: Spec) -> Model:
    """The model of a file; SpecError where it is none of this linkage."""
    try:
        model = Model.from_json(present(path).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise SpecError(path.name, "not a model file", (), vi="không phải tệp mô hình") from exc
    except SpecError as exc:
        raise SpecError(path.name, exc.what, exc.known, vi=f"không phải tệp mô hình dùng được ({exc.what_vi})") from exc
    spec_check.check_model(spec, model, origin=path.name)
    return model


def _linked(
    spec: Spec, sources: Sequence[Source], given: tuple[Model | None, Verdicts | None], progress: Reporter
) -> Linked:
    model, verdicts = given

    def told(rule: RuleCount) -> None:
        progress.note(f"{rule.rule}: {grouped(rule.pairs)} cặp · pairs")

    if spec.is_dedupe:
        return dedupe(sources[0].rows, spec, model=model, verdicts=verdicts, report=told)
    return link(sources[0].rows, sources[1].rows, spec, model=model, verdicts=verdicts, report=told)


def _write(job: Job, linked: Linked) -> None:
    write_frame(linked.links, job.out)
    if job.clusters and linked.clusters is not None:
        write_frame(linked.clusters, job.clusters)
    if job.candidates:
        write_frame(linked.pairs, job.candidates)
    if job.model:
        write_text(linked.model.to_json(), job.model)


def _report(job: Job, spec: Spec, linked: Linked, heights: Sequence[int], seconds: float) -> str:
    from review.report import linkage

    started = datetime.now().astimezone() - timedelta(seconds=seconds)
    about = linkage.About(
        job.spec.name,
        tuple((path.name, rows) for path, rows in zip(job.tables, heights, strict=True)),
        started.isoformat(timespec="seconds"),
        seconds,
        is_learnt=job.use_model is None,
        version=version("doisoat"),
    )
    return linkage.render(linked, spec, about)


def show(linked: Linked, written: Sequence[Path | None], console: Console) -> None:
    """Prints what became of the records, how good that should be, and where it lies."""
    show_table(console, outcomes_table(linked.links))
    expected, at = figures.expected(linked), linked.thresholds
    learnt_from = linked.model.training.verdicts
    doubt = f", rà soát từ · reviewed from {at.review:.3f}" if at.review < at.link else ""
    lines = [f"Nối từ xác suất · linked from {at.link:.3f}{doubt}"]
    if expected.precision is not None and expected.recall is not None:
        told = f"precision {expected.precision:.3f}, recall {expected.recall:.3f}"
        lines.append(f"Kỳ vọng · expected: {told}")
    if linked.clusters is not None:
        count = linked.clusters["cluster_id"].n_unique()
        lines.append(f"Cụm · clusters: {grouped(count)} / {grouped(linked.clusters.height)} bản ghi · records")
    if learnt_from:
        lines.append(f"Học cả từ quyết định của cán bộ · decisions learnt from: {grouped(learnt_from)}")
    lines += [f"Đã ghi · written: {path}" for path in written if path]
    for line in lines:
        console.print(escape(line), highlight=False, soft_wrap=True)


def outcomes_table(links: pl.DataFrame) -> ConsoleTable:
    """How many records of links (status, reason) ended how, and why."""
    rows, counted = [], links.group_by("status", "reason").len()
    for status in Status:
        of_status = counted.filter(pl.col("status") == status.value).sort("len", "reason", descending=[True, False])
        for _, reason, count in of_status.iter_rows():
            why = next(f"{each.vi}\n{each.en}" for each in Reason if each.value == reason)
            cells = (f"{status.vi} · {status.value}", why, grouped(count))
            rows.append([Text(cell, _COLOURS.get(status.value, "")) for cell in cells])
    columns = (words("kết quả", "outcome"), words("lý do", "reason"), figure("số dòng", "rows"))
    return ConsoleTable("Kết quả · outcomes", columns, rows)
