"""What each section of the report shows, worked out from the run before any markup is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from review.report import labels, quality
from review.report.cases import Told, told
from review.report.comparison import Comparison, compare
from review.report.facts import Fact, delivery_note, elapsed, facts
from review.report.funnel import funnel
from review.report.gauge import gauge
from review.report.histogram import axis, histogram
from review.report.indicators import IndicatorView, indicator_view
from review.report.language import Language
from review.report.reasons import ReasonTable, reason_table
from review.report.summary import Book, Check, Delivery, FieldScore, RepairTotal, RuleScore, Run, WeightBin
from review.report.trend import Then, against, trend
from review.report.verdict import Verdict, verdict

PROBLEMS_SHOWN = 25
RULES_SHOWN = 15
UNITS_SHOWN = 20
FIELDS_SHOWN = 12
REPAIRS_SHOWN = 6
"""For each dataset."""
REPAIRED_UNITS_SHOWN = 15
DISCREPANCIES_SHOWN = 20
OFFICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption."""

    title: str
    note: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class View:
    """All sections of one edition."""

    verdict: Verdict
    has_figures: bool
    """False for a run that ended before it counted anything: its empty sections are left out."""
    facts: tuple[Fact, ...]
    delivery_note: str
    troubled: tuple[Delivery, ...]
    books: tuple[Book, ...]
    holdings: tuple[Book, ...]
    funnels: tuple[Figure, ...]
    quarantine: tuple[tuple[str, str, int], ...]
    """Dataset, rule, rows; most rows first."""
    reasons: ReasonTable
    are_reasons_of_holdings: bool
    weights: tuple[Figure, ...]
    cases: tuple[Told, ...]
    gauge: Markup | None
    criteria: tuple[str, ...]
    heat: tuple[quality.HeatRow, ...]
    worst_rules: tuple[RuleScore, ...]
    identifiers: tuple[FieldScore, ...]
    """Identifier fields that are not perfect."""
    trend: Markup | None
    then: tuple[Then, ...]
    """The index now, in the run before and usually, of each dataset and of all; none while there was no run before."""
    repairs: tuple[tuple[str, tuple[RepairTotal, ...]], ...]
    """Of each dataset, its repairs; most rows first."""
    indicators: IndicatorView
    failed_checks: tuple[Check, ...]
    comparison: tuple[Comparison, ...]
    elapsed: float | None


def view(run: Run, previous: Run | None, lang: Language) -> View:
    """The sections of a run in one language."""
    books, holdings = _ordered(run.books), _ordered(run.holdings)
    has_decisions = any(role.total for book in books for role in book.roles)
    index = run.quality.index
    return View(
        verdict=verdict(run, lang),
        has_figures=bool(books or holdings or run.quality.by_dataset or run.quality.rules),
        facts=facts(run, lang),
        delivery_note=delivery_note(run.deliveries, lang),
        troubled=_troubled(run.deliveries),
        books=books,
        holdings=holdings,
        funnels=_funnels(books, lang),
        quarantine=_quarantine(books),
        reasons=reason_table(books if has_decisions else holdings),
        are_reasons_of_holdings=not has_decisions,
        weights=_weights(run.weights, lang),
        cases=told(run.cases, lang),
        gauge=None if index is None else gauge(index, lang, name=f"{lang.code}-gauge"),
        criteria=quality.criteria(run.quality),
        heat=quality.heat(run.quality),
        worst_rules=quality.worst_rules(run.quality.rules),
        identifiers=quality.imperfect_identifiers(run.quality),
        trend=trend(run, lang, name=f"{lang.code}-trend"),
        then=against(run),
        repairs=_repairs(run.repairs.totals),
        indicators=indicator_view(run.indicators, lang),
        failed_checks=tuple(each for each in run.checks if not each.success),
        comparison=() if previous is None else tuple(compare(run, previous)),
        elapsed=elapsed(run),
    )


def _ordered(books: Sequence[Book]) -> tuple[Book, ...]:
    return tuple(sorted(books, key=lambda book: labels.rank(book.dataset, labels.DATASET_ORDER)))


def _troubled(deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    troubled = [each for each in deliveries if each.problems or each.status == "refused"]
    return tuple(sorted(troubled, key=lambda each: (each.status != "refused", each.delivery_id)))


def _quarantine(books: Sequence[Book]) -> tuple[tuple[str, str, int], ...]:
    rows = [(book.dataset, rule, count) for book in books for rule, count in book.quarantined_by_rule.items() if count]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[0], row[1])))


def _repairs(totals: Sequence[RepairTotal]) -> tuple[tuple[str, tuple[RepairTotal, ...]], ...]:
    groups: dict[str, list[RepairTotal]] = {}
    for each in sorted(totals, key=lambda each: (-each.rows, each.property, each.repair)):
        groups.setdefault(each.dataset, []).append(each)
    return tuple((dataset, tuple(groups[dataset])) for dataset in labels.in_order(groups, labels.DATASET_ORDER))


def _funnels(books: Sequence[Book], lang: Language) -> tuple[Figure, ...]:
    figures = []
    for at, book in enumerate(books):
        if book.received:
            note = lang.t("{n} dòng", "{n} rows", n=lang.integer(book.received))
            chart = funnel(book, lang, name=f"{lang.code}-funnel-{at}")
            figures.append(Figure(lang.of(labels.dataset_title(book.dataset)), note, chart))
    return tuple(figures)


def _weights(weights: Sequence[WeightBin], lang: Language) -> tuple[Figure, ...]:
    scale = axis(weights)
    groups: dict[tuple[str, str], list[WeightBin]] = {}
    for each in weights:
        groups.setdefault((each.dataset, each.role), []).append(each)
    figures = []
    for at, (dataset, role) in enumerate(sorted(groups, key=lambda of: labels.rank(of[0], labels.DATASET_ORDER))):
        bins = sorted(groups[dataset, role], key=lambda each: each.low)
        title = f"{lang.of(labels.short_dataset(dataset))} · {lang.of(labels.role(role))}"
        chart = histogram(bins, scale, lang, name=f"{lang.code}-weights-{at}", title=title)
        note = lang.t("{n} bản ghi", "{n} records", n=lang.integer(sum(each.total for each in bins)))
        figures.append(Figure(title, note, chart))
    return tuple(figures)
