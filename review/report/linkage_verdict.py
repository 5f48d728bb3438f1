"""What a linkage came to, in one headline, its numbers, and what people should do next."""

import polars as pl

from matching.engine.figures import Expected
from matching.engine.link import Linked
from matching.engine.spec import Cardinality, Spec
from matching.reasons import Status
from review.report.facts import Fact
from review.report.language import Language
from review.report.verdict import Step, Verdict

_FEW_FOUND = 0.97
"""Estimated share of matches that blocking kept, below which a further rule is worth its pairs."""
_LOW_PRECISION = 0.95


def verdict(linked: Linked, spec: Spec, expected: Expected, lang: Language) -> Verdict:
    """How many were linked, how good that is expected to be, and what to do next."""
    steps = (*_people(linked, lang), *_quality(expected, lang), *_blocking(linked, lang), *_learning(linked, lang))
    tone = "quiet" if not _count(linked, Status.LINKED) else "warn" if steps else "good"
    told = lang.t(
        "Theo chính các xác suất: đúng {p} các cặp đã nối, tìm được {r} các cặp đúng.",
        "By its own probabilities: {p} of the linked pairs are right, and {r} of the right pairs are found.",
        p=_share(expected.precision, lang),
        r=_share(expected.recall, lang),
    )
    return Verdict(_headline(linked, spec, lang), tone, told, _standing(linked, lang), steps)


def _headline(linked: Linked, spec: Spec, lang: Language) -> str:
    count = _count(linked, Status.LINKED)
    if linked.clusters is not None:
        doubled = linked.clusters.height - linked.clusters["cluster_id"].n_unique()
        vi, en = "{all} bản ghi, trong đó {n} bản ghi lặp lại", "{all} records, {n} of them repeat another"
        return lang.t(vi, en, n=lang.integer(doubled), all=lang.integer(linked.clusters.height))
    if spec.cardinality is Cardinality.MANY_TO_MANY:
        return lang.t("Đã nối {n} cặp", "{n} pairs linked", n=lang.integer(count))
    vi, en = "Đã nối {n} trong {all} bản ghi", "{n} of {all} records linked"
    return lang.t(vi, en, n=lang.integer(count), all=lang.integer(linked.links["left_id"].n_unique()))


def _people(linked: Linked, lang: Language) -> list[Step]:
    count = _count(linked, Status.REVIEW)
    if not count:
        return []
    vi, en = "Xem {n} cặp chờ rà soát.", "Look at the {n} pairs in review."
    return [Step(lang.t(vi, en, n=lang.integer(count)), "doubtful")]


def _quality(expected: Expected, lang: Language) -> list[Step]:
    if expected.precision is None or expected.precision >= _LOW_PRECISION:
        return []
    vi = "Độ chính xác thấp: so sánh thêm trường, hoặc tăng `false_link` trong [costs]."
    en = "Precision is low: compare more fields, or raise `false_link` in [costs]."
    return [Step(lang.t(vi, en), "workload")]


def _blocking(linked: Linked, lang: Language) -> list[Step]:
    steps = []
    if linked.found_share is not None and linked.found_share < _FEW_FOUND:
        vi = "Ước tính {s} cặp đúng không vào vòng so sánh: thêm một [[block]] lỏng hơn."
        en = "An estimated {s} of the matches were never compared: add a looser [[block]]."
        steps.append(Step(lang.t(vi, en, s=_share(1 - linked.found_share, lang)), "blocking"))
    aside = sum(each.set_aside_pairs for each in linked.rules)
    if aside:
        vi = "{n} cặp trong khối quá lớn bị để lại: thêm một khóa vào quy tắc, hoặc tăng `largest_block`."
        en = "{n} pairs in blocks that are too large were set aside: add a key to the rule, or raise `largest_block`."
        steps.append(Step(lang.t(vi, en, n=lang.integer(aside)), "blocking"))
    return steps


def _learning(linked: Linked, lang: Language) -> list[Step]:
    if linked.model.training.has_converged:
        return []
    vi = "Việc học chưa hội tụ: dữ liệu có thể quá ít, hãy xem kỹ các mức."
    en = "Learning did not converge: there may be too little data; look closely at the levels."
    return [Step(lang.t(vi, en), "comparisons")]


def _standing(linked: Linked, lang: Language) -> str:
    return lang.t("Ngưỡng nối: xác suất từ {p}.", "Linked from a probability of {p} on.", p=_p(linked, lang))


def facts(linked: Linked, spec: Spec, expected: Expected, lang: Language) -> tuple[Fact, ...]:
    """Pairs linked, in review, expected precision and recall, matches expected in all."""
    compared = sum(each.pairs for each in linked.rules)
    linked_count, review = _count(linked, Status.LINKED), _count(linked, Status.REVIEW)
    unit = lang.t("cặp", "pairs") if spec.is_dedupe or spec.cardinality is Cardinality.MANY_TO_MANY else ""
    return (
        Fact(lang.t("Đã liên kết", "Linked"), lang.integer(linked_count), unit),
        Fact(lang.t("Chờ rà soát", "For review"), lang.integer(review), unit),
        Fact(lang.t("Độ chính xác kỳ vọng", "Expected precision"), _share(expected.precision, lang)),
        Fact(lang.t("Độ phủ kỳ vọng", "Expected recall"), _share(expected.recall, lang)),
        Fact(lang.t("Cặp đã so sánh", "Pairs looked at"), lang.integer(compared)),
    )


def threshold_reason(linked: Linked, spec: Spec, lang: Language) -> str:
    """Why links begin where they do."""
    costs = spec.costs
    values = {
        "f": f"{costs.false_link:g}",
        "m": f"{costs.miss:g}",
        "r": f"{costs.review or 0:g}",
        "p": _p(linked, lang),
    }
    if costs.review is None:
        return lang.t(
            "Nối từ xác suất {p}: ngưỡng có F1 kỳ vọng cao nhất khi nối nhầm giá {f} và bỏ sót giá {m}. "
            "Không có giá rà soát nên không cặp nào nằm giữa hai ngưỡng.",
            "Linked from {p} on: the threshold with the highest expected F1, a false link costing {f} and a miss {m}. "
            "No cost of a review is given, so no pair lies between two thresholds.",
            **values,
        )
    review = lang.decimal(linked.thresholds.review, 3)
    return lang.t(
        "Nối từ xác suất {p}, rà soát từ {q}: theo giá nối nhầm {f}, bỏ sót {m}, rà soát {r}. "
        "Một cặp được rà soát khi việc xem rẻ hơn cái giá của đoán sai.",
        "Linked from {p} on, reviewed from {q} on: by the costs of a false link {f}, a miss {m} and a review {r}. "
        "A pair is reviewed where looking is cheaper than guessing wrong.",
        q=review,
        **values,
    )


def _count(linked: Linked, status: Status) -> int:
    return linked.links.filter(pl.col("status") == status.value).height


def _p(linked: Linked, lang: Language) -> str:
    return lang.decimal(linked.thresholds.link, 3)


def _share(value: float | None, lang: Language) -> str:
    return "–" if value is None else lang.share(value, 1.0)
