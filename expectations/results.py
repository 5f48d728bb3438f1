"""What a gate says: one result a rule, and the rows that failed."""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Severity = Literal["refuse", "error", "warning"]
"""`refuse`: the table as a whole does not go on; `error`: the row goes to quarantine; `warning`: it is counted."""

FAILURES = pl.Schema({"row_id": pl.Int64, "rule": pl.String, "property": pl.String, "severity": pl.String})
"""One row for each staged row and rule that it breaks, sorted by row and rule."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one rule over one table."""

    dataset: str
    rule: str
    property: str | None
    criterion: str
    severity: Severity
    success: bool
    checked: int
    """Rows of the table. A rule with a premise passes on the rows where the premise does not hold."""
    failed: int
    title_vi: str
    title_en: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All outcomes of a gate; every check runs, then this decides."""

    results: tuple[CheckResult, ...]
    failures: pl.DataFrame = field(default_factory=FAILURES.to_frame)
    """Of `FAILURES`; empty at gate two, which judges tables and not rows."""

    @property
    def refusals(self) -> tuple[CheckResult, ...]:
        """The failed checks that stop the table."""
        return tuple(each for each in self.results if each.severity == "refuse" and not each.success)

    @property
    def success(self) -> bool:
        """Whether the gate opens: nothing refuses the table as a whole, though rows may go to quarantine."""
        return not self.refusals
