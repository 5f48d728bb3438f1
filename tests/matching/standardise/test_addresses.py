"""Addresses in free text: the units they name, in either form, and nothing guessed."""

import random
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import contracts
from matching.standardise import standardise
from matching.standardise.addresses import FORMS, read
from matching.standardise.syllables import fold
from matching.standardise.units import names, tables
from matching.standardise.units.change import new_units

GOLDEN = pl.read_csv(Path(__file__).parents[2] / "golden/addresses.csv", infer_schema=False)
TYPES = r"^(Phường|Xã|Thị trấn|Thành phố|Huyện|Quận|Thị xã|Tỉnh) (?=\D)"
SHORT = {
    "Phường": "P.",
    "Xã": "X.",
    "Thị trấn": "TT.",
    "Thành phố": "TP.",
    "Huyện": "H.",
    "Quận": "Q.",
    "Thị xã": "TX.",
}
OFFICIAL = Path(__file__).parents[3] / "../shared/data/adminunits"
WORDS = ["Bình Dương", "TP.", "P.", "phường", "Thuận An", ",", "12", "BD", "(", ")", "xã", "-", "Hà Nội"]
WRITTEN = st.one_of(
    st.text(max_size=30),
    st.text("PXHQTp.,- ()'1230 ậườnhBìdg", max_size=40),
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
)


here = pytest.mark.skipif(not OFFICIAL.exists(), reason="the official lists are not here")


