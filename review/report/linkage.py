"""The report of one linkage: what was compared and how, what it came to, and what other thresholds would give.

Like the match report it is one self-contained page in two languages. It holds counts, names of columns and, of doubtful
pairs, the two ids: never a value of a record.
"""

from dataclasses import dataclass

from markupsafe import Markup

from matching.engine import figures
from matching.engine.link import Linked
from matching.engine.spec import Spec
from review.report import linkage_charts as charts
from review.report import linkage_tables as tables
from review.report.facts import Fact
from review.report.language import EN, VI, Language
from review.report.linkage_verdict import facts, threshold_reason, verdict
from review.report.page import bound, edition
from review.report.reasons import StatusGroup
from review.report.verdict import Verdict


@dataclass(frozen=True, slots=True)
class About:
    """What the linkage itself does not know: its files, and when and how it ran."""

    spec: str
    files: tuple[tuple[str, int], ...]
    """Name and rows of each table."""
    started_at: str
    seconds: float
    is_learnt: bool
    """Whether the model was learnt of these tables, not given."""
    version: str


@dataclass(frozen=True, slots=True)
class View:
    """All sections of one edition."""

    verdict: Verdict
    facts: tuple[Fact, ...]
    groups: tuple[StatusGroup, ...]
    largest: int
    clusters: tuple[tuple[int, int], ...]
    """Records of a cluster, and how many such clusters there are."""
    probabilities: Markup | None
    weights: Markup | None
    threshold_reason: str
    workloads: tuple[figures.Workload, ...]
    comparisons: tuple[tables.Compared, ...]
    rules: tuple[tables.BlockingRule, ...]
    has_all_pairs: bool
    doubtful: tuple[tables.Doubtful, ...]


def render(linked: Linked, spec: Spec, about: About) -> str:
    """The report as one HTML page."""
    title = f"Báo cáo nối dữ liệu {about.spec}"
    editions = [
        edition("linkage.html", lang, view=view(linked, spec, lang), linked=linked, spec=spec, about=about)
        for lang in (VI, EN)
    ]
    return bound(title, editions)


def view(linked: Linked, spec: Spec, lang: Language) -> View:
    """The sections of a linkage in one language."""
    decided = figures.decided(linked, spec)
    expected = figures.expected(linked)
    groups = tables.groups(linked)
    return View(
        verdict=verdict(linked, spec, expected, lang),
        facts=facts(linked, spec, expected, lang),
        groups=groups,
        largest=max((row.total for group in groups for row in group.rows), default=0),
        clusters=tables.cluster_sizes(linked),
        probabilities=charts.probabilities(decided, lang),
        weights=charts.weights(decided, lang),
        threshold_reason=threshold_reason(linked, spec, lang),
        workloads=figures.workloads(decided, linked.thresholds),
        comparisons=tables.comparisons(linked, spec, lang),
        rules=tables.rules(linked),
        has_all_pairs=any(each.rule == tables.ALL_PAIRS for each in linked.rules),
        doubtful=tables.doubtful(linked, spec, lang),
    )
