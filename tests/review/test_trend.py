"""The line of the quality index, and what stands beside it."""

import re

import pytest

from review.report.language import EN, VI
from review.report.summary import Run
from review.report.trend import against, trend
from tests.review import summaries


def run(points, index=95.0):
    former = [{"started_at": at, "index": score, "by_dataset": {"death": score}} for at, score in points]
    quality = {"index": index, "by_dataset": {"death": {"index": index}}, "trend": former}
    return Run.model_validate({"started_at": "2026-11-20T01:00:00+07:00", "quality": quality})


def drawn(of):
    """Left edge and height of each dot."""
    return [
        (float(x), float(y))
        for x, y in re.findall(r'<circle [^>]*cx="([\d.]+)%" cy="([\d.]+)"', str(trend(of, EN, name="t")))
    ]


def test_the_first_run_has_no_line_and_nothing_beside_it():
    assert trend(run([]), VI, name="t") is None
    assert against(run([])) == ()


def test_a_run_that_scored_nothing_has_no_line():
    assert trend(run([("2026-11-19T01:00:00+07:00", 90.0)], index=None), VI, name="t") is None


def test_a_better_index_stands_higher_and_a_later_run_further_right():
    dots = drawn(run([("2026-11-10T01:00:00+07:00", 80.0), ("2026-11-18T01:00:00+07:00", 90.0)]))
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
    assert [y for _, y in dots] == sorted((y for _, y in dots), reverse=True)
    assert dots[1][0] - dots[0][0] > 3 * (dots[2][0] - dots[1][0])


@pytest.mark.parametrize("score", [0.0, 100.0, 99.99])
def test_dots_stay_within_the_chart(score):
    for x, y in drawn(run([("2026-11-19T01:00:00+07:00", score)], index=score)):
        assert 0 <= x <= 100
        assert 12 <= y <= 132


def test_two_runs_of_one_moment_and_times_that_are_none_are_drawn_all_the_same():
    assert len(drawn(run([("2026-11-20T01:00:00+07:00", 90.0)]))) == 2
    assert len(drawn(run([("once", 90.0)]))) == 2


def test_beside_it_stand_the_run_before_and_the_median_of_thirty_days():
    points = [(f"2026-11-{day}T01:00:00+07:00", score) for day, score in ((10, 80.0), (12, 90.0), (14, 94.0))]
    told = {each.dataset: (each.now, each.before, each.usual, each.change) for each in against(run(points))}
    assert told == {"death": (95.0, 94.0, 90.0, 1.0), None: (95.0, 94.0, 90.0, 1.0)}


def test_the_chart_is_told_in_words_and_what_a_summary_smuggles_in_is_escaped():
    page = str(trend(run([("<script>", 90.0)]), VI, name="t"))
    assert "<script>" not in page
    assert "95" in page.split("<desc")[1]
    assert trend(Run.model_validate(summaries.published()), VI, name="t")
