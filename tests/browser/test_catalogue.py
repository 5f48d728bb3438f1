"""The catalogue in a real browser, from disk: switchable, searchable, quiet, and right at every width."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from flows.catalogue import write
from tests.browser.test_report import FLAGS
from tests.review import catalogues

CHROMIUM = shutil.which("chromium")
KINDS = ("index", "access", "releases", "tables/dossier", "received/dossier", "lineage", "quality", "rules", "reasons")
KINDS += ("repairs", "glossary")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("catalogue")
    write(catalogues.full(), made / "full")
    write(catalogues.hostile(), made / "hostile")
    return made


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
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    return browser_page


def address(folder: Path, name: str, which: str = "full") -> str:
    return (folder / which / f"{name}.html").as_uri()


def find(page: Page, words: str) -> list[str]:
    page.get_by_role("searchbox").first.fill(words)
    return page.locator("#found a").all_inner_texts()


def test_no_kind_of_page_says_a_word_asks_the_network_or_runs_over_the_edge(page: Page, folder: Path) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    names = [*KINDS, "en/index", "en/tables/dossier", "en/received/dossier"]
    for which, name in [*(("full", each) for each in names), ("hostile", "index"), ("hostile", "tables/dossier")]:
        page.goto(address(folder, name, which))
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") == width, (which, name, width)
    assert said == []
    assert {each.split(":")[0] for each in asked if each != "data:,"} == {"file"}


def test_a_click_shows_the_same_place_in_english_and_links_stay_in_that_language(page: Page, folder: Path) -> None:
    page.goto(address(folder, "tables/dossier") + "#owner_name")
    assert page.locator("h1").inner_text() == "Hồ sơ thủ tục hành chính (đã đối soát)"
    page.get_by_role("link", name="English").click()
    assert page.url == address(folder, "en/tables/dossier") + "#owner_name"
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".menu").get_by_role("link", name="Quality rules").click()
    assert page.url == address(folder, "en/rules")


def test_the_search_finds_a_column_with_or_without_accents_and_leads_there(page: Page, folder: Path) -> None:
    page.goto(address(folder, "received/birth"))
    assert "owner_commune_code" in find(page, "owner_commune_code")[0]
    assert find(page, "chu ho so") == find(page, "Chủ hồ sơ") != []
    find(page, "registration_place")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tables/*.html#registration_place")
    assert page.locator("tr:target code").first.inner_text() == "registration_place"


def test_what_is_not_there_is_said_and_escape_closes_the_list(page: Page, folder: Path) -> None:
    page.goto(address(folder, "en/index"))
    assert find(page, "zzzz") == []
    assert page.locator("#found-count").inner_text() == "Nothing found."
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()


def test_hostile_names_are_found_as_text(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index", "hostile"))
    assert "<script>alert" in find(page, "owner_name")[0]
    assert page.locator("#found img, #found script").count() == 0


def test_a_table_is_filtered_by_words(page: Page, folder: Path) -> None:
    page.goto(address(folder, "lineage"))
    page.locator("[data-filter]").fill("mã hồ sơ MaHoSo")
    shown = page.locator("tbody tr:visible")
    assert shown.count() == 1
    assert "dossier.dossier_code" in shown.inner_text()


def test_landmarks_and_fields_have_names_and_rows_stay_a_table_on_a_phone(page: Page, folder: Path) -> None:
    page.goto(address(folder, "tables/dossier"))
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.get_by_role("main").count() == page.get_by_role("search").count() == 1
    assert page.get_by_role("navigation", name="Mục lục").count() == 1
    assert page.get_by_role("searchbox", name="Tìm bảng, cột, quy tắc, thuật ngữ").count() == 1
    columns = page.get_by_role("table", name="Các cột của published.dossier")
    assert columns.get_by_role("rowheader", name="owner_name").count() == 1
    assert page.get_by_role("img", name="Nguồn gốc các cột của published.dossier").count() == 1
    nameless = (
        "[...document.querySelectorAll('a, input, nav')].filter(e => !(e.innerText || e.ariaLabel || e.labels?.length))"
    )
    assert page.evaluate(f"{nameless}.length") == 0


def test_on_paper_there_is_no_search_and_no_menu(page: Page, folder: Path) -> None:
    page.goto(address(folder, "tables/dossier"))
    page.emulate_media(media="print")
    assert page.locator(".search").is_hidden()
    assert page.locator(".menu").is_hidden()
    assert page.locator("h1").is_visible()


def test_without_script_both_languages_can_be_read(page: Page, folder: Path) -> None:
    page.route("**/*.js", lambda route: route.abort())
    try:
        page.goto(address(folder, "tables/dossier"))
        assert page.locator(".search").is_hidden()
        page.get_by_role("link", name="English").click()
        assert page.locator("h1").inner_text() == "Administrative-procedure dossiers of the one-stop system"
    finally:
        page.unroute("**/*.js")
