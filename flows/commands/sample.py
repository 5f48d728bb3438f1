"""`doisoat sample` and `doisoat estimate`: what clerks are asked about, and what their answers say of the linkage."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl
import typer
from rich.console import Console
from rich.markup import escape

from flows.console_table import show
from flows.errors import PathError
from flows.evaluation import console as tables
from flows.evaluation import frames, sheet
from flows.linkage.outputs import check_outputs
from matching.engine import keys, spec_file
from matching.engine.spec import Rule, Spec
from matching.errors import SpecError
from matching.evaluation.estimate import Estimate, estimate
from matching.evaluation.outside import Outside, Universe, pairs_of_rule
from matching.evaluation.sample import draw

_SHEETS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line names."""

    links: Path
    candidates: Path
    out: Path
    size: int
    seed: int
    tables: tuple[Path, ...] = ()
    """Both tables, or the only one, for pairs that blocking did not make."""
    spec: Path | None = None
    rule: Sequence[str] = ()
    """Keys of a blocking rule that the linkage did not use."""


def show_sample(asked: Asked, console: Console) -> None:
    """Draws the sample and prints how many pairs stand for how many."""
    show(console, tables.sample_table(draw_sample(asked)))
    where = f"Đã ghi · written: {asked.out}, {sheet.design_beside(asked.out)}"
    lines = (where, "Cột is_match: có / không, trống nếu không biết · is_match: yes / no, blank if nobody can tell")
    for line in lines:
        console.print(escape(line), highlight=False, soft_wrap=True)


def show_estimate(path: Path, console: Console, *, as_json: bool) -> None:
    """Prints what the clerks' answers say."""
    told = estimate_sample(path)
    if as_json:
        typer.echo(json.dumps(asdict(told), ensure_ascii=False, indent=1))
        return
    show(console, *tables.estimate_tables(told))
    for line in tables.estimate_remarks(told):
        console.print(escape(line), highlight=False, soft_wrap=True)


def draw_sample(asked: Asked) -> pl.DataFrame:
    """Writes the sheet and its design; the pairs drawn by stratum."""
    _check(asked)
    links, candidates = frames.links(asked.links), frames.candidates(asked.candidates)
    design = draw(links, candidates, size=asked.size, seed=asked.seed, outside=_outside(asked))
    sheet.write(design, asked.out)
    return design.group_by("is_linked", "stratum", "stratum_pairs", "drawn").len().sort(~pl.col("is_linked"), "stratum")


def estimate_sample(path: Path) -> Estimate:
    """The estimate of a sheet that clerks filled in."""
    return estimate(sheet.read(path))


def _check(asked: Asked) -> None:
    if asked.out.suffix.lower() not in _SHEETS:
        vi, en = "tên tệp phải kết thúc bằng .csv hoặc .xlsx", "the name must end in .csv or .xlsx"
        raise PathError(asked.out, vi, en)
    check_outputs([], [asked.out, sheet.design_beside(asked.out)], [asked.links, asked.candidates, *asked.tables])
    for path in (asked.out, sheet.design_beside(asked.out)):
        if path.exists():
            vi, en = "đã có phiếu ở đây, có thể cán bộ đã điền", "a sheet is here already, and may be filled in"
            raise PathError(path, f"{vi}; hãy đặt tên khác", f"{en}; give another name")
    if len(asked.tables) > 2:
        raise PathError(asked.tables[2], "chỉ nhận một hoặc hai bảng", "there are one or two tables, no more")
    if asked.rule and not asked.tables:
        vi, en = "--rule cần --table và --spec", "--rule needs --table and --spec"
        raise PathError(asked.links, vi, en)
    if asked.tables and asked.spec is None:
        vi, en = "cần --spec để biết cột mã của bảng này", "--spec must tell the id column of this table"
        raise PathError(asked.tables[0], vi, en)


def _outside(asked: Asked) -> Outside | None:
    """All pairs of the tables, and those of the unused rule; None where the command line names no table."""
    if not asked.tables or asked.spec is None:
        return None
    is_dedupe = len(asked.tables) == 1
    spec, rule = spec_file.read(asked.spec, is_dedupe=is_dedupe), _rule(asked.rule)
    left, right = (_table(path, spec, rule, is_left=at == 0) for at, path in enumerate((asked.tables * 2)[:2]))
    made = None if rule is None else pairs_of_rule(left, right, rule, is_dedupe=is_dedupe)
    return Outside(Universe(left["id"], right["id"], is_dedupe), made)


def _rule(given: Sequence[str]) -> Rule | None:
    found = tuple(keys.parse_key(each) for each in given)
    for key in found:
        if key.form not in keys.FORMS:
            raise SpecError(
                "--rule", f'there is no form "{key.form}"', tuple(keys.FORMS), vi=f'không có dạng "{key.form}"'
            )
    return Rule(found) if found else None


def _table(path: Path, spec: Spec, rule: Rule | None, *, is_left: bool) -> pl.DataFrame:
    columns = () if rule is None else tuple(keys.columns_of(rule, is_left=is_left))
    own_id = spec.left_id if is_left else spec.right_id
    return frames.described(path, own_id, columns)
