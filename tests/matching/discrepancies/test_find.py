"""What linked records say otherwise than the registers: which differences there are, their names, and whose they are.

All cases lie in one world, each with a person of its own, so that differences are looked for once.
"""

from dataclasses import dataclass, field

import polars as pl
import pytest

from matching.discrepancies import DISCREPANCIES, find
from matching.discrepancies.words import BECAUSE, FIELDS, KINDS
from matching.reasons import Reason
from matching.schemas import DECISIONS
from tests.matching.conftest import standard

PERSON = {
    "citizen_id": "074090{n}",
    "cmnd": "280{n}",
    "former_citizen_id": "074089{n}",
    "full_name": "NGUYỄN HOÀ HÙNG",
    "sex": "1",
    "birth_date": "19900412",
    "ethnicity": "01",
    "permanent_province": "74",
    "permanent_commune": "25744",
    "mother_citizen_id": "074170{n}",
    "spouse_name": "PHẠM THỊ MAI",
    "spouse_citizen_id": "074192{n}",
}
FIRM = {
    "enterprise_code": "3700000004",
    "enterprise_name": "CÔNG TY TNHH GỖ THIÊN HƯNG VẠN",
    "short_name": "THIEN HUNG WOOD",
    "representative_name": "TRẦN THỊ LUYẾN",
    "legal_status": "Đã giải thể, phá sản, chấm dứt tồn tại",
    "changed_on": "20240301",
    "office_province": "79",
    "office_commune": "25750",
}
OWNER = {
    "procedure_code": "1.001193",
    "owner_type": "1",
    "owner_name": "Nguyễn Hòa Hùng",
    "owner_number": "074090{n}",
    "owner_birth_date": "12/04/1990",
    "owner_sex": "Nam",
    "owner_commune_code": "25744",
    "received_at": "20/11/2024",
    "status": "9",
    "processing_unit": "UBND phường Phú Lợi",
}
COMPANY = OWNER | {
    "owner_type": "2",
    "owner_name": "Công ty TNHH Gỗ Thiên Hưng Vạn",
    "owner_number": "3700000004",
    "owner_birth_date": None,
    "owner_sex": None,
    "owner_commune_code": None,
    "received_at": "20/02/2024",
}
HUSBAND = {
    "book": "01/2015",
    "registration_place": "UBND phường Phú Lợi, thành phố Thủ Dầu Một, tỉnh Bình Dương",
    "registered_on": "20/06/2015",
    "husband_name": "Nguyễn Hòa Hùng",
    "husband_birth_date": "12/04/1990",
    "husband_citizen_id": "074090{n}",
    "husband_paper_number": "074090{n}",
    "husband_ethnicity": "Kinh",
    "wife_name": "Phạm Thị Mai",
    "wife_citizen_id": "074192{n}",
}
DEATH = {
    "book": "01/2024",
    "registration_place": "UBND phường Phú Lợi",
    "registered_on": "25/11/2024",
    "deceased_name": "Nguyễn Hòa Hùng",
}
BASES = {"owner": OWNER, "company": COMPANY, "husband": HUSBAND, "deceased": DEATH}
PLACES = {"owner": ("dossier", "owner"), "company": ("dossier", "owner")}
PLACES |= {"husband": ("marriage", "husband"), "deceased": ("death", "deceased")}


@dataclass
class World:
    """People, records and links, added case by case."""

    people: list = field(default_factory=list)
    records: dict = field(default_factory=lambda: {"dossier": [], "marriage": [], "death": []})
    links: list = field(default_factory=list)

    def person(self, **fields):
        n = f"{len(self.people) + 100001}"
        self.people.append({name: value.format(n=n) for name, value in (PERSON | fields).items()})
        return n

    def record(self, of, what, reason="identifier_and_name", **fields):
        """Adds a record of this person and the link; its id."""
        dataset, role = PLACES[what]
        row = {name: value and value.format(n=of) for name, value in (BASES[what] | fields).items()}
        number = f"{len(self.records[dataset]) + 1:04}"
        key = {"dossier_code": f"H09.28.75-250117-{number}"} if dataset == "dossier" else {"number": number}
        self.records[dataset].append(row | key)
        parts = row.get("book"), key.get("number"), row.get("registration_place")
        record_id = f"{dataset}:" + (key.get("dossier_code") or "|".join(map(str, parts)))
        is_firm = what == "company"
        entry = FIRM["enterprise_code"] if is_firm else f"074090{of}"
        link = {"dataset": dataset, "role": role, "record_id": record_id, "status": "linked", "reason": reason}
        self.links.append(link | {"reference": "enterprise" if is_firm else "population", "reference_id": entry})
        return record_id

    def held(self):
        local = {name: standard(name, rows) for name, rows in self.records.items() if rows}
        registers = {"population": standard("population", self.people), "enterprise": standard("enterprise", [FIRM])}
        return {name: rows.collect().lazy() for name, rows in (local | registers).items()}

    def decisions(self):
        return pl.DataFrame([{name: each.get(name) for name in DECISIONS} for each in self.links], schema=DECISIONS)


