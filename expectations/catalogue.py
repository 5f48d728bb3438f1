"""What every scored rule is: its sentence, criterion, severity, error group, and the source of its threshold."""

from collections.abc import Iterable
from typing import Any

from contracts import Contract, received
from expectations.across import AcrossRule
from expectations.freshness import rules as freshness_rules
from expectations.suites import suite
from expectations.suites.across import ACROSS
from expectations.suites.check import Check

Fact = dict[str, Any]
FACTS = ("dataset", "rule", "property", "criterion", "severity", "error_group", "title_vi", "title_en", "source")
"""The keys of a fact; the property is None of a rule over the whole row or dataset."""
ROW_READABLE = "row_readable"
"""The rule of rows that could not be read, whatever their reader calls it."""
ROWS_NEED_NO_REPAIR = "rows_need_no_repair"
"""The rule of rows that were clean as they came."""


def catalogue(dataset: str) -> list[Fact]:
    """Every rule that can be scored of a dataset, by name."""
    contract = received()[dataset]
    found = [
        *of_dataset(dataset, ACROSS),
        *of_freshness(contract),
        *(of_register(dataset, role) for role in contract.roles),
        of_repairs(dataset),
    ]
    return sorted(found, key=lambda each: each["rule"])


def of_dataset(dataset: str, across: Iterable[AcrossRule] = ()) -> list[Fact]:
    """What each rule over the rows of a dataset is: those of its suite, then those across rows."""
    contract = received()[dataset]
    return [
        *(_fact(dataset, each, each.severity) for each in suite(contract)),
        {
            **dict.fromkeys(FACTS),
            "dataset": dataset,
            "rule": ROW_READABLE,
            "criterion": "đúng",
            "severity": "error",
            "error_group": "format",
            "title_vi": "Dòng phải đọc được",
            "title_en": "the row can be read",
            "source": "the reader of the delivery",
        },
        *(_fact(dataset, each, "warning") for each in across if each.dataset == dataset),
    ]


def _fact(dataset: str, rule: Check | AcrossRule, severity: str) -> Fact:
    return {
        "dataset": dataset,
        "rule": rule.rule,
        "property": rule.property,
        "criterion": rule.criterion,
        "severity": severity,
        "error_group": rule.group,
        "source": rule.source,
        "title_vi": rule.title_vi,
        "title_en": rule.title_en,
    }


def of_freshness(contract: Contract) -> list[Fact]:
    """What the rules of freshness of a dataset are."""
    return [
        {
            "dataset": contract.dataset,
            "rule": each.rule,
            "property": each.property,
            "criterion": "sống",
            "severity": "warning",
            "error_group": "stale",
            "title_vi": each.title_vi,
            "title_en": each.title_en,
            "source": each.source,
        }
        for each in freshness_rules(contract)
    ]


def of_register(dataset: str, role: str) -> Fact:
    """What the rule is that whom a role names is found in the national register."""
    return {
        "dataset": dataset,
        "rule": f"{role}_found_in_register",
        "property": None,
        "criterion": "thống nhất",
        "severity": "warning",
        "error_group": "mismatch",
        "title_vi": f"Vai trò {role} phải tìm thấy trong cơ sở dữ liệu quốc gia",
        "title_en": f"the {role} is found in the national register",
        "source": "CV 4856/BCA-TTDLQG as read: held against the national reference",
    }


def of_repairs(dataset: str) -> Fact:
    """What the rule is that rows could be taken as they came."""
    return {
        "dataset": dataset,
        "rule": ROWS_NEED_NO_REPAIR,
        "property": None,
        "criterion": "sạch",
        "severity": "warning",
        "error_group": "format",
        "title_vi": "Dòng nên dùng được ngay, không phải sửa khi chuẩn hóa",
        "title_en": "the row needs no repair when it is standardised",
        "source": "the closed list of repairs, without those that are no fault",
    }
