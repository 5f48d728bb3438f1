"""The match report says what the summary says, in both languages, and nothing it should not."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from review.report import render
from tests.review import summaries
from tests.review.pages import Page, read

RUNS: dict[str, tuple[Callable[[], dict[str, Any]], Callable[[], dict[str, Any]] | None]] = {
    "first": (summaries.published, None),
    "delta": (summaries.delta, summaries.published),
    "held": (summaries.held, summaries.delta),
    "waiting": (summaries.waiting, summaries.delta),
    "nothing_new": (summaries.nothing_new, summaries.published),
    "failed": (summaries.failed, summaries.delta),
    "empty": (dict, dict),
    "hostile": (summaries.hostile, summaries.published),
}


def html_of(name: str) -> str:
    run, previous = RUNS[name]
    return render(run(), previous() if previous else None)


def page_of(name: str) -> Page:
    return read(html_of(name))


@pytest.mark.parametrize("name", RUNS)
def test_the_page_refers_to_nothing_outside_itself(name: str) -> None:
    page = page_of(name)
    targets = [
        each.attributes.get(key) for each in page.elements for key in ("href", "src", "srcset", "action", "data")
    ]
    assert {each for each in targets if each and not each.startswith("#")} == {"data:,"}
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest", html_of(name))


@pytest.mark.parametrize("name", RUNS)
def test_every_link_inside_the_page_has_its_target(name: str) -> None:
    page = page_of(name)
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    links = {(each.attributes["href"] or "")[1:] for each in page.of("a")}
    labels = [word for each in page.elements for word in (each.attributes.get("aria-labelledby") or "").split()]
    assert len(ids) == len(set(ids))
    assert links | set(labels) <= set(ids)


@pytest.mark.parametrize("name", RUNS)
def test_both_languages_are_there_and_vietnamese_is_shown_without_script(name: str) -> None:
    editions = page_of(name).with_class("edition")
    assert [(each.attributes["lang"], "hidden" in each.attributes) for each in editions] == [
        ("vi", False),
        ("en", True),
    ]


@pytest.mark.parametrize("name", RUNS)
def test_the_same_summary_gives_the_same_bytes(name: str) -> None:
    assert html_of(name) == html_of(name)


@pytest.mark.parametrize("name", RUNS)
def test_every_head_cell_has_a_scope_and_every_chart_a_title_and_a_description(name: str) -> None:
    page = page_of(name)
    assert all(each.attributes.get("scope") for each in page.of("th"))
    charts = page.with_class("chart")
    inside = [each.tag for each in page.elements if each.tag == "desc"]
    assert len(inside) == len(charts)
    assert all(each.attributes["role"] == "img" and each.attributes["aria-labelledby"] for each in charts)


def test_numbers_follow_the_language() -> None:
    page = page_of("first")
    assert "5.227" in page.text("vi")
    assert "87,8%" in page.text("vi")
    assert "5,227" in page.text("en")
    assert "87.8%" in page.text("en")


@pytest.mark.parametrize(
    ("name", "vi", "en"),
    [
        ("first", "Đã công bố bản phát hành 1", "Release 1 is published"),
        ("nothing_new", "Không có gì mới để công bố", "Nothing new to publish"),
        ("held", "Bản phát hành mới bị giữ lại", "The new release is held back"),
        ("failed", "Lần chạy không hoàn thành", "The run did not finish"),
    ],
)
def test_the_headline_tells_what_the_run_came_to(name: str, vi: str, en: str) -> None:
    assert [each.text.strip() for each in page_of(name).of("h1")] == [vi, en]


def test_a_failed_run_says_why_what_to_do_and_what_departments_still_read() -> None:
    told = page_of("failed").text("en")
    assert "The database cannot be opened." in told
    assert "run the same command again" in told
    assert "Departments are reading release 2." in told
    assert "Match weights" not in told


def test_a_release_that_waits_tells_why_what_it_would_change_and_how_to_approve_it() -> None:
    told = page_of("waiting").text("en")
    assert "dossier: 61 links lost" in told
    assert "What would change by unit, most harmful first" in told
    assert told.index("UBND phường Phú Lợi") < told.index("(no unit given)")
    assert "People joined into another: 2; people split off: 1." in told
    assert "doisoat release approve 3f2a91c0 --by NAME" in told
    assert "Look at the failed checks" not in told


def test_refused_deliveries_come_before_accepted_ones_with_problems() -> None:
    told = page_of("first").text("en")
    assert told.index("civil-registry/2026-11-19") < told.index("one-stop/2026-11-20")
    assert "birth.csv lacks the required column ngaySinh." in told


def test_a_delivery_without_problems_is_not_listed() -> None:
    assert "population-db/2026-11-20" not in page_of("first").text("en")


@pytest.mark.parametrize("book", summaries.books(), ids=lambda book: book["dataset"])
def test_the_table_holds_the_exact_figures_of_every_book(book: dict[str, Any]) -> None:
    cells = " ".join(page_of("first").text("en").split())
    counts = [f"{book[part]:,}" for part in ("received", "unchanged", "quarantined", "accepted")]
    assert " ".join(counts) in cells
    for role in book["roles"]:
        assert " ".join(f"{role[part]:,}" for part in ("linked", "review", "not_found", "unlinkable")) in cells


def test_reasons_are_told_in_the_words_of_matching_and_unknown_ones_by_their_code() -> None:
    run = summaries.published()
    run["books"][3]["roles"][0]["by_reason"]["linked"] = {"identifier_and_name": 5226, "seen_in_a_dream": 1}
    told = read(render(run, None)).text("vi")
    assert "Khớp số định danh và họ tên" in told
    assert "seen_in_a_dream" in told


def test_a_delta_is_compared_with_the_run_before() -> None:
    told = page_of("delta").text("en")
    assert "94.2 −2.2" in told
    assert "first run" not in told


def test_a_first_run_says_there_is_nothing_to_compare_with() -> None:
    assert "nothing to compare with" in page_of("first").text("en")


def test_a_held_run_names_the_failed_check() -> None:
    assert "No more than 10% of the last release's rows disappear" in page_of("held").text("en")


def test_rules_broken_by_units_are_told_by_their_sentence() -> None:
    assert "UBND phường Phú Lợi Hồ sơ Mã đối tượng phải là một số giấy tờ dùng được 131" in page_of("first").text("vi")


def test_repairs_are_told_by_dataset_with_the_most_frequent_first() -> None:
    vi, en = page_of("first").text("vi"), page_of("first").text("en")
    assert "Hồ sơ Số điện thoại Chuẩn hóa số điện thoại 1.204 20,2%" in vi
    assert "owner_phone Phone number put into its national form 1,204 20.2%" in en
    assert en.index("1,204 20.2%") < en.index("Telex or VNI keystrokes decoded 312 5.2%")


def test_units_with_repaired_rows_are_told_with_their_share() -> None:
    told = page_of("first").text("vi")
    assert "UBND phường Phú Lợi Hồ sơ Chuẩn hóa số điện thoại 211 52,5%" in told
    assert "(không ghi đơn vị) Khai tử Gộp khoảng trắng 7 29,2%" in told


def test_a_run_without_a_repair_log_says_that_nothing_was_repaired() -> None:
    told = read(render(summaries.published() | {"repairs": None}, None)).text("en")
    assert "Nothing had to be repaired." in told


def test_markup_in_any_field_stays_text() -> None:
    html = html_of("hostile")
    page = read(html)
    assert html.count("<script>") == 1
    assert html.count("</style>") == 1
    assert summaries.HOSTILE in page.text("vi")
    assert "49" not in re.findall(r"Phường&#34; (.*?) &lt;", html)


def test_the_policy_allows_only_the_pages_own_script_and_style() -> None:
    policy = page_of("hostile").of("meta")[1].attributes["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_nulls_in_the_summary_count_as_absent() -> None:
    parts = {key: None for key in summaries.published() if key != "status"}
    assert read(render({"status": "published", **parts}, None)).of("h1")


def test_what_the_summary_holds_does_not_change() -> None:
    run = summaries.published()
    before = json.dumps(run)
    render(run, run)
    assert json.dumps(run) == before


def test_a_share_below_all_never_reads_as_all() -> None:
    run = summaries.published()
    run["quality"]["by_dataset"] = {"birth": {"index": 99.98, "by_criterion": {"đủ": 99.999}}}
    told = read(render(run, None)).text("en")
    assert "99.9" in told
    assert "Births – 99.9 – – – 99.9" in told


def test_how_many_pairs_were_compared_anew_is_told() -> None:
    page = page_of("first")
    assert "Pairs compared anew: Population 1,111 / 21,914" in page.text("en")
    assert "Cặp so sánh mới: Dân cư 1.111 / 21.914" in page.text("vi")


def test_the_second_opinion_is_told_with_its_share_beside_former_runs() -> None:
    page = page_of("first")
    assert "taught by 61 decisions of stewards" in page.text("en")
    assert "disagrees with the model on 12.5%" in page.text("en")
    assert "Former runs: 2026-11-20 20.0%." in page.text("en")
    assert "bất đồng với mô hình 12,5%" in page.text("vi")


@pytest.mark.parametrize("heading", ["Dòng cách ly đang chờ", "Rows that wait in quarantine"])
def test_rows_that_wait_are_told_by_unit_and_only_where_some_do(heading: str) -> None:
    html = html_of("first")
    assert heading in html
    assert re.search(r"UBND phường Vĩnh Phú</th>.*?>31<.*?>12<.*?>10<.*?>9<.*?>17<", html)
    assert heading not in html_of("failed")


def test_differences_and_tickets_are_told_in_words_and_offices_past_their_day_come_first():
    kinds = [{"field": "birth_date", "kind": "day_month_swapped", "gravity": 3, "count": 12, "confirmed": 9}]
    offices = [
        {"office": "UBND phường A", "open_count": 5, "overdue_count": 0},
        {"office": "UBND phường <B>", "open_count": 2, "overdue_count": 1, "median_repair_days": 3.25},
    ]
    html = render(summaries.published() | {"discrepancies": kinds, "tickets": offices}, None)
    told = read(html).text("en")
    assert "birth date day and month swapped 3 12 9 0" in told
    assert told.index("UBND phường <B>") < told.index("UBND phường A")
    assert "<B>" not in html
