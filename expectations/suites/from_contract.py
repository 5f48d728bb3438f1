"""Checks that a contract's own quality rules ask for: one check a rule, whatever the dataset."""

from contracts import Contract, Rule
from contracts.errors import UnreadableContractError
from expectations.groups import ErrorGroup
from expectations.suites.check import Check, Demand, NoRowWhere, NotNull, Null, OneOf, Unique

EMPTY_DATE = "zero_date"
"""The problem of a date that a spreadsheet made of an empty cell: the value is missing, not misunderstood."""
DATE_KINDS = ("date", "datetime")
_GROUPS: dict[str, ErrorGroup] = {"missingValues": "missing", "invalidValues": "format", "duplicateValues": "duplicate"}


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
        demand=_demand(contract, rule),
        group=_GROUPS[rule.metric],
        source=f"contract {contract.dataset} {contract.version}",
        is_for_deletes=rule.property is None or contract[rule.property].key_position > 0,
    )


def _demand(contract: Contract, rule: Rule) -> Demand:
    match rule.metric, rule.property:
        case "missingValues", str(name):
            return _present(name, is_date=contract[name].kind in DATE_KINDS)
        case "invalidValues", str(name):
            return _understood(name, is_date=contract[name].kind in DATE_KINDS)
        case "duplicateValues", None:
            return Unique(("record_id",))
        case metric, _:
            raise UnreadableContractError(rule.name, f"no expectation for the metric {metric}")


def _present(name: str, *, is_date: bool) -> Demand:
    problem = f"{name}__problem"
    return NoRowWhere(f"{name} IS NULL OR {problem} = '{EMPTY_DATE}'", (name, problem)) if is_date else NotNull(name)


def _understood(name: str, *, is_date: bool) -> Demand:
    """The standardiser has judged the value, closed lists included; its word is not second-guessed here."""
    problem = f"{name}__problem"
    return OneOf(problem, (EMPTY_DATE,)) if is_date else Null(problem)
