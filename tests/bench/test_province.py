"""The made-up province: the same seed the same bytes, families that hang together, and dirt at the rates it states."""

import subprocess
import sys
import unicodedata
from dataclasses import asdict, fields, replace
from pathlib import Path

import polars as pl
import pytest

from bench.province.settings import ONE_OF, PRESETS, Dirt, Province, damages
from bench.province.writing import FILES, parts, write

ROOT = Path(__file__).parents[2]
ALL_RECORDS = ("outside", "namesake", "namesake_same_day")
"""Rates that are no damage of a record."""
DAMAGES = [each.name for each in fields(Dirt) if each.name not in ALL_RECORDS]


def made(**asked):
    """The whole province, its parts together: register, local and truth."""
    found = list(parts(Province(**{"register": 3000, "local": 3000, **asked})))
    return [pl.concat([part[name] for part in found]) for name in FILES]


def beside_truth(**asked):
    """The records that mean somebody in the register, the register's columns after `_true`."""
    register, local, truth = made(**asked)
    told = local.join(truth, left_on="record_id", right_on="local_id")
    return told.join(register.rename(lambda name: f"{name}_true"), left_on="person_id", right_on="person_id_true")


def fold(text):
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.fixture(scope="module")
def province():
    return made(register=20_000, local=20_000, seed=5, part_people=7_000)


@pytest.fixture(scope="module")
def register(province):
    return province[0]


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    asked = Province(register=3000, local=1000, seed=7, part_people=1000)
    for folder in ("first", "again"):
        write(asked, tmp_path / folder)
    for name in FILES:
        first, again = (tmp_path / folder / f"{name}.parquet" for folder in ("first", "again"))
        assert first.read_bytes() == again.read_bytes()


def test_another_seed_gives_another_province():
    (first, *_), (other, *_) = made(seed=1), made(seed=2)
    assert first["person_id"].is_in(other["person_id"].implode()).mean() < 0.01


@pytest.mark.parametrize(("register", "local"), [(0, 0), (1, 0), (0, 5), (5, 0), (1, 1), (7, 100), (1000, 3)])
def test_there_are_as_many_people_and_records_as_asked(tmp_path, register, local):
    write(Province(register=register, local=local, part_people=400), tmp_path)
    found = {name: pl.read_parquet(tmp_path / f"{name}.parquet") for name in FILES}
    assert {name: frame.height for name, frame in found.items()} == {
        "register": register,
        "local": local,
        "truth": local,
    }
    assert {name: dict(frame.schema) for name, frame in found.items()} == FILES


def test_every_record_has_one_truth_and_every_truth_a_person(province):
    register, local, truth = province
    assert local["record_id"].is_unique().all()
    assert truth["local_id"].to_list() == local["record_id"].to_list()
    assert truth["person_id"].drop_nulls().is_in(register["person_id"].implode()).all()


def test_records_about_nobody_are_as_many_as_stated(province):
    assert province[2]["person_id"].null_count() == pytest.approx(20_000 * PRESETS["field"].outside, abs=3)


def test_nobody_outside_has_a_number_of_the_register():
    register, local, truth = made(dirt=Dirt(outside=0.5))
    outside = local.filter(truth["person_id"].is_null())
    assert outside.height == 1500
    assert not outside["number"].is_in(register["person_id"].implode()).any()


def test_no_person_has_two_records_when_one_to_one():
    _, _, truth = made(register=2001, local=2001, is_one_to_one=True, part_people=300, dirt=Dirt())
    assert truth["person_id"].drop_nulls().is_unique().all()


def test_people_outside_have_one_record_when_one_to_one():
    _, local, truth = made(is_one_to_one=True, dirt=Dirt(outside=0.5))
    assert local.filter(truth["person_id"].is_null())["number"].is_unique().all()


@pytest.mark.parametrize("mean", [1.0, 1.3, 3.0])
def test_people_with_records_have_as_many_as_stated_on_average(mean):
    _, _, truth = made(records_per_person=mean)
    told = truth["person_id"].drop_nulls()
    assert told.len() / told.n_unique() == pytest.approx(mean, rel=0.01)


def test_without_dirt_records_say_what_the_register_says():
    told = beside_truth(dirt=Dirt())
    assert told["damage"].unique().to_list() == [""]
    assert told["number"].equals(told["person_id"])
    for name in ("full_name", "birth_date", "sex", "commune_code", "phone", "mother_name", "father_name"):
        assert told[name].equals(told[f"{name}_true"]), name


