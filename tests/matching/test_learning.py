"""EM finds the shares that patterns were made with, never swaps the classes, and leaves silent fields as stated."""

from itertools import pairwise

import numpy as np
import polars as pl
import pytest

import matching
from matching import learning
from matching.errors import SpecError
from matching.learnt import STATED, Learnt
from matching.levels import Field
from matching.linkages.home import COMMUNE
from matching.linkages.person import BIRTH, NAME, PERSON, SEX

TRUE_COMMUNE = {"same": 0.55, "province": 0.35, "different": 0.10}
LEVELS: dict[str, dict[str, float]] = {
    "name": {"exact": 0.9, "near": 0.07, "different": 0.03},
    "birth_date": {"exact": 0.88, "slip": 0.1, "different": 0.02},
    "sex": {"same": 0.95, "different": 0.05},
    "commune": TRUE_COMMUNE,
}
"""How the matches below were made."""
OTHERS = {
    "name": {"exact": 0.001, "near": 0.004, "different": 0.995},
    "birth_date": {"exact": 0.001, "slip": 0.0012, "different": 0.9978},
    "sex": {"same": 0.5, "different": 0.5},
    "commune": {"same": 0.04, "province": 0.45, "different": 0.51},
}


def fields_of(names: dict[str, dict[str, float]]) -> list[Field]:
    return [each for each in PERSON if each.name in names]


def simulated(seed: int = 1, profiles: int = 4000) -> pl.DataFrame:
    """Every profile has three candidates, the first of which is meant by nine in ten."""
    draw = np.random.default_rng(seed)
    is_match = np.zeros((profiles, 3), dtype=bool)
    is_match[:, 0] = draw.random(profiles) < 0.9
    is_match = is_match.ravel()
    columns: dict[str, object] = {
        "profile": np.repeat(np.arange(profiles), 3).astype(np.uint32),
        "target": np.arange(3 * profiles).astype(np.uint32),
    }
    odds = np.full(3 * profiles, -12.0)
    for field in fields_of(LEVELS):
        codes = np.zeros(3 * profiles, dtype=np.int16)
        for side, shares in ((is_match, LEVELS), (~is_match, OTHERS)):
            levels = [field.code(name) for name in shares[field.name]]
            codes[side] = draw.choice(levels, side.sum(), p=list(shares[field.name].values()))
        columns[field.name] = codes
        bits = {level.code: np.log2(level.m / OTHERS[field.name].get(level.name, 1.0)) for level in field.levels}
        odds += np.vectorize(bits.get)(codes)
    blank = {each.name: pl.lit(0, pl.Int16) for each in PERSON if each.name not in LEVELS}
    frame = pl.DataFrame(columns).with_columns(odds=pl.Series(odds), **blank)
    return frame.select(learning.no_pairs(PERSON).columns)


def unlabelled(pairs: pl.DataFrame) -> pl.DataFrame:
    return learning.labelled(
        pairs, pl.DataFrame(schema={"profile": pl.UInt32, "target": pl.UInt32, "is_match": pl.Boolean})
    )


def learnt(pairs: pl.DataFrame) -> Learnt:
    return learning.learn([learning.Pairs("population", pairs)])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_shares_that_patterns_were_made_with_are_found(seed):
    found = learnt(unlabelled(simulated(seed)))
    assert found.has_converged
    for name, share in TRUE_COMMUNE.items():
        assert found.m["population"]["commune"][name] == pytest.approx(share, abs=0.04)


def test_silent_fields_stand_as_stated():
    found = learnt(unlabelled(simulated())).m["population"]["mother"]
    stated = {each.name: each.m for each in next(each for each in PERSON if each.name == "mother").levels}
    assert found == pytest.approx({name: stated[name] for name in found})


def test_few_pairs_hardly_move_what_is_stated():
    found = learnt(unlabelled(simulated(profiles=5))).m["population"]["commune"]
    assert found["same"] == pytest.approx(next(each.m for each in COMMUNE.levels if each.name == "same"), abs=0.03)


