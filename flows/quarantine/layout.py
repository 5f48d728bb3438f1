"""The columns of a sheet of quarantined rows, which writing and reading share.

A hidden first row names each column for the machine: headers may be reworded by a clerk, keys are not seen.
"""

from dataclasses import dataclass

import polars as pl

from contracts import Contract
from expectations.proposals import properties_of
from flows.pull.hashing import content_hashes
from flows.quarantine.deliver import texts_of
from flows.quarantine.vocabulary import ANSWERS, ANSWERS_TO_LINES, Answer, sentences
from matching.standardise.column_tables import TABLES, read_again

META_SHEET = "doisoat"
COVER_SHEET = "Hướng dẫn"
KEY_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2
"""Rows of a sheet from 0: keys, headers, the first quarantined row."""
LONGEST = 32_000
"""Characters of a cell; Excel's limit is 32 767. A longer original is shown cut; it is never read back."""
LINES = "lines"
ID, SEAL, FILE, ROW, DUE, WRONG, ANSWER, NOTE = "id", "seal", "file", "row", "due", "wrong", "answer", "note"
IS, PROPOSAL, CORRECTION = "is:", "proposal:", "correct:"
LINE = "line"


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: rows of a dataset that have columns, or its lines that could not be read and its deletions."""

    dataset: str
    kind: str
    """rows or lines."""
    title: str
    columns: tuple[str, ...]
    """Keys of the columns."""
    rows: pl.DataFrame
    """Text of every column by key, and `off:<property>`: whether the value broke a rule."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What may be answered here."""
        return ANSWERS_TO_LINES if self.kind == LINES else ANSWERS


def is_line(rows: pl.DataFrame) -> pl.Series:
    """Whether rows have no values to correct."""
    return rows.select(pl.col("content_hash").is_null() | (pl.col("operation") == "delete")).to_series()


def shown(contract: Contract, rows: pl.DataFrame, seal: str) -> pl.DataFrame:
    """What a sheet shows of rows of one dataset, by column key; the seal covers the row and the installation.

    `rows` are open quarantine rows that have columns. Texts in another table are shown as they are to be read.
    """
    texts = readable(contract, rows)
    offending = _offending(contract, rows)
    proposed = _proposed(contract, rows)
    said = sentences(contract)
    wrong = rows["rules"].list.eval(pl.element().replace(said)).list.join("; ")
    return pl.DataFrame(
        [
            rows["quarantine_id"].alias(ID),
            sealed(rows, seal).alias(SEAL),
            rows["file"].alias(FILE),
            rows["row"].cast(pl.String).alias(ROW),
            wrong.alias(WRONG),
            *(_cut(texts[name]).alias(IS + name) for name in contract.names),
            *(_cut(proposed[name]).alias(PROPOSAL + name) for name in contract.names),
            *(offending[name].alias(f"off:{name}") for name in contract.names),
        ]
    )


def shown_lines(contract: Contract, rows: pl.DataFrame, seal: str) -> pl.DataFrame:
    """The same of rows without columns: the line as it came, or the key that was to be deleted."""
    line = rows.select(pl.coalesce(pl.col("original").str.json_path_match("$.line"), "original")).to_series()
    wrong = rows["rules"].list.eval(pl.element().replace(sentences(contract))).list.join("; ")
    return pl.DataFrame(
        [
            rows["quarantine_id"].alias(ID),
            sealed(rows, seal).alias(SEAL),
            rows["file"].alias(FILE),
            rows["row"].cast(pl.String).alias(ROW),
            wrong.alias(WRONG),
            _cut(line).alias(IS + LINE),
        ]
    )


def columns_of(contract: Contract, told: pl.DataFrame) -> tuple[str, ...]:
    """Keys of the columns in their order: what broke a rule stands first, with proposal and correction beside it."""
    own = [name for name in contract.names if told[f"off:{name}"].any()]
    others = [name for name in (*contract.key, *contract.names) if name not in own]
    groups = [key + name for name in own for key in (IS, PROPOSAL, CORRECTION)]
    return (ID, SEAL, FILE, ROW, DUE, WRONG, ANSWER, NOTE, *groups, *(IS + name for name in dict.fromkeys(others)))


LINE_COLUMNS = (ID, SEAL, FILE, ROW, DUE, WRONG, ANSWER, NOTE, IS + LINE)


def readable(contract: Contract, rows: pl.DataFrame) -> pl.DataFrame:
    """The original texts by property, those in another table read in it."""
    texts = texts_of(contract, rows["original"]).with_columns(rows["tables"].alias(TABLES))
    return texts.select(read_again(texts, name)[0].alias(name) for name in contract.names)


def sealed(rows: pl.DataFrame, seal: str) -> pl.Series:
    """A hash of all that a sheet shows of a row, so that an answer to something else is found."""
    told = rows.select("quarantine_id", "original", "proposals", rules=pl.col("rules").list.join(",")).with_columns(
        installation=pl.lit(seal)
    )
    return content_hashes(told, told.columns)


def _offending(contract: Contract, rows: pl.DataFrame) -> pl.DataFrame:
    properties = properties_of(contract)
    by_name = {name: [rule for rule, of in properties.items() if of == name] for name in contract.names}
    for rule in contract.table_rules:
        for name in rule.key:
            by_name[name].append(rule.name)
    return rows.select(
        pl.col("rules").list.eval(pl.element().is_in(rules)).list.any().fill_null(value=False).alias(name)
        for name, rules in by_name.items()
    )


def _proposed(contract: Contract, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.col("proposals").str.json_path_match(f"$.{name}.value").alias(name) for name in contract.names
    )


def _cut(texts: pl.Series) -> pl.Series:
    if texts.str.len_chars().max() is None:
        return texts
    is_long = texts.str.len_chars() > LONGEST
    return (texts.str.slice(0, LONGEST) + "…").zip_with(is_long.fill_null(value=False), texts)
