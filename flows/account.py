"""The account a run gives of itself: summary, report and row in the warehouse, however the run ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import warehouse
from expectations.errors import ExpectationsError
from flows import summary
from flows.errors import FlowError
from flows.run import Run
from flows.stages import release
from flows.stages.findings import Findings
from flows.summary import Summary
from review.report import render
from warehouse.errors import WarehouseError


@dataclass(slots=True)
class Account:
    """Collects what the stages found and writes it down once, at the end."""

    run: Run
    summary: Summary = field(init=False)

    def __post_init__(self) -> None:
        self.summary = summary.begun(self.run)
        # Written at once: a run that is killed leaves this behind.
        summary.write(self.summary, self.run)
        warehouse.record_run(self.run.connection, self.summary)

    def found(self, findings: Findings) -> None:
        """Takes note of everything up to matching."""
        self.summary = summary.with_findings(self.summary, findings)

    def nothing_new(self) -> Summary:
        """Ends a run that had nothing to do, but for what a run killed after publishing had left undone."""
        release.export(self.run, self.run.plan.state.release)
        return self.closed(release.Outcome("nothing_new", self.run.plan.state.release))

    def closed(self, outcome: release.Outcome) -> Summary:
        """Ends a run that went through; its stage results are no longer needed."""
        self.run.reporter.stage("report")
        self._write(summary.ended(self.summary, self.run, outcome))
        self.run.store.discard()
        return self.summary

    def failed(self, vi: str, en: str) -> None:
        """Ends a run that could not go on; its stage results stay for the next try."""
        self._write(summary.failed(self.summary, self.run, vi, en))

    def _write(self, final: Summary) -> None:
        self.summary = final
        summary.write(final, self.run)
        before = [each for each in warehouse.runs(self.run.connection, 2) if each["run_id"] != self.run.run_id]
        page = render(final, before[0] if before else None)
        (self.run.workspace.run(self.run.run_id) / "report.html").write_text(page, encoding="utf-8")
        warehouse.record_run(self.run.connection, final)


@contextmanager
def account(run: Run) -> Iterator[Account]:
    """The run's account; an exception that passes through ends the run as failed and goes on."""
    kept = Account(run)
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
