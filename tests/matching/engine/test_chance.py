"""Random pairs are random, whatever the height of the tables."""

from collections.abc import Iterator

import polars as pl
import pytest

from matching.engine import chance
from matching.engine.spec import Cardinality
from matching.engine.tables import Plan, prepare
from tests.matching.engine.people import FIELDS, register, spec

NUMBER = FIELDS.index("number")


def drawn(height: int, seed: int = 1) -> Iterator[list[float]]:
    """Counts of levels between a table and itself."""
    plan = Plan.of(spec(Cardinality.MANY_TO_ONE, seed=seed), spec().rules)
    table = prepare(register(height).lazy(), plan, is_left=False)
    return iter([each.tolist() for each in chance.levels_by_chance(table, table, plan)])


@pytest.mark.parametrize("height", [2, 3, 30, 7919, 2 * 7919])
def test_no_row_is_paired_with_itself_at_any_height(height: int) -> None:
    levels = list(drawn(height))[NUMBER]
    assert sum(levels) > 0 or height < 3
    assert levels[-1] == 0


def test_another_seed_draws_other_pairs() -> None:
    # So many rows that not every pair is drawn.
    assert list(drawn(3_000, seed=1)) != list(drawn(3_000, seed=2))


def test_a_table_of_one_row_is_paired_with_itself_alone() -> None:
    assert pl.Series(next(drawn(1))).sum() <= 1
