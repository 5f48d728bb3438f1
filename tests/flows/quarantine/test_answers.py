"""Sheets out and answers in: what is understood, and what is refused with its place and remedy."""

import datetime as dt
import json
import shutil
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from expectations.quarantine import quarantine_rows
from flows.quarantine import take_in as desk
from flows.quarantine.errors import AnswersRefusedError, NotReleasableError
from flows.quarantine.export import export
from flows.quarantine.take_in import take_in
from tests.flows.quarantine.conftest import DEATH, TERMS, UNIT, answer, edit, held_back, rows
from warehouse import audit, quarantine

WRONG = {"registered_on": "32/13/2024"}


def events(conn):
    return conn.execute("select event from ledger.quarantine_event order by event_id").fetchall()


def refused(conn, *paths):
    """The sentences of a refusal, which leaves nothing behind."""
    before = events(conn)
    with pytest.raises(AnswersRefusedError) as caught:
        take_in(conn, list(paths), "Mai")
    assert events(conn) == before
    return str(caught.value)


@pytest.fixture
def one(hold, written):
    conn = hold(held_back(WRONG))
    return conn, written(conn)


@pytest.mark.parametrize("said", ["Sửa như ghi bên", "SỬA NHƯ GHI BÊN", "sua  nhu ghi ben ", "Correct as written"])
def test_a_correction_is_kept_whatever_the_case_and_accents_of_the_answer(one, said):
    conn, path = one
    assert take_in(conn, [answer(path, said, "05/06/2024")], "Mai").by_event == {"corrected": 1}
    (kept,) = quarantine.answers(conn).iter_rows(named=True)
    assert json.loads(kept["texts"])["registered_on"] == "05/06/2024"
    assert json.loads(kept["texts"])["number"] == "01"
    assert quarantine.open_rows(conn)["state"].to_list() == ["answered"]
    place = conn.execute("select place from ledger.quarantine_event where event = 'corrected'").fetchone()[0]
    assert place == f"{path.name} · Đăng ký khai tử · 3"


@pytest.mark.parametrize(
    ("said", "event", "state"),
    [("Giữ nguyên (đúng)", "accepted_as_is", ["answered"]), ("Không phải hồ sơ này", "withdrawn", []),
     ("Chưa rõ", "unclear", ["open"])],
)  # fmt: skip
def test_each_answer_does_what_it_says(one, said, event, state):
    conn, path = one
    assert take_in(conn, [answer(path, said)], "Mai").by_event == {event: 1}
    assert quarantine.open_rows(conn)["state"].to_list() == state


def test_a_blank_sheet_answers_nothing(shown):
    conn, path = shown
    assert take_in(conn, [path], "Mai").by_event == {}


def test_a_value_can_be_taken_away(hold, written):
    conn = hold(held_back({"death_date": "hôm qua"}, rules=["death_date_understood"]))
    path = answer(written(conn), correction="(trống)", key="correct:death_date")
    take_in(conn, [path], "Mai")
    assert "death_date" not in json.loads(quarantine.answers(conn)["texts"][0])


def test_a_proposal_is_taken_where_it_was_shown(hold, written):
    told = json.dumps({"registered_on": {"value": "05/06/2024", "repair": "former_version"}})
    conn = hold(held_back(WRONG).with_columns(proposals=pl.lit(told)))
    take_in(conn, [answer(written(conn), "Sửa như đề nghị")], "Mai")
    assert json.loads(quarantine.answers(conn)["texts"][0])["registered_on"] == "05/06/2024"


@pytest.mark.parametrize(
    ("said", "correction", "words"),
    [
        ("có lẽ", None, "không hiểu câu trả lời"),
        (None, "05/06/2024", "chưa chọn câu trả lời"),
        ("Sửa như ghi bên", None, "không có đề nghị hay giá trị sửa"),
        ("Sửa như đề nghị", None, "không có đề nghị hay giá trị sửa"),
        ("Giữ nguyên (đúng)", "05/06/2024", "không đi cùng giá trị sửa"),
        ("Sửa như ghi bên", 45292, "thành số hoặc ngày"),
        ("Sửa như ghi bên", dt.datetime(2024, 6, 5), "thành số hoặc ngày"),
        ("Sửa như ghi bên", "=1+1", "công thức"),
    ],
)
def test_an_answer_that_is_not_certain_is_refused_with_its_row_and_column(shown, said, correction, words):
    conn, path = shown
    told = refused(conn, answer(path, said, correction))
    assert words in told
    assert "dòng 3" in told
    assert "row 3" in told


