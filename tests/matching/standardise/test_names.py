"""Names: what is repaired, what is compared."""

import polars as pl
import pytest

from contracts import received
from matching.standardise.columns import read_column
from matching.standardise.kinds import KINDS
from matching.standardise.names import forms, quick_names
from matching.standardise.reading import read_through
from matching.standardise.typing_residue import decode_name


def read(name, kind="person_name"):
    return read_through(name, KINDS[kind].steps, KINDS[kind].reader)


def compared(*names):
    return forms(pl.Series(names))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyeenx Thij Sown", "Nguyễn Thị Sơn"),
        ("Tra62n Va8n D9u71c", "Trần Văn Đức"),
        ("DDAWNGJ", "ĐẶNG"),
        ("Hoangf", "Hoàng"),
        ("Phuwowng", "Phương"),
        ("TRUWOWNG", "TRƯƠNG"),
        ("Phajm", "Phạm"),
        ("Lee Thij Thu", "Lê Thị Thu"),
        ("nguye64n", "nguyễn"),
        ("Hieesu", "Hiếu"),
    ],
)
def test_typing_residue_is_decoded(typed, meant):
    assert decode_name(typed) == meant


@pytest.mark.parametrize(
    "name", ["LEE MIN JUN", "PARK JI HOON", "Nguyễn Văn Turng", "Ksor H'Bia", "KIM WOO", "Lê Thị Hoa"]
)
def test_names_that_are_no_residue_stay(name):
    assert decode_name(name) == name


@pytest.mark.parametrize(
    ("original", "clean", "repair"),
    [
        ("Ðỗ Thị Lan", "Đỗ Thị Lan", "lookalike_letter"),
        ("ТНỊ", "THỊ", "lookalike_letter"),
        ("Lê\u00a0  An\t", "Lê An", "spaces_collapsed"),
        ("Le\u0302 An", "Lê An", "unicode_composed"),
        ("Lê\u200b An", "Lê An", "invisible_character"),
        ("@Lê An", "Lê An", "stray_marks_removed"),
        ("=Lê An", "Lê An", "stray_marks_removed"),
        ("'Lê An", "Lê An", "stray_marks_removed"),
        ("H’Lan", "H'Lan", "apostrophe"),
        ("Nguyá»…n An", "Nguyễn An", "mojibake"),
        ("Nguyeãn", "Nguyễn", "legacy_font"),
        ("NguyÔn", "Nguyễn", "legacy_font"),
        ("Ｌê", "Lê", "lookalike_letter"),
    ],
)
def test_each_repair_has_its_name(original, clean, repair):
    reading = read(original)
    assert (reading.value, reading.repairs) == (clean, (repair,))


def test_a_name_without_letters_is_unreadable():
    assert read("????").problem == "unreadable_name"


def test_letters_lost_as_question_marks_keep_their_place():
    assert read("?GUY?? THI").value == "?GUY?? THI"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Bà LÊ THỊ HOÀ", "lê thị hòa"),
        ("Ông: Trần An", "trần an"),
        ("Hộ bà Vàng Q. Thảo", "vàng q thảo"),
        ("ong nguyen an", "nguyen an"),
        ("Ong Thị Lan", "ong thị lan"),
        ("L.V.Be", "l v be"),
        ("H'Lan", "h lan"),
        ("Lê An - nộp hộ", "lê an"),
        ("Lê An (đại diện)", "lê an"),
        ("Lê An và vợ Trần Thị Bé", "lê an"),
        ("Lê An 2", "lê an"),
        ("Lê An, Trần Bé", "lê an"),
        ("Ng~ Thị Thủy", "ng thị thủy"),
        ("(An)", "an"),
        ("Bà", "bà"),
        ("CÔNG TY TNHH A VÀ B", "công ty tnhh a và b"),
    ],
)
def test_the_form_holds_the_name_alone(name, form):
    assert compared(name)["form"][0] == form


def test_the_key_is_the_form_without_accents():
    assert compared("Đặng Thị Ước")["key"][0] == "dang thi uoc"


@pytest.mark.parametrize(
    ("name", "is_organisation"),
    [
        ("CTY TNHH Minh Anh", True),
        ("UBND xã An Sơn", True),
        ("DNTN Hòa", True),
        ("Nguyễn Công Tý", False),
        ("Phòng Văn Hội", False),
    ],
)
def test_organisations_are_told_from_persons(name, is_organisation):
    assert compared(name)["is_organisation"][0] is is_organisation


def test_an_enterprise_keeps_words_that_look_like_typing_residue():
    assert read("CÔNG TY TNHH FOODS WOOD", "owner_name").value == "CÔNG TY TNHH FOODS WOOD"


def test_a_person_among_owners_has_typing_residue_decoded():
    reading = read("Traanf Thij Lan", "owner_name")
    assert (reading.value, reading.repairs) == ("Trần Thị Lan", ("typing_residue",))


@pytest.mark.parametrize("kind", ["person_name", "owner_name"])
@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An",
        "N.T. Quỳnh",
        "H'Lan Kpă",
        "Lê An - nộp hộ",
        "CÔNG TY TNHH FOODS WOOD (VN)",
        "LEE MIN JUN",
        "Nguyeenx An",
        "bichs",
        "NguyễnThị Lan",
        "Nguyễn V ăn An",
        "PHẠM V ĂN SƠN",
        "?Trần An",
        "Lê`An",
        "Lê An,",
        ".Lê An",
        "123",
    ],
)
def test_a_name_is_read_quickly_only_where_no_step_changes_it(name, kind):
    quick, reading = quick_names(pl.Series([name]))["std"][0], read(name, kind)
    assert quick is None or (quick, ()) == (reading.value, reading.repairs)


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "N.T. Quỳnh", "H'Lan Kpă", "KIM WOO JIN", "Lê An - nộp hộ"])
def test_a_clean_name_is_read_quickly(name):
    assert quick_names(pl.Series([name]))["std"][0] == name


def test_no_names_have_no_forms():
    assert forms(pl.Series([], dtype=pl.String)).is_empty()


def test_a_missing_name_has_no_forms():
    assert set(forms(pl.Series([None, "Lê An"], dtype=pl.String)).row(0)) == {None}


def test_forms_stay_in_the_order_of_the_names():
    assert compared("Bà Lê An", "Lê An", "Trần Bé (UQ)", "Trần Bé")["form"].to_list() == [
        "lê an",
        "lê an",
        "trần bé",
        "trần bé",
    ]


PERSON = next(each for each in received()["death"].properties if each.kind == "person_name")


@pytest.mark.parametrize(("name", "words"), [("Bà Lê  An", ["lê", "an"]), ("TRẦN\tBé. ", ["trần", "bé"])])
def test_the_words_of_the_form_stand_between_single_spaces(name, words):
    read = read_column(pl.Series("x", [name], pl.String), PERSON)
    assert read.struct.field("form").str.split(" ").to_list() == [words]


@pytest.mark.parametrize(
    ("name", "is_organisation"), [("CÔNG TY TNHH ABC", True), ("Nguyễn Công Ty", False), (None, None)]
)
def test_an_organisation_in_the_place_of_a_person_is_told(name, is_organisation):
    told = read_column(pl.Series("x", [name], pl.String), PERSON).struct.unnest().row(0, named=True)
    assert (told["is_organisation"], told["given"]) == (is_organisation, None if is_organisation is not False else "ty")


def test_a_foreign_name_left_out_is_told_as_a_remark():
    assert compared("CÔNG TY TNHH ABC (ABC CO., LTD)")["has_remark"][0]
