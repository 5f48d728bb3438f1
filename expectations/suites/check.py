"""A check: what must hold, in words and for the database. Plain data; `expectations.library` runs it."""

from dataclasses import dataclass

from expectations.groups import ErrorGroup
from expectations.results import Severity


@dataclass(frozen=True, slots=True)
class NotNull:
    """The column has a value."""

    column: str


@dataclass(frozen=True, slots=True)
class Null:
    """The column has no value."""

    column: str


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows share these columns' values."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column's value is in a closed list."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoRowWhere:
    """No row meets this SQL condition; it states the failure, and an unknown (NULL) is no failure."""

    condition: str
    columns: tuple[str, ...]
    """The columns that the condition reads."""


@dataclass(frozen=True, slots=True)
class RowCount:
    """The table has at least and at most so many rows."""

    minimum: int
    maximum: int | None = None


Demand = NotNull | Null | Unique | OneOf | NoRowWhere | RowCount


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of a suite: the business sentence beside what the database has to verify."""

    rule: str
    property: str | None
    criterion: str
    severity: Severity
    title_vi: str
    title_en: str
    demand: Demand
    group: ErrorGroup
    """What kind of error a failure is."""
    source: str
    """Where the rule or its threshold comes from."""
    is_for_deletes: bool = False
    """Whether rows that withdraw an earlier one are held to it, too; they carry a key and nothing else."""


def columns_of(demand: Demand) -> tuple[str, ...]:
    """The columns that the demand reads."""
    match demand:
        case NotNull(column) | Null(column) | OneOf(column, _):
            return (column,)
        case Unique(columns) | NoRowWhere(_, columns):
            return columns
        case RowCount():
            return ()


@dataclass(frozen=True, slots=True)
class RowRule:
    """A hand-written rule across the fields of a row: `fails` is the SQL condition of a failing row."""

    rule: str
    property: str
    criterion: str
    title_vi: str
    title_en: str
    fails: str
    reads: tuple[str, ...]
    source: str
    group: ErrorGroup = "contradiction"
    severity: Severity = "warning"

    def check(self) -> Check:
        """The rule as a check."""
        return Check(
            rule=self.rule,
            property=self.property,
            criterion=self.criterion,
            severity=self.severity,
            title_vi=self.title_vi,
            title_en=self.title_en,
            demand=NoRowWhere(self.fails, self.reads),
            group=self.group,
            source=self.source,
        )
