"""Matches, kin and strangers are told apart where a record may have many partners."""

import random
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from matching.engine import kin, tell_kin
from matching.engine.explain import explain, sentences
from matching.engine.link import Linked, dedupe
from matching.engine.model import Field, Kin, Model, Training
from matching.engine.spec import Cardinality, Comparison, Spec
from matching.errors import SpecError
from matching.reasons import Status

M = (np.array([0.03, 0.07, 0.9]),) * 8
U = (np.array([0.96, 0.03, 0.01]), np.array([0.9, 0.05, 0.05]), *(np.array([0.95, 0.03, 0.02]),) * 6)
KIN = (*(np.array([0.05, 0.05, 0.9]),) * 3, *U[3:])
"""They share three fields as matches do, the others as strangers."""
PRIOR = [np.array([1.0, 3.0, 16.0]) for _ in M]
PAIRS = 1_000_000
BLANKS = (0,) * 6


def model_of(m: tuple[np.ndarray, ...]) -> Model:
    fields = [
        Field(f"f{at}", "exact", ("other", "near", "exact"), tuple(own), tuple(u), (0.0,) * 3, 0.0, 0.0, 0.01)
        for at, (own, u) in enumerate(zip(m, U, strict=True))
    ]
    return Model(tuple(fields), 0.5, Training(1, True, ""))


