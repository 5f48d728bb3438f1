"""The suites: one function a received dataset, named after it, and one for the tables of a release."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from contracts import Contract
from expectations.suites.birth import birth
from expectations.suites.check import Check
from expectations.suites.death import death
from expectations.suites.dossier import dossier
from expectations.suites.enterprise import enterprise
from expectations.suites.from_contract import from_contract
from expectations.suites.marriage import marriage
from expectations.suites.population import population

CROSS_FIELD: Mapping[str, Callable[[], tuple[Check, ...]]] = MappingProxyType(
    {each.__name__: each for each in (birth, death, dossier, enterprise, marriage, population)}
)
"""The hand-written suites by dataset."""


def suite(contract: Contract) -> tuple[Check, ...]:
    """All checks of a received dataset: those of its contract, then those across its fields."""
    across = CROSS_FIELD.get(contract.dataset)
    return from_contract(contract) + (across() if across else ())


__all__ = ["CROSS_FIELD", "Check", "suite"]
