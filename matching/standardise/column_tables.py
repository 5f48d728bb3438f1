"""Columns that were in TCVN3 or VNI and read with the wrong table: how they are found, and their values read again.

A whole column tells what one value cannot: "LÖU" is Lưu in VNI and Lệu in TCVN3. It is judged by its distinct values,
so the order of rows changes nothing; `TABLES` tells of each row which values are meant, so rows may be parted later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from matching.standardise.detection import MIN_CONFIDENCE, Fit, marked_words, weighed
from matching.standardise.distinct import told_apart
from matching.standardise.misread import COLUMN_TABLES, is_beyond_latin, is_sound, read_mojibake
from matching.standardise.text import compose

TABLES = "_tables"
"""The column of a READ frame that says `property:table` of each value that is to be read again, joined by commas."""
_SAMPLE_VALUES = 2000
_MIN_SHARE = 0.5
_MARKED = r"[^\x00-\x7F]"
_UNICODE = "unicode"


@dataclass(frozen=True, slots=True)
class MisreadColumn:
    """A column most of whose values with marks were read with the wrong table."""

    name: str
    table: str
    """The right one: utf-8, or one of `COLUMN_TABLES`."""
    confidence: float
    """Share of the column's values with marks, in a sample, that the table makes possible Vietnamese, times the
    probability that it is this table; 1 where it is declared."""
    is_mixed: bool = False
    """Whether some values can only be Unicode: then what could be Vietnamese as it stands is taken so."""

    @property
    def is_read_again(self) -> bool:
        """Whether its values are read in the table because of the column; UTF-8 shows in every value by itself."""
        return self.table in COLUMN_TABLES and self.confidence >= MIN_CONFIDENCE


def misread_columns(frame: pl.DataFrame) -> tuple[MisreadColumn, ...]:
    """The text columns of the frame that were read with the wrong table."""
    found = (_misread(column) for column in frame.select(pl.col(pl.String)))
    return tuple(each for each in found if each is not None)


def tables_told(frame: pl.DataFrame, columns: Iterable[MisreadColumn]) -> pl.Series:
    """`TABLES` of each row; null where no value is to be read again."""
    told = [
        pl.when(pl.lit(_is_meant(frame[each.name], each))).then(pl.lit(f"{each.name}:{each.table}"))
        for each in columns
        if each.is_read_again
    ]
    if not told:
        return pl.repeat(None, frame.height, dtype=pl.String, eager=True).alias(TABLES)
    joined = pl.concat_str(told, separator=",", ignore_nulls=True)
    return frame.select(pl.when(joined != "").then(joined).alias(TABLES))[TABLES]


def read_again(frame: pl.DataFrame, name: str) -> tuple[pl.Series, pl.Series | None]:
    """The column with the values that `TABLES` means read in their tables, and which rows that changed, if any."""
    values = frame[name]
    if TABLES not in frame.columns or frame[TABLES].null_count() == frame.height:
        return values, None
    told = frame[TABLES].str.extract(rf"(?:^|,){name}:([a-z0-9-]+)")
    again = values.cast(pl.String).clone()
    for table in COLUMN_TABLES:
        at = (told == table).fill_null(value=False).arg_true()
        again = again.scatter(at, _in_table(again.gather(at), table))
    changed = again.ne_missing(values).arg_true()
    return (again, changed) if len(changed) else (values, None)


def _in_table(values: pl.Series, table: str) -> pl.Series:
    distinct, at = told_apart(values)
    read = [value and COLUMN_TABLES[table](compose(value)) for value in distinct]
    return pl.Series(values.name, read, pl.String).gather(at)


def _is_meant(values: pl.Series, column: MisreadColumn) -> pl.Series:
    marked = values.filter(values.str.contains(_MARKED)).unique()
    meant = [value for value in marked.to_list() if _is_in_table(compose(value), column)]
    return values.is_in(meant).fill_null(value=False)


def _is_in_table(value: str, column: MisreadColumn) -> bool:
    return not is_beyond_latin(value) and not (column.is_mixed and is_sound(value))


def _misread(column: pl.Series) -> MisreadColumn | None:
    values = column.filter(column.str.contains(_MARKED)).unique().sort()
    sample = [compose(value) for value in values.gather_every(len(values) // _SAMPLE_VALUES + 1).to_list()]
    mojibake = [value for value in sample if read_mojibake(value) is not None]
    if len(mojibake) > len(sample) * _MIN_SHARE:
        return MisreadColumn(column.name, "utf-8", len(mojibake) / len(sample))
    latin = [value for value in sample if not is_beyond_latin(value)]
    if len(latin) <= len(sample) * _MIN_SHARE:
        return None
    best = _best_fit(latin)
    confidence = best.confidence * len(latin) / len(sample)
    if best.table == _UNICODE or confidence <= _MIN_SHARE:
        return None
    return MisreadColumn(column.name, best.table, confidence, is_mixed=len(latin) < len(sample))


def _best_fit(latin: list[str]) -> Fit:
    """The table that fits best; `_UNICODE` where the values are best left as they stand."""
    readings: Mapping[str, list[str]] = {
        _UNICODE: latin,
        **{table: list(map(again, latin)) for table, again in COLUMN_TABLES.items()},
    }
    words = {table: [word for text in texts for word in marked_words(text)] for table, texts in readings.items()}
    sound = {table: sum(map(is_sound, texts)) / len(latin) for table, texts in readings.items()}
    return max(weighed(words, sound), key=lambda fit: fit.confidence)
