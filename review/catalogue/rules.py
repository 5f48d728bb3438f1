"""The quality rules of received datasets and of releases, each with how it fared where a run scored it."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts import Contract
from expectations.suites import Check, suite
from expectations.suites.release import release
from review.report import labels
from review.report.language import Label
from review.report.summary import RuleScore, Run

_CONTRACT = "contract "
_FOUND = "_found_in_register"
_ROW_CHANGE = 0.5
"""Only limits of row counts depend on it, and those exist once rows are published: they are told in the runbook."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One rule of a received dataset."""

    dataset: str
    rule: str
    property: str | None
    criterion: str
    severity: str
    title: Label
    source: str
    """The text or list it rests on; empty for a rule that the contract itself states."""
    score: RuleScore | None


def definitions(contract: Contract, run: Run | None) -> tuple[Definition, ...]:
    """The rules of a dataset: its contract's, those across fields, then those that only a run can score."""
    scores = {each.rule: each for each in run.quality.rules if each.dataset == contract.dataset} if run else {}
    own = tuple(_of_check(contract, each, scores.pop(each.rule, None)) for each in suite(contract))
    return own + tuple(_of_score(each) for each in scores.values())


def by_property(found: tuple[Definition, ...]) -> Mapping[str, tuple[Definition, ...]]:
    """The rules of each property."""
    names = dict.fromkeys(each.property for each in found if each.property)
    return {name: tuple(each for each in found if each.property == name) for name in names}


def release_checks(contract: Contract) -> tuple[Check, ...]:
    """What holds in every release of a table, else the release is held."""
    return release(contract, rows_before=0, max_row_change=_ROW_CHANGE)


def _of_check(contract: Contract, check: Check, score: RuleScore | None) -> Definition:
    source = "" if check.source.startswith(_CONTRACT) else check.source
    title = Label(check.title_vi, check.title_en)
    return Definition(
        contract.dataset, check.rule, check.property, check.criterion, check.severity, title, source, score
    )


def _of_score(score: RuleScore) -> Definition:
    title = Label(score.title_vi or score.rule, score.title_en or score.rule)
    if score.rule.endswith(_FOUND):
        # The run names the role by its code, which is no Vietnamese.
        role = labels.role(score.rule.removesuffix(_FOUND))
        title = Label(f"{role.vi} phải tìm thấy trong cơ sở dữ liệu quốc gia", title.en)
    return Definition(score.dataset, score.rule, score.property, score.criterion, score.severity, title, "", score)
