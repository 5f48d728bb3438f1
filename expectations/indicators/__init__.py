"""Indicators of service (QĐ 766/QĐ-TTg) and of the reconciliation itself, by receiving unit and period.

`definitions` says what each is in words, `measures` and `reconciliation` how a record is judged, `table` counts.
"""

from expectations.indicators.definition import ALL_UNITS, UNIT_UNKNOWN, WHOLE_RECORD, Definition
from expectations.indicators.definitions import DEFINITIONS
from expectations.indicators.reconciliation import disputed
from expectations.indicators.report import IndicatorReport, report
from expectations.indicators.table import INDICATORS, Material, indicators

__all__ = [
    "ALL_UNITS",
    "DEFINITIONS",
    "INDICATORS",
    "UNIT_UNKNOWN",
    "WHOLE_RECORD",
    "Definition",
    "IndicatorReport",
    "Material",
    "disputed",
    "indicators",
    "report",
]
