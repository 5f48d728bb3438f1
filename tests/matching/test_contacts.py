import polars as pl
import pytest

FIRM = {
    "owner_number": "074190000002",
    "owner_name": "Trần Thị Bích Ngọc",
    "owner_birth_date": "05/11/1990",
    "owner_phone": "0912345678",
}
VAGUE = {"owner_name": "Trần Thị Bích Ngọc"}


def _statuses(link, *dossiers):
    return link(dossier=list(dossiers))["status"].to_list()


def test_a_name_alone_is_not_enough(link):
    assert _statuses(link, FIRM, VAGUE) == ["linked", "review"]


def test_a_phone_that_a_firmly_linked_dossier_gives_too_links(link):
    decisions = link(dossier=[FIRM, {**VAGUE, "owner_phone": "0912345678"}])
    assert decisions["status"].to_list() == ["linked", "linked"]
    assert decisions["reference_id"].n_unique() == 1
    assert '"contact":["same"' in decisions["evidence"][1]


def test_a_phone_finds_a_person_whose_name_is_damaged(link):
    damaged = {"owner_name": "Tr?n Th? B?ch Ng?c", "owner_phone": "0912345678"}
    assert _statuses(link, FIRM, damaged) == ["linked", "linked"]


def test_a_shared_phone_does_not_make_another_name_the_same_person(link):
    other = {"owner_name": "Huỳnh Thị Lan", "owner_phone": "0912345678"}
    assert _statuses(link, FIRM, other)[1] == "not_found"


def test_a_phone_that_nobody_is_linked_by_says_nothing(link):
    same_phone = {**VAGUE, "owner_phone": "0912345678"}
    assert _statuses(link, same_phone, {**same_phone, "owner_sex": "2"}) == ["review", "review"]


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_dossiers_does_not_matter_for_contacts(link, reverse):
    dossiers = [
        {**FIRM, "dossier_code": "H09.01-261120-0001"},
        {**VAGUE, "owner_phone": "0912345678", "dossier_code": "H09.01-261120-0002"},
    ]
    decisions = link(dossier=dossiers[::-1] if reverse else dossiers)
    assert decisions.select(pl.col("status").n_unique()).item() == 1


def test_a_phone_that_many_gave_is_nobodys(link):
    people = [
        ("074090000001", "Nguyễn Văn Hùng", "12/04/1990"),
        ("074190000002", "Trần Thị Bích Ngọc", "05/11/1990"),
        ("074085000003", "Lê Quang Đạo", "20/09/1985"),
        ("074187000004", "Phạm Thị Mai", "01/03/1987"),
        ("074080000009", "Đinh Công Trứ", "02/02/1980"),
    ]
    agents = [
        {"owner_number": number, "owner_name": name, "owner_birth_date": birth, "owner_phone": "0912345678"}
        for number, name, birth in people
    ]
    assert _statuses(link, *agents, {**VAGUE, "owner_phone": "0912345678"}) == ["linked"] * 5 + ["review"]
