"""The gates: suites from the contracts, run by Great Expectations in PostgreSQL, the quarantine and the quality index.

Great Expectations takes seconds to import, so it stays behind `expectations.library`, which only a running gate loads;
the suites themselves are plain data.
"""

from expectations.gates import gate_one, gate_two
from expectations.quality import Beside, QualityReport, quality
from expectations.quarantine import Split, quarantine_rows, split
from expectations.results import CheckReport, CheckResult

__all__ = [
    "Beside",
    "CheckReport",
    "CheckResult",
    "QualityReport",
    "Split",
    "gate_one",
    "gate_two",
    "quality",
    "quarantine_rows",
    "split",
]
