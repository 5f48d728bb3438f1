"""Errors of the contracts.

ContractError
├── UnreadableContractError   a YAML file that is not a contract
└── UnknownPropertyError      a property the contract does not have
"""

from difflib import get_close_matches


class ContractError(Exception):
    """Something about a contract is wrong."""


class UnreadableContractError(ContractError):
    """The YAML file lacks what a contract needs."""

    def __init__(self, path: str, problem: str) -> None:
        self.path, self.problem = path, problem
        super().__init__(f"contract {path}: {problem}")


class UnknownPropertyError(ContractError):
    """The contract has no property of that name."""

    def __init__(self, dataset: str, name: str, known: tuple[str, ...]) -> None:
        self.dataset, self.name, self.known = dataset, name, known
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        super().__init__(f"contract {dataset} has no property {name}{hint} (known: {', '.join(known)})")