def change_original(value):
    return lambda _sheet, cell: setattr(cell(3, "is:registered_on"), "value", value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_original("01/01/2024"), "giá trị gốc đã bị sửa"),
        (lambda _sheet, cell: setattr(cell(3, "is:number"), "value", 1), "mất số 0"),
        (lambda _sheet, cell: setattr(cell(3, "id"), "value", "f" * 32), "không có trong hệ thống"),
        (lambda _sheet, cell: setattr(cell(3, "seal"), "value", "f" * 32), "hãy xuất phiếu mới"),
        (lambda sheet, _cell: sheet.delete_rows(1), "dòng khóa hoặc cột ẩn"),
        (lambda sheet, _cell: setattr(sheet, "title", "khác"), "thiếu trang"),
    ],
)
def test_a_sheet_that_was_tampered_with_is_refused(shown, change, words):
    conn, path = shown
    assert words in refused(conn, edit(answer(path, "Không phải hồ sơ này"), change))


def test_ids_that_were_mixed_up_between_rows_are_found(shown):
    conn, path = shown

    def swap(_sheet, cell):
        above, below = cell(3, "id").value, cell(4, "id").value
        cell(3, "id").value, cell(4, "id").value = below, above
        cell(3, "answer").value = "Không phải hồ sơ này"

    assert "xáo trộn" in refused(conn, edit(path, swap))


