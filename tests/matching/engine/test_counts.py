"""Counts of values: right whatever the parts, and small where values hardly repeat."""

from collections import Counter

import polars as pl
import pytest

from matching.engine.counts import Counts

SOME = [7, 3, 7, 9, 3, 7, 2**63 + 5]
FEW_REPEAT = [*range(1_000), 5, 5, 17]


def counted(*parts: list[int | None]) -> Counts:
    return Counts.of([Counts.of_part(pl.Series("v", part, pl.UInt64)) for part in parts])


@pytest.mark.parametrize(
    "parts",
    [
        [SOME],
        [SOME[:3], SOME[3:]],
        [FEW_REPEAT],
        [FEW_REPEAT[:500], FEW_REPEAT[500:]],
        [SOME * 9, FEW_REPEAT],
        [[], [4]],
        [[4, 4]],
    ],
    ids=["repeating", "in parts", "hardly repeating", "its parts", "both", "an empty part", "one value"],
)
def test_each_value_is_told_as_often_as_it_stands_there(parts: list[list[int]]) -> None:
    found, values = counted(*parts), [value for part in parts for value in part]
    wanted = Counter(values)
    asked = pl.Series(sorted(wanted), dtype=pl.UInt64)
    assert found.of_values(asked).to_list() == [wanted[value] for value in asked]
    assert found.total == len(values)


def test_a_value_that_was_not_there_counts_as_seen_once_and_a_blank_as_nothing() -> None:
    asked = pl.Series([1, None, 7], dtype=pl.UInt64)
    assert counted(SOME).of_values(asked).to_list() == [1, None, 3]
    assert counted([]).of_values(asked).to_list() == [1, None, 1]


def test_blanks_are_not_counted() -> None:
    assert counted([None, 3, None, 3]).total == 2


def test_only_values_that_come_twice_are_kept() -> None:
    assert counted(FEW_REPEAT).hashes.tolist() == [5, 17]
