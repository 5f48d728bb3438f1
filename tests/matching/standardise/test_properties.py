"""What always holds of every kind of value: nothing raises, twice equals once, no change goes without its name."""

import datetime as dt
import re
import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import received
from matching.standardise.columns import read_column
from matching.standardise.delivery import standardise_rows

KINDS = {each.kind: each for contract in received().values() for each in contract.properties}
DOSSIER = received()["dossier"]
TEXT_KINDS = ("text", "office", "person_name", "owner_name", "organisation_name", "address", "place_key", "book_number")
NUMBER_KINDS = ("identifier", "citizen_id", "tax_code", "email", "phone")
CODE_KINDS = ("province_code", "district_code", "commune_code", "industry_code", "dossier_code", "procedure_code")
WORD_KINDS = ("sex", "ethnicity", "nationality", "flag")
FORM_ONLY = {"form_of_address_ignored", "remark_ignored"}
"""Repairs of the compared form; the standard value keeps the words, so they are told again."""
EXAMPLES = {
    "text": ["NguyÔn V¨n", "Nguyá»…n", "Lê\u200b  An", "Vie\u0323\u0302t"],
    "person_name": ["Nguyeenx An", "Bà Lê Thị Hoà", "\u00d0ỗ Lan", "H’Lan Kpă", "Lê An - nộp hộ", "Tra62n"],
    "owner_name": ["CTY TNHH A", "Nguyeenx An", "Ông Lê An"],
    "organisation_name": ["CÔNG TY TNHH ABC", "CTY  CP \u0410"],
    "identifier": [
        *("CCCD 074095001234", "7.4095001234E+10", "b1234567", "0100233488001", "074 095 001 234"),
        *("074095001234 - 281761255", "HC4797912345678", "CMND 281761255 (cũ)", "123123123"),
    ],
    "citizen_id": ["74095001234", "'074095001234"],
    "tax_code": ["100233488", "100233488-001", "0100233488001"],
    "date": [
        "05/06/92",
        "12/25/1990",
        "45231",
        "'1990",
        "T5/1990",
        "--/--/1990",
        "20260331083400",
        "01/01/1900",
        "ngày 7 tháng 10 năm 2025",
    ],
    "datetime": ["05/06/1992 07:08", "2026-11-11T15:51:00Z", "45937.5"],
    "code": ["Đã trả kết quả", "10.0", "09", "x"],
    "ethnicity": ["99", "1", "Khơ Me (Khmer)", "dân tộc Tày"],
    "phone": [
        "0382768090 (anh An)",
        "SĐT: 0382768090",
        "3.8276809E+8",
        "0382768090-0910054879",
        "+84 382 768 090",
        "382768090",
        "01682768090",
        "0382768090/0910054879",
        "+840382768090",
    ],
    "email": ["<an@example.com>", "An@Example.COM", "mailto:an@example.com"],
    "sex": ["Nam", "02"],
    "nationality": ["Mỹ", "MY", "VNM"],
    "flag": ["Có", "1"],
    "dossier_code": ["h29.1 - 250101-0001", "000.05.16.H09–250501–0023", "H09.05-250229-0001"],
    "procedure_code": ["TTHC 1.010708", "1.010708.000.00.00.H56", "1.001193.H29.14", "1,001193"],
    "commune_code": ["4", "4.0"],
}
ANYTHING = st.text(max_size=12) | st.text("0123456789./-: E+'", max_size=16)
DIRT = st.text("NguyễnễoàầVăTn ÐaâeêùøfsrxjwHKgf12345.?'\u200b\u00a0\u0301@ªÔ¨", max_size=14)
HUGE_WORDS = ["sasa" * 25_000, "a" + "-" * 100_000 + "b"]
"""Of 100 kB: what costs the square of the length would take minutes."""
HUGE = ["9" * 5000, "a" * 5000, "Nguyễn " * 700, "1/" * 2500, "\u0301" * 3000, "E" * 3000, "0" * 400 + "1E+99999"]
STRANGE = [
    "\x00",
    "\x01\x1f\x7f",
    "\u202eAn",
    "\U0001f600",
    "\ue000",
    "\ufeff",
    "\ud7ff",
    "\u0660\u0661",
    "²",
    "Ⅷ",
    "ǅ",
]


def values_of(kind):
    return st.sampled_from(EXAMPLES.get(kind, EXAMPLES["text"])) | ANYTHING | DIRT


def told(kind, value):
    """Everything that is read from the value, with the names of its repairs."""
    row = read_column(pl.Series("x", [value], dtype=pl.String), KINDS[kind]).struct.unnest().row(0, named=True)
    return row | {"repairs": {each.partition(":")[2] for each in (row["repairs"] or "").split(",") if each}}


def as_written(std):
    """The standard value as a source would send it."""
    return pl.Series([std]).cast(pl.String)[0]


def is_only_written_otherwise(kind, value, std):
    """Whether the standard value says no more and no less than the original, as the kind understands it."""
    if kind in (*TEXT_KINDS, *NUMBER_KINDS, *CODE_KINDS):
        return std == value
    if kind == "flag":
        return value in (("1", "true") if std else ("0", "false"))
    if kind in (*WORD_KINDS, "code"):
        return str(std).lstrip("0") == value.lstrip("0")
    return _is_same_date(value, std)


