"""What is left to guess of a rule's pairs once stewards decided some."""

import polars as pl
import pytest

from matching.engine.decided import undecided

PAIRS = pl.DataFrame({"l": [0, 0, 1, 2], "r": [5, 6, 5, 7]})


@pytest.mark.parametrize(
    ("decided", "has_rivals", "left"),
    [
        ([], True, [(0, 5), (0, 6), (1, 5), (2, 7)]),
        ([(0, 5, False)], True, [(0, 6), (1, 5), (2, 7)]),
        ([(0, 5, True)], True, [(1, 5), (2, 7)]),
        ([(0, 5, True)], False, [(0, 6), (1, 5), (2, 7)]),
    ],
    ids=["nobody decided", "another is not meant", "one is meant, so the others are not", "several may be meant"],
)
def test_a_decided_pair_is_guessed_no_more(decided, has_rivals, left):
    known = pl.DataFrame(decided, {"l": pl.Int64, "r": pl.Int64, "is_match": pl.Boolean}, orient="row")
    assert undecided(PAIRS, known, has_rivals=has_rivals).rows() == left
