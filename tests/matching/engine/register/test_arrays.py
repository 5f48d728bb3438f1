import numpy as np
import pytest

from matching.engine.register import arrays
from matching.engine.register.arrays import CountFile, Keyed, PairFile, is_among, spread


def hashes(*values):
    return np.array(values, dtype=np.uint64)


def rows(*values):
    return np.array(values, dtype=np.uint32)


@pytest.fixture(params=[4_000_000, 2], ids=["sorted at once", "sorted in ranges"])
def _at_once(request, monkeypatch):
    monkeypatch.setattr(arrays, "_AT_ONCE", request.param)


@pytest.mark.usefixtures("_at_once")
def test_pairs_appended_in_any_order_are_read_in_order_of_hash_and_row(tmp_path):
    file = PairFile(tmp_path / "k")
    file.append(hashes(7, 2**63 + 5, 7), rows(4, 1, 0))
    file.append(hashes(2**62, 7), rows(2, 3))
    keyed = file.sort()
    assert keyed.hashes.tolist() == [7, 7, 7, 2**62, 2**63 + 5]
    assert keyed.rows.tolist() == [0, 3, 4, 2, 1]


def test_a_file_without_pairs_can_be_read(tmp_path):
    keyed = PairFile(tmp_path / "k").sort()
    assert keyed.found(hashes(1))[0].tolist() == []


def test_nothing_unsorted_is_left_behind(tmp_path):
    PairFile(tmp_path / "k").sort()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["k.hash.npy", "k.row.npy"]


def test_every_row_of_a_hash_is_found_and_none_of_another():
    keyed = Keyed.of(hashes(5, 3, 5, 9), rows(0, 1, 2, 3))
    places, found = keyed.found(hashes(4, 5, 9))
    assert list(zip(places.tolist(), found.tolist(), strict=True)) == [(1, 0), (1, 2), (2, 3)]


def test_ranges_are_spread_one_after_the_other_and_empty_ones_skipped():
    assert spread(np.array([4, 0, 7]), np.array([2, 0, 3])).tolist() == [4, 5, 7, 8, 9]


def test_no_hash_is_among_none():
    assert is_among(hashes(1, 2), hashes()).tolist() == [False, False]


@pytest.mark.usefixtures("_at_once")
def test_values_are_counted_and_single_ones_left_out(tmp_path):
    file = CountFile(tmp_path / "c")
    file.append(hashes(2**63, 1, 2**63))
    file.append(hashes(5, 1, 2**63))
    assert file.count() == 6
    kept = Keyed.opened(tmp_path / "c")
    assert dict(zip(kept.hashes.tolist(), kept.rows.tolist(), strict=True)) == {1: 2, 2**63: 3}
