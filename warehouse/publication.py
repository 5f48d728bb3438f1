"""What a run hands over to be published, and what publishing did: the values between the flow and the warehouse."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a run publishes besides the candidate tables."""

    run_id: str
    state: str
    """Fingerprint of all holdings and decisions the candidate was made from."""
    holdings: Mapping[str, str]
    """Fingerprint of the rows held, by dataset."""
    deliveries: pl.DataFrame
    """delivery_id, source, kind, fingerprint, rows."""
    decisions: pl.DataFrame
    """DECISIONS of all records held, one row a record and role, with whom each names (`identity.identified`)."""
    lineage: pl.DataFrame
    """record_id, dataset, delivery_id, file, row of every record held."""
    entities: pl.DataFrame
    """entity_id, kind, reference_id (null for who stands in no register), successor_id (of ids retired)."""
    quarantine: pl.DataFrame
    """quarantine_id, dataset, record_id, delivery_id, file, row, rules, original."""
    flags: pl.DataFrame
    """What speaks against stewards' verdicts now: the columns of `incoming_flag`."""
    quality_index: float | None = None


@dataclass(frozen=True, slots=True)
class TableChange:
    """How many rows of a table a release added, changed and removed."""

    table: str
    added: int
    changed: int
    removed: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Published:
    """The release that holds after publishing."""

    release: int | None
    """None as long as nothing was ever published."""
    is_new: bool
    changes: tuple[TableChange, ...]
    links: TableChange
    """Decisions opened, replaced and closed in the link history."""


INCOMING: Mapping[str, Mapping[str, pl.DataType]] = {
    "incoming_link": {
        "dataset": pl.String(),
        "record_id": pl.String(),
        "role": pl.String(),
        "reference": pl.String(),
        "reference_id": pl.String(),
        "status": pl.String(),
        "reason": pl.String(),
        "weight": pl.Float64(),
        "runner_up_weight": pl.Float64(),
        "evidence": pl.String(),
        "model": pl.String(),
        "decider": pl.String(),
        "decided_by": pl.String(),
        "about_on": pl.Date(),
        "local_id": pl.String(),
        "entity_id": pl.String(),
    },
    "incoming_lineage": {
        "record_id": pl.String(),
        "dataset": pl.String(),
        "delivery_id": pl.String(),
        "file": pl.String(),
        "row": pl.Int64(),
    },
    "incoming_entity": {
        "entity_id": pl.String(),
        "kind": pl.String(),
        "reference_id": pl.String(),
        "successor_id": pl.String(),
    },
    "incoming_flag": {
        "record_id": pl.String(),
        "role": pl.String(),
        "reference": pl.String(),
        "reference_id": pl.String(),
        "verdict": pl.String(),
        "kind": pl.String(),
        "other_id": pl.String(),
        "odds": pl.Float64(),
        "evidence": pl.String(),
    },
    "incoming_quarantine": {
        "quarantine_id": pl.String(),
        "dataset": pl.String(),
        "record_id": pl.String(),
        "delivery_id": pl.String(),
        "file": pl.String(),
        "row": pl.Int64(),
        "rules": pl.List(pl.String()),
        "original": pl.String(),
    },
    "incoming_delivery": {
        "delivery_id": pl.String(),
        "source": pl.String(),
        "kind": pl.String(),
        "fingerprint": pl.String(),
        "rows": pl.Int64(),
    },
}
"""Columns of the frames of a publication, by the table beside the candidate's own that takes them."""


def incoming_frames(publication: Publication) -> dict[str, pl.DataFrame]:
    """The frames of a publication by the table that takes them."""
    return {
        "incoming_link": publication.decisions,
        "incoming_lineage": publication.lineage,
        "incoming_entity": publication.entities,
        "incoming_flag": publication.flags,
        "incoming_quarantine": publication.quarantine,
        "incoming_delivery": publication.deliveries,
    }
