"""The account a run gives of itself: summary, report and row in the warehouse, however the run ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import warehouse
from expectations import QualityReport
from expectations.errors import ExpectationsError
from flows import summary, trend
from flows.errors import FlowError
from flows.quarantine import ageing
from flows.run import Opened, Run
from flows.stages import release
from flows.stages.findings import Findings
from flows.summary import Summary
from review.report import render
from warehouse.errors import WarehouseError


@dataclass(slots=True)
class Account:
    """Collects what the stages found and writes it down once, at the end."""

    opened: Opened
    run: Run | None = None
    quality: QualityReport | None = None
    summary: Summary = field(init=False)

    def __post_init__(self) -> None:
        self.summary = summary.begun(self.opened)
        # Written at once: a run that is killed leaves this behind.
        summary.write(self.summary, self.opened)
        warehouse.record_run(self.opened.connection, self.summary)

    def planned(self, run: Run) -> Run:
        """Takes note of the deliveries that were seen before; the run itself is given back."""
        self.run = run
        self.summary = summary.with_seen(self.summary, run.plan.seen)
        return run

    def found(self, findings: Findings) -> None:
        """Takes note of everything up to matching."""
        self.quality = findings.quality
        self.summary = summary.with_findings(self.summary, findings)

    def nothing_new(self) -> Summary:
        """Ends a run that had nothing to do, but for what a run killed after publishing had left undone."""
        release.export(self.opened, self.opened.state.release)
        return self.closed(release.Outcome("nothing_new", self.opened.state.release))

    def closed(self, outcome: release.Outcome) -> Summary:
        """Ends a run that went through; its stage results are no longer needed."""
        self.opened.reporter.stage("report")
        waiting = ageing.as_summary(
            warehouse.quarantine.open_rows(self.opened.connection), self.opened.settings.quarantine, ageing.today()
        )
        tickets = warehouse.tickets.counts(self.opened.connection).to_dicts()
        self._write(summary.ended(self.summary, outcome) | {"quarantine": waiting, "tickets": tickets})
        if self.run is not None:
            self.run.store.discard()
        return self.summary

    def failed(self, vi: str, en: str) -> None:
        """Ends a run that could not go on; its stage results stay for the next try."""
        self._write(summary.failed(self.summary, vi, en))

    def _write(self, final: Summary) -> None:
        times = self.run.store.times if self.run is not None else ()
        self.summary = summary.closed(final, times)
        summary.write(self.summary, self.opened)
        before = [each for each in warehouse.runs(self.opened.connection, 2) if each["run_id"] != self.opened.run_id]
        page = render(self.summary, before[0] if before else None)
        (self.opened.workspace.run(self.opened.run_id) / "report.html").write_text(page, encoding="utf-8")
        warehouse.record_run(self.opened.connection, self.summary)
        if self.quality is not None:
            trend.keep(self.opened.connection, self.opened.run_id, self.quality)


@contextmanager
def account(opened: Opened) -> Iterator[Account]:
    """The run's account; an exception that passes through ends the run as failed and goes on."""
    kept = Account(opened)
    try:
        yield kept
    except BaseException as exc:
        _note_failure(kept, exc)
        raise


def _note_failure(kept: Account, exc: BaseException) -> None:
    if isinstance(exc, FlowError | WarehouseError | ExpectationsError):
        vi, en = exc.vi, exc.en
    elif isinstance(exc, KeyboardInterrupt):
        vi, en = "Lần chạy bị người dùng dừng.", "The run was stopped by hand."
    else:
        kind = type(exc).__name__
        vi, en = f"Lần chạy dừng vì lỗi {kind}.", f"The run stopped: {kind}."
    try:
        kept.failed(vi, en)
    except WarehouseError:
        # The database itself is gone: the summary file is written already, its row will be missing.
        return
