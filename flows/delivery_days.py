"""The day of the newest delivery of each dataset, as the folders of the deliveries are named: never the clock."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from flows.receipt import Receipt

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def newest(
    held: Mapping[str, pl.LazyFrame], taken_in: Iterable[tuple[str, str]], receipts: Iterable[Receipt]
) -> dict[str, date]:
    """By dataset, the newest day among all deliveries of the sources that it is held from; left out if none tells.

    `taken_in` are id and fingerprint of the deliveries of former runs; of the receipts the accepted ones count.
    """
    ids = [delivery_id for delivery_id, _ in taken_in]
    ids += [each.delivery_id for each in receipts if each.status == "accepted"]
    days: dict[str, date] = {}
    for each in ids:
        source, _, name = each.partition("/")
        day = day_of(name)
        if day is not None:
            days[source] = max(day, days.get(source, day))
    found = {dataset: [days[each] for each in _sources(rows) if each in days] for dataset, rows in held.items()}
    return {dataset: max(own) for dataset, own in found.items() if own}


def day_of(name: str) -> date | None:
    """The day that the name of a delivery begins with, if any."""
    match = _DAY.match(name)
    if match is None:
        return None
    try:
        return date.fromisoformat(match[0])
    except ValueError:
        return None


def _sources(rows: pl.LazyFrame) -> list[str]:
    source = pl.col("_delivery_id").str.split("/").list.first()
    return rows.select(source.unique()).collect().to_series().drop_nulls().to_list()
