"""Who occurs in local records: published persons and enterprises, in a register or not, and the dossiers of each.

Pure polars like `warehouse.candidate`. What a register says of somebody is published where a record is linked to it,
else what the most recent record says; nothing is put together from several records.
"""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from contracts import published, received
from warehouse.candidate import in_contract_order
from warehouse.copy import POLARS_TYPES
from warehouse.identity import REGISTERS, Kind, entity_ids

_KEYS: Mapping[Kind, str] = MappingProxyType({"person": "citizen_id", "enterprise": "enterprise_code"})
_SAID: Mapping[str, tuple[str, pl.DataType]] = MappingProxyType(
    {
        "name": ("{}_name__std", pl.String()),
        "sex": ("{}_sex__std", pl.Int16()),
        "birth_date": ("{}_birth_date__std", pl.Date()),
        "birth_date_precision": ("{}_birth_date__precision", pl.String()),
        "ethnicity": ("{}_ethnicity__std", pl.String()),
    }
)
"""What a record says of a role: the column of its dataset, if it has one, and the type."""
_PUBLISHED_AS = MappingProxyType(
    {
        "person": {each: each for each in _SAID if each != "name"} | {"full_name": "name"},
        "enterprise": {"enterprise_name": "name"},
    }
)
"""By kind: the published column of what a record says."""


def appearances(held: Mapping[str, pl.LazyFrame], identified: pl.DataFrame) -> pl.DataFrame:
    """One row per record and role that names somebody: the columns of `identified`, what it says, its delivery.

    The most recent record comes first, the undated last. Registers among `held` name nobody by a role.
    """
    empty = pl.DataFrame(schema={"record_id": pl.String(), "role": pl.String()}).with_columns(
        *(pl.lit(None, dtype).alias(each) for each, (_, dtype) in _SAID.items()), delivery_id=pl.lit(None, pl.String)
    )
    said = [_said(rows, role) for dataset, rows in held.items() for role in received()[dataset].roles]
    named = identified.filter(pl.col("entity_id").is_not_null())
    told = named.join(pl.concat([empty, *pl.collect_all(said)]), on=["record_id", "role"], how="inner")
    return told.sort(
        ["about_on", "record_id", "role"], descending=[True, False, False], nulls_last=True, maintain_order=True
    )


def _said(rows: pl.LazyFrame, role: str) -> pl.LazyFrame:
    present = rows.collect_schema().names()
    said = [
        (pl.col(column.format(role)) if column.format(role) in present else pl.lit(None)).cast(dtype).alias(each)
        for each, (column, dtype) in _SAID.items()
    ]
    return rows.select("record_id", pl.lit(role).alias("role"), *said, pl.col("_delivery_id").alias("delivery_id"))


def person_table(register: pl.LazyFrame | None, seen: pl.DataFrame) -> pl.DataFrame:
    """The published persons: all who occur in `appearances`."""
    is_dossier = pl.col("dataset") == "dossier"
    counts = {
        "dossier_count": is_dossier.sum().cast(pl.Int32),
        "event_count": (~is_dossier).sum().cast(pl.Int32),
        "death_id": pl.col("record_id").filter(pl.col("role") == "deceased").min(),
    }
    return _entity_table("person", register, seen, counts)


def enterprise_table(register: pl.LazyFrame | None, seen: pl.DataFrame) -> pl.DataFrame:
    """The published enterprises and other bodies: all that occur in `appearances`."""
    return _entity_table("enterprise", register, seen, {"dossier_count": pl.len().cast(pl.Int32)})


def person_dossier_table(seen: pl.DataFrame) -> pl.DataFrame:
    """The published pairs of person and dossier, linked or not."""
    own = seen.filter((pl.col("kind") == "person") & (pl.col("dataset") == "dossier"))
    renamed = own.select(
        "role",
        "delivery_id",
        person_id="entity_id",
        dossier_id="record_id",
        link_status="status",
        link_reason="reason",
        received_on="about_on",
    )
    return in_contract_order(renamed, published()["person_dossier"])


