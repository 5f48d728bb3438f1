"""The index that the pages search: names, titles and descriptions.

It is a script and no JSON, since a page opened from disk may fetch nothing.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matching.reasons import Reason, Status
from matching.standardise.vocabulary import PROBLEMS, REPAIRS
from review.catalogue import words
from review.catalogue.glossary import TERMS
from review.catalogue.rules import definitions
from review.catalogue.sources import Catalogue
from review.report.language import Label, Language


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: Label
    code: str
    title: Label
    text: Label
    path: str
    """Page and anchor, from the root of the language."""


_TABLE, _COLUMN = Label("bảng công bố", "published table"), Label("cột công bố", "published column")
_DATASET, _FIELD = Label("dữ liệu nhận", "received dataset"), Label("trường nhận", "received field")
_RULE, _REASON = Label("quy tắc", "rule"), Label("lý do liên kết", "reason of a link")
_STATUS, _REPAIR = Label("trạng thái", "status"), Label("sửa đổi", "repair")
_PROBLEM, _TERM = Label("vấn đề", "problem"), Label("thuật ngữ", "term")
_INDICATOR = Label("chỉ số", "indicator")
_NOTHING = Label("", "")


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """Everything that can be found, tables first."""
    for name, table in catalogue.published.items():
        page = f"tables/{name}.html"
        yield Entry(_TABLE, f"published.{name}", words.title(table), Label("", table.description), page)
        for each in table.properties:
            title, told = Label(each.title_vi, each.description), Label(each.description_vi or "", each.title_vi)
            yield Entry(_COLUMN, f"{name}.{each.name}", title, told, f"{page}#{each.name}")
    for name, dataset in catalogue.received.items():
        page = f"received/{name}.html"
        yield Entry(_DATASET, name, words.title(dataset), Label("", dataset.description), page)
        for each in dataset.properties:
            fields = " / ".join(each.source_names)
            title, told = Label(each.title_vi, each.description), Label(f"{name}.{each.name}", f"{name}.{each.name}")
            yield Entry(_FIELD, fields, title, told, f"{page}#{each.name}")
        for rule in definitions(dataset, catalogue.snapshot.run if catalogue.snapshot else None):
            yield Entry(_RULE, f"{name}.{rule.rule}", rule.title, _NOTHING, f"rules.html#{name}-{rule.rule}")
    yield from _closed_lists(catalogue)


def _closed_lists(catalogue: Catalogue) -> Iterator[Entry]:
    for kind, members in ((_STATUS, Status), (_REASON, Reason)):
        for each in members:
            yield Entry(kind, each.value, Label(each.vi, each.en), _NOTHING, f"reasons.html#{each.value}")
    for kind, told in ((_REPAIR, REPAIRS), (_PROBLEM, PROBLEMS)):
        for code, label in told.items():
            yield Entry(kind, code, Label(*label), _NOTHING, f"repairs.html#{code}")
    for term in TERMS:
        yield Entry(_TERM, term.word, term.name, term.meaning, f"glossary.html#{term.word}")
    for indicator in catalogue.indicators:
        path = f"indicators.html#{indicator.code}"
        yield Entry(_INDICATOR, indicator.code, indicator.title, indicator.numerator, path)


def script(found: Iterable[Entry], lang: Language) -> str:
    """The index in one language; rows of kind, code, title, text, path, and one line each."""
    rows = [[lang.of(each.kind), each.code, lang.of(each.title), lang.of(each.text), each.path] for each in found]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    # U+2028 and U+2029 end a line in older scripts, though not in JSON.
    return f"window.catalogueIndex=[\n{lines}\n];\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