def test_a_file_of_another_installation_is_refused(one):
    conn, path = one
    conn.execute("update ops.installation set installation_id = 'another'")
    assert "hệ thống doisoat khác" in refused(conn, answer(path, "Không phải hồ sơ này"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", "không phải".encode()])
def test_a_file_that_is_no_workbook_is_refused(shown, tmp_path, content):
    conn, _ = shown
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert "x.xlsx" in refused(conn, path)


def test_a_workbook_of_somebody_else_is_refused(shown, tmp_path):
    conn, _ = shown
    openpyxl.Workbook().save(tmp_path / "khac.xlsx")
    assert "không phải phiếu cách ly" in refused(conn, tmp_path / "khac.xlsx")


def test_one_fault_keeps_the_answers_of_all_files_out(shown, tmp_path):
    conn, path = shown
    bad = answer(Path(shutil.copy(path, tmp_path / "bad.xlsx")), "ừ")
    good = answer(path, "Chưa rõ")
    assert bad.name in refused(conn, good, bad)


def test_two_answers_to_one_row_are_refused_and_equal_ones_count_once(one, tmp_path):
    conn, path = one
    answer(path, "Không phải hồ sơ này")
    other = shutil.copy(path, tmp_path / "other.xlsx")
    assert take_in(conn, [path, other], "Mai").by_event == {"withdrawn": 1}


def test_different_answers_in_two_files_are_refused(shown, tmp_path):
    conn, path = shown
    other = answer(shutil.copy(path, tmp_path / "other.xlsx"), "Chưa rõ")
    assert "hai câu trả lời khác nhau" in refused(conn, answer(path, "Giữ nguyên (đúng)"), other)


def test_another_answer_later_is_refused_by_the_name_of_who_answered_and_the_same_one_passes(one, tmp_path):
    conn, path = one
    again = shutil.copy(answer(path, correction="05/06/2024"), tmp_path / "again.xlsx")
    take_in(conn, [path], "Mai")
    assert take_in(conn, [again], "Lan").repeated == 1
    assert "Mai đã trả lời" in refused(conn, answer(again, correction="06/06/2024"))


def test_a_row_that_was_settled_meanwhile_is_passed_over_and_counted(one):
    conn, path = one
    conn.execute("update ledger.quarantine set resolved_at = now(), resolution = 'delivered_again'")
    taken = take_in(conn, [answer(path, "Giữ nguyên (đúng)")], "Mai")
    assert (taken.by_event, taken.settled) == ({}, 1)


HOSTILE = [
    '=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\r\n=1", "<script>alert(1)</script>", "x" * 40_000,
    "Lan\u202egnud\u202c", "a\x00b", "_x0041_", "00123", "{}", "'quoted", "%s %(x)s {braces}",
]  # fmt: skip


def test_whatever_a_value_holds_it_is_shown_as_text_and_comes_back_unchanged(hold, written):
    conn = hold(held_back(*({"deceased_name": value, **WRONG} for value in HOSTILE)))
    path = written(conn)
    sheet = openpyxl.load_workbook(path).worksheets[1]
    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row if cell.value is not None} <= {
        "s",
        "inlineStr",
    }

    def withdraw_all(sheet, cell):
        for row in range(3, 3 + len(HOSTILE)):
            cell(row, "answer").value = "Không phải hồ sơ này"

    assert take_in(conn, [edit(path, withdraw_all)], "Mai").by_event == {"withdrawn": len(HOSTILE)}


def test_nothing_but_answers_can_be_changed_and_ids_are_hidden(shown):
    sheet = openpyxl.load_workbook(shown[1]).worksheets[1]
    keys = [cell.value for cell in sheet[1]]
    unlocked = {keys[cell.column - 1] for cell in sheet[3] if not cell.protection.locked}
    assert unlocked == {"answer", "note", "correct:registered_on"}
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "H3"
    assert "Chưa rõ" in sheet.data_validations.dataValidation[0].formula1


def test_a_line_that_could_not_be_read_is_only_withdrawn(hold, written):
    reject = {"_delivery_id": "s/d", "_file": "death.csv", "_row": 9, "rule": "too_many_fields", "original": '=a,"b'}
    conn = hold(quarantine_rows(DEATH, rows().clear(), pl.DataFrame([reject])))
    path = written(conn)
    assert "chỉ trả lời" in refused(conn, answer(path, "Giữ nguyên (đúng)"))
    assert take_in(conn, [answer(path, "Không phải hồ sơ này")], "Mai").by_event == {"withdrawn": 1}


def test_file_names_tell_an_office_but_never_what_may_be_a_person(hold, tmp_path):
    person = " ".join(["Bàn", "Văn", "Xá"])
    conn = hold(held_back(WRONG, {"registration_place": person, **WRONG}, {"registration_place": None, **WRONG}))
    sheets = export(conn, quarantine.open_rows(conn), tmp_path / "s", TERMS, "Lan")
    names = {each.unit: each.path.name for each in sheets}
    assert "ubnd-phuong-an-phu" in names[UNIT]
    assert "don-vi" in names[person]
    assert "ban" not in names[person]
    assert len(names) == 3


KEY_TWICE = ["key_is_unique"]


def test_one_of_two_rows_of_a_key_is_kept_once_the_other_is_withdrawn(hold, written):
    conn = hold(held_back({"number": "7"}, {"number": "7", "page": "2"}, rules=KEY_TWICE))
    path = written(conn)
    assert "còn dòng khác cùng khóa" in refused(conn, answer(path, "Giữ nguyên (đúng)"))
    taken = take_in(conn, [answer(path, "Không phải hồ sơ này", row=4)], "Mai")
    assert taken.by_event == {"accepted_as_is": 1, "withdrawn": 1}


def test_a_row_without_a_key_cannot_be_kept(hold, written):
    conn = hold(held_back({"number": None}, rules=["number_present"]))
    assert "thiếu khóa" in refused(conn, answer(written(conn), "Giữ nguyên (đúng)"))
    (row_id,) = quarantine.open_rows(conn)["quarantine_id"]
    with pytest.raises(NotReleasableError, match="correct the key"):
        desk.release(conn, [row_id], "Mai", "thử")


def test_release_return_and_withdraw_take_the_beginning_of_an_id_and_are_audited(hold):
    conn = hold(held_back(WRONG, {"registered_on": "hôm qua"}))
    first, second = (each[:12] for each in quarantine.open_rows(conn)["quarantine_id"])
    assert desk.give_back(conn, [first], "Mai", "hỏi lại", dt.date(2026, 12, 3)) == 1
    assert quarantine.open_rows(conn)["returned_until"].drop_nulls().to_list() == [dt.date(2026, 12, 3)]
    assert desk.release(conn, [first], "Mai", "đúng giấy") == 1
    assert desk.withdraw(conn, [second], "Mai", "dòng thử") == 1
    with pytest.raises(NotReleasableError, match="Mai answered"):
        desk.release(conn, [first], "Lan", "x")
    with pytest.raises(NotReleasableError, match="no row with this id"):
        desk.withdraw(conn, [second, "khong-co"], "Lan", "x")
    told = [(each.actor, each.action) for each in audit.entries(conn, 3)]
    assert told == [("Mai", "quarantine_answered"), ("Mai", "quarantine_answered"), ("Mai", "quarantine_returned")]


def test_history_is_only_added_to(shown):
    conn, _ = shown
    with pytest.raises(Exception, match="append-only"):
        conn.execute("update ledger.quarantine_event set actor = 'Mai'")


def test_audit_and_refusals_hold_no_value_of_a_row(shown):
    conn, path = shown
    told = refused(conn, answer(path, "ừ", "Bí Mật 123"))
    assert "Bí Mật" not in told
    assert "32/13/2024" not in told
    assert "32/13/2024" not in str(audit.entries(conn, 5))
