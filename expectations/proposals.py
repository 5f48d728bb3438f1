"""What might stand in place of a value that broke a rule: a repaired number, or what the record said before.

A proposal is never published by itself; a clerk accepts it, or not.
"""

import polars as pl

from contracts import Contract
from expectations.json_texts import as_object
from expectations.suites import suite

FORMER_VERSION = "former_version"
"""The repair of a value that the version of the record held now has."""


def properties_of(contract: Contract) -> dict[str, str]:
    """The property by rule, of the rules that concern one."""
    return {each.rule: each.property for each in suite(contract) if each.property}


def proposals(contract: Contract, rows: pl.DataFrame, former: pl.DataFrame | None) -> pl.Series:
    """JSON of each row: by offending property a `value` and its `repair`; null where nothing is proposed."""
    by_property: dict[str, list[str]] = {}
    for rule, name in properties_of(contract).items():
        by_property.setdefault(name, []).append(rule)
    beside = _with_former(contract, rows, former)
    texts = {name: _proposal(beside, name, rules) for name, rules in by_property.items()}
    members = [
        pl.when(text.is_not_null()).then(pl.concat_str(pl.lit(f'"{name}":'), text)) for name, text in texts.items()
    ]
    joined = pl.concat_str(members, separator=",", ignore_nulls=True)
    whole = pl.when(joined != "").then(pl.concat_str(pl.lit("{"), joined, pl.lit("}")))
    return beside.select(whole.alias("proposals")).to_series()


def _with_former(contract: Contract, rows: pl.DataFrame, former: pl.DataFrame | None) -> pl.DataFrame:
    names = [*contract.names, *(f"{name}__problem" for name in contract.names)]
    if former is None or "record_id" not in rows.columns or not set(names) <= set(former.columns):
        return rows
    wanted = former.filter(pl.col("record_id").is_in(rows["record_id"].drop_nulls().implode()))
    renamed = wanted.select("record_id", *(pl.col(name).alias(f"{name}__former") for name in names))
    return rows.join(renamed, on="record_id", how="left", maintain_order="left")


def _proposal(rows: pl.DataFrame, name: str, rules: list[str]) -> pl.Expr:
    is_offending = pl.col("rules").list.eval(pl.element().is_in(rules)).list.any()
    repaired = former = pl.lit(None, pl.String)
    if f"{name}__proposal" in rows.columns:
        value = pl.col(f"{name}__proposal")
        object_ = as_object({"value": value, "repair": pl.col(f"{name}__proposal_repair")})
        repaired = pl.when(value.is_not_null() & value.ne_missing(pl.col(name))).then(object_)
    if f"{name}__former" in rows.columns:
        value = pl.col(f"{name}__former")
        object_ = as_object({"value": value, "repair": pl.lit(FORMER_VERSION)})
        is_good = pl.col(f"{name}__problem__former").is_null() & value.is_not_null()
        former = pl.when(is_good & value.ne_missing(pl.col(name))).then(object_)
    return pl.when(is_offending).then(pl.coalesce(repaired, former))
