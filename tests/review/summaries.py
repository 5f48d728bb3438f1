"""Run summaries as the nightly flow writes them: a big first run, its delta, held, nothing new, failed, hostile."""

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


def published() -> dict[str, Any]:
    """The first run of a small province: one delivery refused, one accepted with a warning."""
    of = books()
    sources = {"population-db": 20000, "business-registry": 1500, "one-stop": 6000, "civil-registry": 1500}
    deliveries: list[dict[str, Any]] = [
        {
            "delivery_id": f"{source}/2026-11-20",
            "source": source,
            "kind": "full",
            "status": "accepted",
            "rows": rows,
            "problems": [],
        }
        for source, rows in sources.items()
    ]
    deliveries[2]["problems"] = [EXTRA_FIELDS]
    return {
        "run_id": "2026-11-21T01-00-00",
        "started_at": "2026-11-21T01:00:00+07:00",
        "finished_at": "2026-11-21T01:00:41.300000+07:00",
        "status": "published",
        "release": 1,
        "previous_release": None,
        "message_vi": "28.932 dòng được chấp nhận, 31 dòng bị cách ly, 37 dòng không đổi.",
        "message_en": "28,932 rows were accepted, 31 quarantined, 37 unchanged.",
        "deliveries": [*deliveries, REFUSED],
        "books": of,
        "holdings": [{**each, "held": each["accepted"]} for each in of],
        "weights": weights(of),
        "cases": [dict(zip(CASE_KEYS, each, strict=True)) for each in CASES],
        "second_opinion": [
            {
                "reference": "population",
                "challenger": "naive Bayes",
                "labels": 61,
                "doubtful": 40,
                "share": 0.125,
                "former": [{"started_at": "2026-11-20T01:00:00+07:00", "share": 0.2}],
            }
        ],
        "quality": quality(),
        "repairs": repairs(),
        "indicators": indicators(),
        "quarantine": {
            "waiting": 31,
            "within_verify": 12,
            "within_fix": 10,
            "over": 9,
            "units": [
                {"unit": "UBND phường Vĩnh Phú", "dataset": "birth", "waiting": 31, "answered": 0, "within_verify": 12}
                | {"within_fix": 10, "over": 9, "oldest_days": 17}
            ],
        },
        "changes": [
            {"table": table, "added": added, "changed": 0, "removed": 0} for table, added in PUBLISHED_ROWS.items()
        ],
        "checks": [
            {
                "gate": 2,
                "table": table,
                "rule": "key_is_unique",
                "success": True,
                "failed": 0,
                "title_vi": "Khóa duy nhất",
                "title_en": "Key is unique",
            }
            for table in PUBLISHED_ROWS
        ],
        "stages": [{"stage": stage, "seconds": seconds, "reused": False} for stage, seconds in STAGE_SECONDS.items()],
        "matching": [
            {
                "reference": "population",
                "memory": "used",
                "profiles": 8710,
                "profiles_anew": 266,
                "entries": 19_950,
                "entries_anew": 341,
                "pairs": 21_914,
                "pairs_compared": 1_111,
            }
        ],
        "peak_memory_mib": 612.4,
        "versions": {"doisoat": "0.1.0", "standardiser": "1", "model": "simple-1"},
        "report": "reports/2026-11-21T01-00-00.html",
    }


CASE_KEYS = ("status", "reason", "count", "dataset", "role", "reference", "entries", "evidence")
CASES = (
    (
        "review",
        "relative_as_likely",
        61,
        "dossier",
        "owner",
        "population",
        19998,
        '{"name":["exact",11.2],"birth_date":["different",-6.31],"sex":["same",0.3],"commune":["same",4.23]}',
    ),
    (
        "linked",
        "identifier_and_name",
        3221,
        "birth",
        "mother",
        "population",
        19998,
        '{"name":["unaccented",10.8],"birth_date":["year",5.6],"number":["own",18.36],"commune":["province",-1.4]}',
    ),
)