EQUAL = [
    ("owner", {}),
    ("company", {}),
    ("husband", {}),
    ("owner", {"owner_name": "NGUYỄN HOÀ HÙNG"}),
    ("owner", {"owner_name": "  Nguyễn   Hòa\u00a0Hùng "}),
    ("owner", {"owner_name": "Nguyễn HòaHùng"}),
    ("owner", {"owner_name": "Nguye\u0302\u0303n Ho\u0300a Hu\u0300ng"}),
    ("owner", {"owner_commune_code": "25750"}),
    ("owner", {"owner_number": None, "owner_birth_date": None, "owner_sex": None}),
    ("owner", {"owner_number": "999999999"}),
    ("owner", {"owner_birth_date": "00/01/1900"}),
    ("company", {"owner_name": "CTY TNHH GỖ THIÊN HƯNG VẠN"}),
]
"""Tone marks, capitals, spaces, composition, a commune that went whole, blanks, a placeholder, an empty date."""
DIFFERENT = [
    ("owner", {"owner_name": "Nguyen Hoa Hung"}, "name", "accents_missing", 1),
    ("owner", {"owner_name": "Nguyển Hòa Hùng"}, "name", "tone_confused", 2),
    ("owner", {"owner_name": "Nguyễn Hóa Hùng"}, "name", "accent_differs", 2),
    ("owner", {"owner_name": "Nguyễn Hòa Hùnh"}, "name", "one_letter", 2),
    ("owner", {"owner_name": "Hòa Hùng Nguyễn"}, "name", "word_order", 1),
    ("owner", {"owner_name": "Nguyễn H. Hùng"}, "name", "initials", 1),
    ("owner", {"owner_name": "Nguyễn Hùng"}, "name", "words_missing", 2),
    ("owner", {"owner_name": "Đinh Công Trứ"}, "name", "other_name", 2),
    ("owner", {"owner_birth_date": "1990"}, "birth_date", "partial_date", 0),
    ("owner", {"owner_birth_date": "01/01/1990"}, "birth_date", "partial_date", 0),
    ("owner", {"owner_birth_date": "04/12/1990"}, "birth_date", "day_month_swapped", 3),
    ("owner", {"owner_birth_date": "13/04/1990"}, "birth_date", "one_digit", 3),
    ("owner", {"owner_birth_date": "12/04/1978"}, "birth_date", "other_year", 3),
    ("owner", {"owner_birth_date": "25/09/1990"}, "birth_date", "same_year", 3),
    ("owner", {"owner_birth_date": "25/09/1971"}, "birth_date", "other_date", 3),
    ("owner", {"owner_birth_date": "05/1990"}, "birth_date", "same_year", 3),
    ("owner", {"owner_birth_date": "1991"}, "birth_date", "other_year", 3),
    ("owner", {"owner_sex": "Nữ"}, "sex", "other_value", 2),
    ("owner", {"owner_number": "74090{n}"}, "number", "lost_zero", 2),
    ("owner", {"owner_number": "047090{n}"}, "number", "one_digit", 4),
    ("owner", {"owner_number": "280{n}"}, "number", "former_number", 0),
    ("owner", {"owner_number": "074089{n}"}, "number", "former_number", 0),
    ("owner", {"owner_number": "281999111"}, "number", "other_former_number", 1),
    ("owner", {"owner_number": "074170{n}"}, "number", "relative_number", 4),
    ("owner", {"owner_number": "001099876543"}, "number", "other_number", 4),
    ("owner", {"owner_commune_code": "25747"}, "commune", "other_commune", 1),
    ("owner", {"owner_commune_code": "00004"}, "commune", "other_province", 1),
    ("husband", {"husband_ethnicity": "Tày"}, "ethnicity", "other_value", 1),
    ("husband", {"wife_name": "Phạm Thị Mái"}, "spouse_name", "accents_missing", 1),
    ("husband", {"wife_citizen_id": "047192{n}"}, "spouse_number", "one_digit", 1),
    ("husband", {"husband_paper_number": "001099876543"}, "second_number", "other_number", 4),
    ("company", {"owner_name": "CONG TY TNHH GO THIEN HUNG VAN"}, "enterprise_name", "accents_missing", 1),
    ("company", {"owner_name": "CÔNG TY CỔ PHẦN GỖ THIÊN HƯNG VẠN"}, "enterprise_name", "legal_form", 2),
    ("company", {"owner_name": "CÔNG TY TNHH THIEN HUNG WOOD"}, "enterprise_name", "alias", 0),
    ("company", {"owner_name": "Trần Thị Luyến"}, "enterprise_name", "representative", 0),
    ("company", {"owner_name": "CÔNG TY TNHH THÉP MINH QUÂN"}, "enterprise_name", "other_name", 2),
    ("company", {"owner_number": "3700000004-001"}, "enterprise_code", "branch_number", 1),
    ("company", {"owner_number": "3700000040"}, "enterprise_code", "one_digit", 4),
    ("company", {"received_at": "02/03/2024"}, "legal_status", "after_end", 2),
]
CONFIRMED = [
    ("identifier_and_name", {"owner_sex": "Nữ"}, True),
    ("decided_by_steward", {"owner_sex": "Nữ"}, True),
    ("name_and_birth_date_unique", {"owner_sex": "Nữ"}, False),
    ("repaired_identifier_and_name", {"owner_number": "74090{n}"}, True),
    ("repaired_identifier_and_name", {"owner_number": "74090{n}", "owner_birth_date": None}, False),
]
ANOTHER_DAY = {"owner_birth_date": "13/04/1990"}
BLAMED = {
    "one record leaves it open": ({}, [ANOTHER_DAY], "unclear", "no_evidence"),
    "two offices that say the same": ({}, [ANOTHER_DAY] * 2, "register", "several_against_register"),
    "an office that agrees with the register": (
        {},
        [ANOTHER_DAY, ANOTHER_DAY, {}],
        "local",
        "others_agree_with_register",
    ),
    "offices that all say otherwise": ({}, [ANOTHER_DAY, {"owner_birth_date": "14/04/1990"}], "unclear", "no_evidence"),
    "the year in the number is the register's": (
        {},
        [{"owner_birth_date": "12/04/1978"}],
        "local",
        "number_agrees_with_register",
    ),
    "the year in the number is the record's": (
        {"birth_date": "19780412"},
        [{}],
        "register",
        "number_agrees_with_local",
    ),
    "the record lacks accents": ({}, [{"owner_name": "Nguyen Hoa Hung"}], "local", "local_incomplete"),
    "the register lacks accents": ({"full_name": "NGUYEN HOA HUNG"}, [{}], "register", "register_incomplete"),
    "a number": ({}, [{"owner_number": "74090{n}"}] * 2, "local", "register_gives_numbers"),
}
SPECIAL = {
    "regional": ({"full_name": "HOÀNG LÝ VŨ"}, {"owner_name": "Huỳnh Lí Võ"}, {"name": "regional_spelling"}),
    "split": (
        {"permanent_commune": "25975"},
        {"owner_commune_code": None, "owner_address": "P. Bình Chuẩn, TP. Thuận An, Bình Dương"},
        {"commune": "split_unit"},
    ),
    "current": ({"current_commune": "25747"}, {"owner_commune_code": "25747"}, {}),
}
DIED = {"19/11/2024": {"life": "after_death"}, "20/11/2024": {}, "2024": {}}


