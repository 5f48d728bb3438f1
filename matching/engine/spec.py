"""What a linkage is made of: two tables, what is compared, which pairs are looked at, and what mistakes cost.

`spec_file` reads one from TOML; our own linkages build theirs in Python.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Option = str | int | float | bool | list[str] | list[float]
"""A value of an option in a TOML file."""


class Cardinality(StrEnum):
    """How many entries of the right table a record of the left may mean, and the other way round."""

    ONE_TO_ONE = "one-to-one"
    MANY_TO_ONE = "many-to-one"
    MANY_TO_MANY = "many-to-many"
    DEDUPE = "dedupe"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that both tables say, and how its values are compared."""

    field: str
    kind: str
    left: str
    """Column of the left table."""
    right: str
    options: Mapping[str, Option] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Key:
    """A form of a column that two records must share: `form` is one of `keys.FORMS`."""

    left: str
    right: str
    form: str = "value"

    @property
    def name(self) -> str:
        """As it is written in a TOML file."""
        return self.left if self.form == "value" else f"{self.left}:{self.form}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A blocking rule: pairs that agree on all its keys are looked at; without keys all pairs are."""

    keys: tuple[Key, ...]
    largest_block: int | None = None
    """Pairs of one key above which it is cut or set aside; the limit of the linkage where None."""

    @property
    def name(self) -> str:
        """The keys, as a person would say them."""
        return " + ".join(key.name for key in self.keys) or "all pairs"


@dataclass(frozen=True, slots=True)
class Costs:
    """What each mistake costs, and a minute of a steward who avoids it, in the same unit.

    Without `review` nobody looks at doubtful pairs: what maximises the expected F1 is linked.
    """

    false_link: float = 1.0
    miss: float = 1.0
    review: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is looked at; none of them changes what a pair weighs."""

    training_pairs: int = 1_000_000
    largest_block: int = 200_000
    """Pairs of one key of one rule; a larger block is cut by a further field, or set aside and reported."""
    pairs_at_once: int = 4_000_000
    rows_at_once: int = 500_000
    """Rows of a table read at a time."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A whole linkage."""

    left_id: str
    right_id: str
    comparisons: tuple[Comparison, ...]
    rules: tuple[Rule, ...] = ()
    """None: rules are chosen from the comparisons and the data."""
    cardinality: Cardinality = Cardinality.MANY_TO_ONE
    costs: Costs = Costs()
    limits: Limits = Limits()
    seed: int = 1

    @property
    def is_dedupe(self) -> bool:
        """Whether the left table is compared with itself."""
        return self.cardinality is Cardinality.DEDUPE

    @property
    def has_rivals(self) -> bool:
        """Whether a left record has one partner at most."""
        return self.cardinality in (Cardinality.ONE_TO_ONE, Cardinality.MANY_TO_ONE)
