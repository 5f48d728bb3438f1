import polars as pl

from matching.explain import sentence, sentences
from matching.explain.telling import CLUES
from tests.matching.explain.cases import clue, explanation


def test_the_strongest_reasons_come_first_and_those_against_last():
    told = sentence(explanation(clue("sex", 1.1), clue("commune", -2.0), clue("name", 12.0), clue("birth", 9.0)))
    assert told.en == "Name en; birth en; sex en; but commune en."
    assert told.vi == "Name vi; birth vi; sex vi; nhưng commune vi."


def test_what_hardly_counts_is_left_out():
    assert sentence(explanation(clue("name", 12.0), clue("sex", 0.3), clue("place", -0.9))).en == "Name en."


def test_no_more_than_three_reasons_for_and_two_against_are_told():
    clues = [clue(f"for{at}", 9.0 - at) for at in range(5)] + [clue(f"not{at}", at - 9.0) for at in range(4)]
    assert sentence(explanation(*clues)).en == "For0 en; for1 en; for2 en; but not0 en; not1 en."


def test_equal_reasons_stand_in_the_order_of_the_fields():
    assert sentence(explanation(clue("b", 3.0), clue("a", 3.0))).en == "B en; a en."


def test_rare_and_common_values_are_told_with_their_share():
    clues = (clue("name", 12.0, 1 / 8000), clue("birth", 9.0, 1 / 900), clue("place", 3.0, 1 / 20))
    told = sentence(explanation(*clues))
    assert told.en == "Name en (rare, 1 in 8,000); birth en (1 in 900); place en (common, 1 in 20)."
    assert told.vi == "Name vi (hiếm gặp, 1/8.000); birth vi (1/900); place vi (phổ biến, 1/20)."


def test_a_pair_that_nothing_speaks_for_says_so():
    assert sentence(explanation(clue("name", -6.0))).en == "Little says that both are the same; name en."


def test_a_pair_that_nothing_is_said_of_says_so():
    assert sentence(explanation()).vi == "Dữ liệu quá ít để nói hai bên là một."


def test_rivals_that_take_half_of_the_odds_are_told():
    assert sentence(explanation(clue("name", 12.0), rivals=-1.5)).en == "Name en; another candidate fits too."
    assert sentence(explanation(clue("name", 12.0), rivals=-0.5)).en == "Name en."


def test_each_of_many_pairs_has_the_sentence_it_has_alone():
    many = [
        explanation(clue("name", 12.0, 1e-4), clue("sex", -3.0)),
        explanation(),
        explanation(clue("birth", -2.0), rivals=-2.0),
    ]
    rows = [(at, *each.meaning, each.bits, each.frequency) for at, told in enumerate(many) for each in told.clues]
    found = sentences(pl.DataFrame(rows, CLUES, orient="row"), pl.Series([each.rivals for each in many]))
    assert found.rows() == [tuple(sentence(each)) for each in many]