@pytest.fixture(scope="session")
def world():
    made = World()
    ids = {}
    for at, (what, fields) in enumerate(EQUAL):
        ids["equal", at] = made.record(made.person(), what, **fields)
    for at, (what, fields, *_) in enumerate(DIFFERENT):
        ids["different", at] = made.record(made.person(), what, **fields)
    for at, (reason, fields, _) in enumerate(CONFIRMED):
        ids["confirmed", at] = made.record(made.person(), "owner", reason, **fields)
    for name, (person, several, *_) in BLAMED.items():
        of = made.person(**person)
        ids["blamed", name] = [
            made.record(of, "owner", processing_unit=f"Sở {n}", **fields) for n, fields in enumerate(several)
        ]
    of = made.person()
    ids["twice"] = [made.record(of, "owner", processing_unit="Sở 1", **ANOTHER_DAY) for _ in range(2)]
    for name, (person, fields, _) in SPECIAL.items():
        ids["special", name] = made.record(made.person(**person), "owner", **fields)
    for died in DIED:
        of = made.person()
        made.record(of, "deceased", death_date=died)
        ids["died", died] = made.record(of, "owner")
    return made, ids


@pytest.fixture(scope="session")
def found(world):
    made, _ = world
    return find(made.held(), made.decisions())


@pytest.fixture(scope="session")
def told(world, found):
    """`told(*case)`: the differences of the case's record, by field."""

    def of(*case):
        rows = found.filter(pl.col("record_id") == world[1][case])
        return {row["field"]: row for row in rows.iter_rows(named=True)}

    return of


