"""`doisoat explain`: why two records are, or are not, held for the same, whether they came near each other or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.markup import escape

from flows.commands.link import opened, read_model
from flows.console_table import ConsoleTable, figure, show, whole, words
from flows.errors import TableError
from flows.linkage.outputs import check_outputs, write_text
from flows.linkage.tables import Source
from flows.progress import reporter
from matching.engine.explain import explain_any
from matching.engine.link import dedupe, link
from matching.engine.one_pair import Tables
from matching.engine.spec import Spec
from matching.explain import Clue, Explanation, sentence, waterfall
from matching.explain.steps import LEAST_SHOWN, RIVALS, start_words
from matching.explain.words import Words, bits, one_in, percent

_STAGES = {"read": ("Đọc bảng", "read the tables"), "link": ("Nối và cân", "link and weigh")}
_ALONE = Words(
    "Cặp này không phải ứng viên: không quy tắc nào chọn nó, hoặc quá ít điều nói hai bên là một; xét riêng cặp.",
    "This pair was no candidate: no rule made it, or too little speaks for it; it is seen alone.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line names: the linkage, and two records of its table or tables."""

    spec: Path
    tables: tuple[Path, ...]
    left_id: str
    right_id: str
    model: Path | None = None
    """Weighs by this model; without it one is learnt from the tables."""
    svg: Path | None = None


def run_explain(asked: Asked, console: Console) -> None:
    """Prints the comparison field by field, the sum and the sentence, and draws them where asked to."""
    check_outputs(
        [], [asked.svg] if asked.svg else [], [each for each in (asked.spec, *asked.tables, asked.model) if each]
    )
    told, spec = _explained(asked)
    show(console, clues_table(told, [each.field for each in spec.comparisons]))
    why = sentence(told)
    lines = [why.vi, why.en, *((_ALONE.vi, _ALONE.en) if told.is_alone else ())]
    if asked.svg:
        write_text(waterfall(told), asked.svg)
        lines.append(f"Đã ghi · written: {asked.svg}")
    for line in lines:
        console.print(escape(line), highlight=False, soft_wrap=True)


def _explained(asked: Asked) -> tuple[Explanation, Spec]:
    is_dedupe = len(asked.tables) == 1
    with reporter(_STAGES) as progress:
        progress.stage("read")
        spec, sources, _ = opened(asked.spec, asked.tables, progress)
        for source, column, wanted in zip(
            (sources[0], sources[-1]), (spec.left_id, spec.right_id), (asked.left_id, asked.right_id), strict=True
        ):
            _check_present(source, column, wanted)
        if is_dedupe and asked.left_id == asked.right_id:
            name = asked.tables[0].name
            vi = f"{name}: --left và --right là cùng một bản ghi; hãy cho hai mã khác nhau"
            raise TableError(asked.tables[0], vi, f"{name}: --left and --right are one record; give two ids")
        model = None if asked.model is None else read_model(asked.model, spec)
        progress.stage("link")
        left, right = sources[0].rows, sources[-1].rows
        linked = dedupe(left, spec, model=model) if is_dedupe else link(left, right, spec, model=model)
        told = explain_any(linked, spec, Tables(left, right), left_id=asked.left_id, right_id=asked.right_id)
    return told, spec


def _check_present(source: Source, column: str, wanted: str) -> None:
    is_there = source.rows.filter(pl.col(column).cast(pl.String) == wanted).select(pl.len()).collect().item()
    if not is_there:
        name = source.path.name
        vi = f'{name}: cột "{column}" không có mã này; hãy kiểm tra --left, --right'
        raise TableError(source.path, vi, f'{name}: column "{column}" has no such id; check --left and --right')


def clues_table(told: Explanation, fields: Sequence[str]) -> ConsoleTable:
    """Every field in the order of the description, then what adds up to the probability."""
    columns = (whole("trường", "field"), words("mức", "level"), figure("tần suất", "frequency"), figure("bit", "bits"))
    clues = {clue.field: clue for clue in told.clues}
    rows = [(each, *_cells(each, clues.get(each))) for each in fields]
    rows += [("", f"{sum_of.vi}\n{sum_of.en}", "", bits(value).vi) for sum_of, value in _sums(told)]
    return ConsoleTable("Vì sao · why", columns, rows)


def _cells(field: str, clue: Clue | None) -> tuple[str, str, str]:
    if clue is None:
        return "trống ở một bên\nblank on a side", "", bits(0.0).vi
    vi, en = (words.removeprefix(f"{field}: ") for words in clue.meaning)
    return f"{vi}\n{en}", "" if clue.frequency is None else one_in(clue.frequency).vi, bits(clue.bits).vi


def _sums(told: Explanation) -> list[tuple[Words, float]]:
    reached, rows = percent(told.probability), [(start_words(told), told.start)]
    if told.rivals <= -LEAST_SHOWN:
        rows.append((RIVALS, told.rivals))
    words = Words(f"tổng, xác suất {reached.vi}", f"sum, probability {reached.en}")
    return [*rows, (words, told.odds + told.rivals)]
