"""What a linkage says of a role: where a dataset keeps what it says of somebody, and how often that can be."""

from dataclasses import dataclass

from matching.engine.spec import Cardinality


@dataclass(frozen=True, slots=True)
class Role:
    """Where a dataset keeps what it says of one role; None where it says nothing."""

    name: str
    person: str
    """Property of the name."""
    numbers: tuple[str, ...] = ()
    birth_date: str | None = None
    sex: str | int | None = None
    """A property, or the code that the role implies."""
    places: tuple[str, ...] = ()
    """Commune codes, addresses and offices that say where the person lives."""
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    event_date: str | None = None
    namesake: tuple[str, str] | None = None
    """Name and number of whoever handed the record in: the person's own number where the names agree."""
    mother: tuple[str, str] | None = None
    father: tuple[str, str] | None = None
    spouse: tuple[str, str] | None = None
    child: tuple[str, str, str] | None = None
    cardinality: Cardinality = Cardinality.MANY_TO_ONE
    """One to one: a person is born once and dies once."""
