from dataclasses import replace

import pytest

from matching.explain import stairs
from matching.explain.steps import Step
from tests.matching.explain.cases import clue, explanation

TOLD = explanation(clue("place", -2.0), clue("name", 12.0, 1 / 8000), clue("sex", 0.5), start=-10.0, rivals=-3.0)


def test_each_step_begins_where_the_one_before_ended():
    *steps, total = stairs(TOLD)
    assert [each.before for each in steps] == pytest.approx([0.0, *(each.after for each in steps[:-1])])
    assert (total.before, total.after) == (0.0, pytest.approx(steps[-1].after))


def test_steps_go_from_the_start_through_what_is_for_and_against_to_the_sum():
    assert [each.step for each in stairs(TOLD)] == [
        Step.START,
        Step.FOR,
        Step.FOR,
        Step.AGAINST,
        Step.AGAINST,
        Step.SUM,
    ]


def test_the_sum_is_the_probability_with_its_odds():
    assert stairs(TOLD)[-1].figures.en == "15% · −2.5 bits"


def test_a_probability_without_other_candidates_says_so():
    alone = replace(TOLD, is_alone=True)
    assert stairs(alone)[-1].words.en == "probability that both are the same, seen alone"


def test_a_value_weighed_by_frequency_shows_its_share_beside_its_bits():
    assert stairs(TOLD)[1].figures == ("1/8.000 · +12,0 bit", "1 in 8,000 · +12.0 bits")


def test_without_rivals_there_is_no_step_for_them():
    assert len(stairs(explanation(clue("name", 12.0)))) == 3
