import polars as pl
import pytest

from matching.errors import EvidenceError
from matching.explain import explained, sentence, waterfall
from matching.linkages.person import PERSON
from matching.weigh import total

FOUND = '{"name":["exact",12.8],"number":["own",17.0],"sex":["same",0.3]}'


def test_evidence_is_read_back_with_its_bits_in_the_order_of_the_fields():
    told = explained('{"sex":["same",0.3],"name":["exact",12.8]}', "population", entries=1000)
    assert [(each.field, each.level, each.bits) for each in told.clues] == [
        ("name", "exact", 12.8),
        ("sex", "same", 0.3),
    ]


def test_the_probability_is_that_of_the_odds():
    told = explained(FOUND, "population", entries=15_000)
    assert told.probability == pytest.approx(1 / (1 + 2**-told.odds))


def test_nothing_is_claimed_of_other_candidates_which_evidence_does_not_tell():
    assert explained(FOUND, "population", entries=1000).is_alone


def test_the_more_entries_the_lower_the_start():
    starts = [explained(FOUND, "population", entries=each).start for each in (0, 1000, 1_000_000)]
    assert starts == sorted(starts, reverse=True)


def test_the_frequency_of_a_value_comes_back_from_its_bits():
    told = explained('{"name":["exact",12.8]}', "population", entries=1000)
    assert told.clues[0].frequency == pytest.approx(0.95 / 2**12.8)


@pytest.mark.parametrize("field", ["number", "sex"])
def test_what_is_not_weighed_by_frequency_has_none(field):
    told = explained(FOUND, "population", entries=1000)
    assert next(each.frequency for each in told.clues if each.field == field) is None


def test_an_enterprise_is_told_in_the_words_of_enterprises():
    told = explained('{"number":["own",17.0]}', "enterprise", entries=1000)
    assert told.clues[0].title.en == "enterprise code"


@pytest.mark.parametrize(
    ("found", "reference"),
    [
        ('{"nose":["exact",1.0]}', "population"),
        ('{"name":["sweet",1.0]}', "population"),
        ('{"name":["exact",1.0]}', "church"),
        ('{"name":"exact"}', "population"),
        ("", "population"),
    ],
    ids=["field", "level", "register", "shape", "no JSON"],
)
def test_evidence_that_the_model_does_not_know_is_refused(found, reference):
    with pytest.raises(EvidenceError):
        explained(found, reference, entries=10)


def test_the_odds_are_those_that_decisions_are_made_on():
    bits = {"name": 12.8, "number": 17.0, "sex": 0.3}
    weighed = pl.DataFrame({f"{field.name}_bits": [bits.get(field.name)] for field in PERSON})
    assert explained(FOUND, "population", entries=15).odds == pytest.approx(total(weighed, PERSON, 15)["odds"].item())


def test_no_value_of_the_record_is_in_the_sentence_or_the_drawing(one):
    decision = one(owner_number="074090000001", owner_name="Nguyễn Văn Hùng", owner_birth_date="12/04/1990")
    told = explained(decision["evidence"], decision["reference"], entries=10)
    everything = " ".join((*sentence(told), waterfall(told))).lower()
    assert not [each for each in ("074090000001", "hùng", "hung", "1990") if each in everything]
