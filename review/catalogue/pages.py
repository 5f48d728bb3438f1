"""The pages of the catalogue: where each lies, what it is called, and the values that its template shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, NamedTuple

from contracts import Contract
from matching.reasons import STATUS_REASONS, Reason, Status
from matching.standardise.vocabulary import CONTRADICTIONS, PROBLEMS, PROPOSALS, REPAIRS, REPAIRS_BY_FORM
from review.catalogue import words
from review.catalogue.drawing import in_order
from review.catalogue.glossary import FORMS, TERMS
from review.catalogue.lineage import origins
from review.catalogue.repairs import EXAMPLES
from review.catalogue.rules import by_property, definitions, release_checks
from review.catalogue.sources import Catalogue
from review.report import labels
from review.report.gauge import gauge
from review.report.language import Label
from review.report.quality import criteria, heat

_START = Label("Bắt đầu", "Start")
_PUBLISHED = Label("Bảng công bố", "Published tables")
_RECEIVED = Label("Dữ liệu nhận", "Received datasets")
_REFERENCE = Label("Tra cứu", "Reference")

_FORM_GROUPS: Mapping[str, Label] = {
    "encoding": Label("Chữ ở bảng mã hoặc dạng Unicode khác", "Text in another encoding or Unicode form"),
    "keying": Label("Lỗi gõ: phím, dấu cách, dấu thừa", "Slips of typing: keystrokes, spaces and marks astray"),
    "surroundings": Label("Giá trị nằm giữa nhãn hoặc chữ khác", "The value among labels, words or other values"),
    "spreadsheet": Label("Bảng tính đã làm sai lệch", "What a spreadsheet made of the value"),
    "other_form": Label("Cùng giá trị, viết dạng khác", "Another form of the same value"),
    "word": Label("Chữ hoặc mã của danh mục khác", "A word, or another list's code, for a code"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page, the same in both languages."""

    path: str
    template: str
    title: Label
    """As the heading says."""
    group: Label
    menu: Label
    """As the menu says."""
    values: Mapping[str, Any] = field(default_factory=dict)


class Example(NamedTuple):
    """A query to start with, and what it answers."""

    asks: Label
    sql: str


def pages(catalogue: Catalogue) -> tuple[Page, ...]:
    """All pages in the order of the menu."""
    return (
        *_start(catalogue),
        *(_table(catalogue, catalogue.published[each]) for each in in_order(catalogue.published)),
        *(_dataset(catalogue, catalogue.received[each]) for each in _received(catalogue)),
        *_reference(catalogue),
    )


def _received(catalogue: Catalogue) -> list[str]:
    return labels.in_order(catalogue.received, labels.DATASET_ORDER)


def _start(catalogue: Catalogue) -> list[Page]:
    tables = [catalogue.published[each] for each in in_order(catalogue.published)]
    datasets = [catalogue.received[each] for each in _received(catalogue)]
    home: dict[str, Any] = {"tables": tables, "datasets": datasets, "last_change": _last_change(catalogue)}
    home |= {"column_count": _columns(tables), "field_count": _columns(datasets)}
    home["rule_counts"] = {dataset.dataset: len(found) for dataset, found in _rules(catalogue)}
    access = Label("Tiếp cận dữ liệu và căn cứ", "Access and legal basis")
    return [
        Page("index.html", "home.html", catalogue.publisher.title, _START, Label("Tổng quan", "Overview"), home),
        Page("access.html", "access.html", access, _START, Label("Tiếp cận, căn cứ", "Access, legal basis")),
        Page(
            "releases.html",
            "releases.html",
            Label("Bản phát hành", "Releases"),
            _START,
            Label("Bản phát hành", "Releases"),
        ),
    ]


def _columns(of: list[Contract]) -> int:
    return sum(len(each.properties) for each in of)


def _last_change(catalogue: Catalogue) -> dict[str, int]:
    """The release in which each table last changed."""
    releases = catalogue.snapshot.facts.releases if catalogue.snapshot else ()
    return {each.table: release.number for release in reversed(releases) for each in release.changes}


def _table(catalogue: Catalogue, table: Contract) -> Page:
    found = origins(table, catalogue.received)
    datasets = dict.fromkeys(each.dataset for each in found if each.dataset)
    releases = catalogue.snapshot.facts.releases if catalogue.snapshot else ()
    values = {
        "table": table,
        "origins": found,
        "sources": [catalogue.received[each] for each in datasets],
        "rules": {each: by_property(definitions(catalogue.received[each], None)) for each in datasets},
        "checks": release_checks(table),
        "example": example(table.dataset),
        "notes": [(each, change) for each in releases for change in each.changes if change.table == table.dataset],
    }
    title = words.title(table)
    return Page(f"tables/{table.dataset}.html", "table.html", title, _PUBLISHED, words.short(table), values)


