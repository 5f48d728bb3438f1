"""The catalogue's folder: whole, bilingual, linked without a loose end, escaped, and the same for the same state."""

import json
import posixpath
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

import contracts
from matching.standardise.kinds import KINDS
from matching.standardise.vocabulary import REPAIRS_BY_FORM
from review.catalogue import MARKER, Indicator, build
from review.catalogue.dcat import document
from review.catalogue.glossary import TERMS
from review.catalogue.lineage import origins
from review.catalogue.pages import _FORM_GROUPS, example
from review.catalogue.repairs import EXAMPLES
from review.catalogue.rules import definitions
from review.catalogue.words import CLASSES, SOURCES
from review.catalogue.words import KINDS as KIND_WORDS
from review.report.labels import short_dataset
from review.report.language import Label
from tests.review import catalogues

ROOT = Path(__file__).parents[2]
DOCS, EXAMPLE_QUERIES = ROOT / "docs", ROOT / "review" / "catalogue" / "examples"


class Outline(HTMLParser):
    """Anchors, links, headings and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids, self.links, self.headings, self.words, self.skipped = [], [], [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[each] for each in ("href", "src") if each in given]
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        self.skipped += (tag in ("code", "pre", "style")) or given.get("lang") == "en"

    def handle_endtag(self, tag):
        self.skipped -= tag in ("code", "pre", "style")

    def handle_data(self, data):
        self.words += [data] if not self.skipped else []


@pytest.fixture(scope="module")
def full():
    return build(catalogues.full())


@pytest.fixture(scope="module")
def bare():
    return build(catalogues.bare())


@pytest.fixture(scope="module")
def outlines(full):
    return {path: Outline(html) for path, html in pages(full).items()}


def pages(files):
    return {path: html for path, html in files.items() if path.endswith(".html")}


def test_every_page_stands_in_both_languages_and_says_which_it_is(full):
    vietnamese = {path for path in pages(full) if not path.startswith("en/")}
    assert {path.removeprefix("en/") for path in pages(full) if path.startswith("en/")} == vietnamese
    assert {f"tables/{each}.html" for each in contracts.published()} <= vietnamese
    assert {f"received/{each}.html" for each in contracts.received()} <= vietnamese
    for path, html in pages(full).items():
        assert f'<html lang="{"en" if path.startswith("en/") else "vi"}"' in html


@pytest.mark.parametrize("which", ["full", "bare"])
def test_every_link_leads_to_a_file_and_an_anchor_of_the_folder(which, request):
    files = request.getfixturevalue(which)
    found = {path: Outline(html) for path, html in pages(files).items()}
    for path, outline in found.items():
        for link in outline.links:
            if link.startswith(("data:,", "mailto:", "tel:")):
                continue
            page, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path
            assert target in files, f"{path}: {link}"
            assert not anchor or anchor in found[target].ids, f"{path}: {link}"


def test_what_the_search_finds_is_there(full, outlines):
    for code, root in (("vi", ""), ("en", "en/")):
        script = full[f"assets/search-{code}.js"]
        rows = json.loads(script.removeprefix("window.catalogueIndex=").rstrip().removesuffix(";"))
        for *_, path in rows:
            page, _, anchor = path.partition("#")
            assert root + page in outlines
            assert not anchor or anchor in outlines[root + page].ids, path
        columns = {row[1] for row in rows}
        assert {f"{name}.{each}" for name, table in contracts.published().items() for each in table.names} <= columns


def test_no_page_has_an_anchor_twice_or_a_heading_out_of_order(outlines):
    for path, outline in outlines.items():
        assert len(outline.ids) == len(set(outline.ids)), path
        assert outline.headings[0] == "h1", path
        assert outline.headings.count("h1") == 1, path
        levels = [int(each[1]) for each in outline.headings]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), path


def test_vietnamese_pages_hold_no_english_description_of_a_contract(outlines):
    tables = [*contracts.published().values(), *contracts.received().values()]
    english = {each.description for table in tables for each in (table, *table.properties)}
    english |= {each.title_en for table in tables for each in table.rules}
    vietnamese = {each.title_vi for table in tables for each in table.properties}
    told = {each for each in english - vietnamese if " " in each}
    for path, outline in outlines.items():
        if not path.startswith("en/"):
            assert told.isdisjoint(word.strip() for word in outline.words), path


def test_the_same_state_gives_the_same_bytes(full):
    assert build(catalogues.full()) == full


def test_without_a_database_there_are_definitions_and_no_figures(bare, full):
    assert set(pages(bare)) == set(pages(full))
    assert "6.011" in full["index.html"]
    assert "6.011" not in "".join(bare.values())
    assert "không kèm cơ sở dữ liệu" in bare["releases.html"]
    assert "dcat:temporal" not in bare["catalog.jsonld"]


def test_hostile_texts_stay_texts():
    for path, text in build(catalogues.hostile()).items():
        if path.endswith(".html"):
            assert "<script>alert" not in text, path
            assert "<img" not in text, path
        if path.endswith(".js") and "search" in path:
            assert "\u2028" not in text
            json.loads(text.removeprefix("window.catalogueIndex=").rstrip().removesuffix(";"))


def test_the_folder_is_marked_as_ours(full):
    assert "doisoat docs build" in full[MARKER]


def test_pages_may_load_their_own_files_only_and_have_no_style_or_script_inside(full):
    for path, html in pages(full).items():
        assert "default-src 'none'" in unescape(html), path
        assert "<style" not in html, path
        assert re.search(r"<script(?! defer src=)| style=| on[a-z]+=", html) is None, path


# Lineage


@pytest.mark.parametrize("table", contracts.published().values(), ids=lambda each: each.dataset)
def test_every_column_has_an_origin_and_a_value_comes_from_a_field_that_a_source_sends(table):
    found = origins(table, contracts.received())
    assert [each.column for each in found] == list(table.names)
    for each in found:
        if each.how == "value":
            assert each.source_names == contracts.received()[each.dataset][each.prop].source_names
            assert each.form in ("std", "precision", "kind")


@pytest.mark.parametrize(
    ("table", "column", "how", "prop", "form"),
    [
        ("dossier", "owner_birth_date", "value", "owner_birth_date", "std"),
        ("dossier", "owner_birth_date_precision", "value", "owner_birth_date", "precision"),
        ("dossier", "owner_number_kind", "value", "owner_number", "kind"),
        ("death", "notice_kind", "value", "notice_kind", "std"),
        ("dossier", "owner_link_status", "link", None, None),
        ("person", "birth_date_precision", "value", "birth_date", "precision"),
        ("person", "dossier_count", "made", None, None),
        ("dossier", "release", "made", None, None),
    ],
)
def test_the_origin_of_a_column_is_told_by_kind(table, column, how, prop, form):
    found = next(each for each in origins(contracts.published()[table], contracts.received()) if each.column == column)
    assert (found.how, found.prop, found.form) == (how, prop, form)


def test_persons_and_enterprises_are_made_of_the_register_they_are_linked_to():
    for table, register in (("person", "population"), ("enterprise", "enterprise")):
        found = origins(contracts.published()[table], contracts.received())
        taken = {each.column for each in found if each.how == "value" and each.form == "std"}
        assert taken == set(contracts.published()[table].names) & set(contracts.received()[register].names)


# Words


def test_every_kind_class_and_source_of_the_contracts_has_its_words():
    assert set(KIND_WORDS) == set(KINDS)
    assert set(_FORM_GROUPS) == set(REPAIRS_BY_FORM)
    tables = [*contracts.published().values(), *contracts.received().values()]
    assert {each.classification for table in tables for each in table.properties} <= set(CLASSES)
    assert {each.usual_source for each in contracts.received().values()} <= set(SOURCES)


def test_the_glossary_explains_no_word_that_the_law_of_names_does_not_know():
    text = (DOCS / "naming.md").read_text(encoding="utf-8")
    assert [each.word for each in TERMS if not re.search(rf"\b{each.word}s?\b", text, re.IGNORECASE)] == []
    assert len({each.word for each in TERMS}) == len(TERMS)


def test_examples_of_repairs_are_those_of_their_document():
    rows = re.findall(
        r"^\| `(\w+)` \| .+? \| (.+?) \| (.+?) \|$", (DOCS / "repairs.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {code: tuple(", ".join(re.findall(r"`([^`]+)`", cell)) or cell for cell in cells) for code, *cells in rows}
    assert told == dict(EXAMPLES)


# Rules


def test_a_rule_that_only_a_run_can_score_is_told_with_its_score(full):
    run = catalogues.figures().run
    scored = {each.rule for each in run.quality.rules if each.dataset == "dossier"}
    found = {each.rule: each for each in definitions(contracts.received()["dossier"], run)}
    assert scored <= set(found)
    assert all(found[each].score is not None for each in scored)
    assert {each.score for each in definitions(contracts.received()["dossier"], None)} == {None}


def test_a_page_of_indicators_is_made_once_there_are_definitions(bare):
    rate, of, note = Label("Số đúng hạn", "On time"), Label("Số đã nhận", "Received"), Label("Tạm tính", "Provisional")
    one = Indicator("on_time", Label("Đúng hạn", "Settled on time"), rate, of, note, "QĐ 766/QĐ-TTg")
    made = build(replace(catalogues.bare(), indicators=(one,)))
    assert "Số đúng hạn" in made["indicators.html"]
    assert "Settled on time" in made["en/indicators.html"]
    assert "indicators.html" not in bare


@pytest.mark.parametrize("table", sorted(contracts.published()))
def test_every_published_table_has_a_short_name_and_a_query_to_start_with(table):
    assert short_dataset(table).vi != table
    assert example(table)


@pytest.mark.parametrize("table", sorted(each.stem for each in EXAMPLE_QUERIES.glob("*.sql")))
def test_example_queries_say_what_they_ask_and_run_on_a_new_database(table, database_url):
    shown = example(table)
    assert shown.asks.vi
    assert shown.asks.en
    with psycopg.connect(database_url) as connection:
        connection.execute(shown.sql)


# DCAT


def dcat(catalogue):
    return json.loads(document(catalogue))


def nodes(of):
    """Every object of the document."""
    if isinstance(of, dict):
        yield of
        of = list(of.values())
    if isinstance(of, list):
        for each in of:
            yield from nodes(each)


@pytest.mark.parametrize("catalogue", [catalogues.full(), catalogues.bare()], ids=["full", "bare"])
def test_the_catalogue_for_machines_has_what_dcat_ap_asks_for(catalogue):
    told = dcat(catalogue)
    assert {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"} <= set(told)
    assert len(told["dcat:dataset"]) == len(contracts.published())
    for dataset in told["dcat:dataset"]:
        wanted = {"dct:title", "dct:description", "dcat:keyword", "dct:publisher", "dcat:contactPoint"}
        wanted |= {"dct:accrualPeriodicity", "dct:accessRights", "dct:conformsTo", "dcat:distribution"}
        assert wanted <= set(dataset)
        assert all("dcat:accessURL" in each and "dct:title" in each for each in dataset["dcat:distribution"])


def test_its_terms_are_all_of_declared_vocabularies_and_its_names_absolute():
    told = dcat(catalogues.full())
    prefixes = set(told["@context"])
    for node in nodes({name: each for name, each in told.items() if name != "@context"}):
        assert all(name.startswith("@") or name.split(":")[0] in prefixes for name in node)
        assert ":" in node.get("@id", ":")
        assert ("@language" in node) <= ("@value" in node)


def test_titles_are_in_both_languages():
    for dataset in dcat(catalogues.full())["dcat:dataset"]:
        assert [each["@language"] for each in dataset["dct:title"]] == ["vi", "en"]


def test_access_follows_the_strictest_class_of_the_columns():
    rights = {
        each["dct:identifier"]: each["dct:accessRights"]["@id"].rsplit("/", 1)[1]
        for each in dcat(catalogues.full())["dcat:dataset"]
    }
    assert (rights["published.dossier"], rights["published.quality"]) == ("NON_PUBLIC", "RESTRICTED")


def test_an_export_is_a_distribution_with_its_checksum_and_a_table_without_one_has_none():
    datasets = {each["dct:identifier"]: each for each in dcat(catalogues.full())["dcat:dataset"]}
    _, parquet = datasets["published.dossier"]["dcat:distribution"]
    assert parquet["spdx:checksum"]["spdx:checksumValue"]["@value"] == "ab" * 32
    assert len(datasets["published.birth"]["dcat:distribution"]) == 1


def test_a_dataset_tells_when_it_first_appeared_last_changed_and_what_time_it_covers():
    dossier = next(
        each for each in dcat(catalogues.full())["dcat:dataset"] if each["dct:identifier"] == "published.dossier"
    )
    assert dossier["dct:issued"]["@value"] == "2026-11-20T02:00:00+07:00"
    assert dossier["dct:modified"]["@value"] == "2026-11-21T02:00:00+07:00"
    assert dossier["dct:temporal"]["dcat:startDate"]["@value"] == "2026-01-02"
