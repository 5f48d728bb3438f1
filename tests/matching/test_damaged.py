import polars as pl
import pytest

from matching.damaged import repaired_names


def _repaired(name, *register):
    profiles = pl.DataFrame({"profile": [7], "words": [name]}, schema={"profile": pl.UInt32, "words": pl.String})
    known = pl.DataFrame({"words": [*register, *register]}, schema={"words": pl.String})
    return repaired_names(profiles, known)["sorted_words"].to_list()


@pytest.mark.parametrize(
    "name", ["tran thi hnah", "tran thi hanhh", "tr?n thi hanh", "tran th? h?nh", "tran thi ?anh", "tran thi hamh"]
)
def test_a_word_that_no_name_holds_is_put_right(name):
    assert _repaired(name, "tran thi hanh") == ["hanh thi tran"]


@pytest.mark.parametrize("name", [None, "", "tran thi hanh", "xxxx yyyy zzzz", "????"])
def test_a_sound_or_hopeless_name_is_left_alone(name):
    assert _repaired(name, "tran thi hanh") == []


def test_only_names_of_the_register_come_out():
    assert _repaired("tran thi ha?", "tran thi hanh", "le thi hai") == []


def test_no_profiles_give_no_repairs():
    empty = pl.DataFrame(schema={"profile": pl.UInt32, "words": pl.String})
    assert repaired_names(empty, empty.drop("profile")).is_empty()
