"""The challenger's opinion of a night: silent without decisions enough, else told beside former runs."""

import polars as pl

import matching
from flows.second_opinion import FEWEST_OF_EACH, second_opinion, with_former
from matching.schemas import VERDICTS
from tests.matching.conftest import standard

NAMES = ["LÊ VĂN AN", "TRẦN THỊ BÌNH", "PHẠM QUỐC CƯỜNG", "VÕ NGỌC DIỄM", "ĐINH CÔNG TRỨ"]


def night(decided):
    """Fifty people, a dossier of each, and a steward's word on so many right and wrong pairs."""
    people = [
        {"citizen_id": f"0740900{at:05}", "full_name": f"{NAMES[at % 5]}", "sex": "1", "birth_date": f"19{50 + at}0412"}
        for at in range(50)
    ]
    dossiers = [
        {"dossier_code": f"H29.14-251101-{at:04}", "owner_name": each["full_name"],
         "owner_birth_date": f"12/04/19{50 + at}", "owner_type": "1"} for at, each in enumerate(people)
    ]  # fmt: skip
    held = {"dossier": standard("dossier", dossiers), "population": standard("population", people)}
    rows = [
        (f"dossier:H29.14-251101-{at:04}", "owner", "population", f"0740900{(at + shift) % 50:05}", word)
        for at in range(decided)
        for shift, word in ((0, "same"), (5, "different"))
    ]
    verdicts = pl.DataFrame(rows, VERDICTS, orient="row")
    return held, verdicts


def doubtful(held):
    decisions = matching.link({"dossier": held["dossier"]}, {"population": held["population"]})
    return decisions.with_columns(status=pl.lit("review"))


def test_without_decisions_enough_there_is_no_opinion():
    held, verdicts = night(FEWEST_OF_EACH - 1)
    told, differences = second_opinion(doubtful(held), held, verdicts, {"population": 50})
    assert (told, differences.height) == ([], 0)


def test_taught_by_decisions_it_scores_every_doubtful_decision():
    held, verdicts = night(FEWEST_OF_EACH)
    [told], differences = second_opinion(doubtful(held), held, verdicts, {"population": 50})
    assert (told["reference"], told["labels"], told["challenger"]) == ("population", 40, "naive Bayes")
    assert told["doubtful"] == differences.height > 0
    assert 0 <= told["share"] <= 1
    assert differences["difference"].is_sorted(descending=True)


def test_on_clear_matches_the_two_are_of_one_mind():
    held, verdicts = night(FEWEST_OF_EACH)
    [told], differences = second_opinion(doubtful(held), held, verdicts, {"population": 50})
    assert told["share"] == 0
    assert differences["difference"].max() < 0.1


def test_the_shares_of_former_runs_are_told_oldest_first():
    runs = [
        {"started_at": "2026-11-22", "second_opinion": [{"reference": "population", "share": 0.2}]},
        {"started_at": "2026-11-21"},
        {"started_at": "2026-11-20", "second_opinion": [{"reference": "population", "share": 0.1}]},
    ]
    [told] = with_former([{"reference": "population", "share": 0.3}], runs)
    assert [each["share"] for each in told["former"]] == [0.1, 0.2]
