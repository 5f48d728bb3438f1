from xml.etree import ElementTree

import pytest

from matching.explain import waterfall
from tests.matching.explain.cases import clue, explanation

SVG = "{http://www.w3.org/2000/svg}"
TOLD = explanation(clue("name", 12.0, 1 / 8000), clue("place", -4.0), start=-10.0)


def drawn(told, **how):
    return ElementTree.fromstring(waterfall(told, **how))  # noqa: S314  (our own drawing)


def bars(svg):
    return [(float(each.get("x")[:-1]), float(each.get("width")[:-1])) for each in svg.iter(f"{SVG}rect")]


def test_bars_are_as_wide_as_their_bits_and_begin_where_the_one_before_ended():
    start, name, place, total = bars(drawn(TOLD))
    bit = 100 / 12
    assert start == pytest.approx((0, 10 * bit), abs=0.02)
    assert name == pytest.approx((0, 12 * bit), abs=0.02)
    assert place == pytest.approx((8 * bit, 4 * bit), abs=0.02)
    assert total == pytest.approx((8 * bit, 2 * bit), abs=0.02)


@pytest.mark.parametrize("bits", [0.0, 1e-6, 5.0, -40.0, 200.0])
def test_every_bar_lies_within_the_drawing_and_can_be_seen(bits):
    for x, width in bars(drawn(explanation(clue("name", bits)))):
        assert 0 <= x <= x + width <= 100.011
        assert width > 0.5


def test_what_speaks_against_has_a_colour_of_its_own():
    fills = [each.get("fill") for each in drawn(TOLD).iter(f"{SVG}rect")]
    assert len(set(fills)) == 4


def test_it_is_an_image_whose_title_and_description_are_named_uniquely():
    svg = drawn(TOLD, name="case-7")
    ids = [each.get("id") for each in svg if each.get("id")]
    assert svg.get("role") == "img"
    assert (svg.get("aria-labelledby") or "").split() == ids == ["case-7-t", "case-7-d"]


def test_labels_are_in_one_language_and_the_description_in_both():
    svg = drawn(TOLD, lang="en")
    labels = " ".join(each.text or "" for each in svg.iter(f"{SVG}text"))
    assert "Name en" in labels
    assert "name vi" not in labels.lower()
    description = svg.findtext(f"{SVG}desc") or ""
    assert description.index("name en") < description.index("name vi")


def test_markup_in_the_name_of_a_field_stays_text():
    svg = drawn(explanation(clue("<script>&\"'</svg>", 12.0)))
    assert not list(svg.iter(f"{SVG}script"))
    assert "<script>&\"'</svg> vi" in [each.text for each in svg.iter(f"{SVG}text")]


def test_long_words_are_broken_into_lines_that_leave_room_for_the_figures():
    svg = drawn(explanation(clue("word " * 30, 12.0)))
    assert max(len(each.text or "") for each in svg.iter(f"{SVG}text")) <= 48


def test_no_style_is_inlined_because_a_strict_page_would_drop_it():
    assert not [each for each in drawn(TOLD).iter() if each.get("style") or each.tag == f"{SVG}style"]


def test_the_same_explanation_is_drawn_the_same():
    assert waterfall(TOLD) == waterfall(TOLD)
