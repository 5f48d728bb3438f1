"""The books of one dataset as a funnel: received, then what the checks let through, then each role's links.

All bars of a dataset share one scale, so the eye sees how much of what came in ends in a link.
"""

from markupsafe import Markup

from review.report import labels
from review.report.language import Language
from review.report.summary import Book, RoleBook
from review.report.svg import Segment, chart, rect, stacked, text

_LABEL = 16.0
_THIN = 6.0
_BAR = 20.0
_GAP = 8.0


def funnel(book: Book, lang: Language, *, name: str) -> Markup:
    """The funnel chart of one dataset's books."""
    words = [
        (lang.of(labels.status("received")), lang.integer(book.received)),
        (lang.t("Sau kiểm tra", "After checks"), _passed(book, lang)),
        *(_role_label(each, lang) for each in book.roles),
    ]
    bars = [_received(book, lang), _checked(book, lang), *(_linked(each, lang) for each in book.roles)]
    tops = [0.0] + [_LABEL + _THIN + _GAP + (_LABEL + _BAR + _GAP) * at for at in range(len(bars))]
    rows = [
        _row(label, bar, book.received, top=top, height=_BAR if at else _THIN)
        for at, (label, bar, top) in enumerate(zip(words, bars, tops, strict=False))
    ]
    height = tops[-1] - _GAP
    return chart(
        [_shadow(book, tops[2] - _GAP, height), *rows],
        name=name,
        height=height + 2,
        title=lang.of(labels.dataset_title(book.dataset)),
        description=_told(book, lang),
    )


def _row(label: tuple[str, str], segments: list[Segment], whole: float, *, top: float, height: float) -> Markup:
    left, right = label
    return Markup("").join(
        [
            text(left, 0, top + 11, kind="row"),
            text(right, 100, top + 11, kind="row end", anchor="end"),
            stacked(segments, whole, y=top + _LABEL, height=height),
        ]
    )


def _shadow(book: Book, top: float, bottom: float) -> Markup:
    """A pale band behind the roles, as wide as what was accepted: the funnel's narrowing."""
    if not book.received or not book.roles:
        return Markup("")
    return rect("shadow", 0, top, size=(100 * book.accepted / book.received, bottom - top))


def _received(book: Book, lang: Language) -> list[Segment]:
    return [_segment("received", book.received, "", lang)]


def _checked(book: Book, lang: Language) -> list[Segment]:
    return [
        _segment(kind, getattr(book, kind), lang.integer(getattr(book, kind)), lang)
        for kind in ("accepted", "unchanged", "quarantined")
    ]


def _linked(role: RoleBook, lang: Language) -> list[Segment]:
    return [_segment(kind, role.of(kind), lang.integer(role.of(kind)), lang) for kind in labels.STATUSES]


def _segment(kind: str, value: int, words: str, lang: Language) -> Segment:
    return Segment(kind, value, words, f"{lang.of(labels.status(kind))}: {lang.integer(value)}")


def _passed(book: Book, lang: Language) -> str:
    if book.received and book.unchanged == book.received:
        return lang.t("tất cả không đổi", "all unchanged")
    return lang.t("{s} chấp nhận", "{s} accepted", s=lang.share(book.accepted, book.received))


def _role_label(role: RoleBook, lang: Language) -> tuple[str, str]:
    share = lang.t("{s} đã liên kết", "{s} linked", s=lang.share(role.linked, role.total)) if role.total else ""
    return lang.of(labels.role(role.role)), share


def _told(book: Book, lang: Language) -> str:
    parts = ("received", "accepted", "unchanged", "quarantined")
    told = [", ".join(f"{lang.of(labels.status(each))} {lang.integer(getattr(book, each))}" for each in parts)]
    for role in book.roles:
        counts = ", ".join(f"{lang.of(labels.status(each))} {lang.integer(role.of(each))}" for each in labels.STATUSES)
        told.append(f"{lang.of(labels.role(role.role))}: {counts}")
    return ". ".join(told) + "."