EXTRA_FIELDS = {
    "code": "too_many_fields",
    "dataset": "dossier",
    "file": "dossier.part1.csv",
    "row": 4211,
    "column": None,
    "vi": "Dòng 4211 của tệp dossier.part1.csv có 35 trường, nhiều hơn 34 cột. "
    "Bọc trường có dấu phẩy trong dấu nháy kép rồi giao lại.",
    "en": "Row 4211 of dossier.part1.csv has 35 fields, more than its 34 columns. "
    "Quote fields that hold a comma and deliver again.",
}
REFUSED = {
    "delivery_id": "civil-registry/2026-11-19",
    "source": "civil-registry",
    "kind": "delta",
    "status": "refused",
    "rows": 212,
    "problems": [
        {
            "code": "missing_column",
            "dataset": "birth",
            "file": "birth.csv",
            "row": 1,
            "column": "ngaySinh",
            "vi": "Tệp birth.csv thiếu cột bắt buộc ngaySinh. Xuất lại tệp có đủ cột rồi giao lại.",
            "en": "birth.csv lacks the required column ngaySinh. Export the file with all columns and deliver again.",
        },
        {
            "code": "checksum",
            "dataset": "death",
            "file": "death.jsonl",
            "row": None,
            "column": None,
            "vi": "Mã kiểm tra của tệp death.jsonl không khớp bản kê: tệp bị hỏng khi chuyển. Chép lại tệp từ nguồn.",
            "en": "The checksum of death.jsonl differs from the manifest: the file was damaged. Copy it again.",
        },
    ],
}
PUBLISHED_ROWS = {"birth": 791, "death": 299, "dossier": 5950, "enterprise": 612, "marriage": 397, "person": 7034}
STAGE_SECONDS = {
    "pull": 0.8,
    "read": 3.4,
    "standardise": 6.2,
    "stage": 4.1,
    "gate_one": 8.6,
    "match": 7.9,
    "resolve": 1.6,
    "gate_two": 3.1,
    "publish": 2.4,
    "export": 0.9,
}


