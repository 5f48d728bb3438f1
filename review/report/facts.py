"""The handful of numbers under the headline, and the notes that sum up a section in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from review.report.language import Language
from review.report.summary import Delivery, Run


@dataclass(frozen=True, slots=True)
class Fact:
    """One number with its name; the note sets it in relation."""

    name: str
    value: str
    note: str = ""


def facts(run: Run, lang: Language) -> tuple[Fact, ...]:
    """Received (or held, when nothing came in), linked, review, quarantined, index; none for a run that got nowhere."""
    found: list[Fact] = []
    received = sum(book.received for book in run.books)
    if run.books:
        unchanged = sum(book.unchanged for book in run.books)
        note = lang.t("{n} không đổi", "{n} unchanged", n=lang.integer(unchanged)) if unchanged else ""
        found.append(Fact(lang.t("Dòng nhận", "Rows received"), lang.integer(received), note))
    elif run.holdings:
        held = sum(book.held for book in run.holdings)
        found.append(Fact(lang.t("Dòng đang giữ", "Rows held"), lang.integer(held)))
    found += _decisions(run, lang)
    if run.books:
        quarantined = sum(book.quarantined for book in run.books)
        share = lang.share(quarantined, received) if quarantined else ""
        found.append(Fact(lang.t("Cách ly", "Quarantined"), lang.integer(quarantined), share))
    if run.quality.index is not None:
        found.append(Fact(lang.t("Chỉ số chất lượng", "Quality index"), lang.score(run.quality.index), "/ 100"))
    return tuple(found)


def _decisions(run: Run, lang: Language) -> list[Fact]:
    roles = [role for book in run.books or run.holdings for role in book.roles]
    total = sum(role.total for role in roles)
    if not total:
        return []
    linked, review = (sum(role.of(each) for role in roles) for each in ("linked", "review"))
    of_all = lang.t("của {n} vai trò", "of {n} roles", n=lang.integer(total))
    return [
        Fact(lang.t("Đã liên kết", "Linked"), lang.share(linked, total), of_all),
        Fact(lang.t("Chờ rà soát", "For review"), lang.integer(review), lang.share(review, total)),
    ]


def delivery_note(deliveries: Sequence[Delivery], lang: Language) -> str:
    """How many deliveries the run looked at and what became of them."""
    if not deliveries:
        return lang.t("Lần chạy không thấy lần giao nào.", "The run saw no delivery.")
    counts = {each: sum(of.status == each for of in deliveries) for each in ("accepted", "seen", "refused")}
    return lang.t(
        "Lần giao: {all}, trong đó chấp nhận {accepted}, đã nhận trước đó {seen}, từ chối {refused}.",
        "Deliveries: {all}, of which accepted {accepted}, seen before {seen}, refused {refused}.",
        all=len(deliveries),
        **counts,
    )


def elapsed(run: Run) -> float | None:
    """Seconds from start to end; None where either is unknown."""
    try:
        return (datetime.fromisoformat(run.finished_at) - datetime.fromisoformat(run.started_at)).total_seconds()
    except (ValueError, TypeError):
        return None
