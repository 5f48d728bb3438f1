"""The parts of run summaries: books, weights, repairs and quality of a province, reckoned so that they add up."""

from math import exp
from typing import Any

import contracts

REASON_SHARES = {
    "linked": {
        "identifier_and_name": 0.61,
        "identifier_and_birth_date": 0.09,
        "name_and_birth_date_unique": 0.17,
        "repaired_identifier_and_name": 0.06,
        "former_identifier_and_name": 0.03,
    },
    "review": {"close_runner_up": 0.55, "weight_between_thresholds": 0.3, "identifier_contradicted": 0.1},
    "not_found": {"no_candidate": 0.7},
    "unlinkable": {"no_usable_evidence": 0.4},
}
"""Shares of reasons by status; what remains goes to the last resort of that status."""
LAST_RESORT = {
    "linked": "weight_above_threshold",
    "review": "same_person_twice",
    "not_found": "weight_below_threshold",
    "unlinkable": "not_named",
}

UNITS = (
    ("dossier", "UBND phường Phú Lợi", "owner_number_understood", 131, 402),
    ("dossier", "Trung tâm Phục vụ hành chính công phường Thủ Dầu Một", "owner_number_understood", 118, 611),
    ("birth", "UBND xã Định Hòa, thị xã Thủ Dầu Một, tỉnh Bình Dương", "mother_birth_date_understood", 41, 77),
    ("dossier", "Sở Tài chính", "owner_number_present", 39, 355),
    ("dossier", "UBND phường Bến Cát", "due_at_understood", 22, 290),
    ("marriage", "UBND thị trấn Uyên Hưng", "wife_paper_number_understood", 17, 31),
    ("death", "UBND phường Hiệp Thành", "deceased_birth_date_present", 9, 24),
)


REPAIR_TOTALS = (
    ("dossier", "owner_name", "typing_residue", 312, 0.0524),
    ("dossier", "owner_phone", "phone_form", 1204, 0.2024),
    ("death", "deceased_name", "spaces_collapsed", 7, 0.0234),
    ("population", "full_name", "unicode_composed", 41, 0.0021),
)
REPAIRED_UNITS = (
    ("dossier", "UBND phường Phú Lợi", "phone_form", 211, 402),
    ("dossier", "UBND phường Bến Cát", "typing_residue", 64, 290),
    ("death", "?", "spaces_collapsed", 7, 24),
)


def repairs() -> dict[str, Any]:
    """The repair log in figures."""
    totals, units = ("dataset", "property", "repair", "rows", "share"), ("dataset", "unit", "repair", "rows", "held")
    return {
        "totals": [dict(zip(totals, each, strict=True)) for each in REPAIR_TOTALS],
        "units": [dict(zip(units, each, strict=True)) for each in REPAIRED_UNITS],
    }


def role(name: str, accepted: int, review: int, not_found: int, unlinkable: int) -> dict[str, Any]:
    """A role whose counts add up to `accepted`, with reasons that add up too."""
    counts = {"review": review, "not_found": not_found, "unlinkable": unlinkable}
    counts = {"linked": accepted - sum(counts.values())} | counts
    return {"role": name, **counts, "by_reason": {status: _reasons(status, n) for status, n in counts.items()}}


def _reasons(status: str, count: int) -> dict[str, int]:
    reasons = {reason: int(count * share) for reason, share in REASON_SHARES[status].items()}
    reasons[LAST_RESORT[status]] = count - sum(reasons.values())
    return {reason: n for reason, n in reasons.items() if n}


def book(
    dataset: str, received: int, unchanged: int, by_rule: dict[str, int], *roles: tuple[Any, ...]
) -> dict[str, Any]:
    """The balanced book of one dataset."""
    quarantined = sum(by_rule.values())
    accepted = received - unchanged - quarantined
    return {
        "dataset": dataset,
        "received": received,
        "unchanged": unchanged,
        "accepted": accepted,
        "quarantined": quarantined,
        "quarantined_by_rule": by_rule,
        "roles": [role(name, accepted, *counts) for name, *counts in roles],
    }


