"""The run summary as typed, frozen values; whatever a run did not get to is simply empty.

A run that failed early writes only a message, and an older run may lack a newer part. The report must still be printed
then, so every part has a default and a null counts as absent.
"""

from math import inf
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Part(BaseModel):
    """A piece of the summary: frozen, indifferent to fields it does not know, null is absent."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:  # noqa: ANN401  (pydantic hands over whatever the JSON held)
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


class Problem(Part):
    """One thing wrong with a delivery, said in both languages."""

    code: str = ""
    dataset: str | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    vi: str = ""
    en: str = ""


class Delivery(Part):
    """One delivery that the run looked at."""

    delivery_id: str = ""
    source: str = ""
    kind: str = ""
    status: str = ""
    rows: int = 0
    problems: tuple[Problem, ...] = ()


class RoleBook(Part):
    """What became of the persons or enterprises that accepted rows name in one role."""

    role: str = ""
    linked: int = 0
    review: int = 0
    not_found: int = 0
    unlinkable: int = 0
    by_reason: dict[str, dict[str, int]] = Field(default_factory=dict)

    @property
    def total(self) -> int:
        """Records with a decision in this role."""
        return self.linked + self.review + self.not_found + self.unlinkable

    def of(self, status: str) -> int:
        """The count of one decision status."""
        return int(getattr(self, status))


class Book(Part):
    """The books of one dataset: `received` and its parts for this run, `held` for what is published now."""

    dataset: str = ""
    received: int = 0
    unchanged: int = 0
    accepted: int = 0
    quarantined: int = 0
    quarantined_by_rule: dict[str, int] = Field(default_factory=dict)
    held: int = 0
    roles: tuple[RoleBook, ...] = ()


class WeightBin(Part):
    """How many decisions of each status fell in one bin of match weight (bits); an end not given is open."""

    dataset: str = ""
    role: str = ""
    low: float = Field(default=-inf, alias="from")
    high: float = Field(default=inf, alias="to")
    linked: int = 0
    review: int = 0
    not_found: int = 0

    @property
    def total(self) -> int:
        """Decisions in the bin."""
        return self.linked + self.review + self.not_found


class Case(Part):
    """A typical decision of one reason: its evidence, and of how many entries the register had to choose from."""

    status: str = ""
    reason: str = ""
    count: int = 0
    dataset: str = ""
    role: str = ""
    reference: str = ""
    entries: int = 0
    evidence: str = ""
    difference: float | None = None
    """Between the model's probability and the challenger's, where there is one."""


class Effort(Part):
    """How much of the matching against one register was done anew."""

    reference: str = ""
    memory: str = ""
    profiles: int = 0
    profiles_anew: int = 0
    entries: int = 0
    entries_anew: int = 0
    pairs: int = 0
    pairs_compared: int = 0


class FormerShare(Part):
    """How far challenger and model disagreed in a former run."""

    started_at: str = ""
    share: float = 0.0


class SecondOpinion(Part):
    """What the challenger, taught by stewards' decisions, says of the doubtful decisions on one register."""

    reference: str = ""
    challenger: str = ""
    labels: int = 0
    doubtful: int = 0
    share: float = 0.0
    former: tuple[FormerShare, ...] = ()


class RuleScore(Part):
    """How one quality rule fared."""

    dataset: str = ""
    property: str | None = None
    rule: str = ""
    criterion: str = ""
    severity: str = ""
    error_group: str = ""
    checked: int = 0
    failed: int = 0
    score: float | None = None
    title_vi: str = ""
    title_en: str = ""


class UnitFailures(Part):
    """How often rows of one receiving unit broke one rule."""

    dataset: str = ""
    unit: str = ""
    rule: str = ""
    failed: int = 0
    checked: int = 0


class UnitScore(Part):
    """How one receiving unit fares in one dataset."""

    dataset: str = ""
    unit: str = ""
    record_count: int = 0
    to_fix_count: int = 0
    score: float | None = None
    level: str | None = None
    worst_rule: str | None = None
    worst_rule_count: int = 0


class FieldScore(Part):
    """How one field fares; an identifier must be perfect."""

    dataset: str = ""
    property: str = ""
    is_identifier: bool = False
    score: float | None = None
    level: str | None = None
    to_fix: int = 0


class FormerIndex(Part):
    """The quality index as a former run found it."""

    run_id: str = ""
    started_at: str = ""
    index: float | None = None
    by_dataset: dict[str, float] = Field(default_factory=dict)


class DatasetQuality(Part):
    """The quality index of one dataset, whole and by criterion."""

    index: float | None = None
    to_fix: int | None = None
    """Rows that break a rule; None where an older run did not count them."""
    by_criterion: dict[str, float | None] = Field(default_factory=dict)


class Quality(Part):
    """The data-quality index and what lies behind it."""

    index: float | None = None
    level: str | None = None
    by_criterion: dict[str, float | None] = Field(default_factory=dict)
    by_dataset: dict[str, DatasetQuality] = Field(default_factory=dict)
    rules: tuple[RuleScore, ...] = ()
    units: tuple[UnitFailures, ...] = ()
    fields: tuple[FieldScore, ...] = ()
    unit_scores: tuple[UnitScore, ...] = ()
    trend: tuple[FormerIndex, ...] = ()


