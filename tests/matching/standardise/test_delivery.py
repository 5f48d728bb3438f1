"""A delivery in chunks: the same rows, whatever the chunks."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import received
from matching.standardise import (
    claims,
    delivery,
    shared_numbers,
    standardise,
    standardise_delivery,
    standardise_in_chunks,
    without_shared,
)

DOSSIER = received()["dossier"]
NAMES = ["Lê An", "Trần Văn Bé", "Phạm Thị Cúc", "Ngô Minh Dũng", "Bà Lê  Thị Hoà", "CTY TNHH A", None]
NUMBERS = ["074095001234", "074905001234", "0100233488", "CCCD 074095001234", "000000001", None]
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NUMBERS), st.sampled_from(["A", "B", None])),
    min_size=1,
    max_size=30,
)
SHARED = [(name, "074095001234", "UBND phường An Phú") for name in NAMES[:4]]


def dossiers(rows):
    asked = pl.DataFrame(
        rows, schema=dict.fromkeys(("owner_name", "owner_number", "processing_unit"), pl.String), orient="row"
    )
    return asked.select(
        *(pl.col(name) if name in asked.columns else pl.lit(None, pl.String).alias(name) for name in DOSSIER.names)
    )


def in_chunks(frame, size):
    done = list(standardise_in_chunks(frame.iter_slices(size), DOSSIER))
    shared = shared_numbers(claims(each, DOSSIER) for each in done)
    return pl.concat(without_shared(each, shared, DOSSIER) for each in done)


@settings(max_examples=10, deadline=None)
@given(rows=ROWS, size=st.integers(1, 30))
def test_any_chunks_give_what_the_whole_gives(rows, size):
    frame = dossiers(rows)
    assert in_chunks(frame, size).equals(standardise(frame.lazy(), DOSSIER).collect())


def test_a_number_is_shared_though_no_chunk_has_all_its_names():
    assert in_chunks(dossiers(SHARED), 1)["owner_number__problem"].to_list() == ["shared_number"] * 4


def test_units_are_counted_apart_across_chunks():
    rows = [(name, number, unit) for unit in "AB" for name, number, _ in SHARED[: 4 if unit == "A" else 3]]
    told = in_chunks(dossiers(rows[::2] + rows[1::2]), 2).sort("processing_unit")
    assert told["owner_number__problem"].to_list() == ["shared_number"] * 4 + [None] * 3


def test_the_chunks_come_in_their_order():
    frame = dossiers([(f"Lê {number}", None, None) for number in "abcdefghij"])
    done = pl.concat(standardise_in_chunks(frame.iter_slices(1), DOSSIER))
    assert done["owner_name"].to_list() == frame["owner_name"].to_list()


def test_the_first_chunk_comes_before_the_last_is_asked_for():
    asked = []
    chunks = (asked.append(at) or dossiers(SHARED) for at in range(100))
    next(standardise_in_chunks(chunks, DOSSIER))
    assert len(asked) < 10


@pytest.mark.parametrize("rows", [[], SHARED, SHARED * 3], ids=["nothing", "one chunk", "many chunks"])
def test_a_delivery_read_from_its_file_is_standardised_alike(rows, tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "CHUNK", 5)
    dossiers(rows).write_parquet(tmp_path / "dossier.parquet")
    scanned = pl.scan_parquet(tmp_path / "dossier.parquet")
    assert standardise_delivery(scanned, DOSSIER).equals(standardise(scanned, DOSSIER).collect())
