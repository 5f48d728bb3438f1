"""Every table that the command prints: heads in two languages, names folded at words, figures never cut.

Where a table is too wide for the console, its labels go on lines of their own above the figures, and figures that are
still too wide go to a second table below. A head or a name is never shortened.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.numbers import grouped

Cell = str | int | Text | None
"""Whole numbers are grouped by thousands; None reads "–"; a Text brings its own style. Markup means nothing."""

_READABLE = 24
"""Characters below which a column of words is not narrowed."""
_MARGIN, _INDENT, _GAP = 1, 2, 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head in Vietnamese and English; `figure`, `whole`, `words` and `label` make one."""

    vi: str
    en: str
    kind: Literal["figure", "whole", "words", "label"]


def figure(vi: str, en: str) -> Column:
    """Right-aligned and whole."""
    return Column(vi, en, "figure")


def whole(vi: str, en: str) -> Column:
    """Never folded: an id, a date, the name of a table or rule."""
    return Column(vi, en, "whole")


def words(vi: str, en: str) -> Column:
    """Text that may fold between words."""
    return Column(vi, en, "words")


def label(vi: str, en: str) -> Column:
    """What a row is about: beside its figures where there is room, else on a line above them."""
    return Column(vi, en, "label")


def show(console: Console, *tables: "ConsoleTable") -> None:
    """Prints tables; on a console narrower than a figure and its name, lines run on rather than lose digits."""
    for each in tables:
        console.print(each, crop=False)


@dataclass(frozen=True, slots=True)
class ConsoleTable:
    """A table as values; how it is laid out follows from the width of the console."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    is_label_above: bool = False
    """Labels stand above their rows however wide the console is: for those that many rows share."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, in as many blocks as the width asks for."""
        drawing = _Drawing(self.columns, [[_text(cell) for cell in row] for row in self.rows])
        if self.title:
            yield Text(self.title, "italic")
        for block in drawing.blocks(options.max_width, is_label_above=self.is_label_above):
            # A table of rich shrinks its columns where it is given less than their width.
            roomy = options.update(width=max(options.max_width, block.width))
            for piece in drawing.pieces(block):
                yield from console.render(piece, roomy)


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns that stand side by side, their widths, and those above them."""

    beside: Sequence[int]
    widths: Sequence[int]
    above: Sequence[int]

    @property
    def indent(self) -> int:
        return _MARGIN + (_INDENT if self.above else 0)

    @property
    def width(self) -> int:
        return self.indent + _total(self.widths)


@dataclass(frozen=True, slots=True)
class _Drawing:
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]

    def blocks(self, width: int, *, is_label_above: bool) -> Iterator[_Block]:
        """The whole as one block if it fits so, else with labels above, else in parts."""
        labels = [at for at, each in enumerate(self.columns) if each.kind == "label"]
        others = [at for at in range(len(self.columns)) if at not in labels]
        whole = self._block(range(len(self.columns)), (), width)
        if whole.width <= width and not (is_label_above and labels):
            yield whole
        else:
            yield from self._parts(others, labels, width)

    def _parts(self, beside: Sequence[int], above: Sequence[int], width: int) -> Iterator[_Block]:
        block = self._block(beside, above, width)
        figures = [at for at in beside if self.columns[at].kind == "figure"]
        if block.width <= width or len(figures) < 2:
            yield block
            return
        half = (len(figures) + 1) // 2
        for left_out in (figures[half:], figures[:half]):
            yield from self._parts([at for at in beside if at not in left_out], above, width)

    def _block(self, beside: Sequence[int], above: Sequence[int], width: int) -> _Block:
        """As narrow as may be, then wider while there is room and something to gain."""
        least, natural = [self._least(at) for at in beside], [self._natural(at) for at in beside]
        spare = width - _Block(beside, least, above).width
        while spare > 0 and least != natural:
            for at, wanted in enumerate(natural):
                if least[at] < wanted and spare > 0:
                    least[at], spare = least[at] + 1, spare - 1
        return _Block(beside, least, above)

    def _natural(self, at: int) -> int:
        lines = [line for row in self.rows for line in row[at].plain.splitlines()]
        return max(map(cell_len, (*_head(self.columns[at]), *lines)))

    def _least(self, at: int) -> int:
        natural = self._natural(at)
        if self.columns[at].kind in ("figure", "whole"):
            return natural
        unbroken = [*_head(self.columns[at]), *(word for row in self.rows for word in row[at].plain.split())]
        return max(min(natural, _READABLE), *map(cell_len, unbroken))

    def pieces(self, block: _Block) -> Iterator[RenderableType]:
        """Heads, rule and rows of a block, from top to bottom."""
        if block.above:
            heads = "; ".join(" · ".join(_head(self.columns[at])) for at in block.above)
            yield _indented(Text(heads, "bold"), _MARGIN)
        heads_beside = [Text("\n".join(_head(self.columns[at])), "bold") for at in block.beside]
        yield _indented(self._grid([heads_beside], block), block.indent)
        yield _indented(Text(SIMPLE_HEAD.head_row_horizontal * (block.width - _MARGIN)), _MARGIN)
        for told, rows in groupby(self.rows, lambda row: [row[at] for at in block.above]):
            if told:
                yield _indented(Text(" · ").join(told), _MARGIN)
            yield _indented(self._grid([[row[at] for at in block.beside] for row in rows], block), block.indent)
        yield Text()

    def _grid(self, rows: Iterable[Sequence[Text]], block: _Block) -> Table:
        grid = Table.grid(padding=(0, _GAP, 0, 0))
        for at, width in zip(block.beside, block.widths, strict=True):
            is_figure = self.columns[at].kind == "figure"
            grid.add_column(width=width, justify="right" if is_figure else "left", overflow="fold")
        for row in rows:
            grid.add_row(*row)
        return grid


def _head(column: Column) -> tuple[str, str]:
    # A word of both languages, like F1, is told once, just above the rule.
    return "" if column.vi == column.en else column.vi, column.en


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _indented(piece: RenderableType, by: int) -> Padding:
    return Padding(piece, (0, 0, 0, by), expand=False)


def _text(cell: Cell) -> Text:
    if isinstance(cell, Text):
        return cell
    if cell is None:
        return Text("–")
    return Text(grouped(cell) if isinstance(cell, int) else cell)
