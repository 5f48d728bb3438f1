"""Checks that a contract's own quality rules ask for: one check a rule, whatever the dataset."""

from contracts import Contract, Rule
from contracts.errors import UnreadableContractError
from expectations.suites.check import Check, Demand, NotNull, Null, Unique


def from_contract(contract: Contract) -> tuple[Check, ...]:
    """A check for every quality rule of the contract, in the contract's order."""
    return tuple(_check(contract, rule) for rule in contract.rules)


def _check(contract: Contract, rule: Rule) -> Check:
    return Check(
        rule=rule.name,
        property=rule.property,
        criterion=rule.criterion,
        severity=rule.severity,
        title_vi=rule.title_vi,
        title_en=rule.title_en,
        demand=_demand(rule),
        source=f"contract {contract.dataset} {contract.version}",
        is_for_deletes=rule.property is None or contract[rule.property].key_position > 0,
    )


def _demand(rule: Rule) -> Demand:
    match rule.metric, rule.property:
        case "missingValues", str(name):
            return NotNull(name)
        case "invalidValues", str(name):
            # The standardiser has judged the value, closed lists included; its word is not second-guessed here.
            return Null(f"{name}__problem")
        case "duplicateValues", None:
            return Unique(("record_id",))
        case metric, _:
            raise UnreadableContractError(rule.name, f"no expectation for the metric {metric}")
