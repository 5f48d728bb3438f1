"""The quality index laid out: scores by dataset and criterion, and the rules that fared worst."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.report import labels
from review.report.language import Language
from review.report.summary import FieldScore, Quality, RuleScore, Run


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The scores of one dataset by criterion; no dataset means all together."""

    dataset: str | None
    index: float | None
    scores: tuple[float | None, ...]


def criteria(quality: Quality) -> tuple[str, ...]:
    """The five criteria in their order, then any other the run scored; none when it scored nothing."""
    seen = {*quality.by_criterion, *(each for of in quality.by_dataset.values() for each in of.by_criterion)}
    return tuple(labels.in_order({*labels.CRITERIA, *seen}, labels.CRITERIA)) if seen else ()


def heat(quality: Quality) -> tuple[HeatRow, ...]:
    """The scores of each dataset, then those of all together."""
    names = criteria(quality)
    rows = []
    for dataset in labels.in_order(quality.by_dataset, labels.DATASET_ORDER):
        scored = quality.by_dataset[dataset]
        rows.append(HeatRow(dataset, scored.index, tuple(scored.by_criterion.get(each) for each in names)))
    rows.append(HeatRow(None, quality.index, tuple(quality.by_criterion.get(each) for each in names)))
    return tuple(rows) if names else ()


def failed_share(rule: RuleScore) -> float:
    """The share of checked rows that broke the rule."""
    return rule.failed / max(rule.checked, 1)


def worst_rules(rules: Sequence[RuleScore]) -> tuple[RuleScore, ...]:
    """The rules that some row broke, the highest share of failures first."""
    failing = [each for each in rules if each.failed]
    return tuple(sorted(failing, key=lambda each: (-failed_share(each), each.dataset, each.rule)))


def imperfect_identifiers(quality: Quality) -> tuple[FieldScore, ...]:
    """The identifier fields that are red because they are not perfect, the most rows to fix first."""
    red = [each for each in quality.fields if each.is_identifier and each.level == "red"]
    return tuple(sorted(red, key=lambda each: (-each.to_fix, each.dataset, each.property)))


def rule_title(run: Run, dataset: str, rule: str, lang: Language) -> str:
    """The sentence of a rule, or its code where the run scored no such rule."""
    for each in run.quality.rules:
        if (each.dataset, each.rule) == (dataset, rule):
            return lang.t(each.title_vi, each.title_en) or rule
    return rule
