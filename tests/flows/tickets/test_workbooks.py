"""Workbooks of tickets: what they show, that nothing in them is a formula, and how answers are read back."""

from datetime import date

import openpyxl
import polars as pl
import psycopg
import pytest
from typer.testing import CliRunner

import contracts
from flows.cli import app
from flows.errors import AnswersError, FlowError, PathError
from flows.tickets import answers, workbooks
from flows.tickets.words import ANSWER, ANSWERS, NOTE, SHEET, TICKET
from tests.warehouse.samples import empty_table, incoming, lineage, link, publication, rows_of
from tests.warehouse.test_tickets import difference
from warehouse import tickets
from warehouse.connection import connect
from warehouse.publish import load_candidate, publish

DAY = date(2026, 11, 28)
EVIDENCE = '{"name":["exact",12.3],"birth_date":["slip",4.1]}'
HOSTILE = '=HYPERLINK("http://x.example","x")'


@pytest.fixture(scope="module")
def board(server_url, template_database):
    """URL of a database with tickets of two offices, and their board."""

    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE tickets_board TEMPLATE {template_database}")
    url = server_url.replace("@/doisoat?", "@/tickets_board?")
    rows = [
        difference("dossier:1", local_value=HOSTILE),
        difference("dossier:2", local_value="\x01\x02 +84", field="name", kind="one_letter", gravity=2),
        difference("dossier:3", office="=Sở/..\\ Công Thương\n"),
    ]
    frames = {"decisions": incoming("incoming_link", *(link(f"dossier:{n}", evidence=EVIDENCE) for n in (1, 2, 3)))}
    frames["lineage"] = incoming("incoming_lineage", *(lineage(f"dossier:{n}", row=n + 40) for n in (1, 2, 3)))
    with connect(url) as conn:
        for table, contract in contracts.published().items():
            if table != "release":
                frame = rows_of(table, *rows) if table == "discrepancy" else empty_table(table)
                load_candidate(conn, contract, frame)
        publish(conn, publication(**frames))
        yield url, tickets.board(conn)


@pytest.fixture
def written(board, tmp_path):
    return workbooks.write_all(board[1], tmp_path / "out", DAY)


def sheet(path):
    page = openpyxl.load_workbook(path)[SHEET]
    titles = [cell.value for cell in page[1]]
    return page, {title: at for at, title in enumerate(titles, start=1)}


def filled(path, *rows, out=None):
    """Fills in (answer, note) of the rows in order; a ticket's id where a third is given."""
    page, at = sheet(path)
    for number, (answer, note, *ticket) in enumerate(rows, start=2):
        cells = {ANSWER: answer, NOTE: note} | ({TICKET: ticket[0]} if ticket else {})
        for title, value in cells.items():
            page.cell(number, at[title]).value = value
    page.parent.save(out or path)
    return out or path


def test_each_office_gets_a_workbook_whose_name_holds_the_office_and_the_day_alone(written):
    names = sorted(path.name for path in written)
    assert [name.rsplit("-", 1)[0] for name in names] == [
        "phieu-2026-11-28-so-cong-thuong",
        "phieu-2026-11-28-ubnd-phuong-phu-loi",
    ]


def test_a_row_shows_both_values_the_evidence_and_where_the_local_one_stands(written):
    page, at = sheet(next(path for path in written if "phu-loi" in path.name))
    row = {title: page.cell(2, column).value for title, column in at.items()}
    assert row["Sổ gốc"] == "1990-04-12"
    assert row["Các trường giống và khác"].startswith("họ tên: trùng họ tên, cả dấu; ngày sinh: ")
    assert (row["Tệp"], row["Dòng"], row["Vai trò"], row["Trường"]) == ("dossier.csv", 41, "Chủ hồ sơ", "ngày sinh")


def test_nothing_that_was_delivered_is_a_formula(written):
    for path in written:
        for page in openpyxl.load_workbook(path):
            assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    page, at = sheet(next(path for path in written if "phu-loi" in path.name))
    assert page.cell(2, at["Bản ghi của đơn vị"]).value == HOSTILE
    assert page.cell(2, at["Bản ghi của đơn vị"]).quotePrefix


def test_a_workbook_that_is_there_is_never_overwritten(board, written, tmp_path):
    with pytest.raises(PathError, match="may be filled in"):
        workbooks.write_all(board[1], tmp_path / "out", DAY)


