"""Spaces of names: put right only where nothing else is possible."""

import polars as pl
import pytest

from matching.standardise.name_spaces import MAYBE_APART, TWO_WORDS, restore_spaces

REPAIRED = [
    ("TrầnHuỳnh Minh Thiện", "Trần Huỳnh Minh Thiện"),
    ("NguyễnVănAnh", "Nguyễn Văn Anh"),
    ("LêÁnh", "Lê Ánh"),
    ("DươngThị Mỹ", "Dương Thị Mỹ"),
    ("TRƯƠNGTHỊ MỸ", "TRƯƠNG THỊ MỸ"),
    ("LÊTHỊ TRANG", "LÊ THỊ TRANG"),
    ("BÙINGUYỄN KIM TÂM", "BÙI NGUYỄN KIM TÂM"),
    ("Lê THỊMAI", "Lê THỊ MAI"),
    ("NGUYENVU THE DUNG", "NGUYEN VU THE DUNG"),
    ("LETHI HOA", "LE THI HOA"),
    ("Nguyễn T âm Hiền", "Nguyễn Tâm Hiền"),
    ("Đoàn Th ị Mai", "Đoàn Thị Mai"),
    ("LÊ L INH CHI", "LÊ LINH CHI"),
    ("PHẠM V ĂN SƠN", "PHẠM VĂN SƠN"),
    ("TRƯƠNG N GUYEN DUY", "TRƯƠNG NGUYEN DUY"),
]
LEFT = [
    "Nguyễn Văn An",
    "Êban H'Bia",
    "Niê H'Lan",
    "TONY",
    "Lãê XuãÂn Nghi",
    "LÃÊ XuãÂn Nghi",
    "HANA KIM",
    "McDonald LeBron",
    "LEE MIN JUN",
    "MOHAMAD AMIN",
    "NGUYEN V AN",
    "NGUYỄN H. ĐĂNG",
    "Trần K ANH",
    "H ÊBAN",
    "Nguynễ Văn An",
    "KHÔÔI",
    "",
]


@pytest.mark.parametrize(("written", "meant"), REPAIRED)
def test_a_misplaced_space_is_put_right(written, meant):
    assert restore_spaces(written) == meant


@pytest.mark.parametrize("name", LEFT)
def test_what_may_be_meant_so_stays(name):
    assert restore_spaces(name) == name


@pytest.mark.parametrize("written", [written for written, _ in REPAIRED])
def test_no_name_to_repair_is_overlooked(written):
    assert pl.Series([written]).str.contains(f"{TWO_WORDS}|{MAYBE_APART}").all()


@pytest.mark.parametrize("name", [*LEFT, *(meant for _, meant in REPAIRED)])
def test_a_name_put_right_stays_so(name):
    assert restore_spaces(name) == name
