"""Reads a filled-in workbook back, strictly: every row is understood, or none is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.errors import AnswersError
from flows.linkage.tables import open_table, require
from flows.tickets.words import ANSWER, ANSWERS, NEED_A_REASON, NOTE, SHEET, TICKET
from matching import keys
from warehouse.tickets import Answer


@dataclass(frozen=True, slots=True)
class Filled:
    """One row that was answered, and where it stands in the file."""

    row: int
    ticket_id: str
    answer: str
    note: str | None


def read(path: Path) -> list[Filled]:
    """The rows that were answered; AnswersError names the first that is not understood."""
    source = open_table(path, (TICKET, ANSWER, NOTE))
    require(source, (TICKET, ANSWER, NOTE))
    cells = source.rows.select(
        pl.col(name).cast(pl.String).fill_null("").str.strip_chars() for name in (TICKET, ANSWER, NOTE)
    ).collect()
    numbers = source.row_numbers if source.row_numbers is not None else pl.int_range(1, cells.height + 1, eager=True)
    said = cells.with_columns(row=numbers, word=keys.unaccented(pl.col(ANSWER)).str.replace_all(r"\s+", " "))
    filled = said.filter((pl.col(ANSWER) != "") | (pl.col(NOTE) != ""))
    known = dict(zip(_plain(list(ANSWERS)), ANSWERS.values(), strict=True))
    rows = [_understood(path, known, each) for each in filled.iter_rows(named=True)]
    _refuse_twice(path, rows)
    return rows


def _plain(words: list[str]) -> list[str]:
    return pl.Series(words).to_frame("word").select(keys.unaccented(pl.col("word"))).to_series().to_list()


def _understood(path: Path, known: Mapping[str, str], row: Mapping[str, str | int]) -> Filled:
    number, ticket, word, note = int(row["row"]), str(row[TICKET]), str(row["word"]), str(row[NOTE])
    if not ticket:
        vi, en = "thiếu mã phiếu; chép lại mã từ tệp đã gửi", "the ticket's id is missing; copy it from the file sent"
        raise AnswersError(path, SHEET, number, TICKET, vi, en)
    if not word:
        vi = "có ghi chú nhưng chưa chọn trả lời; chọn một trong: "
        en = "there is a note but no answer; choose one of: "
        raise AnswersError(path, SHEET, number, ANSWER, vi + _choices(), en + _choices())
    if word not in known:
        vi, en = "không hiểu câu trả lời; chọn một trong: ", "the answer is not understood; choose one of: "
        raise AnswersError(path, SHEET, number, ANSWER, vi + _choices(), en + _choices())
    if known[word] in NEED_A_REASON and not note:
        vi = "trả lời này cần nêu căn cứ; hãy điền ghi chú"
        raise AnswersError(path, SHEET, number, NOTE, vi, "this answer needs its reason; fill in the note")
    return Filled(number, ticket, known[word], note or None)


def _choices() -> str:
    return ", ".join(ANSWERS)


def _refuse_twice(path: Path, rows: list[Filled]) -> None:
    first: dict[str, int] = {}
    for each in rows:
        if each.ticket_id in first:
            vi = f"phiếu này đã có ở dòng {first[each.ticket_id]}; giữ một dòng"
            en = f"this ticket stands in row {first[each.ticket_id]} already; keep one row"
            raise AnswersError(path, SHEET, each.row, TICKET, vi, en)
        first[each.ticket_id] = each.row


def checked(path: Path, rows: list[Filled], known: Mapping[str, tuple[str, str]]) -> list[Answer]:
    """The answers to tickets that are not closed; AnswersError for a ticket that is none, or another office's.

    `known` has office and state by ticket. One file answers for one office: that of its first row.
    """
    for each in rows:
        if each.ticket_id not in known:
            vi, en = "không có phiếu mang mã này; chép lại mã từ tệp đã gửi", "there is no ticket of this id"
            raise AnswersError(path, SHEET, each.row, TICKET, vi, f"{en}; copy it from the file sent")
        if known[each.ticket_id][0] != known[rows[0].ticket_id][0]:
            vi = "phiếu này của cơ quan khác với dòng đầu; mỗi tệp trả lời cho một cơ quan, hãy tách tệp"
            en = "this ticket is another office's than the first row's; a file answers for one office, split it"
            raise AnswersError(path, SHEET, each.row, TICKET, vi, en)
    still = [each for each in rows if known[each.ticket_id][1] != "closed"]
    return [Answer(each.ticket_id, each.answer, each.note) for each in still]
