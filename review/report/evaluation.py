"""The report of an evaluation against a known truth: rates, subgroups, thresholds and calibration, in two languages."""

from collections.abc import Mapping

from matching.evaluation.groups import BLANK, POOLED
from matching.evaluation.links import Evaluation
from review.report.language import EN, VI, Language
from review.report.page import bound, edition


def render(evaluations: Mapping[str, Evaluation], made_at: str, version: str) -> str:
    """The report as one HTML page; each evaluation has a name, which is blank if it is the only one."""
    editions = [
        edition("evaluation.html", lang, evaluations=evaluations, made_at=made_at, version=version, value=_value(lang))
        for lang in (VI, EN)
    ]
    return bound("Báo cáo đánh giá", editions)


def _value(lang: Language) -> Mapping[str, str]:
    """How the groups that are no values are called."""
    return {BLANK: lang.t("(trống)", "(blank)"), POOLED: lang.t("(nhóm ít bản ghi)", "(groups of few records)")}
