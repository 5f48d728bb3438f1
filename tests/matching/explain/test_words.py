import pytest

from matching.explain import words


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (1 / 8000, "1/8.000", "1 in 8,000"),
        (1 / 8149, "1/8.100", "1 in 8,100"),
        (1 / 3, "1/3", "1 in 3"),
        (1.0, "100%", "100%"),
        (0.999, "99%", "99%"),
        (0.0, "1/1.000.000.000.000.000", "1 in 1,000,000,000,000,000"),
        (1 / 1234567, "1/1.200.000", "1 in 1,200,000"),
        (1e-15, "1/1.000.000.000.000.000", "1 in 1,000,000,000,000,000"),
    ],
)
def test_a_share_is_told_as_one_of_so_many(share, vi, en):
    assert words.one_in(share) == (vi, en)


@pytest.mark.parametrize(("value", "vi"), [(12.34, "+12,3"), (-0.06, "−0,1"), (0.04, "±0"), (-0.04, "±0")])
def test_bits_carry_their_sign(value, vi):
    assert words.bits(value).vi == vi


@pytest.mark.parametrize(
    ("probability", "en"),
    [(0.5, "50%"), (0.974, "97%"), (0.9934, "99.34%"), (1.0, "> 99.99%"), (0.0, "< 0.01%"), (0.004, "0.4%")],
)
def test_a_probability_never_reads_as_never_or_always(probability, en):
    assert words.percent(probability).en == en
