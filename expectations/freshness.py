"""Freshness: is the newest record of a dataset recent, and is it delivered in the rhythm that its contract states?

Reckoned from the days that deliveries are named after and from the records, never from the clock, so that the same
deliveries give the same answer whenever they are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from contracts import Contract, Freshness

NEWEST_RECORD_RECENT, DELIVERED_IN_RHYTHM = "newest_record_recent", "delivered_in_rhythm"
MISSED_DELIVERIES = 3
"""A delivery is late when the third in a row is missing: a weekend is no delay. Own judgement."""


@dataclass(frozen=True, slots=True)
class FreshnessRule:
    """One rule over a dataset as a whole: it counts one dataset, not its rows."""

    rule: str
    property: str | None
    title_vi: str
    title_en: str
    source: str


def rules(contract: Contract) -> tuple[FreshnessRule, ...]:
    """The rules that the contract's service levels ask for."""
    return tuple(_rule(contract, each) for each in contract.freshness)


def _rule(contract: Contract, level: Freshness) -> FreshnessRule:
    source = f"contract {contract.dataset} {contract.version}, slaProperties {level.measure}"
    if level.measure == "latency":
        return FreshnessRule(
            NEWEST_RECORD_RECENT,
            level.element,
            f"Bản ghi mới nhất phải trong vòng {level.days} ngày trước lần giao mới nhất",
            f"the newest record is of the {level.days} days before the newest delivery",
            source,
        )
    days = level.days * MISSED_DELIVERIES
    return FreshnessRule(
        DELIVERED_IN_RHYTHM,
        None,
        f"Lần giao mới nhất không được chậm quá {days} ngày so với các nguồn khác",
        f"the newest delivery is at most {days} days behind those of other sources",
        f"{source}; MISSED_DELIVERIES",
    )


def failures(contract: Contract, rows: pl.LazyFrame, delivered_on: Mapping[str, date]) -> dict[str, bool]:
    """Whether each rule fails, by rule; a rule is left out where a day is unknown.

    `delivered_on` is the day of the newest delivery, by dataset.
    """
    own = delivered_on.get(contract.dataset)
    if own is None:
        return {}
    found = {}
    for each in contract.freshness:
        if each.element is not None:
            newest = _newest(rows, f"{each.element}__std", own)
            if newest is not None:
                found[NEWEST_RECORD_RECENT] = newest < own - timedelta(days=each.days)
        else:
            late = max(delivered_on.values()) - own
            found[DELIVERED_IN_RHYTHM] = late > timedelta(days=each.days * MISSED_DELIVERIES)
    return found


def _newest(rows: pl.LazyFrame, column: str, until: date) -> date | None:
    # A record from the future is a typing error and proves nothing.
    days = rows.select(pl.col(column).cast(pl.Date)).filter(pl.col(column) <= until)
    newest = days.max().collect(engine="streaming").item()
    return newest if isinstance(newest, date) else None
