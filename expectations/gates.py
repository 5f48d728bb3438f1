"""The two gates: one on the rows of a delivery as staged, one on the candidate of a release.

Every check runs, then the report decides. A gate that cannot run is an error, never a pass.
"""

from typing import TYPE_CHECKING

import polars as pl

from contracts import Contract, published
from expectations.results import FAILURES, CheckReport, CheckResult
from expectations.suites import suite
from expectations.suites.check import Check, RowCount
from expectations.suites.release import SET_WHEN_PUBLISHED, release

if TYPE_CHECKING:
    from expectations.library import Outcome, Table

STAGING, CANDIDATE, PUBLISHED = "staging", "candidate", "published"
MAX_ROW_CHANGE = 0.5
"""Share by which a table may change when the caller sets none; also the default of `checks.max_row_change`."""

_OUTSIDE_THE_SWAP = frozenset({"release"})
"""The list of releases grows in the publishing transaction; it is never a candidate."""


def gate_one(url: str, contract: Contract) -> CheckReport:
    """Checks `staging.<dataset>`; the failures name every row and rule.

    Only new and changed rows are staged, so the volume of a whole delivery is judged by the flow, before.
    """
    from expectations import library  # noqa: PLC0415 - importing Great Expectations takes seconds

    target = library.table(url, STAGING, contract.dataset)
    outcomes = library.run(url, target, suite(contract))
    return CheckReport(tuple(_result(each, target) for each in outcomes), _failures(outcomes))


def gate_two(url: str, *, max_row_change: float = MAX_ROW_CHANGE) -> CheckReport:
    """Checks every table of the schema `candidate` against its published contract and the table published now.

    A table that the candidate lacks counts as empty. Everything that fails here refuses the release.
    """
    from expectations import library  # noqa: PLC0415 - importing Great Expectations takes seconds

    tables = [each for name, each in published().items() if name not in _OUTSIDE_THE_SWAP]
    found = {each.dataset: library.find_table(url, CANDIDATE, each.dataset) for each in tables}
    absent = frozenset(name for name, table in found.items() if table is None)
    results: list[CheckResult] = []
    for each in tables:
        before = library.find_table(url, PUBLISHED, each.dataset)
        rows_before = before.rows if before else 0
        checks = release(each, rows_before=rows_before, max_row_change=max_row_change, absent=absent)
        results += _candidate(url, each, found[each.dataset], checks)
    return CheckReport(tuple(results))


def _candidate(url: str, contract: Contract, now: "Table | None", checks: tuple[Check, ...]) -> list[CheckResult]:
    from expectations import library  # noqa: PLC0415 - importing Great Expectations takes seconds

    if now is None:
        absent = library.Table(CANDIDATE, contract.dataset, frozenset(contract.names) - SET_WHEN_PUBLISHED, rows=0)
        emptied = [each for each in checks if isinstance(each.demand, RowCount)]
        return [_result(library.Outcome(each, success=False, failed=1), absent) for each in emptied]
    return [_result(each, now) for each in library.run(url, now, checks)]


def _result(outcome: "Outcome", target: "Table") -> CheckResult:
    check = outcome.check
    return CheckResult(
        dataset=target.name,
        rule=check.rule,
        property=check.property,
        criterion=check.criterion,
        severity=check.severity,
        success=outcome.success,
        checked=target.rows,
        failed=outcome.failed,
        title_vi=check.title_vi,
        title_en=check.title_en,
    )


def _failures(outcomes: list["Outcome"]) -> pl.DataFrame:
    parts = [
        pl.DataFrame({"row_id": each.row_ids}, schema={"row_id": pl.Int64}).with_columns(
            rule=pl.lit(each.check.rule, pl.String),
            property=pl.lit(each.check.property, pl.String),
            severity=pl.lit(each.check.severity, pl.String),
        )
        for each in outcomes
    ]
    return pl.concat([FAILURES.to_frame(), *parts]).sort("row_id", "rule")
