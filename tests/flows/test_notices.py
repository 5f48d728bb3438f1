"""A row in quarantine is told by a sentence with file, row, column and remedy, never with its values."""

import polars as pl

from contracts import received
from expectations.quarantine import QUARANTINE
from flows.pull.model import REJECTS
from flows.stages.notices import MOST, notices

DOSSIER = received()["dossier"]
READABLE = pl.DataFrame(schema=REJECTS)


def quarantined(*rows):
    usual = {"quarantine_id": "q", "dataset": "dossier", "record_id": "dossier:1", "delivery_id": "one-stop/1"}
    told = {"file": "dossier.csv", "original": '{"owner_name": "BÍ MẬT"}'}
    return pl.DataFrame([usual | told | {"row": row, "rules": [rule]} for row, rule in rows], schema=QUARANTINE)


def test_the_sentence_names_file_row_and_the_sources_own_column_in_both_languages():
    (told,) = notices(DOSSIER, quarantined((12, "received_at_understood")), READABLE)
    assert (told.file, told.row, told.column) == ("dossier.csv", 12, "NgayTiepNhan")
    assert told.vi.startswith("Tệp dossier.csv, dòng 12, cột NgayTiepNhan: Ngày tiếp nhận phải")
    assert told.en.startswith("File dossier.csv, row 12, column NgayTiepNhan: ")
    assert "BÍ MẬT" not in told.vi + told.en


def test_a_rule_over_the_whole_row_names_no_column():
    (told,) = notices(DOSSIER, quarantined((3, "key_is_unique")), READABLE)
    assert told.column is None
    assert "cột" not in told.vi


def test_an_unreadable_row_keeps_the_readers_sentence():
    cells = [("dossier", "one-stop/1", "dossier.csv", 7, "too_many_fields", "Thừa trường", "Too many", "a,b,c")]
    rejects = pl.DataFrame(cells, schema=REJECTS, orient="row")
    (told,) = notices(DOSSIER, quarantined((7, "too_many_fields")), rejects)
    assert (told.code, told.vi, told.row) == ("too_many_fields", "Thừa trường", 7)


def test_rows_come_in_the_order_of_the_file_and_not_without_end():
    told = notices(DOSSIER, quarantined(*((row, "status_present") for row in range(500, 0, -1))), READABLE)
    assert [each.row for each in told] == list(range(1, MOST + 1))
