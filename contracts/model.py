"""A data contract as value objects: the part of ODCS v3 that drives mapping, staging, checks and documentation."""

from dataclasses import dataclass, field
from typing import Literal

from contracts.errors import UnknownPropertyError

Severity = Literal["error", "warning"]
"""`error`: a row that fails goes to quarantine; `warning`: it goes on and the failure is counted."""


Classification = Literal["public", "internal", "personal", "sensitive"]
"""How closely a column is kept, from open to closest."""

RowScope = Literal["unit", "linked", "everyone"]
"""Whose a row of a published table is: its unit's; theirs whose rows name it; or everyone's."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One quality rule of a contract (an ODCS `quality` entry of type `library`)."""

    name: str
    metric: str
    severity: Severity
    criterion: str
    """One of the five criteria of the data-quality index: đúng, đủ, sạch, sống, thống nhất."""
    title_vi: str
    title_en: str
    property: str | None = None
    """The property it checks; None for a rule over the whole row."""
    valid_values: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    """For `duplicateValues`: the properties that together are unique."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How current a dataset has to be (an ODCS `slaProperties` entry)."""

    measure: Literal["latency", "frequency"]
    """`latency`: age of the newest record when delivered; `frequency`: time from one delivery to the next."""
    days: int
    element: str | None = None
    """For `latency`: the property that dates a record."""


@dataclass(frozen=True, slots=True)
class Property:
    """One column of a dataset."""

    name: str
    title_vi: str
    description: str
    logical_type: str
    physical_type: str
    """PostgreSQL type of the column (received datasets: of the text as it came)."""
    classification: Classification
    is_required: bool
    key_position: int = 0
    """1-based position in the key, 0 when not part of it."""
    kind: str = "text"
    """How the standardiser reads it (received datasets only), for example `person_name` or `date`."""
    standard_type: str = "text"
    """PostgreSQL type of the standard value (received datasets only)."""
    source_names: tuple[str, ...] = ()
    """Names under which source systems send it."""
    is_column_required: bool = False
    """Whether a delivery without this column is refused."""
    rules: tuple[Rule, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    """(word, code): the words that sources write instead of a code of the list."""
    origin: str | None = None
    """Published datasets: `dataset.property` of the received property it comes from."""
    description_vi: str | None = None
    """What the Vietnamese title does not say by itself; None where it does."""
    references: tuple[str, str] | None = None
    """Published datasets: table and column in which its value must exist (an ODCS `relationships` entry)."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One dataset: its columns in order, its key and its quality rules."""

    dataset: str
    stage: Literal["received", "published"]
    version: str
    title_vi: str
    description: str
    properties: tuple[Property, ...]
    table_rules: tuple[Rule, ...] = ()
    roles: tuple[str, ...] = ()
    """Roles of the persons or enterprises that a row names, for example `child`, `mother`, `father`."""
    unit_property: str | None = None
    """The property that names the office a row came through."""
    row_scope: RowScope | None = None
    """Published datasets: whose rows they are; None keeps them from every department."""
    link_property: str | None = None
    """Rows of scope `linked`: the property that rows of a unit name, the first of the key unless said otherwise."""
    usual_source: str | None = None
    freshness: tuple[Freshness, ...] = ()
    may_shrink: bool = False
    """Whether a release may empty the table unasked: one of faults, which are there to be repaired."""
    _by_name: dict[str, Property] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {each.name: each for each in self.properties})

    def __getitem__(self, name: str) -> Property:
        """The property of that name; UnknownPropertyError names the known ones."""
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownPropertyError(self.dataset, name, tuple(self._by_name)) from None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all properties, in order."""
        return tuple(self._by_name)

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key properties, in key order."""
        keyed = [each for each in self.properties if each.key_position]
        return tuple(each.name for each in sorted(keyed, key=lambda each: each.key_position))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All quality rules: those of the properties in order, then those of the row."""
        return tuple(rule for each in self.properties for rule in each.rules) + self.table_rules

    def of_kind(self, *kinds: str) -> tuple[Property, ...]:
        """The properties that the standardiser reads as one of these kinds."""
        return tuple(each for each in self.properties if each.kind in kinds)
