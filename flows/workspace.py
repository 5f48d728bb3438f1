"""Where things lie in the workspace folder; every path of the flows is made here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder of one installation. No file name in it holds personal data."""

    root: Path

    @property
    def raw(self) -> Path:
        """Raw files as delivered, addressed by content."""
        return self.root / "raw"

    @property
    def postgresql(self) -> Path:
        """The embedded PostgreSQL."""
        return self.root / "postgresql"

    @property
    def prefect(self) -> Path:
        """Prefect's home: its profile and its database of runs."""
        return self.root / "prefect"

    @property
    def releases(self) -> Path:
        """Parquet exports, one folder a release."""
        return self.root / "releases"

    @property
    def repairs(self) -> Path:
        """The repair log of all rows held, a Parquet a dataset."""
        return self.root / "repairs"

    @property
    def queried(self) -> Path:
        """Deliveries made from query sources; itself a drop folder."""
        return self.root / "queried"

    @property
    def corrected(self) -> Path:
        """Deliveries made from answers to quarantined rows; itself a drop folder."""
        return self.root / "corrected"

    @property
    def matched(self) -> Path:
        """The pairs that the last run's matching looked at; may be removed at any time."""
        return self.root / "matched"

    @property
    def anchors(self) -> Path:
        """Heads of the audit log, a line each."""
        return self.root / "audit-heads.jsonl"

    def run(self, run_id: str) -> Path:
        """Summary and report of a run."""
        return self.root / "runs" / run_id

    def work(self, fingerprint: str) -> Path:
        """Results of the stages of a run that has not ended yet."""
        return self.root / "work" / fingerprint

    def holding(self, dataset: str, fingerprint: str) -> Path:
        """All rows held of a dataset, standardised; the name is a function of the content."""
        return self.root / "holdings" / dataset / f"{fingerprint}.parquet"

    def prepare(self) -> None:
        """Creates the folder, readable by its owner only."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