class RepairTotal(Part):
    """How many rows held one repair touched in one field."""

    dataset: str = ""
    property: str = ""
    repair: str = ""
    rows: int = 0
    share: float = 0.0


class UnitRepairs(Part):
    """How many of a receiving unit's rows needed one repair."""

    dataset: str = ""
    unit: str = ""
    repair: str = ""
    rows: int = 0
    held: int = 0


class Repairs(Part):
    """What standardising repaired in the rows held."""

    totals: tuple[RepairTotal, ...] = ()
    units: tuple[UnitRepairs, ...] = ()


class Rate(Part):
    """One published indicator: of one unit and period, by one rule."""

    indicator: str = ""
    variant: str = ""
    dataset: str = ""
    role: str = ""
    unit: str = ""
    period: str = ""
    numerator: int = 0
    denominator: int = 0
    unknown: int = 0
    rate: float | None = None
    points: float | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Indicator and variant."""
        return self.indicator, self.variant

    @property
    def counted(self) -> int:
        """Records concerned, judged or not."""
        return self.denominator + self.unknown


class Indicators(Part):
    """The indicators of the running year, those of service by month, and the largest units'."""

    newest: dict[str, str] = Field(default_factory=dict)
    year: str = ""
    rates: tuple[Rate, ...] = ()
    months: tuple[Rate, ...] = ()
    units: tuple[Rate, ...] = ()


class UnitWaiting(Part):
    """How long one receiving unit's rows have waited in quarantine."""

    unit: str = ""
    dataset: str = ""
    waiting: int = 0
    answered: int = 0
    within_verify: int = 0
    within_fix: int = 0
    over: int = 0
    oldest_days: int = 0


class Waiting(Part):
    """The rows that wait in quarantine after the run, against the days to verify and to correct."""

    waiting: int = 0
    within_verify: int = 0
    within_fix: int = 0
    over: int = 0
    units: tuple[UnitWaiting, ...] = ()


class Discrepancies(Part):
    """How many linked records differ from the register in one field and in one way."""

    field: str = ""
    kind: str = ""
    gravity: int = 0
    count: int = 0
    confirmed: int = 0
    register_likely_wrong: int = 0


class OfficeTickets(Part):
    """What one office was asked to repair, and how it fared."""

    office: str = ""
    open_count: int = 0
    overdue_count: int = 0
    repaired_count: int = 0
    returned_count: int = 0
    median_repair_days: float | None = None


class Change(Part):
    """What the run changed in one published table."""

    table: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0


class UnitChange(Part):
    """What a candidate changes for one receiving unit of one table."""

    table: str = ""
    unit: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    linked: int = 0
    lost: int = 0
    reidentified: int = 0
    joined: int = 0
    split: int = 0


class WouldChange(Part):
    """What the run's candidate changes, published or not; units by the harm a mistake would do."""

    tables: tuple[UnitChange, ...] = ()
    units: tuple[UnitChange, ...] = ()
    unit_count: int = 0
    joined: int = 0
    split: int = 0

    @property
    def touched(self) -> tuple[UnitChange, ...]:
        """The tables with a change to a link; what else changed is told elsewhere."""
        return tuple(each for each in self.tables if each.linked or each.lost or each.reidentified)


class HeldBecause(Part):
    """Why a release waits for an approval."""

    limit: str = ""
    vi: str = ""
    en: str = ""


class Check(Part):
    """One check on the release candidate."""

    gate: int = 0
    table: str = ""
    rule: str = ""
    success: bool = True
    failed: int = 0
    title_vi: str = ""
    title_en: str = ""


class StageTime(Part):
    """How long one stage took, and whether its result came from an interrupted run."""

    stage: str = ""
    seconds: float = 0.0
    reused: bool = False


class Run(Part):
    """Everything the report tells about one run."""

    run_id: str = ""
    started_at: str = ""
    finished_at: str = ""
    status: str = ""
    release: int | None = None
    previous_release: int | None = None
    message_vi: str = ""
    message_en: str = ""
    deliveries: tuple[Delivery, ...] = ()
    books: tuple[Book, ...] = ()
    holdings: tuple[Book, ...] = ()
    weights: tuple[WeightBin, ...] = ()
    cases: tuple[Case, ...] = ()
    second_opinion: tuple[SecondOpinion, ...] = ()
    matching: tuple[Effort, ...] = ()
    quality: Quality = Field(default_factory=Quality)
    repairs: Repairs = Field(default_factory=Repairs)
    indicators: Indicators = Field(default_factory=Indicators)
    quarantine: Waiting = Field(default_factory=Waiting)
    discrepancies: tuple[Discrepancies, ...] = ()
    tickets: tuple[OfficeTickets, ...] = ()
    changes: tuple[Change, ...] = ()
    would_change: WouldChange = Field(default_factory=WouldChange)
    candidate: str | None = None
    held_because: tuple[HeldBecause, ...] = ()
    checks: tuple[Check, ...] = ()
    stages: tuple[StageTime, ...] = ()
    peak_memory_mib: float | None = None
    versions: dict[str, str | None] = Field(default_factory=dict)
