"""The RunSummary: what a run found and did, as one JSON-able value; written for every run, failed ones included."""

import json
import resource
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from typing import Any

import polars as pl

from expectations import CheckResult
from flows.cases import cases
from flows.limits import UNITS_KEPT
from flows.pull import Delivery
from flows.receipt import Receipt, as_entry
from flows.run import TIMEZONE, Opened
from flows.stage_store import StageTime
from flows.stages.findings import Findings
from flows.stages.release import Judgement, Outcome
from matching.standardise import VERSION

Summary = dict[str, Any]
BIN_BITS = 4.0
"""Width of a bin of the weight histogram, in bits."""

_MESSAGES = {
    "published": ("Đã công bố bản phát hành {release}.", "Release {release} is published."),
    "nothing_new": ("Không có gì mới; bản phát hành {release} giữ nguyên.", "Nothing new; release {release} stays."),
    "held": (
        "Cổng 2 giữ lại bản ứng viên; bản phát hành {release} giữ nguyên. Xem các kiểm tra không đạt bên dưới.",
        "Gate two held the candidate; release {release} stays. See the failed checks below.",
    ),
    "waits": (
        "Bản ứng viên {candidate} chờ phê duyệt; bản phát hành {release} giữ nguyên. {reasons}. "
        "Xem: doisoat release show. Duyệt: doisoat release approve {candidate} --by TÊN.",
        "Candidate {candidate} waits for approval; release {release} stays. {reasons}. "
        "Look: doisoat release show. Approve: doisoat release approve {candidate} --by NAME.",
    ),
}
_REASONS_TOLD = 3
"""Reasons to wait that the message tells; the report and `doisoat release show` have all."""


def begun(opened: Opened) -> Summary:
    """The summary of a run before anything has happened: every key is there."""
    return {
        "run_id": opened.run_id,
        "started_at": opened.started_at.isoformat(),
        "finished_at": None,
        "status": "failed",
        "release": opened.state.release,
        "previous_release": opened.state.release,
        "message_vi": "Lần chạy bị ngắt giữa chừng; lần chạy sau sẽ làm tiếp.",
        "message_en": "The run was interrupted; the next run takes up where it stopped.",
        "deliveries": [],
        "books": [],
        "holdings": [],
        "matching": [],
        "weights": [],
        "cases": [],
        "second_opinion": [],
        "contrary": {},
        "quality": {},
        "repairs": {},
        "indicators": {},
        "changes": [],
        "would_change": {},
        "candidate": None,
        "held_because": [],
        "checks": [],
        "stages": [],
        "peak_memory_mib": None,
        "versions": {"doisoat": version("doisoat")},
        "report": str(opened.workspace.run(opened.run_id) / "report.html"),
    }


def with_seen(summary: Summary, seen: Iterable[Delivery]) -> Summary:
    """The summary with the deliveries that were loaded before."""
    return summary | {"deliveries": [as_entry(Receipt.of(each, "seen")) for each in seen]}


def ended(summary: Summary, outcome: Outcome) -> Summary:
    """The summary with how the run ended."""
    vi, en = _message(outcome)
    return summary | {
        "status": outcome.status,
        "release": outcome.release,
        "message_vi": vi,
        "message_en": en,
        "changes": [
            {"table": each.table, "added": each.added, "changed": each.changed, "removed": each.removed}
            for each in outcome.changes
        ],
        **_judged(outcome.judgement),
    }


def _message(outcome: Outcome) -> tuple[str, str]:
    judged, release = outcome.judgement, outcome.release if outcome.release is not None else "–"
    if outcome.status != "held" or judged is None or not judged.checks.success:
        vi, en = _MESSAGES[outcome.status]
        return vi.format(release=release), en.format(release=release)
    told, more = judged.reasons[:_REASONS_TOLD], len(judged.reasons) - _REASONS_TOLD
    vi, en = _MESSAGES["waits"]
    because_vi = "; ".join(each.vi for each in told) + (f"; và {more} lý do nữa" if more > 0 else "")
    because_en = "; ".join(each.en for each in told) + (f"; and {more} more" if more > 0 else "")
    return (
        vi.format(candidate=judged.candidate_id, release=release, reasons=because_vi),
        en.format(candidate=judged.candidate_id, release=release, reasons=because_en),
    )


def _judged(judged: Judgement | None) -> Summary:
    if judged is None:
        return {}
    return {
        "candidate": judged.candidate_id,
        "would_change": judged.would_change.as_dict(UNITS_KEPT),
        "held_because": [each.as_dict() for each in judged.reasons],
        "checks": [_check(each) for each in judged.checks.results],
    }


def failed(summary: Summary, vi: str, en: str) -> Summary:
    """The summary of a run that could not go on."""
    return summary | {"status": "failed", "message_vi": vi, "message_en": en}


def closed(summary: Summary, times: Iterable[StageTime]) -> Summary:
    """The summary with the costs of the run."""
    return summary | {
        "finished_at": datetime.now(TIMEZONE).replace(microsecond=0).isoformat(),
        "stages": [{"stage": each.stage, "seconds": each.seconds, "reused": each.reused} for each in times],
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def _check(result: CheckResult) -> dict[str, Any]:
    return {
        "gate": 2,
        "table": result.dataset,
        "rule": result.rule,
        "success": result.success,
        "failed": result.failed,
        "title_vi": result.title_vi,
        "title_en": result.title_en,
    }


def with_findings(summary: Summary, found: Findings) -> Summary:
    """The summary with what the stages up to matching found."""
    return summary | {
        "deliveries": summary["deliveries"] + [as_entry(each) for each in found.receipts],
        "books": found.books,
        "holdings": found.holdings,
        "matching": found.efforts,
        "weights": weight_histogram(found.decisions),
        "cases": cases(found.decisions, found.holdings, found.differences),
        "second_opinion": found.opinions,
        "contrary": dict(found.contrary.group_by("kind").len().sort("kind").iter_rows()),
        "quality": found.quality.as_dict(),
        "repairs": found.repairs.as_dict(),
        "indicators": found.indicators.as_dict(),
        "versions": summary["versions"] | _versions(found.decisions),
    }


def weight_histogram(decisions: pl.DataFrame) -> list[dict[str, Any]]:
    """Decisions by dataset, role and weight, in bins of BIN_BITS bits."""
    low = (pl.col("weight") / BIN_BITS).floor() * BIN_BITS
    counts = [(pl.col("status") == status).sum().alias(status) for status in ("linked", "review", "not_found")]
    binned = (
        decisions.filter(pl.col("weight").is_not_null())
        .group_by("dataset", "role", low.alias("from"))
        .agg(*counts)
        .with_columns(to=pl.col("from") + BIN_BITS)
    )
    return binned.sort("dataset", "role", "from").to_dicts()


def _versions(decisions: pl.DataFrame) -> dict[str, str]:
    return {"standardiser": VERSION, "model": str(decisions["model"].first() or "")}


def write(summary: Summary, opened: Opened) -> None:
    """Writes the summary beside the report, whole or not at all."""
    folder = opened.workspace.run(opened.run_id)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / ".summary.json"
    unfinished.write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.rename(folder / "summary.json")
