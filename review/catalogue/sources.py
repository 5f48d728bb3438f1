"""What a catalogue is made of: who publishes, the contracts, the indicators, and the state of the database if any."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import contracts
from contracts import Contract
from review.catalogue.snapshot import Snapshot
from review.report.language import Label


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the catalogue; what is not said stays out of the pages."""

    title: Label
    name: Label | None = None
    contact: str | None = None
    email: str | None = None
    phone: str | None = None
    home: str | None = None
    """Address at which the folder is served, with a slash at its end; the names in DCAT begin with it."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """The definition of one service indicator: a rate, and what is assumed in it."""

    code: str
    title: Label
    numerator: Label
    denominator: Label
    note: Label
    source: str
    """The text that defines it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that the pages tell."""

    publisher: Publisher
    snapshot: Snapshot | None = None
    """None where no database was looked at, or nothing is published yet."""
    indicators: tuple[Indicator, ...] = ()
    received: Mapping[str, Contract] = field(default_factory=contracts.received)
    published: Mapping[str, Contract] = field(default_factory=contracts.published)
