"""An evaluation and an estimate as tables that fit 80 columns."""

from collections.abc import Iterator

import polars as pl
from rich.table import Table

from matching.evaluation.curve import Calibration, Point
from matching.evaluation.estimate import Estimate, Interval
from matching.evaluation.groups import Group
from matching.evaluation.links import Evaluation
from matching.evaluation.measures import Rates

_RATES = (
    "đã nối\nlinked",
    "đúng\nright",
    "cần nối\ntrue",
    "chính xác\nprecision",
    "độ phủ\nrecall",
    "F1",
)


def tables(evaluation: Evaluation) -> Iterator[Table]:
    """The tables of one evaluation, those without rows left out."""
    yield _overall(evaluation)
    if evaluation.groups:
        yield groups(evaluation.groups)
    if evaluation.curve:
        yield _curve(evaluation.curve)
    if evaluation.calibration:
        yield _calibration(evaluation.calibration)


def _table(title: str, first: str, *columns: str) -> Table:
    shown = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    shown.add_column(first, no_wrap=True)
    for each in columns:
        shown.add_column(each, justify="right", no_wrap=True)
    return shown


def _rates(rates: Rates) -> tuple[str, ...]:
    counts = map(str, (rates.linked, rates.correct, rates.matches))
    return (*counts, *("–" if each is None else f"{each:.4f}" for each in rates.shown))


def _overall(evaluation: Evaluation) -> Table:
    shown = _table("Đánh giá · evaluation", "", *_RATES)
    shown.add_row("cặp · pairs", *_rates(evaluation.rates))
    if evaluation.clusters:
        shown.add_row("cụm đúng hẳn · whole clusters", *_rates(evaluation.clusters))
    return shown


def groups(found: tuple[Group, ...], name: str = "") -> Table:
    """The rates by group; `name` tells of what."""
    shown = _table(f"Theo nhóm · by group {name}".strip(), "nhóm\ngroup", "bản ghi\nrecords", *_RATES)
    for each in found:
        shown.add_row(f"{each.column} = {each.value}", str(each.records), *_rates(each.rates))
    return shown


def _curve(points: tuple[Point, ...]) -> Table:
    shown = _table("Ngưỡng · thresholds", "từ\nfrom", *_RATES, "cần xem\nreview")
    for each in points:
        shown.add_row(f"{each.threshold:g}", *_rates(each.rates), "–" if each.reviews is None else str(each.reviews))
    return shown


def _calibration(told: Calibration) -> Table:
    doubt = "–" if told.error_in_doubt is None else f"{told.error_in_doubt:.4f}"
    title = f"Xác suất có đúng không · calibration: ECE {told.error:.4f}, 0.01–0.99: {doubt}"
    shown = _table(title, "xác suất\nprobability", "cặp\npairs", "trung bình\nmean", "thật\ntrue")
    for each in told.bins:
        shown.add_row(
            f"{each.low:.1f}–{each.high:.1f}", str(each.pairs), f"{each.probability:.4f}", f"{each.true_share:.4f}"
        )
    return shown


def estimate_tables(told: Estimate) -> Iterator[Table]:
    """The estimate with its intervals, and what was found in each stratum."""
    shown = _table("Ước lượng · estimate", "", "ước lượng\nestimate", "95 % từ\nfrom", "đến\nto")
    for name, interval in (("chính xác · precision", told.precision), ("độ phủ · recall", told.recall)):
        shown.add_row(name, *_interval(interval))
    yield shown
    strata = _table(
        "Theo tầng · by stratum", "tầng\nstratum", "cặp\npairs", "đã trả lời\nanswered", "đúng\ntrue", "tỷ lệ\nshare"
    )
    for each in told.strata:
        strata.add_row(each.stratum, str(each.pairs), str(each.answered), str(each.true), f"{each.share:.4f}")
    yield strata


def estimate_remarks(told: Estimate) -> Iterator[str]:
    """What must be known beside the figures."""
    if told.unanswered:
        yield f"Chưa trả lời · unanswered: {told.unanswered}"
    if told.silent_strata:
        names = "; ".join(told.silent_strata)
        yield f"Tầng không có câu trả lời, bị bỏ ra ngoài · strata without answers, left out: {names}"
    if told.random_limit is not None:
        limit = f"{told.random_limit:.2%}"
        yield f"Cặp ngẫu nhiên: nhiều nhất {limit} là đúng · random pairs: at most {limit} are true"


def sample_table(strata: pl.DataFrame) -> Table:
    """How many pairs of each stratum were drawn."""
    shown = _table("Mẫu · sample", "tầng\nstratum", "cặp\npairs", "đã rút\ndrawn")
    for name, size, drawn in strata.select("stratum", "stratum_pairs", "drawn").rows():
        shown.add_row(name, str(size), str(drawn))
    return shown


def _interval(interval: Interval | None) -> tuple[str, ...]:
    if interval is None:
        return "–", "–", "–"
    return tuple(f"{each:.4f}" for each in (interval.estimate, interval.low, interval.high))
