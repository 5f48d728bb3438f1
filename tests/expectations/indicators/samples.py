"""Dossiers as a source writes them, read by the standardiser, and the indicators of them."""

from pathlib import Path

import polars as pl

from contracts import received
from expectations.indicators import Material, indicators
from matching.standardise import standardise

GOLDEN = Path(__file__).parents[2] / "golden" / "indicators.csv"
USUAL = {
    "procedure_code": "1.001193",
    "received_at": "05/01/2026 08:00",
    "due_at": "12/01/2026 16:00",
    "finished_at": "10/01/2026 09:00",
    "status": "9",
    "channel": "1",
    "is_digitised": "1",
    "has_electronic_result": "1",
    "processing_unit": "UBND phường An Phú",
}
SETTLED = {"status": "linked", "role": "owner", "dataset": "dossier"}
NO_DECISIONS = pl.DataFrame(schema=dict.fromkeys(("dataset", "record_id", "role", "status", "evidence"), pl.String))
NO_QUARANTINE = pl.DataFrame(schema={"dataset": pl.String, "unit": pl.String, "day": pl.Date})


def golden() -> pl.DataFrame:
    """The hand-made dossiers with what each must come to."""
    return pl.read_csv(GOLDEN, infer_schema=False)


def dossiers(*changes: dict[str, str | None]) -> pl.LazyFrame:
    """Rows held of dossiers: the usual one, changed; a code whose day is not that of its receipt fails its rule."""
    contract = received()["dossier"]
    rows = [{"dossier_code": f"H09.26-260105-{at:04}"} | USUAL | each for at, each in enumerate(changes)]
    texts = {name: [row.get(name) for row in rows] for name in contract.names}
    frame = pl.DataFrame(texts, schema=dict.fromkeys(contract.names, pl.String))
    is_far = pl.col("received_at__std").dt.year() != 2026
    failed = pl.when(is_far).then(pl.lit(["code_date_near_received"])).otherwise(pl.lit([], pl.List(pl.String)))
    return standardise(frame.lazy(), contract).with_columns(failed_rules=failed)


def reckoned(held: pl.LazyFrame, dataset: str = "dossier", **material: pl.DataFrame) -> pl.DataFrame:
    """The table of indicators of one dataset."""
    return indicators(
        Material(
            held={dataset: held},
            decisions=material.get("decisions", NO_DECISIONS),
            disputed=material.get("disputed", NO_DECISIONS).select("dataset", "record_id", "role"),
            quarantined=material.get("quarantined", NO_QUARANTINE),
            faultless=("unicode_composed",),
        )
    )


def counts(table: pl.DataFrame, indicator: str, variant: str = "official", **where: str | None) -> tuple[int, int, int]:
    """Numerator, denominator and unknown of one row: all units and January 2026, unless said otherwise."""
    wanted = {"indicator": indicator, "variant": variant, "unit": "*", "period": "2026-01"} | where
    is_it = pl.all_horizontal(pl.col(name) == value for name, value in wanted.items() if value is not None)
    ((numerator, denominator, unknown),) = table.filter(is_it).select("numerator", "denominator", "unknown").rows()
    return numerator, denominator, unknown
