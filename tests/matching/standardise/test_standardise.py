"""Whole frames: the promised columns, originals untouched, idempotence, any input."""

import datetime as dt
import unicodedata

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import contracts
from matching.standardise import standardise
from matching.standardise.columns import forms_of, read_column
from matching.standardise.kinds import KINDS
from matching.standardise.reading import read_through
from matching.standardise.vocabulary import PROBLEMS, REPAIRS

CONTRACTS = contracts.received()
EACH_KIND = {each.kind: each for contract in CONTRACTS.values() for each in contract.properties}
TYPED = st.one_of(
    st.text(max_size=20),
    st.text("0123456789./-: E+'", max_size=20),
    st.text("NguyễnễoàầVăTn Ðaâeêùøfsrxjw12345.?'", max_size=20),
    st.from_regex(r"[0-3]?\d[/.-][01]?\d[/.-](19|20)\d\d", fullmatch=True),
    st.from_regex(r"0?\d{8,13}", fullmatch=True),
)
USUAL = st.one_of(
    st.from_regex(r"[0-3]\d/[01]\d/(18|19|20)\d\d( [0-2]\d:[0-6]\d)?", fullmatch=True),
    st.from_regex(r"(19|20)\d\d-[01]\d-[0-3]\d([T ][0-2]\d:[0-6]\d:[0-6]\d)?", fullmatch=True),
    st.from_regex(r"(19|20)\d\d([01]\d[0-3]\d([0-2]\d[0-6]\d[0-6]\d)?)?", fullmatch=True),
    st.from_regex(r"[A-Z]{1,2}\d{6,8}|\d{10}-\d{3}|\d{2}[A-Z]\d{7}|0[0-9]{8,11}", fullmatch=True),
    st.sampled_from(["a@example.com", "H09.26-240102-0001", "12/1999", "Nguyễn Văn An", "CÔNG TY TNHH AN PHÚ", ""]),
)
TIDY = st.tuples(
    st.text("\ufeff\u200b \t'\u00a0", max_size=2) | st.sampled_from(["CCCD ", "SĐDCN:", "CC: ", "cmnd"]),
    USUAL
    | st.text("NguyễnVăTÐðƉ .'\t\ufeff\u200b\u00a0àã1-ôÔÃ", max_size=12)
    | st.from_regex("[0-9]{3}[-.][0-9]{6,9}", fullmatch=True),
    st.text("\ufeff\u200b \t'.,;\u00a0", max_size=2),
).map("".join)
"""Usual values with what many need: nothing invisible, the right Đ, single spaces."""
FORM_ONLY = {"form_of_address_ignored", "remark_ignored"}
"""Repairs of the compared form only."""
FIELDS = {"precision", "alt", "kind", "proposal", "proposal_repair"}


def frame_of(dataset, **columns):
    contract = CONTRACTS[dataset]
    height = max(map(len, columns.values()), default=1)
    values = {name: columns.get(name, [None] * height) for name in contract.names}
    return pl.DataFrame(values, schema=dict.fromkeys(contract.names, pl.String)).lazy()


@pytest.mark.parametrize("dataset", CONTRACTS)
@pytest.mark.parametrize("height", [0, 3])
def test_empty_and_all_null_frames_have_every_promised_column(dataset, height):
    contract = CONTRACTS[dataset]
    frame = pl.DataFrame(
        {name: [None] * height for name in contract.names}, schema=dict.fromkeys(contract.names, pl.String)
    )
    result = standardise(frame.lazy(), contract).collect()
    for prop in contract.properties:
        for name, dtype in forms_of(prop).items():
            assert result.schema[f"{prop.name}__{name}"] == dtype
    assert result.schema["repairs"] == pl.List(pl.String)
    assert result["record_id"].to_list() == [None] * height
    assert result["repairs"].to_list() == [[]] * height
    assert len(result.columns) == len(set(result.columns))


def test_every_kind_of_the_contracts_is_known():
    assert set(EACH_KIND) <= set(KINDS)


def test_originals_and_other_columns_stay_as_they_are():
    frame = frame_of("birth", child_name=["  ÐỖ  LAN"], number=["1.0"]).with_columns(_row=pl.lit(2))
    result = standardise(frame, CONTRACTS["birth"]).collect()
    assert result.select(frame.collect_schema().names()).equals(frame.collect())


def test_repairs_are_sorted_unique_and_named_by_property():
    frame = frame_of("birth", mother_name=["Ðỗ  Lan"], child_name=["Le\u0302 An"], mother_birth_date=["12/25/1990"])
    assert standardise(frame, CONTRACTS["birth"]).collect()["repairs"].to_list() == [
        [
            "child_name:unicode_composed",
            "mother_birth_date:day_month_swapped",
            "mother_name:lookalike_letter",
            "mother_name:spaces_collapsed",
        ]
    ]


