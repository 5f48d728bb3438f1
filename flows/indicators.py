"""The material of the indicators: rows held, decisions, and the quarantine read as far as unit and day go."""

from collections.abc import Mapping

import polars as pl

from contracts import Contract, received
from expectations.indicators import IndicatorReport, Material, disputed, report
from expectations.indicators.table import DAY
from flows.repairs import NO_FAULTS
from matching.standardise import standardise


def reckon(held: Mapping[str, pl.LazyFrame], decisions: pl.DataFrame, quarantined: pl.DataFrame) -> IndicatorReport:
    """The indicators of the rows held; `quarantined` is of the quarantine's shape (`dataset`, `original`)."""
    material = Material(
        held=held,
        decisions=decisions.select("dataset", "record_id", "role", "status"),
        disputed=disputed(decisions),
        quarantined=placed(quarantined),
        faultless=NO_FAULTS,
    )
    return report(material)


def placed(quarantined: pl.DataFrame) -> pl.DataFrame:
    """Unit and day of the rows in quarantine, read from their originals as a delivery would be: dataset, unit, day."""
    empty = pl.DataFrame(schema={"dataset": pl.String, "unit": pl.String, "day": pl.Date})
    parts = [_placed(quarantined.filter(pl.col("dataset") == dataset), received()[dataset]) for dataset in sorted(DAY)]
    return pl.concat([empty, *parts])


def _placed(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    unit, day = contract.unit_property, DAY[contract.dataset]
    texts = {
        name: pl.col("original").str.json_path_match(f"$.{name}") if name in (unit, day) else pl.lit(None, pl.String)
        for name in contract.names
    }
    read = standardise(rows.lazy().select(**texts), contract)
    return read.select(
        dataset=pl.lit(contract.dataset), unit=pl.col(f"{unit}__std"), day=pl.col(f"{day}__std").cast(pl.Date)
    ).collect()
