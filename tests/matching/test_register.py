import polars as pl
import pytest

from matching.register import PREPARED, prepare

PEOPLE = [
    {"citizen_id": "074090000001", "full_name": "NGUYỄN VĂN HÙNG"},
    {"citizen_id": "074190000002", "full_name": "TRẦN THỊ BÍCH NGỌC"},
]


@pytest.fixture
def people(standard):
    return standard("population", PEOPLE).collect()


def test_rows_that_are_known_are_not_prepared_again(people):
    _, prepared = prepare("population", people.lazy(), PREPARED.to_frame())
    told = prepared.with_columns(words=pl.lit("as it was kept"))
    register, again = prepare("population", people.lazy(), told)
    assert register["words"].to_list() == ["as it was kept"] * 2
    assert again.sort("source").equals(told.sort("source"))


def test_a_row_that_changed_is_prepared_and_one_that_is_gone_is_not_kept(people, standard):
    _, prepared = prepare("population", people.lazy(), PREPARED.to_frame())
    changed = standard("population", [PEOPLE[0] | {"full_name": "NGUYỄN VĂN HƯNG"}])
    register, again = prepare("population", changed, prepared)
    assert register["words"].to_list() == ["nguyen van hung"]
    assert register["form"].to_list() == ["nguyễn văn hưng"]
    assert again.height == 1


def test_every_name_has_the_keys_that_blocking_looks_for(people):
    register, _ = prepare("population", people.lazy(), PREPARED.to_frame())
    keyed = register.select("sorted_words", "squeezed", "given", "surname", "initials", "folded").row(1)
    assert keyed == ("bich ngoc thi tran", "tranthibichngoc", "ngoc", "tran", "bntt", "tran thi bich ngoc")
