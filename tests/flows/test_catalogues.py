"""Catalogues of codes: in the standard form of the records, and refused by line where they hold something else."""

import pytest

from flows.catalogues import known_codes
from flows.errors import SettingsError
from flows.settings import Settings


def known(**files):
    return known_codes(Settings(checks=files))


def test_without_catalogues_nothing_is_known():
    assert known().digest() == [None, None]


def test_codes_are_brought_to_the_form_of_the_records(tmp_path):
    procedures, units = tmp_path / "procedures.csv", tmp_path / "units.txt"
    procedures.write_text('\ufeffMã,Tên\n"1.001193.000.00.00.H09",Đăng ký khai sinh\n1.000894\n\n', encoding="utf-8")
    units.write_text("h09.22\n000.00.23.H09;UBND\n", encoding="utf-8")
    found = known(procedures=procedures, units=units)
    assert found.procedures == {"1.001193", "1.000894"}
    assert found.units == {"H09.22", "H09.23"}


@pytest.mark.parametrize(
    ("text", "told"), [("", "empty"), ("Mã\n", "empty"), ("1.001193\nkhai sinh\n", "line 2"), ("x\ny\n", "line 2")]
)
def test_a_file_without_codes_is_refused(tmp_path, text, told):
    path = tmp_path / "procedures.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        known(procedures=path)


def test_a_file_that_is_missing_or_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "units.csv"
    with pytest.raises(SettingsError, match="cannot be read"):
        known(units=path)
    path.write_bytes("H09.22\nĐơn vị\n".encode("utf-16"))
    with pytest.raises(SettingsError, match="UTF-8"):
        known(units=path)
