"""EM recovers what patterns were made with, and never trades the match class for the other."""

import numpy as np
import pytest

from matching.engine import em

M = (np.array([0.05, 0.15, 0.8]), np.array([0.1, 0.9]), np.array([0.2, 0.1, 0.7]), np.array([0.03, 0.97]))
U = (np.array([0.96, 0.03, 0.01]), np.array([0.9, 0.1]), np.array([0.7, 0.25, 0.05]), np.array([0.5, 0.5]))
PRIOR = [np.full(len(each), 2.0) for each in M]


def simulated(share: float, seed: int, pairs: int = 200_000) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    is_match = draw.random(pairs) < share
    codes = [
        np.where(is_match, draw.choice(len(m), pairs, p=m), draw.choice(len(u), pairs, p=u)) + 1
        for m, u in zip(M, U, strict=True)
    ]
    return np.unique(np.stack(codes, axis=1).astype(np.int8), axis=0, return_counts=True)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.8])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_parameters_are_recovered(share: float, seed: int) -> None:
    patterns, counts = simulated(share, seed)
    fitted = em.estimate(patterns, counts.astype(float), U, prior=PRIOR)
    assert fitted.share == pytest.approx(share, abs=0.02)
    for found, true in zip(fitted.m, M, strict=True):
        assert np.abs(found - true).max() < 0.05


@pytest.mark.parametrize("seed", range(13))
def test_the_match_class_is_the_one_that_agrees(seed: int) -> None:
    patterns, counts = simulated(0.1, seed, pairs=20_000)
    fitted = em.estimate(patterns, counts.astype(float), U, prior=PRIOR)
    assert all(m[-1] > u[-1] for m, u in zip(fitted.m, U, strict=True))


def test_a_field_held_out_keeps_its_assumed_shares() -> None:
    patterns, counts = simulated(0.3, 1)
    fitted = em.estimate(patterns, counts.astype(float), U, prior=PRIOR, held_out=frozenset((0,)))
    assert fitted.m[0] == pytest.approx(PRIOR[0] / PRIOR[0].sum())
    assert fitted.matches[0] == 0


def test_blanks_say_nothing() -> None:
    blank = np.zeros((1, 4), dtype=np.int8)
    assert em.posterior(blank, M, U, 0.25) == pytest.approx([0.25])


def test_it_says_whether_it_converged() -> None:
    patterns, counts = simulated(0.3, 1)
    assert em.estimate(patterns, counts.astype(float), U, prior=PRIOR).has_converged