def _entity_table(
    kind: Kind, register: pl.LazyFrame | None, seen: pl.DataFrame, counts: Mapping[str, pl.Expr]
) -> pl.DataFrame:
    contract = published()[kind]
    said = _PUBLISHED_AS[kind]
    ofs = seen.filter(pl.col("kind") == kind).group_by("entity_id", maintain_order=True)
    local = ofs.agg(
        **counts,
        reference_id=pl.col("reference_id").filter(pl.col("status") == "linked").first(),
        first_record_on=pl.col("about_on").min(),
        last_record_on=pl.col("about_on").max(),
        sources=pl.col("delivery_id").unique().sort(),
        **{f"local_{each}": pl.col(column).first() for each, column in said.items()},
    )
    known = _register_rows(kind, register)
    table = local.join(known, left_on="reference_id", right_on=_KEYS[kind], how="left", coalesce=False)
    is_known = pl.col(_KEYS[kind]).is_not_null()
    values = [
        pl.when(is_known).then(each if each in known.columns else pl.lit(None)).otherwise(f"local_{each}").alias(each)
        for each in said
    ]
    sources = pl.concat_list("sources", pl.concat_list("register_delivery_id").list.drop_nulls())
    told = table.with_columns(*values, sources.alias("sources"), is_in_register=is_known)
    return in_contract_order(told.rename({"entity_id": f"{kind}_id"}), contract)


def _register_rows(kind: Kind, register: pl.LazyFrame | None) -> pl.DataFrame:
    """What the register publishes of its entries, and the delivery of each."""
    contract, entries = published()[kind], received()[REGISTERS[kind]]
    both = [each for each in contract.names if each in entries.names]
    if register is None:
        types = {each: POLARS_TYPES[contract[each].physical_type] for each in both}
        return pl.DataFrame(schema=types | {"register_delivery_id": pl.String()})
    columns = [pl.col(f"{each}__std").alias(each) for each in both]
    columns += [
        pl.col(f"{each.name}__precision").alias(f"{each.name}_precision")
        for each in entries.of_kind("date")
        if f"{each.name}_precision" in contract.names
    ]
    return register.select(*columns, pl.col("_delivery_id").alias("register_delivery_id")).collect()


def entities(register: pl.LazyFrame | None, identified: pl.DataFrame, secret: bytes) -> pl.DataFrame:
    """Ids of all who occur, and the forwarding of ids that a re-issued citizen ID retired.

    Columns: entity_id, kind, reference_id (null where in no register), successor_id (null while the id occurs).
    """
    is_linked = pl.col("status") == "linked"
    occurring = identified.filter(pl.col("entity_id").is_not_null())
    current = occurring.group_by("entity_id").agg(
        pl.col("kind").first(),
        reference_id=pl.col("reference_id").filter(is_linked).first(),
        successor_id=pl.lit(None, pl.String),
    )
    retired = _retired(register, current, secret)
    return pl.concat([current, retired.select(current.columns)]).sort("kind", "entity_id")


def _retired(register: pl.LazyFrame | None, current: pl.DataFrame, secret: bytes) -> pl.DataFrame:
    if register is None:
        return current.clear()
    of_persons = current.filter((pl.col("kind") == "person") & pl.col("reference_id").is_not_null())
    renewed = (
        register.select(former="former_citizen_id__std", successor="citizen_id__std")
        .drop_nulls()
        .collect()
        .join(of_persons, left_on="successor", right_on="reference_id", how="inner")
        # Of two who claim one former number the choice must not depend on the order of rows.
        .sort("successor")
    )
    retired = renewed.select(
        entity_ids("person", renewed["former"], secret).alias("entity_id"),
        "kind",
        reference_id="former",
        successor_id="entity_id",
    )
    return retired.unique("entity_id", keep="first", maintain_order=True).join(current, on="entity_id", how="anti")
