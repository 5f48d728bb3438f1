"""`doisoat evaluate --links` and `--clusters`: any linkage held against its truth; no database is needed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl
from rich.console import Console

from flows.errors import PathError
from flows.evaluation import console as tables
from flows.evaluation import frames
from flows.evaluation.output import Output
from matching.evaluation.groups import source_column
from matching.evaluation.links import Evaluation, of_clusters, of_links
from matching.evaluation.truth import closed


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line names: links of two tables, or clusters of one."""

    truth: Path
    links: Path | None = None
    clusters: Path | None = None
    candidates: Path | None = None
    by: Sequence[str] = ()
    records: Path | None = None
    id_column: str | None = None
    is_truth_partial: bool = False
    """Records that the truth does not name are left aside, not taken to mean nobody."""


def show_links(asked: Asked, output: Output, console: Console) -> None:
    """Prints and writes the figures."""
    output.check([asked.truth, asked.links, asked.clusters, asked.candidates, asked.records])
    told = evaluation(asked)
    output.write_report({"": told})
    output.show(asdict(told), tables.tables(told), console)


def evaluation(asked: Asked) -> Evaluation:
    """The figures; PathError or TableError where a file is not what it should be."""
    candidates = None if asked.candidates is None else frames.candidates(asked.candidates)
    if asked.links is not None and asked.clusters is None:
        return _of_links(asked, asked.links, candidates)
    if asked.clusters is not None and asked.links is None:
        return _of_clusters(asked, asked.clusters, candidates)
    vi, en = "cần --links hoặc --clusters, chỉ một trong hai", "either --links or --clusters is needed, not both"
    raise PathError(asked.truth, vi, en)


def _of_links(asked: Asked, path: Path, candidates: pl.DataFrame | None) -> Evaluation:
    columns = () if asked.records else _columns(asked)
    links, truth = frames.links(path), frames.read(asked.truth, (*frames.PAIR, *columns))
    if asked.is_truth_partial:
        known = truth["left_id"].unique().implode()
        links = links.filter(pl.col("left_id").is_in(known))
        candidates = None if candidates is None else candidates.filter(pl.col("left_id").is_in(known))
    return of_links(links, truth, candidates=candidates, records=_records(asked), by=asked.by)


def _of_clusters(asked: Asked, path: Path, candidates: pl.DataFrame | None) -> Evaluation:
    """The truth may be clusters too, or pairs that are one."""
    found, truth = frames.read(path, frames.CLUSTER), _true_clusters(asked)
    if asked.is_truth_partial:
        known = truth["id"].implode()
        found = found.filter(pl.col("id").is_in(known))
        if candidates is not None:
            candidates = candidates.filter(pl.col("left_id").is_in(known) & pl.col("right_id").is_in(known))
    return of_clusters(found, truth, candidates=candidates, records=_records(asked), by=asked.by)


def _true_clusters(asked: Asked) -> pl.DataFrame:
    if frames.has_columns(asked.truth, frames.CLUSTER):
        columns = () if asked.records else _columns(asked)
        return frames.read(asked.truth, (*frames.CLUSTER, *columns))
    return closed(frames.read(asked.truth, frames.PAIR))


def _columns(asked: Asked) -> list[str]:
    return list(dict.fromkeys(source_column(each) for each in asked.by))


def _records(asked: Asked) -> pl.DataFrame | None:
    if asked.records is None:
        return None
    if asked.id_column is None:
        vi, en = "cần --id: cột mã của bảng này", "--id must name the id column of this table"
        raise PathError(asked.records, vi, en)
    return frames.described(asked.records, asked.id_column, _columns(asked))
