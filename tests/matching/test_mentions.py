"""What a record says of somebody, as it is handed to matching."""

import datetime as dt

import pytest

from matching.mentions import mentions


@pytest.mark.parametrize("written", ["05/06/1990", "1990-06-05", "19900605", "ngày 5 tháng 6 năm 1990"])
def test_a_birth_date_is_also_tried_with_day_and_month_swapped_however_it_is_written(standard, written):
    row = {"dossier_code": "H09.01-261120-0001", "owner_name": "Nguyễn Văn Hùng", "owner_birth_date": written}
    assert mentions({"dossier": standard("dossier", [row])})["birth_alt"].to_list() == [dt.date(1990, 5, 6)]


@pytest.mark.parametrize("written", ["25/06/1990", "06/06/1990", "06/1990", "1990", None])
def test_a_birth_date_that_cannot_be_swapped_has_no_other_reading(standard, written):
    row = {"dossier_code": "H09.01-261120-0001", "owner_name": "Nguyễn Văn Hùng", "owner_birth_date": written}
    assert mentions({"dossier": standard("dossier", [row])})["birth_alt"].to_list() == [None]


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("Nguyễn Công Ty", "population"),
        ("NGUYEN CONG TY", "population"),
        ("Trần Văn Phong", "population"),
        ("Công ty Minh Anh", "enterprise"),
        ("NHAT THIEN CO., LTD", "enterprise"),
        ("HỢP TCÁ XÃ TÍN LỘC", "enterprise"),
    ],
)
@pytest.mark.parametrize("owner_type", ["1", "2", "4", None])
def test_the_name_of_an_organisation_says_more_than_the_type_and_the_birth_date(standard, name, reference, owner_type):
    row = {"dossier_code": "H09.01-261120-0001", "owner_name": name, "owner_birth_date": "01/02/1990"}
    told = mentions({"dossier": standard("dossier", [row | {"owner_type": owner_type}])})
    assert told["reference"].to_list() == [reference]