def near(
    matches: int, of_kin: int, *, damaged: int = 0, levels: tuple[float, ...] = (0.15, 0.15, 0.7), seed: int = 1
) -> tell_kin.Near:
    """The patterns of such pairs, and of strangers, that agree on something."""
    draw = np.random.default_rng(seed)
    classes = ((matches, M), (of_kin, KIN), (damaged, (np.array(levels),) * len(M)), (PAIRS, U))
    codes = np.concatenate(
        [np.stack([draw.choice(3, size, p=each) for each in shares], axis=1) + 1 for size, shares in classes]
    )
    patterns, counts = np.unique(codes[(codes > 1).sum(axis=1) > 1], axis=0, return_counts=True)
    return tell_kin.Near(patterns.astype(np.int8), np.zeros(len(counts)), counts.astype(float), float(len(codes)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kin_are_told_from_matches_however_many_they_are(seed: int) -> None:
    taken_for_matches = model_of(KIN)
    found = tell_kin.told_apart(near(500, 20_000, seed=seed), taken_for_matches, PRIOR)
    for field, true in zip(found.fields, M, strict=True):
        assert np.abs(np.array(field.m) - true).max() < 0.1
    assert sum(each.share for each in found.kin) * PAIRS == pytest.approx(20_000, rel=0.15)
    most = max(found.kin, key=lambda each: each.share)
    for told, true in zip(most.levels[:3], KIN[:3], strict=True):
        assert np.abs(np.array(told) - true).max() < 0.1


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("damaged", [0, 300, 3_000])
def test_where_there_are_no_kin_however_damaged_matches_are_the_model_stays(damaged: int, seed: int) -> None:
    model = model_of(M)
    assert tell_kin.told_apart(near(1_000, 0, damaged=damaged, seed=seed), model, PRIOR) is model


def test_where_there_are_only_kin_they_are_no_matches() -> None:
    found = tell_kin.told_apart(near(0, 20_000), model_of(KIN), PRIOR)
    assert sum(each.share for each in found.kin) * PAIRS == pytest.approx(20_000, rel=0.15)
    assert bits(found, 3, 3, 3, 1, 1, 1, 1, 1) < 0


def test_where_no_match_agrees_as_matches_are_assumed_to_the_model_stays() -> None:
    model = model_of(tuple(np.array([0.45, 0.45, 0.1]) for _ in M))
    assert tell_kin.told_apart(near(0, 0, damaged=2_000, levels=(0.45, 0.45, 0.1)), model, PRIOR) is model


def test_where_no_pair_came_near_the_model_stays() -> None:
    none = tell_kin.Near(np.zeros((0, 8), np.int8), np.zeros(0), np.zeros(0), 1.0)
    model = model_of(M)
    assert tell_kin.told_apart(none, model, PRIOR) is model


@pytest.fixture(scope="module")
def of_kin() -> Model:
    return replace(model_of(M), kin=(Kin(0.01, tuple(map(tuple, KIN))),))


def bits(model: Model, *codes: int) -> float:
    own = sum(field.bits[code] for field, code in zip(model.fields, codes, strict=True))
    pattern = np.array([codes], dtype=np.int8)
    return float(own + kin.taken(pattern, np.zeros(1), kin.tables(model))[0])


def test_kin_only_take(of_kin: Model) -> None:
    assert bits(of_kin, 3, 3, *BLANKS) < bits(replace(of_kin, kin=()), 3, 3, *BLANKS)
    assert bits(of_kin, *[1] * 8) == pytest.approx(bits(replace(of_kin, kin=()), *[1] * 8), abs=0.1)


def test_what_kin_share_does_not_tell_matches_from_them(of_kin: Model) -> None:
    assert bits(of_kin, 1, 3, 3, 1, 1, 1, 1, 1) < bits(of_kin, 1, 1, 1, 1, 1, 3, 3, 1)


@pytest.mark.parametrize("share", [1e-6, 0.01, 10.0])
def test_better_agreement_never_weighs_less_and_a_blank_never_more_than_it_takes(share: float) -> None:
    draw = np.random.default_rng(5)
    model = replace(model_of(M), kin=(Kin(share, tuple(tuple(draw.dirichlet((1, 1, 1))) for _ in M)),))
    for _ in range(300):
        codes = draw.integers(1, 4, len(M))
        at = draw.integers(0, len(M))
        weights = []
        for code in (0, 1, 2, 3):
            codes[at] = code
            worst = sum(min(0.0, field.bits[1]) for field, each in zip(model.fields, codes, strict=True) if each)
            weights.append(bits(model, *codes) - worst)
        assert np.all(np.diff(weights) >= -1e-9)


def families(people: int = 1_200, twice: int = 60) -> pl.DataFrame:
    """Four of a family share surname, street, town and phone; some persons stand twice, slightly damaged."""
    draw = random.Random(4)
    rows = []
    for at in range(people):
        if at % 4 == 0:
            home = {
                "surname": "".join(draw.choices("bcdfgklmnprstv", k=6)),
                "street": f"{draw.randint(1, 900)} {draw.choice(('Oak', 'Elm', 'Ash', 'Lime'))} Road",
                "town": draw.choice(("Ayton", "Beeford", "Ceeham", "Deeley", "Eaby")),
                "phone": f"0{draw.randint(10**8, 10**9)}",
            }
        given = draw.choice(("Ann", "Ben", "Cleo", "Dan", "Eve", "Fred", "Gwen", "Hugh", "Ivy", "Jack")) + str(at % 37)
        birth = f"{draw.randint(1940, 2015)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        rows.append({"id": f"P{at}", "given": given, "birth": birth, **home})
    again = [
        row | {"id": f"{row['id']}x"} | draw.choice(({"street": None}, {"phone": None}, {"town": "Ayton"}, {}))
        for row in draw.sample(rows, twice)
    ]
    return pl.DataFrame([*rows, *again])


KINDS = {"given": "name", "surname": "name", "birth": "date", "street": "text", "town": "exact", "phone": "identifier"}
SPEC = Spec("id", "id", tuple(Comparison(name, kind, name, name) for name, kind in KINDS.items()))


@pytest.fixture(scope="module")
def linked() -> Linked:
    return dedupe(families().lazy(), SPEC)


def test_who_lives_together_is_not_one_person(linked: Linked) -> None:
    links = linked.links.filter(pl.col("status") == Status.LINKED.value)
    is_true = links["left_id"].str.strip_suffix("x") == links["right_id"].str.strip_suffix("x")
    assert is_true.mean() >= 0.98
    assert is_true.sum() >= 58


def test_a_model_with_kin_comes_back_and_links_the_same(linked: Linked) -> None:
    assert linked.model.kin
    again = Model.from_json(linked.model.to_json())
    assert again == linked.model
    assert dedupe(families().lazy(), SPEC, model=again).links.equals(linked.links)


def test_shuffled_rows_teach_the_same_kin(linked: Linked) -> None:
    shuffled = families().sample(fraction=1, shuffle=True, seed=3)
    again = dedupe(shuffled.lazy(), SPEC).model
    for one, two in zip(again.kin, linked.model.kin, strict=True):
        assert one.share == pytest.approx(two.share, rel=1e-3)
        assert np.concatenate(one.levels) == pytest.approx(np.concatenate(two.levels), abs=1e-4)


def test_an_explanation_tells_what_kin_take(linked: Linked) -> None:
    spec = replace(SPEC, cardinality=Cardinality.DEDUPE)
    for pair in linked.pairs.head(50).iter_rows(named=True):
        told = explain(linked, spec, left_id=pair["left_id"], right_id=pair["right_id"])
        assert told.clues[-1].bits <= 0
        assert sum(clue.bits for clue in told.clues) == pytest.approx(pair["bits"], abs=1e-4)
    doubtful = linked.pairs.filter(pl.col("kin_bits") < -3).head(5)
    assert doubtful.height
    assert sentences(doubtful, linked, spec)[1].str.contains("agree as much").any()


@pytest.mark.parametrize("share", [-1.0, float("inf")])
def test_kin_that_are_none_are_refused(of_kin: Model, share: float) -> None:
    wrong = replace(of_kin, kin=(replace(of_kin.kin[0], share=share),))
    with pytest.raises(SpecError, match="kin"):
        Model.from_json(wrong.to_json())


def test_kin_of_other_levels_are_refused(of_kin: Model) -> None:
    wrong = replace(of_kin, kin=(replace(of_kin.kin[0], levels=of_kin.kin[0].levels[:-1]),))
    with pytest.raises(SpecError, match="kin"):
        Model.from_json(wrong.to_json())
