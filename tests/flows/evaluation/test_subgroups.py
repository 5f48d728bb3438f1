"""Age, sex, name and unit of a record come from its own standard forms."""

from flows.evaluation.subgroups import COLUMNS, described
from tests.matching.conftest import standard

DOSSIERS = [
    {"dossier_code": "H29.14-251101-0001", "owner_name": "TRẦN THỊ LAN", "owner_sex": "2",
     "owner_birth_date": "01/02/1990",
     "received_at": "01/03/2024", "processing_unit": "UBND phường Vĩnh Phú", "owner_type": "1"},
    {"dossier_code": "H29.14-251101-0002", "owner_name": "Đặng Văn Ba", "owner_sex": "1", "owner_birth_date": "1960",
     "received_at": "01/03/2024", "processing_unit": "UBND phường Vĩnh Phú", "owner_type": "1"},
    {"dossier_code": "H29.14-251101-0003", "received_at": None},
]  # fmt: skip


def rows():
    return {each["record_id"]: each for each in described({"dossier": standard("dossier", DOSSIERS)}).to_dicts()}


def test_every_record_is_told_by_sex_age_name_and_unit():
    lan, ba = rows()["dossier:H29.14-251101-0001"], rows()["dossier:H29.14-251101-0002"]
    assert [lan[name] for name in COLUMNS[:3]] == ["nữ / female", "30-44", "tran"]
    assert [ba[name] for name in COLUMNS[:3]] == ["nam / male", "60+", "dang"]
    assert lan["unit"] == ba["unit"] is not None


def test_what_a_record_does_not_say_is_blank():
    assert [rows()["dossier:H29.14-251101-0003"][name] for name in COLUMNS] == [None] * 4


def test_no_rows_have_no_groups():
    assert described({}).height == 0