def books() -> list[dict[str, Any]]:
    """The books of a first full delivery of a small province."""
    return [
        book("population", 20000, 3, {"citizen_id_understood": 2}),
        book("enterprise", 1500, 0, {}),
        book(
            "birth",
            800,
            2,
            {"child_birth_date_understood": 3, "key_is_unique": 4},
            ("child", 21, 160, 0),
            ("mother", 30, 41, 4),
            ("father", 33, 44, 71),
        ),
        book(
            "dossier",
            6000,
            31,
            {"dossier_code_understood": 9, "received_at_understood": 4, "key_is_unique": 6},
            ("owner", 214, 391, 118),
        ),
        book("marriage", 400, 1, {"registered_on_understood": 2}, ("husband", 13, 18, 0), ("wife", 16, 15, 1)),
        book("death", 300, 0, {"death_date_understood": 1}, ("deceased", 17, 12, 2)),
    ]


def weights(of: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bins of 2 bits from -20 to 44: not found low, linked high, review between."""
    rows = []
    for each in of:
        for of_role in each["roles"]:
            for low in range(-20, 44, 2):
                rows.append(
                    {"dataset": each["dataset"], "role": of_role["role"], "from": float(low), "to": low + 2.0}
                    | {
                        "linked": _bell(of_role["linked"], low, 27, 5.5),
                        "review": _bell(of_role["review"], low, 8, 3),
                        "not_found": _bell(of_role["not_found"], low, -6, 4),
                    }
                )
    return rows


def _bell(count: int, low: int, centre: float, spread: float) -> int:
    return round(count * 2 / (spread * 2.507) * exp(-(((low + 1 - centre) / spread) ** 2) / 2))


def rules() -> list[dict[str, Any]]:
    """A score for every rule of every contract; every third rule has failures."""
    rows = []
    sizes = {each["dataset"]: each["received"] for each in books()}
    for dataset, contract in contracts.received().items():
        for number, rule in enumerate(contract.rules):
            failed = sizes[dataset] * (number * 7 % 23) // 260 if number % 3 == 1 else 0
            rows.append(
                {
                    "dataset": dataset,
                    "property": rule.property,
                    "rule": rule.name,
                    "criterion": rule.criterion,
                    "severity": rule.severity,
                    "checked": sizes[dataset],
                    "failed": failed,
                    "score": 100 * (1 - failed / sizes[dataset]),
                    "title_vi": rule.title_vi,
                    "title_en": rule.title_en,
                }
            )
    return rows


def quality(index: float = 96.43, level: str = "green") -> dict[str, Any]:
    """The quality part, with one dataset below each bound."""
    by_dataset = {
        "dossier": (95.21, 94.8, 97.3, 99.9, 93.2),
        "birth": (91.4, 88.9, 96.0, 99.1, None),
        "marriage": (92.2, 91.7, 97.7, 99.5, None),
        "death": (83.6, 74.2, 89.4, 99.97, None),
        "population": (99.6, 99.4, 99.9, 99.99, None),
        "enterprise": (99.98, 99.97, 100.0, 100.0, None),
    }
    scores = {
        name: dict(zip(("đúng", "đủ", "sạch", "thống nhất"), each[1:], strict=True))
        for name, each in by_dataset.items()
    }
    return {
        "index": index,
        "level": level,
        "by_criterion": {"đúng": 95.87, "đủ": 97.12, "sạch": 99.71, "thống nhất": 93.2},
        "by_dataset": {name: {"index": each[0], "by_criterion": scores[name]} for name, each in by_dataset.items()},
        "rules": rules(),
        "units": [dict(zip(("dataset", "unit", "rule", "failed", "checked"), each, strict=True)) for each in UNITS],
        "fields": [
            {"dataset": "dossier", "property": "owner_number", "is_identifier": True, "score": 99.99, "level": "red"}
            | {"to_fix": 131},
            {"dataset": "dossier", "property": "owner_name", "is_identifier": False, "score": 71.2, "level": "red"}
            | {"to_fix": 1728},
        ],
        "unit_scores": [
            {"dataset": dataset, "unit": unit, "record_count": checked, "to_fix_count": failed, "score": 91.3}
            | {"level": "green", "worst_rule": rule, "worst_rule_count": failed}
            for dataset, unit, rule, failed, checked in UNITS
        ],
        "trend": [
            {"run_id": f"r{day}", "started_at": f"2026-11-{day:02}T01:00:00+07:00", "index": 88.0 + day / 3}
            | {"by_dataset": {"dossier": 90.0 + day / 4, "death": 83.6}}
            for day in (3, 5, 8, 12, 19)
        ],
    }
