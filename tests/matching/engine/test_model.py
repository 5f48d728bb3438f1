"""A model file is read strictly."""

import json

import pytest

from matching.engine.link import link
from matching.engine.model import Model
from matching.errors import SpecError
from tests.matching.engine.people import records, register, spec


@pytest.fixture(scope="module")
def text() -> str:
    people = register()
    return link(records(people).lazy(), people.lazy(), spec()).model.to_json()


def test_a_model_comes_back_as_it_was_written(text: str) -> None:
    assert Model.from_json(text).to_json() == text


def test_a_blank_says_nothing_and_a_better_level_never_less_than_a_worse_one(text: str) -> None:
    for field in Model.from_json(text).fields:
        assert field.bits[0] == 0
        assert list(field.bits[1:]) == sorted(field.bits[1:])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("m", [1.0]),
        ("m", [-0.5, 1.5]),
        ("u", [0.9, 0.3]),
        ("rarity", [0.5]),
        ("rarity", [2.0, 0.0]),
        ("alone", -1.0),
        ("mean_u", float("inf")),
    ],
)
def test_figures_that_are_none_of_a_model_are_refused(text: str, name: str, value: object) -> None:
    model = json.loads(text)
    model["fields"][-1][name] = value
    with pytest.raises(SpecError, match="place"):
        Model.from_json(json.dumps(model))


def test_a_share_of_matches_that_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(SpecError, match="match_share"):
        Model.from_json(json.dumps(json.loads(text) | {"match_share": 5}))
