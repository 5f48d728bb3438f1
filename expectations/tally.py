"""The tally behind the quality index: rows checked and rows failed, by rule and by receiving unit."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from contracts import Contract, received
from expectations.across import AcrossRule
from expectations.catalogue import FACTS, ROW_READABLE, ROWS_NEED_NO_REPAIR, of_dataset
from expectations.suites import suite

UNIT_UNKNOWN = "?"

RULES = pl.Schema(
    {
        "dataset": pl.String,
        "rule": pl.String,
        "property": pl.String,
        "criterion": pl.String,
        "severity": pl.String,
        "error_group": pl.String,
        "checked": pl.Int64,
        "failed": pl.Int64,
        "score": pl.Float64,
        "title_vi": pl.String,
        "title_en": pl.String,
    }
)
ROWS = pl.Schema([("unit", pl.String()), ("rules", pl.List(pl.String())), ("is_held", pl.Boolean())])
"""One row for each row of a dataset, held or in quarantine: receiving unit, rules broken."""
COUNTS = pl.Schema(
    {"dataset": pl.String, "rule": pl.String, "unit": pl.String, "checked": pl.Int64, "failed": pl.Int64}
)
"""Rows checked and failed of each rule and receiving unit; the unit is null of registers and of rules over a whole."""


def rows_of(
    contract: Contract, held: pl.DataFrame | None, quarantined: pl.DataFrame | None, across: Iterable[AcrossRule] = ()
) -> pl.DataFrame:
    """All rows of a dataset, held or in quarantine, as `ROWS`; a rule that no suite has any more is left out.

    A row in quarantine counts for its unit only where rows held name that unit: in a row whose columns are shifted,
    anything may stand in the unit's place, a person's name too.
    """
    known = [*(each.rule for each in suite(contract)), *(each.rule for each in across), ROW_READABLE]
    parts = [ROWS.to_frame()]
    offices = ROWS.to_frame()["unit"] if held is None else held["unit"].unique()
    if held is not None:
        rules = pl.col("failed_rules").list.set_intersection(pl.lit(known, pl.List(pl.String)))
        parts.append(held.select("unit", rules=rules, is_held=True))
    if quarantined is not None:
        unit = pl.lit(None, pl.String)
        if contract.unit_property:
            named = pl.col("original").str.json_path_match(f"$.{contract.unit_property}")
            unit = pl.when(named.is_in(offices.drop_nulls().implode())).then(named)
        own = quarantined.filter(pl.col("dataset") == contract.dataset)
        parts.append(own.select(unit=unit, rules=_known_or_unreadable(known), is_held=False))
    return pl.concat(parts).with_columns(pl.col("unit").fill_null(UNIT_UNKNOWN))


def _known_or_unreadable(known: list[str]) -> pl.Expr:
    is_known = pl.element().is_in(known)
    return pl.col("rules").list.eval(pl.when(is_known).then(pl.element()).otherwise(pl.lit(ROW_READABLE))).list.unique()


def of_rows(dataset: str, rows: pl.DataFrame, across: Iterable[AcrossRule] = ()) -> pl.DataFrame:
    """The tally of the rules over the rows of a dataset, by unit: `COUNTS`, one row a rule and unit, failed or not."""
    has_units = bool(received()[dataset].roles)
    placed = rows if has_units else rows.with_columns(unit=pl.lit(None, pl.String))
    units = placed.group_by("unit").agg(rows=pl.len(), held=pl.col("is_held").sum())
    failed = placed.explode("rules").drop_nulls("rules").group_by("unit", rule="rules").agg(failed=pl.len())
    across_names = [each.rule for each in across if each.dataset == dataset]
    rules = pl.DataFrame({"rule": [each["rule"] for each in of_dataset(dataset, across)]})
    # Rows in quarantine were never held against the others.
    checked = pl.when(pl.col("rule").is_in(across_names)).then("held").otherwise("rows")
    return (
        units.join(rules, how="cross")
        .join(failed, on=["unit", "rule"], how="left", nulls_equal=True)
        .select(
            "rule",
            "unit",
            dataset=pl.lit(dataset),
            checked=checked.cast(pl.Int64),
            failed=pl.col("failed").fill_null(0).cast(pl.Int64),
        )
        .select(COUNTS.names())
    )


def of_register(decisions: pl.DataFrame | None) -> pl.DataFrame:
    """Agreement with the register: of the roles that could be looked up, how many were found."""
    if decisions is None:
        return COUNTS.to_frame()
    unit = pl.col("unit").fill_null(UNIT_UNKNOWN) if "unit" in decisions.columns else pl.lit(None, pl.String)
    looked_up = decisions.filter(pl.col("status") != "unlinkable").with_columns(unit=unit)
    counts = looked_up.group_by("dataset", "role", "unit").agg(
        checked=pl.len().cast(pl.Int64), failed=(pl.col("status") != "linked").sum().cast(pl.Int64)
    )
    return counts.with_columns(rule=pl.format("{}_found_in_register", "role")).select(COUNTS.names())


def of_repairs(repairs: pl.DataFrame | None) -> pl.DataFrame:
    """Cleanness as received: of the rows held, how many could not be taken as they came."""
    if repairs is None:
        return COUNTS.to_frame()
    unit = pl.col("unit") if "unit" in repairs.columns else pl.lit(None, pl.String)
    return repairs.with_columns(rule=pl.lit(ROWS_NEED_NO_REPAIR), unit=unit).select(COUNTS.names())


def of_freshness(late: Mapping[str, Mapping[str, bool]]) -> pl.DataFrame:
    """The tally of freshness: one dataset checked a rule. `late` says by dataset and rule whether it failed."""
    entries = [
        (dataset, rule, None, 1, int(is_late)) for dataset, rules in late.items() for rule, is_late in rules.items()
    ]
    return pl.DataFrame(entries, schema=COUNTS, orient="row")


def with_facts(counts: pl.DataFrame, known: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """The counts with what each rule is, and its score; the columns of `RULES`, and `unit` where the counts have it."""
    told = pl.DataFrame(list(known), schema=dict.fromkeys(FACTS, pl.String))
    passed = pl.col("checked") - pl.col("failed")
    score = pl.when(pl.col("checked") > 0).then(passed / pl.col("checked") * 100)
    names = [*RULES.names(), *(each for each in ("unit",) if each in counts.columns)]
    return counts.join(told, on=["dataset", "rule"]).with_columns(score=score).select(names)
