"""The tally behind the quality index: rows checked and rows failed, by rule and by receiving unit."""

from collections.abc import Mapping

import polars as pl

from contracts import Contract, received
from expectations.suites import suite

ROW_READABLE = "row_readable"
"""The rule of rows that could not be read, whatever their reader calls it."""
ROWS_NEED_NO_REPAIR = "rows_need_no_repair"
"""The rule of rows that were clean as they came."""
UNIT_UNKNOWN = "?"

RULES = pl.Schema(
    {
        "dataset": pl.String,
        "rule": pl.String,
        "property": pl.String,
        "criterion": pl.String,
        "severity": pl.String,
        "checked": pl.Int64,
        "failed": pl.Int64,
        "score": pl.Float64,
        "title_vi": pl.String,
        "title_en": pl.String,
    }
)
UNITS = pl.Schema({"dataset": pl.String, "unit": pl.String, "rule": pl.String, "failed": pl.Int64, "checked": pl.Int64})

_ROWS = pl.Schema([("unit", pl.String()), ("rules", pl.List(pl.String()))])


def rows_of(contract: Contract, held: pl.DataFrame | None, quarantined: pl.DataFrame | None) -> pl.DataFrame:
    """All rows of a dataset, held or in quarantine: receiving unit, and rules broken."""
    parts = [_ROWS.to_frame()]
    if held is not None:
        parts.append(held.select("unit", rules="failed_rules"))
    if quarantined is not None:
        unit = pl.lit(None, pl.String)
        if contract.unit_property:
            unit = pl.col("original").str.json_path_match(f"$.{contract.unit_property}")
        own = quarantined.filter(pl.col("dataset") == contract.dataset)
        parts.append(own.select(unit=unit, rules=_known_rules(contract)))
    return pl.concat(parts).with_columns(pl.col("unit").fill_null(UNIT_UNKNOWN))


def _known_rules(contract: Contract) -> pl.Expr:
    known = [each.rule for each in suite(contract)]
    is_known = pl.element().is_in(known)
    return pl.col("rules").list.eval(pl.when(is_known).then(pl.element()).otherwise(pl.lit(ROW_READABLE))).list.unique()


def by_rule(
    rows: Mapping[str, pl.DataFrame], decisions: pl.DataFrame | None, repairs: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row for every rule of every dataset, failed or not: of `RULES`, by dataset and rule.

    A rule that a former suite had and this one has not is not scored.
    """
    found = [entry for dataset in sorted(rows) for entry in _suite_tally(received()[dataset], rows[dataset])]
    found += _register_tally(decisions) + _repair_tally(repairs)
    tally = pl.DataFrame(found, schema={name: kind for name, kind in RULES.items() if name != "score"})
    passed = pl.col("checked") - pl.col("failed")
    score = pl.when(pl.col("checked") > 0).then(passed / pl.col("checked") * 100)
    return tally.with_columns(score=score).select(RULES.names()).sort("dataset", "rule")


def _suite_tally(contract: Contract, rows: pl.DataFrame) -> list[dict[str, object]]:
    failed = dict(rows.select(pl.col("rules").explode().drop_nulls().value_counts()).unnest("rules").iter_rows())
    entries: list[dict[str, object]] = [
        {
            "rule": each.rule,
            "property": each.property,
            "criterion": each.criterion,
            "severity": each.severity,
            "title_vi": each.title_vi,
            "title_en": each.title_en,
        }
        for each in suite(contract)
    ]
    entries.append(
        {
            "rule": ROW_READABLE,
            "property": None,
            "criterion": "đúng",
            "severity": "error",
            "title_vi": "Dòng phải đọc được",
            "title_en": "the row can be read",
        }
    )
    counts = {"dataset": contract.dataset, "checked": rows.height}
    return [each | counts | {"failed": failed.get(each["rule"], 0)} for each in entries]


def _register_tally(decisions: pl.DataFrame | None) -> list[dict[str, object]]:
    """Agreement with the register: of the roles that could be looked up, how many were found."""
    if decisions is None:
        return []
    looked_up = decisions.filter(pl.col("status") != "unlinkable")
    counts = looked_up.group_by("dataset", "role").agg(checked=pl.len(), failed=(pl.col("status") != "linked").sum())
    return [
        {
            **each,
            "rule": f"{role}_found_in_register",
            "property": None,
            "criterion": "thống nhất",
            "severity": "warning",
            "title_vi": f"Vai trò {role} phải tìm thấy trong cơ sở dữ liệu quốc gia",
            "title_en": f"the {role} is found in the national register",
        }
        for role, each in ((row.pop("role"), row) for row in counts.iter_rows(named=True))
    ]


def _repair_tally(repairs: pl.DataFrame | None) -> list[dict[str, object]]:
    """Cleanness as received: of the rows held, how many could not be taken as they came."""
    if repairs is None:
        return []
    return [
        {
            **each,
            "rule": ROWS_NEED_NO_REPAIR,
            "property": None,
            "criterion": "sạch",
            "severity": "warning",
            "title_vi": "Dòng nên dùng được ngay, không phải sửa khi chuẩn hóa",
            "title_en": "the row needs no repair when it is standardised",
        }
        for each in repairs.select("dataset", "checked", "failed").iter_rows(named=True)
    ]


def by_unit(rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Rules that rows of a receiving unit broke, of `UNITS`: the most failures first. Registers have no such units."""
    parts = [UNITS.to_frame()]
    for dataset, frame in rows.items():
        if received()[dataset].roles:
            totals = frame.group_by("unit").agg(checked=pl.len().cast(pl.Int64))
            failed = (
                frame.explode("rules").drop_nulls("rules").group_by("unit", "rules").agg(failed=pl.len().cast(pl.Int64))
            )
            parts.append(
                failed.join(totals, on="unit")
                .rename({"rules": "rule"})
                .with_columns(dataset=pl.lit(dataset))
                .select(UNITS.names())
            )
    return pl.concat(parts).sort("failed", "dataset", "unit", "rule", descending=[True, False, False, False])
