"""The match report in a real browser: quiet, offline, switchable by mouse and keyboard, right on screen and paper."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from review.report import render
from tests.review import summaries

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    runs = {
        "first": (summaries.published(), None),
        "delta": (summaries.delta(), summaries.published()),
        "failed": (summaries.failed(), summaries.delta()),
        "hostile": (summaries.hostile(), summaries.published()),
    }
    for name, (run, previous) in runs.items():
        (folder / f"{name}.html").write_text(render(run, previous), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    profile = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=CHROMIUM, args=FLAGS)
        yield context.new_page()
        context.close()


@pytest.fixture
def page(browser_page: Page) -> Page:
    browser_page.emulate_media(media="screen")
    browser_page.goto("about:blank")
    return browser_page


def address(reports: Path, name: str, fragment: str = "") -> str:
    return (reports / f"{name}.html").as_uri() + fragment


def headline(page: Page) -> str:
    return page.locator("h1:visible").inner_text()


@pytest.mark.parametrize("name", ["first", "delta", "failed", "hostile"])
def test_the_page_loads_without_a_word_on_the_console_and_without_any_request(
    page: Page, reports: Path, name: str
) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(reports, name))
    page.wait_for_load_state("networkidle")
    assert said == []
    assert [each for each in asked if each not in (address(reports, name), "data:,")] == []


def test_vietnamese_comes_first_and_a_click_shows_english_and_keeps_it_in_the_address(
    page: Page, reports: Path
) -> None:
    page.goto(address(reports, "first"))
    assert headline(page) == "Đã công bố bản phát hành 1"
    page.locator(".toggle:visible").get_by_text("English").click()
    assert headline(page) == "Release 1 is published"
    assert page.url.endswith("#en")
    assert page.locator("html").get_attribute("lang") == "en"
    page.reload()
    assert headline(page) == "Release 1 is published"


def test_the_toggle_works_by_keyboard_alone_and_keeps_the_focus(page: Page, reports: Path) -> None:
    page.goto(address(reports, "first"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert headline(page) == "Release 1 is published"
    assert page.evaluate("document.activeElement.textContent") == "English"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert headline(page) == "Đã công bố bản phát hành 1"


def test_a_link_to_a_section_opens_that_section_in_its_language(page: Page, reports: Path) -> None:
    page.goto(address(reports, "first", "#en-weights"))
    assert headline(page) == "Release 1 is published"
    assert page.locator("#en-weights").bounding_box()["y"] < 60


def test_links_in_the_contents_keep_the_language(page: Page, reports: Path) -> None:
    page.goto(address(reports, "first", "#en"))
    page.locator(".contents:visible").get_by_text("Quality").click()
    assert page.url.endswith("#en-quality")
    assert headline(page) == "Release 1 is published"


@pytest.mark.parametrize("fragment", ["", "#en"])
@pytest.mark.parametrize("width", [1280, 820])
@pytest.mark.parametrize("name", ["first", "delta", "failed", "hostile"])
def test_nothing_runs_over_the_right_edge(page: Page, reports: Path, name: str, width: int, fragment: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(reports, name, fragment))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if name != "hostile":
        over = (
            "[...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"
        )
        assert page.evaluate(over) == []


def test_on_paper_there_is_no_toggle_and_only_the_chosen_language(page: Page, reports: Path) -> None:
    page.goto(address(reports, "first", "#en"))
    page.emulate_media(media="print")
    assert page.locator(".toggle:visible").count() == 0
    assert page.locator(".contents:visible").count() == 0
    assert headline(page) == "Release 1 is published"


@pytest.mark.parametrize(
    ("fragment", "told"), [("", "Đã công bố bản phát hành 1"), ("#en-books", "Release 1 is published")]
)
def test_without_script_the_address_alone_chooses_the_language(
    browser_page: Page, reports: Path, fragment: str, told: str
) -> None:
    quiet = reports / "quiet.html"
    html = (reports / "first.html").read_text(encoding="utf-8")
    start, end = html.index("<script>"), html.index("</script>")
    quiet.write_text(html[:start] + html[end + len("</script>") :], encoding="utf-8")
    browser_page.goto(quiet.as_uri() + fragment)
    assert headline(browser_page) == told
    assert browser_page.locator("h1:visible").count() == 1
