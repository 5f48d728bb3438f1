"""An evaluation and an estimate as tables that fit 80 columns."""

from collections.abc import Iterator

import polars as pl

from flows.console_table import ConsoleTable, figure, label, whole
from flows.numbers import grouped
from matching.evaluation.curve import Calibration, Point
from matching.evaluation.estimate import Estimate, Interval
from matching.evaluation.groups import Group
from matching.evaluation.links import Evaluation
from matching.evaluation.measures import Rates

_RATES = (
    figure("đã nối", "linked"),
    figure("đúng", "right"),
    figure("cần nối", "true"),
    figure("chính xác", "precision"),
    figure("độ phủ", "recall"),
    figure("F1", "F1"),
)
_PAIRS = figure("cặp", "pairs")
_STRATUM = label("tầng", "stratum")


def tables(evaluation: Evaluation) -> Iterator[ConsoleTable]:
    """The tables of one evaluation, those without rows left out."""
    yield _overall(evaluation)
    if evaluation.groups:
        yield groups(evaluation.groups)
    if evaluation.curve:
        yield _curve(evaluation.curve)
    if evaluation.calibration:
        yield _calibration(evaluation.calibration)


def _rates(rates: Rates) -> tuple[int | str | None, ...]:
    shares = (None if each is None else f"{each:.4f}" for each in rates.shown)
    return (rates.linked, rates.correct, rates.matches, *shares)


def _overall(evaluation: Evaluation) -> ConsoleTable:
    rows = [("cặp · pairs", *_rates(evaluation.rates))]
    if evaluation.clusters:
        rows.append(("cụm đúng hẳn · whole clusters", *_rates(evaluation.clusters)))
    return ConsoleTable("Đánh giá · evaluation", (label("của", "of"), *_RATES), rows)


def groups(found: tuple[Group, ...], name: str = "") -> ConsoleTable:
    """The rates by group; `name` tells of what."""
    columns = (label("nhóm", "group"), figure("bản ghi", "records"), *_RATES)
    rows = [(f"{each.column} = {each.value}", each.records, *_rates(each.rates)) for each in found]
    return ConsoleTable(f"Theo nhóm · by group {name}".strip(), columns, rows)


def _curve(points: tuple[Point, ...]) -> ConsoleTable:
    columns = (whole("từ", "from"), *_RATES, figure("cần xem", "review"))
    rows = [(f"{each.threshold:g}", *_rates(each.rates), each.reviews) for each in points]
    return ConsoleTable("Ngưỡng · thresholds", columns, rows)


def _calibration(told: Calibration) -> ConsoleTable:
    doubt = "–" if told.error_in_doubt is None else f"{told.error_in_doubt:.4f}"
    title = f"Xác suất có đúng không · calibration: ECE {told.error:.4f}, 0.01–0.99: {doubt}"
    columns = (whole("xác suất", "probability"), _PAIRS, figure("trung bình", "mean"), figure("thật", "true"))
    rows = [
        (f"{each.low:.1f}–{each.high:.1f}", each.pairs, f"{each.probability:.4f}", f"{each.true_share:.4f}")
        for each in told.bins
    ]
    return ConsoleTable(title, columns, rows)


def estimate_tables(told: Estimate) -> Iterator[ConsoleTable]:
    """The estimate with its intervals, and what was found in each stratum."""
    bounds = (figure("ước lượng", "estimate"), figure("95 % từ", "from"), figure("đến", "to"))
    measures = (("chính xác · precision", told.precision), ("độ phủ · recall", told.recall))
    rows = [(measure, *_interval(interval)) for measure, interval in measures]
    yield ConsoleTable("Ước lượng · estimate", (label("thước đo", "measure"), *bounds), rows)
    counts = (_PAIRS, figure("đã trả lời", "answered"), figure("đúng", "true"), figure("tỷ lệ", "share"))
    strata = [(each.stratum, each.pairs, each.answered, each.true, f"{each.share:.4f}") for each in told.strata]
    yield ConsoleTable("Theo tầng · by stratum", (_STRATUM, *counts), strata)


def estimate_remarks(told: Estimate) -> Iterator[str]:
    """What must be known beside the figures."""
    if told.unanswered:
        yield f"Chưa trả lời · unanswered: {grouped(told.unanswered)}"
    if told.silent_strata:
        names = "; ".join(told.silent_strata)
        yield f"Tầng không có câu trả lời, bị bỏ ra ngoài · strata without answers, left out: {names}"
    if told.random_limit is not None:
        limit = f"{told.random_limit:.2%}"
        yield f"Cặp ngẫu nhiên: nhiều nhất {limit} là đúng · random pairs: at most {limit} are true"


def sample_table(strata: pl.DataFrame) -> ConsoleTable:
    """How many pairs of each stratum were drawn."""
    rows = strata.select("stratum", "stratum_pairs", "drawn").rows()
    return ConsoleTable("Mẫu · sample", (_STRATUM, _PAIRS, figure("đã rút", "drawn")), rows)


def _interval(interval: Interval | None) -> tuple[str | None, ...]:
    if interval is None:
        return None, None, None
    return tuple(f"{each:.4f}" for each in (interval.estimate, interval.low, interval.high))
