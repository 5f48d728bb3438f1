"""The lineage of a table as a picture: source fields, received properties, published columns, and lines between.

The table beside it says the same in words. Widths are percentages and texts keep the page's size, as in the report.
"""

from collections.abc import Mapping
from itertools import groupby

from markupsafe import Markup

from contracts import Contract
from review.catalogue import words
from review.catalogue.lineage import Origin, origins
from review.report import labels
from review.report.language import Language
from review.report.svg import chart, rect, text

_ORDER = (
    *labels.DATASET_ORDER[:4],
    *("person", "enterprise", "person_dossier", "discrepancy"),
    *("quality", "quality_unit", "indicator", "indicator_definition", "release"),
)
_ROW = 21.0
_TOP = 34.0
_LEFT, _MIDDLE, _RIGHT = 0.0, 35.0, 69.0
_GAP = 7.5
"""Percent of the width that the lines between two columns of words have."""


def picture(table: Contract, found: tuple[Origin, ...], lang: Language, *, name: str) -> Markup:
    """The lineage of one published table; columns of one origin share its line."""
    heads = (
        (lang.t("Trường nguồn", "Source field"), _LEFT),
        (lang.t("Trường nhận · đối soát", "Received property · matching"), _MIDDLE),
        (lang.t("Cột công bố", "Published column"), _RIGHT),
    )
    parts = [text(words_, x, 14, kind="head") for words_, x in heads]
    parts.append(rect("rule", 0, 22, size=(100, 1)))
    at = 0
    for _, group in groupby(found, key=lambda each: (each.how, each.stem)):
        members = list(group)
        parts += _group(members, _TOP + _ROW * at, lang)
        at += len(members)
    title = lang.t(
        "Nguồn gốc các cột của published.{n}", "Where the columns of published.{n} come from", n=table.dataset
    )
    told = lang.t("Bảng bên dưới nói cùng nội dung bằng chữ.", "The table below says the same in words.")
    return chart(parts, name=name, height=_TOP + _ROW * at, title=title, description=told)


def _group(members: list[Origin], top: float, lang: Language) -> list[Markup]:
    first = members[0]
    own = top + _ROW * (len(members) - 1) / 2
    parts: list[Markup] = []
    if first.how == "value":
        parts.append(text(" / ".join(first.source_names), _LEFT, own + 4, kind="code"))
        parts.append(_line(_MIDDLE - _GAP, own, _MIDDLE - 1, own, first.how))
        parts.append(text(f"{first.dataset}.{first.prop}", _MIDDLE, own + 4, kind="code middle"))
    elif first.how == "link":
        role = lang.of(labels.role(first.role or ""))
        parts.append(text(lang.t("đối soát: {r}", "matching: {r}", r=role), _MIDDLE, own + 4, kind="link"))
    else:
        parts.append(text(lang.t("doisoat lập", "made by doisoat"), _MIDDLE, own + 4, kind="made"))
    for place, each in enumerate(members):
        y = top + _ROW * place
        parts.append(_line(_RIGHT - _GAP, own, _RIGHT - 1, y, each.how))
        parts.append(text(each.column, _RIGHT, y + 4, kind="code"))
    return parts


def overview(published: Mapping[str, Contract], received: Mapping[str, Contract], lang: Language) -> Markup:
    """Which received dataset feeds which published table; dashed where a table is fed by matching."""
    rows = max(len(received), len(published))
    top = _TOP + 6
    left = {each: top + 28 * place for place, each in enumerate(labels.in_order(received, labels.DATASET_ORDER))}
    right = {each: top + 28 * place for place, each in enumerate(in_order(published))}
    parts = [
        text(lang.t("Dữ liệu nhận", "Received"), 0, 14, kind="head"),
        text(lang.t("Bảng công bố", "Published"), 62, 14, kind="head"),
        rect("rule", 0, 22, size=(100, 1)),
    ]
    for table, y in right.items():
        feeding = {
            each.dataset: each.how
            for each in origins(published[table], received)
            if each.dataset and each.how == "value"
        }
        for dataset, how in feeding.items():
            parts.append(_line(26, left[dataset], 60, y, how))
        if any(each.how == "link" for each in origins(published[table], received)):
            for register in [each for each in ("person", "enterprise") if _links_to(published[table], each)]:
                source = "population" if register == "person" else "enterprise"
                if source in left and source not in feeding:
                    parts.append(_line(26, left[source], 60, y, "link"))
    parts += [text(lang.of(words.short(received[each])), 0, y + 4) for each, y in left.items()]
    parts += [text(lang.of(words.short(published[each])), 62, y + 4) for each, y in right.items()]
    title = lang.t("Tập nào đi vào bảng nào", "Which dataset goes into which table")
    told = lang.t(
        "Nét liền: dữ liệu đi thẳng vào bảng. Nét đứt: bảng liên kết tới sổ gốc.",
        "Solid: rows go into the table. Dashed: the table is linked to the register.",
    )
    return chart(parts, name=f"{lang.code}-overview", height=top + 28 * rows, title=title, description=told)


def in_order(tables: Mapping[str, Contract]) -> list[str]:
    """Tables in the house's order."""
    return labels.in_order(tables, _ORDER)


def _links_to(table: Contract, kind: str) -> bool:
    return any(each.endswith(f"_{kind}_id") for each in table.names)


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> Markup:
    return Markup('<line class="{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>').format(kind, x, y, to_x, to_y)
