"""The first stage of the cascade: whose number settles who is meant, and who is blocked."""

import pytest

import matching


@pytest.fixture
def blocked(standard, registers):
    """How many profiles of one dossier are left to block."""

    def counted(**fields):
        said = []
        records = standard("dossier", [{"dossier_code": "H09.01-261120-0001", **fields}])
        matching.link({"dossier": records}, registers, progress=said.append)
        (line,) = [each for each in said if each.startswith("population") and "settled" in each]
        return int(line.split(", ")[1].split()[0])

    return counted


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        pytest.param({"owner_number": "074090000001", "owner_name": "Nguyen Van Hung"}, 0, id="number and name"),
        pytest.param({"owner_number": "280123456", "owner_name": "Trần Thị Bích Ngọc"}, 0, id="CMND and name"),
        pytest.param({"owner_number": "074090000001"}, 1, id="number that nothing confirms"),
        pytest.param({"owner_number": "074090000001", "owner_name": "Hoàng Tuấn Kiệt"}, 1, id="another name"),
        pytest.param(
            {"owner_number": "074090000001", "owner_name": "Nguyễn Văn Hùng", "owner_birth_date": "01/02/1955"},
            1,
            id="another birth date",
        ),
        pytest.param({"owner_number": "74090000001", "owner_name": "Nguyễn Văn Hùng"}, 1, id="number after a repair"),
        pytest.param({"owner_name": "Nguyễn Văn Hùng", "owner_birth_date": "12/04/1990"}, 1, id="no number"),
    ],
)
def test_a_confirmed_and_uncontradicted_number_settles_a_record(blocked, fields, left):
    assert blocked(**fields) == left