@pytest.mark.parametrize("word", [*ANSWERS, "đã sửa ", "DA SUA", "Không thuộc  đơn vị"])
def test_an_answer_is_read_whatever_its_capitals_accents_and_spaces(written, word):
    path = next(path for path in written if "phu-loi" in path.name)
    rows = answers.read(filled(path, (word, "vì")))
    assert [(each.row, each.answer in ANSWERS.values()) for each in rows] == [(2, True)]


def test_rows_without_an_answer_are_no_answer(written):
    assert answers.read(written[0]) == []


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        ([("ừ", None)], 2, ANSWER),
        ([("Đã sửa", None), (None, "xem lại")], 3, ANSWER),
        ([("Giữ nguyên", None)], 2, NOTE),
        ([("Không thuộc đơn vị", "  ")], 2, NOTE),
        ([("Đã sửa", None, None)], 2, TICKET),
        ([("Đã sửa", None, "T1"), ("Đã sửa", None, "T1")], 3, TICKET),
    ],
    ids=["unknown word", "note alone", "no reason", "blank reason", "no id", "twice"],
)
def test_a_row_that_is_not_understood_is_told_by_file_sheet_row_and_column(written, rows, row, column):
    path = next(path for path in written if "phu-loi" in path.name)
    with pytest.raises(AnswersError) as told:
        answers.read(filled(path, *rows))
    for part in (path.name, f'"{SHEET}"', f"dòng {row}", f'"{column}"', "Nothing of it was taken in"):
        assert part in str(told.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", "Mã phiếu,Trả lời\n".encode()])
@pytest.mark.parametrize("ending", ["xlsx", "csv", "doc"])
def test_what_is_no_filled_in_workbook_is_refused_in_a_sentence(tmp_path, content, ending):
    path = tmp_path / f"a.{ending}"
    path.write_bytes(content)
    with pytest.raises(FlowError, match=r"a\.(xlsx|csv|doc)"):
        answers.read(path)


def test_one_file_answers_for_one_office_and_for_tickets_that_there_are(written):
    rows = [answers.Filled(2, "T1", "fixed", None), answers.Filled(3, "T2", "fixed", None)]
    known = {"T1": ("A", "open"), "T2": ("B", "open")}
    with pytest.raises(AnswersError, match=r"row 3.*another office"):
        answers.checked(written[0], rows, known)
    with pytest.raises(AnswersError, match=r"row 2.*no ticket of this id"):
        answers.checked(written[0], rows, {})
    assert [
        each.ticket_id for each in answers.checked(written[0], rows, {"T1": ("A", "closed"), "T2": ("A", "open")})
    ] == ["T2"]


def test_the_commands_take_a_ticket_from_export_to_stats(board, tmp_path, monkeypatch):
    monkeypatch.setenv("DOISOAT_DATABASE", board[0])
    where = ["--workspace", str(tmp_path / "workspace")]

    def doisoat(*words):
        done = CliRunner().invoke(app, ["ticket", *words, *where])
        assert done.exit_code == 0, done.output
        return done.output

    assert "3 tickets for 2 offices, 3 for the first time" in doisoat("export", str(tmp_path / "out"))
    path = next(path for path in (tmp_path / "out").iterdir() if "phu-loi" in path.name)
    answered = filled(path, ("Giữ nguyên", "theo sổ giấy"), ("Sẽ sửa", None))
    assert "2 new answers" in doisoat("import", str(answered), "--by", "Lan")
    assert "0 new answers, 1 on tickets closed before" in doisoat("import", str(answered))
    still = pl.read_json(doisoat("list", "--office", "UBND phường Phú Lợi", "--json").encode())
    assert still.select("state", "answer").rows() == [("answered", "will_fix")]
    assert "1990-04-12" not in doisoat("list")
    ended = pl.read_json(doisoat("list", "--state", "closed", "--json").encode())["ticket_id"].item()
    doisoat("reopen", ended, "--reason", "chưa đúng")
    doisoat("close", ended, "--reason", "đã xem")
    counted = pl.read_json(doisoat("stats", "--json").encode())
    assert dict(counted.select("office", "open_count").iter_rows())["UBND phường Phú Lợi"] == 1
    assert CliRunner().invoke(app, ["ticket", "list", "--state", "lost", *where]).exit_code == 2
