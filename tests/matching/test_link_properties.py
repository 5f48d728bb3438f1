"""What holds for any input: order does not matter, less evidence is never more weight, odd inputs are no accident."""

import polars as pl
import pytest

import matching
from matching.reasons import STATUS_REASONS, Status
from matching.schemas import DECISIONS

DOSSIERS = [
    {"owner_number": "074090000001", "owner_name": "Nguyen Van Hung", "owner_birth_date": "12/04/1990"},
    {
        "owner_number": "074190000002",
        "owner_name": "Trần T. Ngọc",
        "owner_birth_date": "11/05/1990",
        "owner_sex": "Nam",
    },
    {"owner_name": "Đinh Công Trứ", "owner_birth_date": "02/02/1980", "owner_commune_code": "25750"},
    {"owner_name": "Lê Quang Minh", "owner_birth_date": "07/06/2015", "owner_number": "074187000004"},
    {"owner_name": "Võ Thành Long", "owner_birth_date": "1970"},
    {"owner_name": None, "owner_number": None},
    {"owner_name": "Huỳnh Ngọc Ẩn", "owner_number": "000000001"},
    {"owner_type": "2", "owner_name": "CTY TNHH Gỗ Thiên Hưng Vạn", "owner_number": "3700000004"},
]
BIRTHS = [
    {
        "child_name": "Lê Thảo Vy",
        "child_birth_date": "07/06/2015",
        "mother_name": "Pham Thi Mai",
        "father_name": "Lê Quang Đạo",
        "father_id_number": "074085000003",
    }
]


def test_every_decision_has_a_status_and_a_reason_that_belong_together(link):
    decisions = link(dossier=DOSSIERS, birth=BIRTHS)
    assert decisions.height == len(DOSSIERS) + 3
    for status, reason in decisions.select("status", "reason").iter_rows():
        assert reason in STATUS_REASONS[Status(status)]


def test_every_reason_explains_itself_in_both_languages():
    sentences = [(each.vi, each.en) for reasons in STATUS_REASONS.values() for each in reasons]
    assert all(vi and en for vi, en in sentences)


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_rows_give_the_same_decisions(standard, registers, seed):
    records = {"dossier": standard("dossier", _keyed(DOSSIERS)), "birth": standard("birth", _keyed(BIRTHS))}
    shuffled = {name: _shuffle(frame, seed) for name, frame in records.items()}
    mixed_registers = {name: _shuffle(frame, seed) for name, frame in registers.items()}
    assert matching.link(shuffled, mixed_registers).equals(matching.link(records, registers))


def _keyed(rows):
    return [{"dossier_code": f"H09.01-261120-{at:04}", "number": str(at), **row} for at, row in enumerate(rows)]


def _shuffle(frame: pl.LazyFrame, seed: int) -> pl.LazyFrame:
    return frame.collect().sample(fraction=1, shuffle=True, seed=seed).lazy()


FULL = {
    "owner_number": "074190000002",
    "owner_name": "Trần Thị Bích Ngọc",
    "owner_birth_date": "05/11/1990",
    "owner_sex": "2",
    "owner_commune_code": "25750",
}
WRONG = {**FULL, "owner_birth_date": "06/12/1984", "owner_sex": "1", "owner_commune_code": "25966"}


@pytest.mark.parametrize("record", [FULL, WRONG], ids=["all agrees", "much disagrees"])
@pytest.mark.parametrize("blank", [*FULL])
def test_blanking_a_field_never_raises_the_weight(one, record, blank):
    full = one(**record)
    blanked = one(**{**record, blank: None})
    assert (blanked["weight"] or 0) <= full["weight"]


def test_no_records_give_no_decisions(standard, registers):
    assert matching.link({}, registers).schema == DECISIONS
    assert matching.link({"death": standard("death", [])}, registers).is_empty()


def test_an_empty_register_finds_nobody(standard, registers):
    empty = {name: frame.limit(0) for name, frame in registers.items()}
    decisions = matching.link({"dossier": standard("dossier", _keyed(DOSSIERS))}, empty)
    assert set(decisions["status"]) <= {"not_found", "unlinkable"}


def test_records_that_say_nothing_are_unlinkable(link):
    decisions = link(dossier=[{}, {}], birth=[{}], marriage=[{}], death=[{}])
    assert set(decisions["status"]) == {"unlinkable"}


def test_identical_records_get_identical_answers(link):
    decisions = link(dossier=[FULL] * 20)
    assert decisions.drop("record_id").unique().height == 1


def test_a_hundred_thousand_placeholders_cost_one_comparison(standard, registers):
    said = []
    one_row = standard(
        "dossier", [{"dossier_code": "H09.01-261120-0001", "owner_name": "Nguyễn Văn A", "owner_number": "000000001"}]
    )
    many = pl.concat([one_row.collect()] * 100_000, rechunk=False).with_row_index("at")
    keyed = many.with_columns(record_id=pl.format("dossier:{}", "at")).drop("at")
    decisions = matching.link({"dossier": keyed.lazy()}, registers, progress=said.append)
    assert decisions.height == 100_000
    assert any("100000 lượt nêu · mentions, 1 cách nêu · profiles" in line for line in said)


def test_a_register_row_that_comes_twice_is_one_person(standard, registers):
    twice = {**registers, "population": pl.concat([registers["population"]] * 2)}
    records = {"dossier": standard("dossier", _keyed(DOSSIERS))}
    assert matching.link(records, twice).equals(matching.link(records, registers))


def test_better_evidence_never_weighs_less(one):
    weights = [
        one(owner_name=name, owner_birth_date="05/11/1990")["weight"]
        for name in ("Trần Thị Bích Ngọc", "Tran Thi Bich Ngoc", "Trần Thị Bích Ngọ", "Trần Ngọc")
    ]
    assert weights == sorted(weights, reverse=True)