def read_one(address):
    return read(pl.Series([address], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize("case", GOLDEN.rows(named=True), ids=lambda case: case["id"])
def test_a_written_address_names_these_units(case):
    assert read_one(case["address"]) == {
        "detail": case["detail"],
        "commune_code": case["commune"],
        "district_code": case["district"],
        "province_code": case["province"],
        "unit_form": case["form"],
        "unit_candidates": (case["candidates"] or "").split(),
    }


def old_addresses():
    placed = tables.old_communes().join(
        tables.districts(), left_on="district_code", right_on="code", suffix="_district"
    )
    return placed.join(tables.provinces(), left_on="province_code", right_on="code", suffix="_province").select(
        "code", "name", district="name_district", province="name_province"
    )


def abbreviated(name):
    return re.sub(TYPES, lambda match: SHORT.get(match[1], ""), name)


@pytest.mark.parametrize(
    "write",
    [
        lambda *parts: "Số 5, " + ", ".join(parts),
        lambda *parts: "tổ 3, KP2, " + ", ".join(map(abbreviated, parts)),
        lambda *parts: ", ".join(parts[:2]),
        lambda *parts: fold(" ".join(parts)).upper(),
        lambda *parts: ", ".join((*parts, "Việt Nam")),
        lambda *parts: ", ".join(reversed(parts)),
    ],
    ids=[
        "written out",
        "abbreviated",
        "without its province",
        "capitals without accents or commas",
        "country",
        "reversed",
    ],
)
def test_every_old_commune_is_found_and_no_other_is_taken_for_it(write):
    units = old_addresses()
    found = read(pl.Series([write(*row) for row in units.drop("code").iter_rows()]))["unit_candidates"].to_list()
    became = dict(tables.crosswalk().group_by("old_code").agg(pl.col("new_code").sort()).iter_rows())
    right = [became[code] for code in units["code"]]
    assert not [want for got, want in zip(found, right, strict=True) if got and not set(want) <= set(got)]
    assert sum(got == want for got, want in zip(found, right, strict=True)) >= 0.995 * units.height


def test_an_old_commune_in_its_new_province_is_among_those_that_may_be_meant():
    homes = tables.new_communes().select(new_code="code", home="province_code", new_key=name_key())
    pairs = (
        tables.crosswalk().join(homes, on="new_code").join(tables.old_communes(), left_on="old_code", right_on="code")
    )
    right = pairs.group_by("old_code", "name", "home").agg(pl.col("new_code").sort()).sort("old_code", "home")
    named_anew = right.with_columns(new_key=name_key()).join(homes, on=["home", "new_key"], how="semi")
    asked = right.join(named_anew, on=["old_code", "home"], how="anti").join(
        tables.new_provinces().select(home="code", province="name"), on="home"
    )
    found = read(asked.select(pl.concat_str("name", "province", separator=", ")).to_series())["unit_candidates"]
    told = asked.with_columns(found=found).filter(pl.col("found").list.len() > 0)
    assert told.height >= 0.98 * asked.height
    assert told.filter(pl.col("new_code").list.set_difference("found").list.len() > 0).is_empty()


def name_key():
    return names.bare_key(pl.col("name"))


@here
def test_every_unit_of_the_official_list_written_out_has_its_official_answer_or_none():
    pairs = pl.read_csv(OFFICIAL / "crosswalk_old_to_new_2025-07-01.csv", infer_schema=False).drop_nulls("old_ward")
    parts = [pl.col(f"old_{level}") for level in ("ward", "district", "province")]
    keys = ["old_ward_code", pl.concat_str(parts, separator=", ").alias("address")]
    answers = pairs.group_by(keys).agg(pl.col("new_ward_code").sort()).sort("old_ward_code")
    found = read(answers["address"])["unit_candidates"]
    told = answers.with_columns(found=found, is_told=found.list.len() > 0)
    assert told.filter("is_told", pl.col("found") != pl.col("new_ward_code")).is_empty()
    assert told["is_told"].mean() >= 0.999
    assert told.filter(pl.col("old_ward_code").is_in(_binh_duong(pairs)))["is_told"].all()


def _binh_duong(pairs):
    return pairs.filter(old_province_code="74")["old_ward_code"].implode()


def test_a_name_that_several_communes_have_names_none_of_them_alone():
    shared = tables.old_communes().filter(pl.col("name").is_duplicated())["name"].unique()
    assert read(shared)["commune_code"].null_count() == len(shared)


def test_every_new_commune_is_found():
    units = tables.new_communes().join(
        tables.new_provinces(), left_on="province_code", right_on="code", suffix="_province"
    )
    found = read(units.select(pl.concat_str("name", "name_province", separator=", ")).to_series())
    assert found["commune_code"].to_list() == units["code"].to_list()
    assert found["unit_form"].unique().to_list() == ["new"]


@settings(max_examples=15, deadline=None)
@given(values=st.lists(st.none() | WRITTEN, max_size=6), seed=st.integers(0, 99))
def test_any_text_is_read_and_each_by_itself(values, seed):
    whole = read(pl.Series(values, dtype=pl.String))
    assert whole.schema == FORMS
    assert whole.rows() == [read(pl.Series([value], dtype=pl.String)).row(0) for value in values]
    shuffled = random.Random(seed).sample(range(len(values)), len(values))
    assert read(pl.Series([values[at] for at in shuffled], dtype=pl.String)).rows() == [
        whole.row(at) for at in shuffled
    ]


@settings(max_examples=15, deadline=None)
@given(value=WRITTEN)
def test_what_is_found_are_units_that_exist(value):
    found = read_one(value)
    assert set(found["unit_candidates"]) <= set(tables.new_communes()["code"])
    assert (found["unit_form"] is None) <= (not found["unit_candidates"])
    if found["unit_form"] == "old" and found["commune_code"]:
        assert found["unit_candidates"] == new_units(found["commune_code"])


def test_case_and_accents_of_a_full_address_change_nothing_but_the_detail():
    address = "Số 185, đường Nguyễn Hữu Cảnh, khu phố 6, phường Bình Chuẩn, thành phố Thuận An, tỉnh Bình Dương"
    written = [address, address.upper(), fold(address), fold(address).upper().replace(",", "")]
    units = read(pl.Series(written)).drop("detail")
    assert units.unique().height == 1


def test_standardising_gives_the_units_of_addresses_offices_and_codes():
    contract = contracts.received()["dossier"]
    row = dict.fromkeys(contract.names) | {"owner_address": "P.  Bình Chuẩn, TP.TA, BD", "owner_commune_code": "4.0"}
    frame = pl.DataFrame([row, dict.fromkeys(contract.names)], schema=dict.fromkeys(contract.names, pl.String))
    result = standardise(frame.lazy(), contract).collect()
    assert result["owner_address__commune_code"].to_list() == ["25969", None]
    assert result["owner_address__unit_candidates"].to_list() == [["25969", "25975"], []]
    assert result["owner_commune_code__unit_form"].to_list() == ["ambiguous", None]
    assert result["owner_commune_code__unit_candidates"].to_list() == [["00004"], []]
