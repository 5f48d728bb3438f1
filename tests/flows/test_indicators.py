"""What the flow hands to the indicators."""

import json
from datetime import date

import polars as pl

from flows.indicators import placed


def test_rows_in_quarantine_are_read_as_a_delivery_would_be():
    originals = [
        ("dossier", {"processing_unit": "  UBND  xã A ", "received_at": "05/01/2026 08:00"}),
        ("dossier", {"received_at": "hôm qua"}),
        ("birth", {"registration_place": "UBND xã B", "registered_on": "20260109"}),
        ("birth", {"line": "một dòng không đọc được"}),
        ("population", {"full_name": "An"}),
    ]
    rows = [{"dataset": dataset, "original": json.dumps(each, ensure_ascii=False)} for dataset, each in originals]
    assert placed(pl.DataFrame(rows)).rows() == [
        ("birth", "UBND xã B", date(2026, 1, 9)),
        ("birth", None, None),
        ("dossier", "UBND xã A", date(2026, 1, 5)),
        ("dossier", None, None),
    ]
