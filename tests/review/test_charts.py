"""Charts draw what the numbers say: widths on one scale, nothing lost, nothing invisible."""

import re

import pytest

from review.report.funnel import funnel
from review.report.gauge import gauge
from review.report.histogram import Axis, axis, histogram
from review.report.language import EN
from review.report.summary import Book, WeightBin
from review.report.svg import bar
from tests.review import summaries


def widths(svg: str, kind: str) -> list[float]:
    return [float(each) for each in re.findall(rf'class="(?:seg )?{kind}"[^>]* width="([\d.]+)%"', svg)]


def book(dataset: str) -> Book:
    return next(Book.model_validate(each) for each in summaries.books() if each["dataset"] == dataset)


@pytest.mark.parametrize("dataset", ["birth", "dossier", "population"])
def test_the_parts_of_a_funnel_fill_what_was_received(dataset: str) -> None:
    svg = str(funnel(book(dataset), EN, name="f"))
    parts = [width for kind in ("accepted", "unchanged", "quarantined") for width in widths(svg, kind)]
    assert sum(parts) == pytest.approx(100, abs=0.01)


def test_each_role_of_a_funnel_is_as_wide_as_what_was_accepted() -> None:
    svg = str(funnel(book("birth"), EN, name="f"))
    outcomes = [width for kind in ("linked", "review", "not_found", "unlinkable") for width in widths(svg, kind)]
    assert sum(outcomes) == pytest.approx(3 * widths(svg, "accepted")[0], abs=0.02)


def test_a_funnel_tells_its_counts_to_those_who_do_not_see_it() -> None:
    assert "Child: Linked 610, Review 21, Not found 160, Unlinkable 0." in str(funnel(book("birth"), EN, name="f"))


def test_one_record_in_a_bin_of_thousands_is_still_a_visible_line() -> None:
    bins = [
        WeightBin.model_validate({"from": 0, "to": 2, "linked": 5000}),
        WeightBin.model_validate({"from": 2, "to": 4, "review": 1}),
    ]
    svg = str(histogram(bins, axis(bins), EN, name="h", title="Owner"))
    assert 'class="seg review" x="50%" y="116.5" width="50%" height="1.5"' in svg


@pytest.mark.parametrize(("low", "high"), [(-20, 44), (0, 1), (-0.5, 0.5), (-300, 900), (7, 7.5), (-1e6, 1e6)])
def test_an_axis_has_few_round_ticks_within_its_range(low: float, high: float) -> None:
    ticks = Axis(low, high).ticks()
    assert len(ticks) <= 9
    assert all(low <= each <= high for each in ticks)


def test_a_bin_with_an_open_end_reaches_to_the_edge() -> None:
    bins = [
        WeightBin.model_validate({"from": None, "to": -10, "not_found": 3}),
        WeightBin.model_validate({"from": -10, "to": 10, "linked": 3}),
    ]
    assert axis(bins) == Axis(-10, 10)
    assert "−∞ … −10.0 bit: Not found 3" in str(histogram(bins, axis(bins), EN, name="h", title="Owner"))


def test_histograms_without_any_record_are_drawn_empty() -> None:
    bins = [WeightBin.model_validate({"from": 0, "to": 2})]
    assert "No figures." in str(histogram(bins, axis(bins), EN, name="h", title="Owner"))
    assert axis([]) == Axis(0.0, 1.0)


@pytest.mark.parametrize(("index", "x"), [(-3, "0"), (0, "0"), (96.4, "96"), (100, "99.6"), (120, "99.6")])
def test_the_mark_of_a_gauge_stays_on_its_scale(index: float, x: str) -> None:
    assert f'class="mark" x="{x}%"' in str(gauge(index, EN, name="g"))


def test_a_bar_of_nothing_has_no_width_and_a_tiny_one_can_be_seen() -> None:
    assert widths(str(bar(0, 10)), "linked") == [0]
    assert widths(str(bar(1, 10000)), "linked") == [0.6]
    assert widths(str(bar(1, 0)), "linked") == [0]
