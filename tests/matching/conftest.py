"""Small worlds to link in: a population and an enterprise register, and records written as clerks write them."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl
import pytest

import contracts
import matching
from matching.standardise import standardise

Rows = Sequence[Mapping[str, str | None]]

POPULATION: Rows = [
    {"citizen_id": "074090000001", "full_name": "NGUYỄN VĂN HÙNG", "sex": "1", "birth_date": "19900412"},
    {
        "citizen_id": "074190000002",
        "cmnd": "280123456",
        "full_name": "TRẦN THỊ BÍCH NGỌC",
        "sex": "2",
        "birth_date": "19901105",
        "permanent_commune": "25750",
    },
    {
        "citizen_id": "074085000003",
        "former_citizen_id": "074084000003",
        "full_name": "LÊ QUANG ĐẠO",
        "sex": "1",
        "birth_date": "19850920",
        "spouse_name": "PHẠM THỊ MAI",
        "spouse_citizen_id": "074187000004",
    },
    {"citizen_id": "074187000004", "full_name": "PHẠM THỊ MAI", "sex": "2", "birth_date": "19870301"},
    {"citizen_id": "074070000005", "full_name": "VÕ THÀNH LONG", "sex": "1", "birth_date": "1970"},
    *(
        {
            "citizen_id": number,
            "full_name": name,
            "sex": sex,
            "birth_date": "20150607",
            "mother_name": "PHẠM THỊ MAI",
            "mother_citizen_id": "074187000004",
            "father_name": "LÊ QUANG ĐẠO",
        }
        for number, name, sex in (
            ("074215000006", "LÊ QUANG MINH", "1"),
            ("074215000007", "LÊ QUANG MINK", "1"),
            ("074315000008", "LÊ THẢO VY", "2"),
        )
    ),
    {"citizen_id": "074080000009", "full_name": "ĐINH CÔNG TRỨ", "sex": "1", "birth_date": "19800202"},
    {"citizen_id": "079080000010", "full_name": "ĐINH CÔNG TRỨ", "sex": "1", "birth_date": "19800202"},
]

ENTERPRISE: Rows = [
    {
        "enterprise_code": "3700000004",
        "enterprise_name": "CÔNG TY TNHH GỖ THIÊN HƯNG VẠN",
        "representative_name": "TRẦN THỊ LUYẾN",
        "office_commune": "25750",
        "office_address": "Số 12/3, đường Lê Hồng Phong, khu phố 2, phường Phú Lợi",
    },
    {
        "enterprise_code": "3700000004-001",
        "enterprise_name": "CHI NHÁNH CÔNG TY TNHH GỖ THIÊN HƯNG VẠN TẠI THUẬN AN",
        "office_commune": "25966",
        "office_address": "Lô B2, đường số 6, KCN VSIP I, phường Thuận Giao",
    },
]

BASE: dict[str, dict[str, str]] = {
    "dossier": {"procedure_code": "1.001193", "owner_type": "1", "received_at": "20/11/2026", "status": "9"},
    "birth": {"book": "01/2015", "registration_place": "UBND phường Phú Lợi", "registered_on": "20/06/2015"},
    "marriage": {"book": "01/2010", "registration_place": "UBND phường Phú Lợi", "registered_on": "20/06/2010"},
    "death": {"book": "01/2020", "registration_place": "UBND phường Phú Lợi", "death_date": "01/06/2020"},
}
"""What a test of matching does not want to repeat."""


def standard(dataset: str, rows: Rows) -> pl.LazyFrame:
    """The rows as the standardiser hands them to matching."""
    contract = contracts.received()[dataset]
    base = BASE.get(dataset, {})
    filled = [
        {
            **{name: {**base, **row}.get(name) for name in contract.names},
            "_delivery_id": "test/1",
            "_file": f"{dataset}.csv",
            "_op": row.get("_op", "upsert"),
            "_extra": None,
            "_hash": str(sorted(row.items(), key=lambda item: item[0])),
        }
        for row in rows
    ]
    schema = dict.fromkeys((*contract.names, "_delivery_id", "_file", "_op", "_extra", "_hash"), pl.String)
    return standardise(pl.DataFrame(filled, schema=schema).with_row_index("_row").lazy(), contract)


@pytest.fixture(scope="session", name="standard")
def standard_fixture() -> Callable[[str, Rows], pl.LazyFrame]:
    """`standard(dataset, rows)` for tests that hand frames to `matching.link` themselves."""
    return standard


Linker = Callable[..., pl.DataFrame]


@pytest.fixture(scope="session")
def registers() -> dict[str, pl.LazyFrame]:
    return {
        "population": standard("population", POPULATION).collect().lazy(),
        "enterprise": standard("enterprise", ENTERPRISE).collect().lazy(),
    }


@pytest.fixture(scope="session")
def link(registers) -> Linker:
    """`link(dossier=[{…}], verdicts=…)` → DECISIONS; numbers and codes of records are filled in where not given."""

    def linked(*, verdicts: pl.DataFrame | None = None, **datasets: Rows) -> pl.DataFrame:
        keyed = {
            dataset: standard(
                dataset,
                [
                    {"dossier_code": f"H09.01-261120-{at:04}", "number": str(at), **row}
                    for at, row in enumerate(rows, 1)
                ],
            )
            for dataset, rows in datasets.items()
        }
        return matching.link(keyed, registers, verdicts=verdicts)

    return linked


@pytest.fixture(scope="session")
def one(link) -> Callable[..., dict[str, object]]:
    """The decision on a single dossier with these fields."""

    def decided(**fields: str | None) -> dict[str, object]:
        return link(dossier=[fields]).row(0, named=True)

    return decided
