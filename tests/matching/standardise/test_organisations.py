"""The core of an enterprise's name."""

import polars as pl
import pytest

from contracts import received
from matching.standardise.columns import read_column
from matching.standardise.legal_forms import LEGAL_FORMS, legal_forms
from matching.standardise.organisation_places import places
from matching.standardise.organisations import core


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("cong ty tnhh mtv san xuat xuat nhap khau thien hung van", "thien hung van"),
        ("cty cp go sndh", "go sndh"),
        ("c ty t n h h minh anh", "minh anh"),
        ("dong il co.,ltd", "dong il"),
        ("taiwan paper company limited", "taiwan paper"),
        ("chi nhanh cong ty tnhh a sai", "a sai"),
        ("cong ty tnhh", "cong ty tnhh"),
        ("hop tac xa thuong mai dich vu long mien", "long mien"),
        ("connectcn", "connectcn"),
        ("cong ty tnhh co khi minh anh", "co khi minh anh"),
        ("minh anh co", "minh anh"),
        ("cong ty co phan dien co", "dien co"),
        ("uni bright vn", "uni bright viet nam"),
        ("", ""),
    ],
)
def test_the_core_is_what_remains_without_form_and_common_words(key, expected):
    assert core(pl.Series([key]))[0] == expected


def test_two_spaces_in_an_organisations_name_are_told_as_a_repair():
    prop = next(each for each in received()["enterprise"].properties if each.kind == "organisation_name")
    read = read_column(pl.Series("x", ["CÔNG TY  AN PHÚ"]), prop).struct.unnest().row(0, named=True)
    assert (read["std"], read["repairs"]) == ("CÔNG TY AN PHÚ", f"{prop.name}:spaces_collapsed")


def test_nothing_has_no_core():
    assert core(pl.Series([None], dtype=pl.String)).to_list() == [None]


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("cong ty tnhh mtv minh anh", "tnhh_1tv"),
        ("cong ty tnhh hai thanh vien tro len minh anh", "tnhh_2tv"),
        ("cong ty trach nhiem huu han minh anh", "tnhh"),
        ("minh anh pte ltd", "tnhh"),
        ("ctcp minh anh", "co_phan"),
        ("cong ty hop danh minh anh", "hop_danh"),
        ("dn tn minh anh", "dntn"),
        ("hop tac xa minh anh", "htx"),
        ("lien hiep htx minh anh", "lien_hiep_htx"),
        ("to hop tac minh anh", "to_hop_tac"),
        ("hkd minh anh", "ho_kinh_doanh"),
        ("cong ty minh anh", None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_states_its_legal_form(key, form):
    assert legal_forms(pl.Series([key], dtype=pl.String)).to_list() == [form]
    assert form is None or form in LEGAL_FORMS


def test_the_form_that_a_name_states_first_is_its_own():
    assert legal_forms(pl.Series(["cong ty co phan minh anh tnhh"])).to_list() == ["co_phan"]


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("abc viet nam chi nhanh bd", "viet nam, binh duong"),
        ("abc vn vietnam", "viet nam"),
        ("co do hue", None),
        ("minh anh", None),
        (None, None),
    ],
)
def test_the_places_in_a_name_are_told_in_one_spelling(key, named):
    assert places(pl.Series([key], dtype=pl.String)).item() == named


def test_every_name_of_the_register_states_its_form_but_no_person_among_owners_does():
    names = pl.Series("x", ["Nguyễn Hợp Danh", "MINH ANH JSC", None, "CÔNG TY TNHH ABC VN"])
    register, owners = (
        read_column(names, received()[dataset][name]).struct.unnest()
        for dataset, name in (("enterprise", "enterprise_name"), ("dossier", "owner_name"))
    )
    assert register.select("legal_form", "places").rows() == [
        (None, None), ("co_phan", None), (None, None), ("tnhh", "viet nam"),
    ]  # fmt: skip
    assert owners["legal_form"].to_list() == register["legal_form"].to_list()