def example(table: str) -> Example | None:
    """The example query of a table: two comments that say what it asks, then the statement."""
    file = files("review.catalogue").joinpath("examples", f"{table}.sql")
    if not file.is_file():
        return None
    vi, en, sql = file.read_text(encoding="utf-8").split("\n", 2)
    return Example(Label(vi.removeprefix("-- vi: "), en.removeprefix("-- en: ")), sql.strip())


def _dataset(catalogue: Catalogue, dataset: Contract) -> Page:
    found = definitions(dataset, catalogue.snapshot.run if catalogue.snapshot else None)
    into = [
        each
        for each in catalogue.published.values()
        if any(origin.dataset == dataset.dataset for origin in origins(each, catalogue.received))
    ]
    values = {
        "dataset": dataset,
        "into": into,
        "rules": found,
        "rules_of": by_property(found),
        "lists": [(each, words.code_list(each)) for each in dataset.properties if words.code_list(each)],
    }
    path = f"received/{dataset.dataset}.html"
    return Page(path, "dataset.html", words.title(dataset), _RECEIVED, words.short(dataset), values)


def _reference(catalogue: Catalogue) -> list[Page]:
    tables = [catalogue.published[each] for each in in_order(catalogue.published)]
    lineage = {"tables": [(each, origins(each, catalogue.received)) for each in tables]}
    lists = {
        "groups_of_repairs": _repairs(),
        "proposals": PROPOSALS,
        "contradictions": CONTRADICTIONS,
        "examples": EXAMPLES,
    }
    found = [
        _page("lineage", Label("Nguồn gốc dữ liệu", "Lineage"), lineage),
        _page("quality", Label("Chất lượng dữ liệu", "Data quality"), _quality(catalogue)),
        _page("rules", Label("Quy tắc chất lượng", "Quality rules"), {"all_rules": _rules(catalogue)}),
        _page("reasons", Label("Lý do liên kết", "Reasons of links"), {"statuses": _reasons()}),
        _page("repairs", Label("Sửa đổi khi chuẩn hóa", "Repairs"), lists | {"problems": PROBLEMS}),
        _page("glossary", Label("Thuật ngữ và tên gọi", "Terms and names"), {"terms": TERMS, "forms": FORMS}),
    ]
    if catalogue.indicators:
        title = Label("Chỉ số phục vụ", "Service indicators")
        found.append(_page("indicators", title, {"indicators": catalogue.indicators}))
    return found


def _page(name: str, title: Label, values: Mapping[str, Any]) -> Page:
    return Page(f"{name}.html", f"{name}.html", title, _REFERENCE, title, values)


def _rules(catalogue: Catalogue) -> list[tuple[Contract, Any]]:
    run = catalogue.snapshot.run if catalogue.snapshot else None
    return [(catalogue.received[each], definitions(catalogue.received[each], run)) for each in _received(catalogue)]


def _quality(catalogue: Catalogue) -> dict[str, Any]:
    run = catalogue.snapshot.run if catalogue.snapshot else None
    scored = run.quality if run else None
    return {
        "run": run,
        "heat": heat(scored) if scored else (),
        "criteria": criteria(scored) if scored else labels.CRITERIA,
        "gauge": gauge,
        "all_rules": _rules(catalogue),
    }


def _reasons() -> list[tuple[Status, list[tuple[str, Reason]]]]:
    """Statuses with their reasons, each with its anchor: a reason of two statuses has its own name for one anchor."""
    seen: set[Reason] = set()
    found = []
    for status in Status:
        own = [each for each in Reason if each in STATUS_REASONS[status]]
        found.append((status, [(f"{status}-{each}" if each in seen else each.value, each) for each in own]))
        seen.update(own)
    return found


def _repairs() -> list[tuple[str, Label, list[tuple[str, tuple[str, str]]]]]:
    groups = {form: repairs.split(" ") for form, repairs in REPAIRS_BY_FORM.items()}
    return [
        (
            form,
            _FORM_GROUPS.get(form, Label(form, form)),
            [(each, REPAIRS[each]) for each in REPAIRS if each in members],
        )
        for form, members in groups.items()
    ]
