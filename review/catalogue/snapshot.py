"""What the database and the exports say at one moment: releases, rows, the quality last scored, Parquet checksums."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import warehouse
from review.report.summary import Run
from warehouse.catalogue import Facts, Release

RUNS_LOOKED_AT = 20
"""A run that failed early scored nothing; so far back the last score is looked for."""
_SETTLED = ("published", "nothing_new")
"""Runs whose quality is that of what is published; a held one scored what departments do not see."""


@dataclass(frozen=True, slots=True)
class Export:
    """One table of a release as a Parquet file."""

    file: str
    rows: int
    sha256: str
    byte_size: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was published when the catalogue was made."""

    facts: Facts
    run: Run | None = None
    """The last run whose quality is that of what is published."""
    exports: Mapping[str, Export] = field(default_factory=dict)
    """By table; empty where the workspace holds no export of the release."""

    @property
    def release(self) -> Release:
        """The release that holds."""
        return self.facts.releases[0]


def read(conn: warehouse.Connection, releases: Path) -> Snapshot | None:
    """The state of the database and of the exports in the folder `releases`; None before the first release."""
    facts = warehouse.catalogue.facts(conn)
    if not facts.releases:
        return None
    runs = (Run.model_validate(each) for each in warehouse.runs(conn, RUNS_LOOKED_AT))
    scored = (each for each in runs if each.status in _SETTLED and each.quality.index is not None)
    return Snapshot(facts, next(scored, None), _exports(releases / f"release-{facts.releases[0].number:06d}"))


def _exports(folder: Path) -> dict[str, Export]:
    # An export is written whole or not at all, but a person may have taken a file away.
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return {}
    tables = json.loads(manifest.read_text(encoding="utf-8"))["tables"]
    return {
        table: Export(each["file"], each["rows"], each["sha256"], path.stat().st_size)
        for table, each in tables.items()
        if (path := folder / each["file"]).is_file()
    }
