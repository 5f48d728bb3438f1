"""The tables of a linkage's report: outcomes, comparisons with their levels, blocking rules, and pairs in doubt."""

from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from matching.engine.explain import explain
from matching.engine.kinds import BLANK, Kind, kind_of
from matching.engine.link import Linked
from matching.engine.model import Field
from matching.engine.spec import Comparison, Rule, Spec
from matching.explain import Explanation, sentence, waterfall
from matching.reasons import Status
from review.report import labels
from review.report.language import Label, Language
from review.report.reasons import ReasonRow, StatusGroup

ALL_PAIRS = Rule(()).name
"""The rule of tables so small that nothing is left out."""
_DOUBTFUL_SHOWN = 20
_SURE = 0.98
"""Pairs likelier than this, or as unlikely, leave no doubt."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of a comparison: how often matches reach it, and others, and what it says."""

    name: str
    sentence: str
    m: str
    u: str
    bits: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison and its levels, best first."""

    comparison: Comparison
    is_weighed_by_frequency: bool
    blank_share: float
    """Of the pairs that came near, those where a side is blank."""
    levels: tuple[LevelRow, ...]

    @property
    def columns(self) -> str:
        """The column, or those of both tables."""
        left, right = self.comparison.left, self.comparison.right
        return left if left == right else f"{left} = {right}"


@dataclass(frozen=True, slots=True)
class BlockingRule:
    """What one blocking rule made."""

    name: str
    pairs: int
    largest_block: int
    cut_pairs: int
    set_aside_pairs: int


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair near the threshold: its ids, the level of each comparison with its bits, and their sum told and drawn."""

    left_id: str
    right_id: str
    levels: tuple[tuple[str, float], ...]
    bits: float
    probability: float
    sentence: str
    drawing: Markup


def groups(linked: Linked) -> tuple[StatusGroup, ...]:
    """The outcomes by status and reason."""
    counted = linked.links.group_by("status", "reason").len()
    found = []
    for status in labels.STATUSES:
        of_status = counted.filter(pl.col("status") == status).sort("len", "reason", descending=[True, False])
        rows = tuple(ReasonRow(reason, (count,)) for _, reason, count in of_status.iter_rows())
        if rows:
            found.append(StatusGroup(status, rows, (sum(row.total for row in rows),)))
    return tuple(found)


def cluster_sizes(linked: Linked) -> tuple[tuple[int, int], ...]:
    """Records of a cluster, and how many such clusters there are."""
    if linked.clusters is None:
        return ()
    sizes = linked.clusters.group_by("cluster_id").len("records")
    return tuple(sizes.group_by("records").len().sort("records").iter_rows())


def comparisons(linked: Linked, spec: Spec, lang: Language) -> tuple[Compared, ...]:
    """What was compared, with what the model knows of each level."""
    return tuple(
        _compared(each, field, linked.pairs[each.field], lang)
        for each, field in zip(spec.comparisons, linked.model.fields, strict=True)
    )


def _compared(comparison: Comparison, field: Field, codes: pl.Series, lang: Language) -> Compared:
    kind = kind_of(comparison)
    figures = zip(field.m[::-1], field.u[::-1], field.bits[:0:-1], strict=True)
    rows = tuple(
        LevelRow(level.name, lang.of(Label(level.vi, level.en)), _often(m, lang), _often(u, lang), float(bits))
        for level, (m, u, bits) in zip(kind.levels, figures, strict=True)
    )
    blank = int((codes == BLANK).sum()) / max(len(codes), 1)
    return Compared(comparison, kind.is_weighed_by_frequency, blank, rows)


def _often(share: float, lang: Language) -> str:
    """A share in percent, a small one as one of so many: what a rare agreement is worth must be seen."""
    return lang.share(share, 1) if share == 0 or share >= 0.001 else f"1/{lang.integer(float(f'{1 / share:.2g}'))}"


def rules(linked: Linked) -> tuple[BlockingRule, ...]:
    """The blocking rules, most pairs first."""
    made = [
        BlockingRule(each.rule, each.pairs, each.largest_block, each.cut_pairs, each.set_aside_pairs)
        for each in linked.rules
    ]
    return tuple(sorted(made, key=lambda each: (-each.pairs, each.name)))


def doubtful(linked: Linked, spec: Spec, lang: Language) -> tuple[Doubtful, ...]:
    """The pairs nearest to even odds, those in review first."""
    in_review = linked.links.filter(pl.col("status") == Status.REVIEW.value)
    pairs = linked.pairs.join(
        in_review.select("left_id", "right_id", is_review=pl.lit(True)), on=["left_id", "right_id"], how="left"
    )
    p = pl.col("probability")
    open_pairs = pairs.filter(pl.col("is_review") | ((p < _SURE) & (p > 1 - _SURE)))
    distance = (p - linked.thresholds.link).abs()
    shown = open_pairs.sort(pl.col("is_review").is_null(), distance, "left_id", "right_id").head(_DOUBTFUL_SHOWN)
    kinds = {each.field: kind_of(each) for each in spec.comparisons}
    return tuple(
        Doubtful(
            row["left_id"],
            row["right_id"],
            tuple((_level(row[field], kind, lang), row[f"{field}_bits"]) for field, kind in kinds.items()),
            row["bits"],
            row["probability"],
            *_why(explain(linked, spec, left_id=row["left_id"], right_id=row["right_id"]), at, lang),
        )
        for at, row in enumerate(shown.iter_rows(named=True))
    )


def _why(told: Explanation, at: int, lang: Language) -> tuple[str, Markup]:
    drawing = waterfall(told, lang=lang.code, name=f"{lang.code}-doubt-{at}")
    return sentence(told).of(lang.code), Markup(drawing)  # noqa: S704  (escaped where it is built)


def _level(code: int, kind: Kind, lang: Language) -> str:
    if code == BLANK:
        return lang.t("trống", "blank")
    level = kind.levels[len(kind.levels) - code]
    return lang.of(Label(level.vi, level.en))