def delta() -> dict[str, Any]:
    """The next day: a small delta on top of the first run, one stage reused, no refusals."""
    run = published()
    of = [
        book("dossier", 260, 12, {"received_at_understood": 1}, ("owner", 9, 17, 5)),
        book("birth", 40, 0, {}, ("child", 1, 9, 0), ("mother", 2, 2, 0), ("father", 1, 3, 4)),
        book("population", 120, 120, {}),
    ]
    stages = [
        {"stage": each, "seconds": seconds / 3, "reused": each == "pull"} for each, seconds in STAGE_SECONDS.items()
    ]
    grown = [each | {"held": each["held"] * 102 // 100} for each in run["holdings"]]
    changes = {
        "holdings": grown,
        "run_id": "2026-11-22T01-00-00",
        "started_at": "2026-11-22T01:00:00+07:00",
        "finished_at": "2026-11-22T01:03:12+07:00",
        "release": 2,
        "previous_release": 1,
        "message_vi": "288 dòng được chấp nhận, 1 dòng bị cách ly.",
        "message_en": "288 rows were accepted, 1 quarantined.",
        "deliveries": run["deliveries"][2:4],
        "books": of,
        "weights": weights(of),
        "quality": quality(94.2),
        "changes": [
            {"table": "dossier", "added": 201, "changed": 44, "removed": 2},
            {"table": "person", "added": 178, "changed": 31, "removed": 0},
        ],
        "stages": stages,
    }
    return run | changes


def held() -> dict[str, Any]:
    """A run whose candidate failed gate two."""
    check = {
        "gate": 2,
        "table": "dossier",
        "rule": "row_change",
        "success": False,
        "failed": 1830,
        "title_vi": "Số dòng bị bỏ không quá 10% bản trước",
        "title_en": "No more than 10% of the last release's rows disappear",
    }
    changes = {
        "status": "held",
        "release": None,
        "previous_release": 2,
        "message_vi": "Bản mới làm mất 1.830 hồ sơ so với bản 2.",
        "message_en": "The new release would lose 1,830 dossiers of release 2.",
    }
    return delta() | changes | {"quality": quality(81.0, "yellow"), "checks": [check, *delta()["checks"]]}


def waiting() -> dict[str, Any]:
    """A run whose candidate exceeds a limit and waits for an approval."""
    unit = {"table": "dossier", "unit": "UBND phường Phú Lợi", "changed": 61, "lost": 61, "harm": 1891}
    other = {"table": "birth", "unit": None, "added": 3, "harm": 0}
    changes = {
        "status": "held",
        "release": 2,
        "previous_release": 2,
        "message_vi": "Bản ứng viên 3f2a91c0 chờ phê duyệt.",
        "message_en": "Candidate 3f2a91c0 waits for approval.",
        "candidate": "3f2a91c0",
        "would_change": {
            "tables": [{"table": "dossier", "changed": 61, "lost": 61}, {"table": "birth", "added": 3}],
            "units": [unit, other],
            "unit_count": 31,
            "joined": 2,
            "split": 1,
        },
        "held_because": [
            {"limit": "max_lost_share", "vi": "dossier: 61 liên kết bị mất", "en": "dossier: 61 links lost"}
        ],
    }
    return delta() | changes | {"changes": []}


def nothing_new() -> dict[str, Any]:
    """The same delivery again: all of it seen before."""
    run = published()
    seen = [each | {"status": "seen", "problems": []} for each in run["deliveries"][:4]]
    return run | {
        "status": "nothing_new",
        "release": 1,
        "previous_release": 1,
        "deliveries": seen,
        "books": [],
        "weights": [],
        "changes": [],
        "checks": [],
        "message_vi": "Mọi lần giao đều đã được nhận trước đó.",
        "message_en": "Every delivery was seen before.",
    }


def failed() -> dict[str, Any]:
    """A run that ended before it did anything: nothing but a message."""
    return {
        "run_id": "2026-11-23T01-00-00",
        "started_at": "2026-11-23T01:00:00+07:00",
        "finished_at": None,
        "status": "failed",
        "release": None,
        "previous_release": 2,
        "message_vi": "Không mở được cơ sở dữ liệu. Kiểm tra máy chủ PostgreSQL rồi chạy lại.",
        "message_en": "The database cannot be opened. Check the PostgreSQL server and run again.",
    }


HOSTILE = "<script>alert('x')</script> & \"Phường\" {{ 7*7 }} </style>"


def hostile() -> dict[str, Any]:
    """Markup in every place that a delivery can write to."""
    problem = dict.fromkeys(("code", "dataset", "file", "column", "vi", "en"), HOSTILE) | {"row": 1}
    run = published()
    of = book(HOSTILE, 100, 0, {HOSTILE: 3}, (HOSTILE, 2, 2, 2))
    of["roles"][0]["by_reason"]["linked"] = {HOSTILE: 91}
    unit = {"dataset": HOSTILE, "unit": HOSTILE, "rule": HOSTILE, "failed": 3, "checked": 9}
    return run | {
        "run_id": HOSTILE,
        "status": HOSTILE,
        "message_vi": HOSTILE,
        "message_en": HOSTILE,
        "books": [of],
        "weights": weights([of]),
        "started_at": HOSTILE,
        "deliveries": [
            {
                "delivery_id": HOSTILE,
                "source": HOSTILE,
                "kind": HOSTILE,
                "status": "refused",
                "rows": 1,
                "problems": [problem],
            }
        ],
        "quality": quality()
        | {"units": [unit], "by_dataset": {HOSTILE: {"index": 1.0, "by_criterion": {HOSTILE: 2.0}}}},
        "repairs": {
            "totals": [{"dataset": HOSTILE, "property": HOSTILE, "repair": HOSTILE, "rows": 3, "share": 0.3}],
            "units": [{"dataset": HOSTILE, "unit": HOSTILE, "repair": HOSTILE, "rows": 3, "held": 9}],
        },
        "changes": [{"table": HOSTILE, "added": 1, "changed": 1, "removed": 1}],
        "would_change": {"units": [{"table": HOSTILE, "unit": HOSTILE, "lost": 1}], "unit_count": 1},
        "held_because": [{"limit": HOSTILE, "vi": HOSTILE, "en": HOSTILE}],
        "stages": [{"stage": HOSTILE, "seconds": 1.0, "reused": True}],
        "versions": {HOSTILE: HOSTILE},
    }


def rate(indicator: str, variant: str, numerator: int, denominator: int, **where: Any) -> dict[str, Any]:
    """One indicator of all dossiers in 2026, unless said otherwise."""
    usual = {"dataset": "dossier", "role": "record", "unit": "*", "period": "2026", "unknown": 0, "points": None}
    share = round(100 * numerator / denominator, 2) if denominator else None
    counts = {"numerator": numerator, "denominator": denominator, "rate": share}
    return {"indicator": indicator, "variant": variant} | usual | counts | where


def indicators() -> dict[str, Any]:
    """The indicators of a province: two rules for reuse, three months, two units and the owner's links."""
    months = [rate("on_time", "official", 90 + at, 100, period=f"2026-{at + 9:02}") for at in range(3)]
    return {
        "newest": {"dossier": "2026-11-19"},
        "year": "2026",
        "rates": [
            rate("on_time", "official", 2426, 2525, unknown=55),
            rate("reused", "official", 1867, 2580, points=1.81),
            rate("reused", "reuse_flag", 0, 0, unknown=2580),
            rate("found", "own", 2445, 2555, role="owner"),
            rate("quarantined", "own", 3, 2583),
        ],
        "months": months,
        "units": [
            rate("on_time", "official", 160, 173, unit="UBND phường Dĩ An"),
            rate("reused", "official", 9, 10, unit="?"),
        ],
    }