def test_shuffled_pairs_teach_the_same_to_the_last_bit():
    pairs = unlabelled(simulated(profiles=400))
    assert learnt(pairs) == learnt(pairs.sample(fraction=1, shuffle=True, seed=3))


def test_decided_pairs_are_counted_for_what_they_are():
    pairs = simulated(profiles=400)
    firsts = pairs.filter(pl.col("target") % 3 == 0).select("profile", "target")
    labels = firsts.with_columns(is_match=pl.lit(False))
    found = learnt(learning.labelled(pairs, labels))
    assert found.verdicts == 400
    # With its matches ruled out the data has none, and the stated shares remain.
    assert found.m["population"]["commune"]["same"] == pytest.approx(0.75, abs=0.05)


@pytest.mark.parametrize("register", STATED)
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_found_agreement_says_more_than_difference_and_levels_keep_their_order(register, seed):
    draw = np.random.default_rng(seed)
    for stated in STATED[register]:
        shape = learning._Shape.of(stated)
        if shape is None:
            continue
        m = shape.anew(draw.exponential(2000, len(shape.levels)) * draw.integers(0, 2, len(shape.levels)))
        assert ((m > 0) & (m <= 1)).all()
        mine = {each.name: share for each, share in zip(shape.levels, m, strict=True)}
        fixed = [each for each in shape.levels if each.u is not None]
        for low, high in pairwise(fixed):
            if high.bits >= low.bits:
                bits = [np.log2(mine[each.name] / (each.u or 1)) for each in (low, high)]
                assert bits[0] <= bits[1] + 1e-9


def test_slips_that_are_agreement_follow_full_agreement():
    found = learnt(unlabelled(simulated())).m["population"]["name"]
    stated = {each.name: each.m for each in NAME.levels}
    assert found["unaccented"] == found["exact"]
    assert found["initials"] / stated["initials"] == pytest.approx(found["exact"] / stated["exact"])


def test_a_model_comes_back_from_its_file():
    found = learnt(unlabelled(simulated(profiles=50)))
    assert Learnt.from_json(found.to_json()) == found
    assert found.name.startswith("cascade-")
    assert found.fingerprint[:12] in found.name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "not a model"),
        ("{", "not a model"),
        ('{"version": 9}', "version 9"),
        ('{"m": {"population": {"colour": {"same": 0.5}}}}', "population.colour"),
        ('{"m": {"population": {"sex": {"same": 0}}}}', "between 0 and 1"),
    ],
)
def test_what_is_no_model_is_refused_with_its_place(text, words):
    with pytest.raises(SpecError, match=words):
        Learnt.from_json(text)


def test_without_a_model_the_stated_shares_stand_and_with_one_decisions_name_it(registers, standard):
    rows = [{"dossier_code": "H29.14-251101-0001", "owner_name": "NGUYỄN VĂN HÙNG", "owner_birth_date": "12/04/1990",
             "owner_type": "1", "owner_sex": "1"}]  # fmt: skip
    records = {"dossier": standard("dossier", rows)}
    plain = matching.link(records, registers)
    same = matching.link(records, registers, model=Learnt())
    assert same.equals(plain)
    model = matching.learn(records, registers)
    told = matching.link(records, registers, model=model)
    assert told["model"].unique().to_list() == [model.name]
    assert told["reference_id"].to_list() == plain["reference_id"].to_list()


def test_learnt_shares_change_the_weights_by_what_they_say():
    lower = Learnt(m={"population": {"sex": {"same": 0.9, "different": 0.1}}}, fingerprint="f" * 64)
    weighed = pl.DataFrame({"sex": [9, 1, None], "sex_bits": [SEX.levels[0].bits, SEX.levels[1].bits, None]})
    told = lower.adjusted(weighed, "population")["sex_bits"].to_list()
    assert told[0] == pytest.approx(np.log2(0.9 / 0.8))
    assert told[1] == pytest.approx(np.log2(0.1 / 0.2))
    assert told[2] is None
    assert BIRTH in lower.by_register["population"]
