"""How one dossier is judged by each indicator: met, not met, or null where the data cannot tell. Rules: DEFINITIONS.

Expressions over a dossier's standard columns, `ends_on` (the last day of the period it is counted in) and
`tells_reuse`.
"""

from dataclasses import dataclass, field
from functools import cache

import polars as pl

from expectations.indicators.definition import Variant

REFUSED, WITHDRAWN, STOPPED, FINISHED, RETURNED = 3, 7, 8, 9, 10
"""Codes of TrangThaiHoSo after which nothing more happens; 9 awaits only the hand-over."""
OPEN = (1, 2, 4, 6)
"""Still in the office's hands. 5 waits for a supplement and is neither open nor ended."""
ONLINE, IN_PERSON, BY_POST = 2, 1, 3
"""Codes of KenhThucHien."""
SYNC_FIELDS = (
    "dossier_code",
    "procedure_code",
    "procedure_name",
    "field_code",
    "field_name",
    "channel",
    "owner_name",
    "owner_type",
    "owner_number",
    "summary",
    "received_at",
    "due_at",
    "status",
    "processing_unit",
    "submission_place",
)
"""Fields nearly always present in the sync message DongBoHoSoMC (read from client code, no normative list)."""

_TIMES = ("due_at", "finished_at", "returned_at")
_FLAGS = (
    "has_digitised_part",
    "is_digitised",
    "is_reused",
    "is_from_national_store",
    "is_vneid_verified",
    "has_electronic_result",
)
COLUMNS = (
    *dict.fromkeys(f"{each}__std" for each in (*SYNC_FIELDS, *_TIMES, *_FLAGS)),
    *(f"{each}__problem" for each in ("channel", "finished_at", "returned_at")),
    "is_digitised",
)
"""What the measures read of a dossier held."""

_LAST_MOMENT = pl.duration(days=1) - pl.duration(microseconds=1)
_DIGITISATION_STATE = r"^\s*([0-3])(?:[.,]0+)?\s*$"
"""0 not digitised, 1 digitised, 2 and 3 reused; spreadsheets write 2.0."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`met`: whether a record counts in the numerator, null if unknown; `applies`: whether it is concerned at all."""

    met: pl.Expr
    applies: pl.Expr = field(default_factory=lambda: pl.lit(True))


@cache
def of_dossiers() -> dict[tuple[str, Variant], Measure]:
    """The measure of every indicator of service, by indicator and variant."""
    status, is_digitised = pl.col("status__std"), pl.col("is_digitised__std")
    has_result = status.is_in([FINISHED, RETURNED])
    electronic = pl.col("has_electronic_result__std")
    return {
        ("on_time", "official"): Measure(is_on_time()),
        ("on_time", "local"): Measure(is_on_time(), status.is_in([WITHDRAWN, FINISHED, RETURNED])),
        ("online", "official"): Measure(is_online()),
        ("electronic_result", "official"): Measure(electronic, has_result),
        # Three-valued: what is not digitised fails, whether or not its result is known.
        ("digitised", "official"): Measure(is_digitised & (~has_result | electronic)),
        ("reused", "official"): Measure(pl.col("has_digitised_part__std")),
        ("reused", "portal"): Measure(is_digitised),
        ("reused", "reuse_flag"): Measure(pl.col("is_reused__std")),
        ("reused", "local"): Measure(pl.when("tells_reuse").then(_is_reused_by_state())),
        ("national_store", "official"): Measure(pl.col("is_from_national_store__std")),
        ("population_data", "official"): Measure(pl.col("is_vneid_verified__std")),
        ("sync_ready", "official"): Measure(
            pl.all_horizontal(pl.col(f"{each}__std").is_not_null() for each in SYNC_FIELDS)
        ),
    }


def is_on_time() -> pl.Expr:
    """Whether a dossier ended, or its period did, by the time due."""
    due = pl.col("due_at__std")
    # A due day without a time stands at midnight, when no office is open: the whole day counts.
    is_day_only = due.dt.time() == pl.time(0, 0)
    return ended_at() <= pl.when(is_day_only).then(due + _LAST_MOMENT).otherwise(due)


def ended_at() -> pl.Expr:
    """When a dossier ended: finished, else returned; the end of its period while open; null where it is not known."""
    is_told = pl.all_horizontal(pl.col(f"{each}__problem").is_null() for each in ("finished_at", "returned_at"))
    is_open = pl.col("status__std").is_in(OPEN) & is_told
    closing = pl.col("ends_on").cast(pl.Datetime("us")) + _LAST_MOMENT
    return pl.coalesce("finished_at__std", "returned_at__std", pl.when(is_open).then(closing))


def is_online() -> pl.Expr:
    """Handed in online and with an electronic result; no channel means in person, an unknown one is not judged."""
    channel = pl.coalesce("channel__std", pl.when(pl.col("channel__problem").is_null()).then(IN_PERSON))
    return (channel == ONLINE) & pl.col("has_electronic_result__std")


def tells_reuse() -> pl.Expr:
    """Whether any dossier has a digitisation state that tells reuse: where all have 0 or 1, the state says nothing."""
    return _is_reused_by_state().any()


def _is_reused_by_state() -> pl.Expr:
    return pl.col("is_digitised").str.extract(_DIGITISATION_STATE, 1).is_in(["2", "3"])
