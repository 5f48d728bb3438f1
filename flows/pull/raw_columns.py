"""Columns whose bytes are no UTF-8 in a file that is: each is decoded by itself, in a table declared or recognised."""

from dataclasses import dataclass, replace

import polars as pl

from flows.pull import file_problems
from flows.pull.columns import clean
from flows.pull.errors import UnreadableError
from flows.pull.model import Part, Problem, Table
from matching.errors import UndecodableError
from matching.standardise.detection import MIN_CONFIDENCE, TABLES, Fit, recognised
from matching.standardise.encodings import canonical_name, decode
from matching.standardise.raw_bytes import RAW, RAW_VISCII, raw_bytes, read_beside_unicode, shown, values_of


@dataclass(frozen=True, slots=True)
class _Column:
    """The values of a column that have raw bytes, each once, with its header cell where that has some."""

    at: int
    label: str
    row: int
    """The first row with such a value."""
    values: pl.Series

    @property
    def data(self) -> bytes:
        """The bytes of all values, one after the other on lines."""
        return raw_bytes("\n".join(self.values))


def decode_columns(part: Part, table: Table) -> Table:
    """The table, parsed from an escaped text, decoded; UnreadableError where it is not sure of which table a column is.

    What is UTF-8 in such a column stays as it is.
    """
    declared = {at: encoding for at, name in enumerate(table.header) if (encoding := _declared_table(part, name))}
    columns = [found for at in range(len(table.header)) if (found := _column(part, table, at, declared.get(at)))]
    known = recognised({each.at: each.data for each in columns if each.at not in declared})
    unsure = [each for each in columns if each.at not in declared and each.at not in known]
    if unsure:
        labels = [each.label for each in unsure]
        raise UnreadableError(file_problems.column_encoding_unsure(part, labels, row=unsure[0].row))
    header, cells, notes = list(table.header), table.cells, list(table.notes)
    for each in columns:
        if each.at in declared:
            read, about = _read_as_declared(part, each, declared[each.at])
        else:
            read, about = _read_as_recognised(part, table, each, known[each.at])
        header[each.at] = read.get(header[each.at], header[each.at])
        cells = cells.with_columns(pl.col(str(each.at)).replace(read))
        notes += about
    rejects = tuple(replace(each, original=shown(each.original)) for each in table.rejects)
    raw = frozenset(header[each.at] for each in columns)
    return replace(table, header=tuple(header), cells=cells, rejects=rejects, notes=tuple(notes), raw=raw)


def _declared_table(part: Part, name: str) -> str | None:
    """The table declared for the column, else for the whole file."""
    by_column = {clean(each).casefold(): encoding for each, encoding in part.column_encodings.items()}
    of_file = None if part.encoding is None else canonical_name(part.encoding)
    return by_column.get(clean(name).casefold(), None if of_file == "utf-8" else of_file)


def _column(part: Part, table: Table, at: int, encoding: str | None) -> _Column | None:
    name, cells = table.header[at], table.cells[str(at)]
    letters = RAW_VISCII if encoding == "viscii" else RAW
    is_raw = cells.str.contains(letters).fill_null(value=False)
    values = pl.concat([pl.Series(cells.name, [name]), cells.filter(is_raw)])
    values = values.filter(values.str.contains(letters)).unique().sort()
    if values.is_empty():
        return None
    row = table.rows[is_raw.arg_true()[0]] if is_raw.any() else table.header_row
    return _Column(at, part.column_label(table.header, at), row, values)


def _read_as_recognised(part: Part, table: Table, column: _Column, fit: Fit) -> tuple[dict[str, str], list[Problem]]:
    """The text of each value, and what a clerk should know."""
    note = file_problems.column_encoding_detected(part, column.label, fit.table, fit.confidence)
    whole = _column(part, table, column.at, fit.table) or column
    return values_of(whole.values, read_beside_unicode(whole.data, TABLES[fit.table])), [note]


def _read_as_declared(part: Part, column: _Column, encoding: str) -> tuple[dict[str, str], list[Problem]]:
    """The text of each value, and what a clerk should know."""
    try:
        decoded = decode(column.data, encoding)
    except UndecodableError as exc:
        raise UnreadableError(
            file_problems.encoding_wrong(
                part, encoding, offset=None, row=column.row, column=column.label, looks_like=exc.looks_like
            )
        ) from exc
    note = file_problems.encoding_doubtful(part, encoding, decoded.confidence, column=column.label)
    return values_of(column.values, decoded.text), [note] if decoded.confidence < MIN_CONFIDENCE else []
