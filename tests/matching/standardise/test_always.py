"""What always holds: twice equals once, in any order, originals stay, no change without a name, near is not equal."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import received
from matching.standardise import standardise
from matching.standardise.columns import read_column

DOSSIER = received()["dossier"]
KINDS = {each.kind: each for contract in received().values() for each in contract.properties}
NAMES = st.sampled_from(
    ["Nguyeenx An", "Bà Lê  Thị Hoà", "CTY TNHH A", "Lê An - nộp hộ", "\u00d0ỗ Lan", "H’Lan Kpă", "Nguyá»…n", None]
)
NUMBERS = st.sampled_from(["74095001234", "074905001234", "000000001", "0387667267", "CCCD 074095001234", "x", None])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "owner_name": NAMES | st.text(max_size=8),
            "owner_number": NUMBERS,
            "owner_birth_date": st.sampled_from(["1995", "12/03/1995", "00/01/1900", None]),
            "owner_sex": st.sampled_from(["Nam", "2", None]),
            "processing_unit": st.sampled_from(["A", "B", None]),
        }
    ),
    min_size=1,
    max_size=12,
)
FAMILIES = "Hoàng Huỳnh Vũ Võ Chu Châu Nguyễn Nguyển"
GIVEN = (
    "Lý Lí Quý Quí Mỹ Mĩ Vy Vi Thy Thi Kỳ Kì Sỹ Sĩ Phúc Phước Nhân Nhơn Sinh Sanh Bảo Bửu Vĩnh Vỉnh Diễm Diểm "
    "Thuy Thúy Thùy Thủy Lan Lang"
)
LEGAL_NAMES = tuple(f"{family} {given}" for family in FAMILIES.split(" ") for given in GIVEN.split(" "))


def frame_of(rows):
    empty = dict.fromkeys(DOSSIER.names)
    schema = dict.fromkeys(DOSSIER.names, pl.String)
    return pl.DataFrame([empty | row for row in rows], schema=schema).with_row_index("_row")


def standard(frame):
    return standardise(frame.lazy(), DOSSIER).collect()


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_standardising_the_standard_form_gives_it_again(rows):
    once = standard(frame_of(rows))
    again = standard(
        once.select("_row", *(pl.col(f"{name}__std").cast(pl.String).alias(name) for name in DOSSIER.names))
    )
    forms = [f"{name}__std" for name in DOSSIER.names]
    assert again.select(forms).equals(once.select(forms))


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(rows, seed):
    frame = frame_of(rows)
    shuffled = standard(frame.sample(fraction=1, shuffle=True, seed=seed))
    assert shuffled.sort("_row").equals(standard(frame))


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_no_original_is_changed(rows):
    frame = frame_of(rows)
    assert standard(frame).select(frame.columns).equals(frame)


@pytest.mark.parametrize("kind", ["text", "person_name", "owner_name", "address"])
@settings(max_examples=100, deadline=None)
@given(value=st.text("NguyễnễoàầVăTn Ðaâeêùøfsrxjw12345.?'\u200b\u00a0\u0301@", min_size=1, max_size=16))
def test_no_repair_is_made_without_its_name(kind, value):
    told = read_column(pl.Series("x", [value]), KINDS[kind]).struct.unnest().row(0, named=True)
    assert told["std"] in (None, value) or told["repairs"] is not None


@pytest.mark.parametrize("case", [str.title, str.upper, str.lower])
def test_different_legal_names_never_get_one_form(case):
    names = pl.Series("x", [case(name) for name in LEGAL_NAMES])
    forms = read_column(names, KINDS["person_name"]).struct.field("form").to_list()
    assert len(set(forms)) == len(LEGAL_NAMES)