def kinds(rows):
    return {name: row["kind"] for name, row in rows.items()}


@pytest.mark.parametrize("at", range(len(EQUAL)), ids=[str(each) for each in EQUAL])
def test_what_is_equal_in_comparable_form_is_no_difference(told, at):
    assert kinds(told("equal", at)) == {}


@pytest.mark.parametrize(
    "at", range(len(DIFFERENT)), ids=[f"{each[2]} {each[3]} {at}" for at, each in enumerate(DIFFERENT)]
)
def test_a_difference_is_named_and_as_grave_as_its_field_or_less(told, at):
    _, _, name, kind, gravity = DIFFERENT[at]
    rows = told("different", at)
    assert kinds(rows) == {name: kind}
    assert rows[name]["gravity"] == gravity


@pytest.mark.parametrize("name", SPECIAL)
def test_near_forms_are_told_as_such_and_the_nearer_of_two_homes_counts(told, name):
    assert kinds(told("special", name)) == SPECIAL[name][2]


@pytest.mark.parametrize("died", DIED)
def test_an_act_after_the_registered_day_of_death_is_told(told, died):
    assert kinds(told("died", died)) == DIED[died]


@pytest.mark.parametrize("name", BLAMED)
def test_the_side_that_is_likely_wrong_is_told_with_its_reason(world, found, name):
    *_, side, reason = BLAMED[name]
    rows = found.filter(pl.col("record_id").is_in(world[1]["blamed", name]))
    assert set(rows.select("likely_wrong", "likely_wrong_reason").rows()) == {(side, reason)}


def test_one_office_twice_is_one_witness(world, found):
    rows = found.filter(pl.col("record_id").is_in(world[1]["twice"]))
    assert set(rows["likely_wrong_reason"]) == {"no_evidence"}


def test_the_police_of_the_commune_is_asked_where_the_register_is_likely_wrong_and_else_the_local_office(found):
    by_side = found.filter(pl.col("dataset") == "dossier").group_by("likely_wrong").agg(pl.col("office").unique())
    offices = dict(by_side.iter_rows())
    assert set(offices["register"]) == {"Công an phường Phú Lợi, thành phố Hồ Chí Minh"}
    assert not any(each.startswith("Công an") for side in ("local", "unclear") for each in offices[side])


def test_an_office_of_a_commune_that_went_whole_is_the_one_of_today(told):
    at = next(at for at, each in enumerate(DIFFERENT) if each[2] == "ethnicity")
    assert told("different", at)["ethnicity"]["office"] == "UBND phường Phú Lợi"


@pytest.mark.parametrize("at", range(len(CONFIRMED)), ids=[f"{each[0]} {each[2]}" for each in CONFIRMED])
def test_a_difference_is_confirmed_by_a_certain_link_alone(told, at):
    assert {row["is_confirmed"] for row in told("confirmed", at).values()} == {CONFIRMED[at][2]}


def test_every_value_of_a_closed_column_is_of_its_list_and_values_are_classified_as_their_property(found):
    assert set(found["field"]) <= set(FIELDS)
    assert set(found["kind"]) <= set(KINDS)
    assert set(found["likely_wrong_reason"]) <= set(BECAUSE)
    assert set(found["link_reason"]) <= set(Reason)
    assert {"sensitive"} == set(found.filter(pl.col("field") == "number")["value_classification"])
    assert {"personal"} == set(found.filter(pl.col("field") == "life")["value_classification"])


def test_neither_the_order_of_rows_nor_of_decisions_matters(world, found):
    made, _ = world
    shuffled = {
        name: rows.collect().sample(fraction=1, shuffle=True, seed=3).lazy() for name, rows in made.held().items()
    }
    again = find(shuffled, made.decisions().sample(fraction=1, shuffle=True, seed=5))
    assert again.equals(found)


def test_only_links_have_differences(world):
    made, _ = world
    held, decisions = made.held(), made.decisions()
    assert find(held, decisions.with_columns(status=pl.lit("review"))).is_empty()
    assert find(held, decisions.head(0)).schema == DISCREPANCIES
    assert find({}, decisions.head(0)).is_empty()