def test_a_citizen_id_tells_sex_century_and_year(register):
    number, year = pl.col("person_id"), pl.col("birth_date").dt.year()
    century_and_sex = (year // 100 - 19) * 2 + pl.col("sex") - 1
    told = register.select(
        number.str.contains("^0[0-9]{11}$"),
        fourth=number.str.slice(3, 1).cast(pl.Int32) == century_and_sex,
        year=number.str.slice(4, 2).cast(pl.Int32) == year % 100,
    )
    assert told.select(pl.all().all()).row(0) == (True, True, True)


@pytest.mark.parametrize("column", ["person_id", "cmnd"])
def test_no_number_is_given_twice_in_all_parts(register, column):
    assert register[column].drop_nulls().is_unique().all()


def test_a_name_is_its_parts(register):
    joined = register.select(pl.concat_str("surname", "middle", "given", separator=" ", ignore_nulls=True)).to_series()
    assert joined.equals(register["full_name"], check_names=False)


def test_names_have_three_words_mostly_and_four_sometimes(register):
    words = register["full_name"].str.split(" ").list.len()
    assert (words == 3).mean() == pytest.approx(0.83, abs=0.02)
    assert (words == 4).mean() == pytest.approx(0.16, abs=0.02)
    assert words.is_between(2, 4).all()


@pytest.mark.parametrize(("surname", "share"), [("Nguyễn", 0.315), ("Trần", 0.109), ("Lê", 0.089)])
def test_surnames_are_as_common_as_in_the_country(surname, share):
    # In a small province one family of many sons shifts a share, so many small ones are looked at.
    found = pl.concat(made(register=5000, local=0, seed=seed)[0] for seed in range(8))
    assert (found["surname"] == surname).mean() == pytest.approx(share, rel=0.2)


def test_spouses_name_each_other_and_live_together(register):
    married = register.filter(pl.col("spouse_id").is_not_null())
    pairs = married.join(register, left_on="spouse_id", right_on="person_id", suffix="_other")
    assert pairs.height == married.height > register.height / 4
    assert pairs["spouse_id_other"].equals(pairs["person_id"], check_names=False)
    assert (pairs["sex"] != pairs["sex_other"]).all()
    assert pairs["household_id"].equals(pairs["household_id_other"], check_names=False)


def test_a_spouse_is_in_the_register():
    register, *_ = made(register=101, local=300, dirt=Dirt(outside=0.9), part_people=50)
    assert register["spouse_id"].drop_nulls().is_in(register["person_id"].implode()).all()


def test_a_household_has_one_address(register):
    homes = register.group_by("household_id").agg(pl.col("commune_code", "address").n_unique())
    assert homes.select(pl.max("commune_code", "address")).row(0) == (1, 1)


def test_children_bear_their_fathers_surname_mostly(register):
    known = register.filter(pl.col("father_name").is_not_null())
    fathers = known["father_name"].str.split(" ").list.first()
    assert 0.95 < (known["surname"] == fathers).mean() < 1


def test_parents_are_people_of_the_register_where_they_live_together(register):
    young = register.filter(pl.col("spouse_id").is_null(), pl.col("birth_date").dt.year() > 2015)
    at_home = young.join(register, on="household_id", suffix="_other")
    has_mother = (pl.col("mother_name") == pl.col("full_name_other")).any()
    assert at_home.group_by("person_id").agg(has=has_mother)["has"].mean() > 0.9


def test_twins_are_about_one_birth_in_two_hundred_and_share_their_parents():
    register = pl.concat(made(register=20_000, local=0, seed=seed)[0] for seed in range(3))
    known_days = register.filter(pl.col("birth_date").dt.ordinal_day() > 1)
    births = known_days.group_by("mother_name", "father_name", "birth_date").agg(
        pl.len(), pl.col("given").n_unique(), pl.col("surname").n_unique()
    )
    twins = births.filter(pl.col("len") == 2)
    assert 0.003 < twins.height / births.height < 0.007
    assert twins.select(pl.col("given").min(), pl.col("surname").max()).row(0) == (2, 1)


def test_siblings_of_one_sex_share_a_middle_name_about_every_other_time(register):
    plain = register.filter(~pl.col("middle").str.contains("Văn|Thị| "))
    families = plain.group_by("sex", "mother_name", "father_name").agg("middle", pl.len()).filter(pl.col("len") == 2)
    assert families.height > 200
    assert 0.4 < (families["middle"].list.n_unique() == 1).mean() < 0.7


def test_the_largest_commune_is_many_times_the_smallest(register):
    sizes = register["commune_code"].value_counts()["count"]
    assert sizes.max() > 10 * sizes.min()


def test_a_namesake_outside_has_name_sex_and_year_of_somebody_inside():
    register, local, truth = made(dirt=Dirt(outside=0.3, namesake=1.0))
    outside = local.filter(truth["person_id"].is_null()).with_columns(year=pl.col("birth_date").dt.year())
    inside = register.with_columns(year=pl.col("birth_date").dt.year())
    found = outside.join(inside, on=["full_name", "sex", "year"], how="semi")
    assert found.height > 0.98 * outside.height


def test_a_namesake_may_be_born_on_the_same_day():
    register, local, truth = made(dirt=Dirt(outside=0.3, namesake=1.0, namesake_same_day=1.0))
    outside = local.filter(truth["person_id"].is_null())
    found = outside.join(register, on=["full_name", "sex", "birth_date"], how="semi")
    assert found.height > 0.98 * outside.height


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_that_always_happens_happens_to_most(damage):
    told = beside_truth(dirt=Dirt(**{damage: 1.0}))
    least = {
        "birth_swapped": 0.3,
        "name_doublet": 0.15,
        "name_hook_tilde": 0.4,
        "number_cmnd": 0.4,
        "phone_missing": 0.6,
    }
    assert (told["damage"] == damage).mean() >= least.get(damage, 0.75)
    assert told["damage"].is_in([damage, ""]).all()


SHAPES = {
    "number_missing": pl.col("number").is_null(),
    "number_lost_zero": "0" + pl.col("number") == pl.col("person_id"),
    "number_cmnd": pl.col("number") == pl.col("cmnd_true"),
    "number_placeholder": pl.col("number").str.len_chars() < 13,
    "name_unaccented": pl.col("full_name").str.contains("^[A-Za-z ]+$"),
    "name_capitals": pl.col("full_name") == pl.col("full_name_true").str.to_uppercase(),
    "name_abbreviated": pl.col("full_name").str.contains(r" \p{Lu} "),
    "birth_missing": pl.col("birth_date").is_null() & pl.col("birth_text").is_null(),
    "birth_year_only": pl.col("birth_date").is_null() & (pl.col("birth_year") == pl.col("birth_date_true").dt.year()),
    "birth_swapped": pl.col("birth_date").dt.day() == pl.col("birth_date_true").dt.month().cast(pl.Int8),
    "sex_missing": pl.col("sex").is_null(),
    "sex_wrong": pl.col("sex") == 3 - pl.col("sex_true"),
    "commune_moved": pl.col("commune_code") != pl.col("commune_code_true"),
    "commune_missing": pl.col("commune_code").is_null(),
    "phone_missing": pl.col("phone").is_null(),
    "phone_other": pl.col("phone").ne_missing(pl.col("phone_true")),
    "mother_missing": pl.col("mother_name").is_null(),
    "father_missing": pl.col("father_name").is_null(),
}


@pytest.mark.parametrize("damage", SHAPES)
def test_a_damage_is_what_its_name_says(damage):
    told = beside_truth(dirt=Dirt(**{damage: 1.0})).filter(pl.col("damage") == damage)
    assert told.select(SHAPES[damage].all()).item()


def differences(told, left, right):
    return [sum(a != b for a, b in zip(one, other, strict=True)) for one, other in told.select(left, right).iter_rows()]


def test_a_wrong_digit_is_one():
    told = beside_truth(dirt=Dirt(number_wrong_digit=1.0))
    assert set(differences(told, "number", "person_id")) == {1}


def test_transposed_digits_are_two_neighbours():
    told = beside_truth(dirt=Dirt(number_transposed=1.0))
    assert set(differences(told, "number", "person_id")) == {2}
    assert all(sorted(a) == sorted(b) for a, b in told.select("number", "person_id").iter_rows())


def test_a_wrong_digit_of_a_birth_date_is_one():
    told = beside_truth(dirt=Dirt(birth_wrong_digit=1.0)).with_columns(pl.col("^birth_date.*$").cast(pl.String))
    assert set(differences(told, "birth_date", "birth_date_true")) == {1}


def test_somebody_elses_number_is_of_the_same_household():
    register, *_ = made(dirt=Dirt(number_of_household=1.0))
    told = beside_truth(dirt=Dirt(number_of_household=1.0)).filter(pl.col("damage") != "")
    others = told.join(register, left_on="number", right_on="person_id", suffix="_other")
    assert (others["household_id_true"] == others["household_id"]).all()
    assert (others["number"] != others["person_id"]).all()
    assert others.height > 0.95 * told.height


def test_a_reordered_name_has_the_same_words():
    told = beside_truth(dirt=Dirt(name_reordered=1.0)).filter(pl.col("damage") != "")
    words = [pl.col(name).str.split(" ").list.sort() for name in ("full_name", "full_name_true")]
    assert told.select((words[0] == words[1]).all()).item()
    assert (told["full_name"] != told["full_name_true"]).all()


def test_hook_and_tilde_change_nothing_but_the_mark():
    told = beside_truth(dirt=Dirt(name_hook_tilde=1.0)).filter(pl.col("damage") != "")
    assert (told["full_name"] != told["full_name_true"]).all()
    assert all(fold(a) == fold(b) for a, b in told.select("full_name", "full_name_true").iter_rows())


def test_a_slip_changes_at_most_one_letter_in_length():
    told = beside_truth(dirt=Dirt(name_slip=1.0)).filter(pl.col("damage") != "")
    change = told["full_name"].str.len_chars().cast(pl.Int32) - told["full_name_true"].str.len_chars().cast(pl.Int32)
    assert set(change.unique()) == {-1, 0, 1}


@pytest.mark.parametrize("preset", PRESETS)
def test_damages_that_can_befall_every_record_are_as_common_as_stated(preset):
    dirt = PRESETS[preset]
    _, local, truth = made(register=20_000, local=20_000, dirt=dirt, seed=3)
    always = [*damages("sex"), "number_missing", "number_lost_zero", "number_wrong_digit", "number_placeholder"]
    for damage in (*always, "birth_missing", "birth_year_only", "mother_missing", "name_slip", "name_capitals"):
        found = truth["damage"].str.split(" ").list.contains(damage).mean()
        assert found == pytest.approx(getattr(dirt, damage), rel=0.05, abs=0.004), damage
    assert local["sex"].null_count() / local.height == pytest.approx(dirt.sex_missing, abs=0.01)


def test_presets_are_dirtier_one_after_the_other():
    clean, field, hostile = (asdict(PRESETS[name]) for name in ("clean", "field", "hostile"))
    assert all(clean[name] <= field[name] <= hostile[name] for name in clean)


def test_a_rate_outside_zero_to_one_is_refused():
    with pytest.raises(ValueError, match="name_slip"):
        Dirt(name_slip=1.2)


@pytest.mark.parametrize("group", ONE_OF)
def test_rates_of_one_group_above_one_together_are_refused(group):
    with pytest.raises(ValueError, match=group):
        Dirt(**dict.fromkeys(damages(group), 0.6))


def test_fewer_people_than_records_are_refused_when_one_to_one():
    with pytest.raises(ValueError, match="one to one"):
        Province(register=9, local=10, is_one_to_one=True)


def test_a_register_in_parts_has_the_same_shares_as_a_whole_one():
    whole, parted = (made(register=12_000, local=0, part_people=people)[0] for people in (12_000, 3_000))
    for column in ("sex", "birth_date"):
        years = [frame[column].cast(pl.Int32).mean() for frame in (whole, parted)]
        assert years[0] == pytest.approx(years[1], rel=0.1)


def test_the_command_writes_what_it_is_asked(tmp_path):
    command = [sys.executable, "-m", "bench.province", "--register", "50", "--local", "20", "--preset", "hostile"]
    subprocess.run([*command, "--one-to-one", "--out", str(tmp_path)], check=True, cwd=ROOT, stdout=subprocess.PIPE)
    truth = pl.read_parquet(tmp_path / "truth.parquet")
    assert (truth.height, truth["person_id"].drop_nulls().is_unique().all()) == (20, True)


def test_the_page_states_every_rate_of_every_preset():
    page = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    for name in (each.name for each in fields(Dirt)):
        rates = " | ".join(f"{getattr(dirt, name):g}" for dirt in PRESETS.values())
        assert f"| `{name}` | {rates} |" in page


def test_a_changed_preset_is_another_province():
    dirtier = replace(PRESETS["field"], name_slip=0.5)
    assert not made(dirt=dirtier)[1].equals(made()[1])
