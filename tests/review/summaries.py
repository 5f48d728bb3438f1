"""Run summaries as the nightly flow writes them: a big first run, its delta, held, nothing new, failed, hostile."""

from typing import Any

from tests.review.summary_parts import book, books, quality, repairs, weights


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
