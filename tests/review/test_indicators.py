"""The section of indicators: the same figures as the summary, in both languages."""

import pytest

from review.report import render
from tests.review import summaries
from tests.review.pages import Page, read


@pytest.fixture(scope="module")
def page() -> Page:
    return read(render(summaries.published(), None))


def test_a_rate_stands_beside_its_item_its_counts_and_what_was_not_judged(page: Page) -> None:
    assert "Tỷ lệ hồ sơ giải quyết đúng hạn 2.1 2.426 2.525 55 96,08%" in page.text("vi")
    assert "Dossiers settled on time 2.1 2,426 2,525 55 96.08%" in page.text("en")


def test_points_are_told_of_how_many_and_other_rules_by_their_name(page: Page) -> None:
    told = page.text("en")
    assert "Reuse of digitised data 4.3 1,867 2,580 0 72.36% 1.81 / 2" in told
    assert "by the flag DuocTaiSuDung 0 0 2,580 –" in told


def test_the_section_says_of_which_year_and_until_which_day(page: Page) -> None:
    assert "Lũy kế năm 2026, mọi đơn vị, theo ngày tiếp nhận đến 19/11/2026." in page.text("vi")
    assert "2026 to date, all units, by day of receipt until 19 Nov 2026." in page.text("en")


def test_the_months_of_a_chart_stand_in_a_table_too(page: Page) -> None:
    assert "9/2026 10/2026 11/2026 Đúng hạn 90,00% 91,00% 92,00%" in page.text("vi")


def test_units_and_roles_are_told_and_what_they_lack_stays_blank(page: Page) -> None:
    told = page.text("en")
    assert "UBND phường Dĩ An 173 92.49%" in told
    assert "(no unit given) 0 90.00%" in told
    assert "Dossiers 2,583 0.12% Owner 2,555 95.69%" in told


def test_a_run_without_indicators_says_so() -> None:
    told = read(render(summaries.published() | {"indicators": None}, None)).text("en")
    assert "The run reckoned no indicators." in told


def test_an_indicator_that_this_version_does_not_know_is_left_out() -> None:
    strange = summaries.indicators() | {"rates": [summaries.rate("seen_in_a_dream", "official", 1, 2)]}
    assert "seen_in_a_dream" not in render(summaries.published() | {"indicators": strange}, None)