def _is_same_date(value, std):
    """Whether the numbers of the original are the date's own, in an order that people write; time zones aside."""
    day, month, year = std.day, std.month, std.year
    orders = [[day, month, year], [year, month, day]]
    orders += [[month, year], [year, month], [0, month, year]] if day == 1 else []
    orders += [[year], [0, 0, year]] if (day, month) == (1, 1) else []
    compact = [f"{year:04}{month:02}{day:02}", f"{day:02}{month:02}{year:04}"]
    compact += [f"{year:04}{month:02}00", f"00{month:02}{year:04}"] if day == 1 else []
    compact += [f"{year:04}0000", f"0000{year:04}"] if (day, month) == (1, 1) else []
    numbers = [int(each) for each in re.findall(r"\d+", value)]
    has_zone = re.search(r"Z$|[+-]\d{2}:?\d{2}$", value, re.IGNORECASE)
    is_compact = re.sub(r"\D", "", value).startswith(tuple(compact))
    return any(numbers[: len(each)] == each for each in orders) or is_compact or has_zone is not None


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_standard_value_is_its_own_standard_and_needs_no_repair(kind, data):
    once = told(kind, data.draw(values_of(kind)))
    again = told(kind, as_written(once["std"]))
    assert (again["std"], again["problem"]) == (once["std"], None)
    assert again["repairs"] - FORM_ONLY == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_change_never_goes_without_its_name(kind, data):
    value = data.draw(values_of(kind))
    read = told(kind, value)
    if read["std"] is not None and not read["repairs"]:
        assert is_only_written_otherwise(kind, value, read["std"])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_examples_of_a_kind_need_repairs_and_each_is_named(kind):
    for value in EXAMPLES.get(kind, ()):
        read = told(kind, value)
        if read["std"] is not None and not is_only_written_otherwise(kind, value, read["std"]):
            assert read["repairs"], value


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=12, deadline=None)
@given(values=st.lists(st.none() | st.text(max_size=20), max_size=5))
def test_no_text_raises_and_each_is_understood_or_has_a_problem(kind, values):
    read = read_column(pl.Series("x", values, dtype=pl.String), KINDS[kind]).struct.unnest()
    assert read.height == len(values)
    assert read.filter(pl.col("std").is_not_null() & pl.col("problem").is_not_null()).is_empty()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_huge_values_and_control_characters_do_not_raise(kind):
    read = read_column(pl.Series("x", [*HUGE, *STRANGE, ""]), KINDS[kind]).struct.unnest()
    assert read.height == len(HUGE) + len(STRANGE) + 1


@pytest.mark.parametrize("kind", ["person_name", "owner_name", "organisation_name"])
@pytest.mark.parametrize("word", HUGE_WORDS, ids=lambda word: word[:8])
def test_a_huge_word_in_a_name_is_read(kind, word):
    assert read_column(pl.Series("x", [f"Lê {word}"]), KINDS[kind]).struct.field("problem").to_list() == [None]


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_value_is_read_alike_alone_and_among_others(kind, data):
    values = data.draw(st.lists(values_of(kind), min_size=1, max_size=6))
    together = read_column(pl.Series("x", values), KINDS[kind]).to_list()
    assert together == [read_column(pl.Series("x", [each]), KINDS[kind])[0] for each in values]


@settings(max_examples=15, deadline=None)
@given(day=st.dates(dt.date(1900, 1, 2), dt.date(2099, 12, 31)))
@pytest.mark.parametrize("form", ["%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%Y-%m-%d", "%Y%m%d%H%M%S", "%d/%m/%Y %H:%M"])
def test_every_day_is_read_from_every_usual_form_without_a_repair(form, day):
    read = told("date", dt.datetime.combine(day, dt.time()).strftime(form))
    assert (read["std"], read["problem"], read["repairs"]) == (day, None, set())


@settings(max_examples=15, deadline=None)
@given(text=st.text(max_size=20))
def test_composed_and_decomposed_text_have_one_standard(text):
    assert (
        told("text", unicodedata.normalize("NFC", text))["std"]
        == told("text", unicodedata.normalize("NFD", text))["std"]
    )


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_rows_in_parts_and_in_any_order_are_standardised_as_in_one(data):
    rows = data.draw(st.lists(st.tuples(*map(values_of, ("owner_name", "identifier", "date"))), min_size=2, max_size=8))
    drawn = pl.DataFrame(rows, schema=["owner_name", "owner_number", "owner_birth_date"], orient="row")
    lacking = [pl.lit(None, pl.String).alias(name) for name in DOSSIER.names if name not in drawn.columns]
    frame = drawn.with_columns(*lacking, _row=pl.int_range(pl.len()))
    whole = standardise_rows(frame, DOSSIER)
    cut = data.draw(st.integers(1, len(rows) - 1))
    parts = [standardise_rows(each, DOSSIER) for each in (frame[cut:], frame[:cut])]
    assert pl.concat(parts).sort("_row").equals(whole)
