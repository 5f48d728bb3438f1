"""The administrative units: what a code meant when, and what became of each old commune."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from matching.errors import UnitDataError
from matching.standardise.units import gazetteer, names, source, tables
from matching.standardise.units.change import candidates_of_old, new_units, read_codes, valid_name
from matching.standardise.units.compare import place_level

GOLDEN = pl.read_csv(Path(__file__).parents[2] / "golden/units.csv", infer_schema=False)
OFFICIAL = Path(__file__).parents[3] / "../shared/data/adminunits"
CROSSWALK = OFFICIAL / "crosswalk_old_to_new_2025-07-01.csv"
BEFORE, AFTER = dt.date(2025, 6, 30), dt.date(2025, 7, 1)

here = pytest.mark.skipif(not OFFICIAL.exists(), reason="the official lists are not here")


def official(name):
    return pl.read_csv(OFFICIAL / name, infer_schema=False)


@pytest.mark.parametrize("case", GOLDEN.rows(named=True), ids=lambda case: case["id"])
def test_an_old_commune_became_these(case):
    assert new_units(case["old_code"]) == case["new_codes"].split()
    assert valid_name(case["old_code"].zfill(5), BEFORE) == case["old_name"]


@here
def test_every_old_unit_has_its_official_answer_and_no_other():
    answers = official(CROSSWALK.name).group_by("old_ward_code").agg(pl.col("new_ward_code").sort())
    codes = answers["old_ward_code"]
    found = tables.crosswalk().group_by("old_code").agg(pl.col("new_code").sort()).sort("old_code")
    assert found.rows() == answers.sort("old_ward_code").rows()
    communes = answers.filter(codes.str.len_chars() == 5)
    assert candidates_of_old(communes["old_ward_code"]).to_list() == communes["new_ward_code"].to_list()


@here
def test_only_units_that_were_split_have_several_answers():
    told = pl.col("part").replace({"full": "whole", "partial": "split"})
    parts = official(CROSSWALK.name).select(old_code="old_ward_code", new_code="new_ward_code", part=told)
    keys = ["old_code", "new_code"]
    assert tables.crosswalk().select(*keys, "part").sort(keys).equals(parts.sort(keys))


@here
def test_the_107_pairs_of_binh_duong_are_right_without_a_correction():
    listed = official(CROSSWALK.name).filter(old_province_code="74")
    corrected = pl.read_csv(Path(tables.__file__).with_name("corrections.csv"), infer_schema=False)
    assert listed.height == 107
    ours = tables.crosswalk().join(listed, left_on="old_code", right_on="old_ward_code", how="semi")
    assert set(ours.select("old_code", "new_code").rows()) == set(
        listed.select("old_ward_code", "new_ward_code").rows()
    )
    assert corrected.filter(pl.col("old_code").is_in(listed["old_ward_code"].implode())).is_empty()


@here
@pytest.mark.parametrize(
    ("ours", "file", "code", "name"),
    [
        (tables.old_communes, "legacy_units_2025-03-01.csv", "ward_code", "ward"),
        (tables.districts, "legacy_units_2025-03-01.csv", "district_code", "district"),
        (tables.provinces, "legacy_units_2025-03-01.csv", "province_code", "province"),
        (tables.new_communes, "new_units_2025-07-01.csv", "ward_code", "ward"),
        (tables.new_provinces, "new_units_2025-07-01.csv", "province_code", "province"),
    ],
)
def test_the_units_are_the_official_ones_but_for_listed_spellings(ours, file, code, name):
    listed = official(file).select(code=code, official=name).drop_nulls().unique()
    joined = ours().join(listed, on="code", how="full")
    assert joined.filter(pl.col("code").is_null() | pl.col("code_right").is_null()).is_empty()
    key = [names.name_key(names.bare(pl.col(each))).alias(each) for each in ("name", "official")]
    other = set(joined.with_columns(key).filter(pl.col("name") != pl.col("official"))["code"])
    assert other <= set(tables.other_spellings()["code"])


def test_a_reused_code_means_another_unit_from_july_2025_on():
    assert valid_name("25969", BEFORE) == "Phường Bình Chuẩn"
    assert valid_name("25969", AFTER) == "Phường Thuận Giao"


def test_a_code_that_ended_or_was_not_yet_there_has_no_name():
    assert valid_name("25963", AFTER) is None
    assert valid_name("25963", dt.date(1996, 1, 1)) is None
    assert valid_name("725", BEFORE) == "Thành phố Thuận An"
    assert valid_name("725", AFTER) is None


@pytest.mark.parametrize(
    ("code", "before", "since", "on_date"),
    [
        ("75", "Tỉnh Đồng Nai", "Thành phố Đồng Nai", dt.date(2026, 4, 30)),
        ("26368", "Xã Long Thành", "Phường Long Thành", dt.date(2026, 4, 30)),
        ("24", "Tỉnh Bắc Ninh", "Thành phố Bắc Ninh", dt.date(2026, 9, 20)),
    ],
)
def test_a_unit_that_took_another_type_keeps_its_code(code, before, since, on_date):
    assert valid_name(code, on_date - dt.timedelta(days=1)) == before
    assert valid_name(code, on_date) == since


@pytest.mark.parametrize("level", ["commune", "province"])
def test_units_that_took_another_type_have_a_source_and_kept_their_name(level):
    listed = {"commune": tables.new_communes, "province": tables.new_provinces}[level]()
    renamed = pl.read_csv(Path(tables.__file__).with_name("renamed.csv"), infer_schema=False).filter(level=level)
    both = renamed.join(listed, on="code", suffix="_before")
    assert both.height == renamed.height > 0
    assert renamed["source"].null_count() == 0
    keys = both.select(names.name_key(names.bare(pl.col(each))) for each in ("name", "name_before"))
    assert keys["name"].to_list() == keys["name_before"].to_list()


def test_each_code_means_one_thing_at_a_time():
    assert tables.units().select("level", "code", "valid_from").is_unique().all()


@pytest.mark.parametrize(
    ("name", "on_date", "form", "candidates"),
    [
        ("Phường Bình Chuẩn", None, "old", ["25969", "25975"]),
        ("PHUONG BINH CHUAN", AFTER, "old", ["25969", "25975"]),
        ("phường Thuận Giao", None, "new", ["25969"]),
        ("Thuận Giao", BEFORE, "new", ["25969"]),
        (None, BEFORE, "old", ["25969", "25975"]),
        (None, AFTER, "new", ["25969"]),
        (None, None, "ambiguous", ["25969", "25975"]),
        ("Phường Dĩ An", None, "ambiguous", ["25969", "25975"]),
    ],
)
def test_the_name_beside_a_code_decides_then_the_date_then_nothing(name, on_date, form, candidates):
    types = {"code": pl.String, "name": pl.String, "on_date": pl.Date}
    asked = pl.DataFrame([["25969", name, on_date]], schema=types, orient="row")
    assert read_codes(asked).row(0) == (form, candidates)


@here
@pytest.mark.parametrize(("on_date", "form"), [(BEFORE, "old"), (AFTER, "new")])
def test_the_date_decides_what_each_reused_code_means(on_date, form):
    answers = official(CROSSWALK.name).group_by(code="old_ward_code").agg(old=pl.col("new_ward_code").sort())
    reused = official("new_units_2025-07-01.csv").select(code="ward_code", new=pl.concat_list("ward_code"))
    reused = reused.join(answers, on="code").sort("code")
    read = read_codes(reused.select("code", on_date=pl.lit(on_date)))
    assert reused.height > 3000
    assert read["unit_form"].unique().to_list() == [form]
    assert read["unit_candidates"].to_list() == reused[form].to_list()


@pytest.mark.parametrize("codes", [["4", "166", "25969"], [4, 166, 25969]], ids=["text", "numbers"])
def test_a_code_that_lost_its_leading_zeros_means_the_same(codes):
    full = pl.Series([str(code).zfill(5) for code in codes])
    asked = [pl.DataFrame({"code": each}).with_columns(on_date=pl.lit(BEFORE)) for each in (codes, full)]
    assert read_codes(asked[0]).rows() == read_codes(asked[1]).rows()
    assert read_codes(asked[0])["unit_form"].null_count() == 0


def test_names_of_the_past_have_a_source_and_stand_for_units_that_exist():
    history = pl.read_csv(Path(tables.__file__).with_name("history.csv"), infer_schema=False)
    known = {"district": tables.districts(), "province": tables.provinces(), "now": tables.provinces()}
    for (level,), rows in history.group_by("level"):
        assert set(rows["code"]) <= set(known[level]["code"])
    assert history["source"].null_count() == 0
    assert not history.is_duplicated().any()


def test_a_district_of_the_past_is_not_called_what_its_successor_is():
    past = gazetteer.district_keys().filter("is_past")
    now = gazetteer.district_keys().filter(~pl.col("is_past"))
    assert past.height > 100
    assert past.join(now, on=["key", "district"], how="semi").is_empty()


def test_a_commune_of_the_past_never_hides_one_of_its_district_that_is_there():
    past = gazetteer.former_commune_keys()
    there = gazetteer.commune_keys().select("scope", "type", key=names.run_together(pl.col("key")))
    assert past.height > 1000
    assert past.join(there, on=["key", "scope", "type"], how="semi").is_empty()


def test_codes_that_never_were_and_empty_ones_have_no_candidates():
    assert read_codes(pl.DataFrame({"code": [None, "99999", ""]})).rows() == [(None, [])] * 3
    assert candidates_of_old([None, "99999", "x"]).to_list() == [[], [], []]
    assert read_codes(pl.DataFrame({"code": []}, schema={"code": pl.String})).is_empty()


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (["25969"], ["25969"], "commune"),
        (["25969", "25975"], ["25975"], "commune"),
        (["25969"], ["26740"], "province"),
        (["25969"], ["00004"], "different"),
        ([], ["25969"], None),
        (None, ["25969"], None),
        ([], [], None),
    ],
)
def test_two_places_agree_on_the_commune_the_province_or_nothing(left, right, level):
    both = pl.DataFrame({"left": [left], "right": [right]}, schema=dict.fromkeys(("left", "right"), pl.List(pl.String)))
    assert both.select(place_level(pl.col("left"), pl.col("right"))).item() == level
    assert both.select(place_level(pl.col("right"), pl.col("left"))).item() == level


def test_a_province_alone_stands_in_for_a_commune_that_is_unknown():
    types = {"left": pl.List(pl.String), "right": pl.List(pl.String), "province": pl.String}
    both = pl.DataFrame([[[], ["25969"], "74"], [[], ["25969"], "01"]], schema=types, orient="row")
    level = place_level(pl.col("left"), pl.col("right"), left_province=pl.col("province"))
    assert both.select(level).to_series().to_list() == ["province", "different"]


def test_missing_data_names_the_package_to_install(monkeypatch):
    monkeypatch.setattr(source, "PACKAGE", "no_such_package")
    source.old_units.cache_clear()
    with pytest.raises(UnitDataError, match="no_such_package"):
        source.old_units()
    source.old_units.cache_clear()
