"""Reads the YAML contracts of this package into `Contract` objects."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Literal, get_args

import yaml

from contracts.errors import UnreadableContractError
from contracts.model import Contract, Freshness, Property, RowScope, Rule, Severity

Stage = Literal["received", "published"]
_SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, where PyYAML was built with it, is eight times as fast: most of what a short command waits for."""


def received() -> MappingProxyType[str, Contract]:
    """Contracts of the datasets that source systems send, by dataset."""
    return _load("received")


def published() -> MappingProxyType[str, Contract]:
    """Contracts of the tables that departments read, by table."""
    return _load("published")


@cache
def _load(stage: Stage) -> MappingProxyType[str, Contract]:
    folder = files("contracts").joinpath(stage)
    paths = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda each: each.name)
    contracts = [read_contract(path, stage) for path in paths]
    return MappingProxyType({each.dataset: each for each in contracts})


def read_contract(path: Traversable, stage: Stage) -> Contract:
    """One contract from its YAML file; UnreadableContractError names what is missing."""
    try:
        document = _SafeLoader(path.read_text(encoding="utf-8")).get_single_data()
        return _contract(document, stage)
    except (yaml.YAMLError, KeyError, IndexError, TypeError, ValueError) as exc:
        raise UnreadableContractError(path.name, f"{type(exc).__name__}: {exc}") from exc


def _contract(document: dict[str, Any], stage: Stage) -> Contract:
    table = document["schema"][0]
    custom = _custom(table)
    return Contract(
        dataset=document["name"],
        stage=stage,
        version=document["version"],
        title_vi=table["businessName"],
        description=table["description"],
        properties=tuple(_property(each) for each in table["properties"]),
        table_rules=tuple(_rule(each, None) for each in table.get("quality", ())),
        roles=tuple(custom.get("roles", ())),
        unit_property=custom.get("unitProperty"),
        row_scope=_row_scope(custom, stage),
        link_property=custom.get("linkProperty"),
        usual_source=custom.get("usualSource"),
        freshness=tuple(_freshness(each, document["name"]) for each in document.get("slaProperties", ())),
        may_shrink=custom.get("mayShrink", False),
    )


def _freshness(entry: dict[str, Any], dataset: str) -> Freshness:
    measure, unit = entry["property"], entry["unit"]
    if measure not in ("latency", "frequency") or unit != "d":
        raise ValueError(f"service level {measure!r} in {unit!r} is not latency or frequency in days (d)")
    element = entry.get("element")
    return Freshness(measure, int(entry["value"]), element.removeprefix(f"{dataset}.") if element else None)


def _property(entry: dict[str, Any]) -> Property:
    custom = _custom(entry)
    return Property(
        name=entry["name"],
        title_vi=entry["businessName"],
        description=entry["description"],
        logical_type=entry["logicalType"],
        physical_type=entry["physicalType"],
        classification=entry["classification"],
        is_required=entry["required"],
        key_position=entry["primaryKeyPosition"] if entry.get("primaryKey") else 0,
        kind=custom.get("kind", "text"),
        standard_type=custom.get("standardType", entry["physicalType"]),
        source_names=tuple(custom.get("sourceNames", ())),
        is_column_required=custom.get("columnRequired", False),
        rules=tuple(_rule(each, entry["name"]) for each in entry.get("quality", ())),
        labels=tuple((word, code) for code, words in custom.get("labels", {}).items() for word in words),
        origin=custom.get("origin"),
        description_vi=custom.get("descriptionVi"),
        references=_references(entry),
    )


def _references(entry: dict[str, Any]) -> tuple[str, str] | None:
    found = [each["to"].split(".") for each in entry.get("relationships", ())]
    if not found:
        return None
    ((table, column),) = found
    return table, column


def _rule(entry: dict[str, Any], owner: str | None) -> Rule:
    custom = _custom(entry)
    arguments = entry.get("arguments", {})
    return Rule(
        name=entry["name"],
        metric=entry["metric"],
        severity=_severity(entry["severity"]),
        criterion=custom["criterion"],
        title_vi=custom["descriptionVi"],
        title_en=entry["description"],
        property=owner,
        valid_values=tuple(arguments.get("validValues", ())),
        key=tuple(arguments.get("properties", ())),
    )


def _row_scope(custom: dict[str, Any], stage: Stage) -> RowScope | None:
    if stage == "received":
        return None
    if "unitProperty" in custom:
        return "unit"
    known: RowScope | None
    for known in (None, "linked", "everyone"):
        if custom.get("rowScope") == known:
            return known
    raise ValueError(f"rowScope {custom['rowScope']!r} is neither linked nor everyone")


def _severity(word: object) -> Severity:
    known: Severity
    for known in get_args(Severity):
        if word == known:
            return known
    raise ValueError(f"severity {word!r} is not one of {get_args(Severity)}")


def _custom(entry: dict[str, Any]) -> dict[str, Any]:
    return {each["property"]: each["value"] for each in entry.get("customProperties", ())}