def test_the_record_id_is_dataset_and_key():
    frame = frame_of(
        "birth",
        book=["01/1999", "01/1999"],
        number=["1.0", None],
        registration_place=[" UBND  phươ\u0300ng Vĩnh Phú, tỉnh Bình Dương", "x"],
    )
    ids = standardise(frame, CONTRACTS["birth"]).collect()["record_id"].to_list()
    assert ids == ["birth:01/1999|1|UBND phường Vĩnh Phú, tỉnh Bình Dương", None]


def test_dates_have_precision_and_the_other_reading():
    result = standardise(
        frame_of("birth", child_birth_date=["05/06/1990", "1990", "31/02/1990"]), CONTRACTS["birth"]
    ).collect()
    assert result["child_birth_date__std"].to_list() == [dt.date(1990, 6, 5), dt.date(1990, 1, 1), None]
    assert result["child_birth_date__precision"].to_list() == ["day", "year", None]
    assert result["child_birth_date__alt"].to_list() == [dt.date(1990, 5, 6), None, None]
    assert result["child_birth_date__problem"].to_list() == [None, None, "impossible_date"]


def test_the_streaming_engine_gives_the_same():
    frame = frame_of(
        "birth", child_name=["Ðỗ Lan", None, "Bà Lê An"] * 50, child_birth_date=["05/06/1990", "1990", None] * 50
    )
    lazy = standardise(frame, CONTRACTS["birth"])
    assert lazy.collect(engine="streaming").equals(lazy.collect())


@pytest.mark.parametrize("kind", sorted(EACH_KIND))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.none() | TYPED, max_size=8))
def test_any_value_is_read_or_has_a_problem_and_reading_again_changes_nothing(kind, values):
    prop = EACH_KIND[kind]
    read = read_column(pl.Series("x", values, dtype=pl.String), prop).struct.unnest()
    told = {repair.split(":")[1] for row in read["repairs"].drop_nulls() for repair in row.split(",")}
    assert told <= set(REPAIRS)
    assert set(read["problem"].drop_nulls()) <= set(PROBLEMS)
    assert read.filter(pl.col("std").is_not_null() & pl.col("problem").is_not_null()).is_empty()
    again = read_column(read["std"].cast(pl.String).rename("x"), prop).struct.unnest()
    assert again["std"].to_list() == read["std"].to_list()


@pytest.mark.parametrize("kind", sorted(each for each in EACH_KIND if KINDS[each].quick))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(TYPED | USUAL, min_size=1, max_size=12))
def test_the_quick_reader_gives_what_the_steps_give(kind, values):
    kind = KINDS[kind]
    quick = kind.quick(pl.Series(values, dtype=pl.String).str.normalize("NFC"))
    for value, told in zip(values, quick.iter_rows(named=True), strict=True):
        if told["std"] is not None:
            reading = read_through(value, kind.steps, kind.reader)
            assert (told["std"], ()) == (reading.value, reading.repairs)
            assert {name: told[name] for name in told.keys() & FIELDS} == {
                name: getattr(reading, name) for name in told.keys() & FIELDS
            }


@pytest.mark.parametrize("kind", sorted(each for each in EACH_KIND if KINDS[each].quick))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(TIDY | TYPED | USUAL, min_size=1, max_size=12))
@example(
    values=["BOÐ", "ÐỖ LAN", "0  A", "a\u200bâ", "Vie\u0323\u0302t\ufeff", "Lê\u00a0An,", "Ch\u00a0ng", "Ã\u00a0 "]
)
def test_what_is_tidied_by_the_column_is_what_the_steps_give_of_each_value(kind, values):
    steps, reader = KINDS[kind].steps, KINDS[kind].reader
    read = read_column(pl.Series("x", values, dtype=pl.String), EACH_KIND[kind]).struct.unnest()
    for value, told in zip(values, read.iter_rows(named=True), strict=True):
        composed = unicodedata.normalize("NFC", value)
        reading = read_through(composed, steps, reader)
        repairs = {*reading.repairs, *(["unicode_composed"] if composed != value else [])}
        named = {each.split(":")[1] for each in (told["repairs"] or "").split(",") if each} - FORM_ONLY
        assert (told["std"], told["problem"], named) == (reading.value, reading.problem, repairs)


@pytest.mark.parametrize("kind", sorted(EACH_KIND))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.none() | TYPED | USUAL, min_size=1, max_size=8), times=st.integers(1, 5))
def test_a_column_gives_what_each_value_gives_alone(kind, values, times):
    prop = EACH_KIND[kind]
    alone = pl.concat([read_column(pl.Series("x", [value], pl.String), prop) for value in values])
    assert read_column(pl.Series("x", values * times, pl.String), prop).equals(pl.concat([alone] * times))
