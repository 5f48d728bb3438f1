"""Standardises one column: each distinct value is read once, and vectorised where its form is the usual one."""

import polars as pl

from contracts import Property
from matching.standardise import addresses, identifiers, name_parts, names, organisations
from matching.standardise.kinds import Kind, kind_of
from matching.standardise.reading import read_through
from matching.standardise.units.change import read_codes

_STANDARD_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(), "date": pl.Date(), "timestamp": pl.Datetime("us"),
    "smallint": pl.Int16(), "boolean": pl.Boolean(),
}  # fmt: skip
_DATE_FORMS: dict[str, pl.DataType] = {"precision": pl.String(), "alt": pl.Date()}
_NAME_FORMS: dict[str, pl.DataType] = {name: pl.String() for name in ("form", "key", *name_parts.PARTS)}
_ORGANISATION_FORMS: dict[str, pl.DataType] = {"core": pl.String(), "is_branch": pl.Boolean()}
_FORMS: dict[str, dict[str, pl.DataType]] = {
    "date": _DATE_FORMS,
    "citizen_id": {"kind": pl.String()},
    "identifier": {"kind": pl.String(), "proposal": pl.String(), "has_check_digit": pl.Boolean()},
    "person_name": _NAME_FORMS,
    "owner_name": {**_NAME_FORMS, **_ORGANISATION_FORMS, "is_organisation": pl.Boolean()},
    "organisation_name": _ORGANISATION_FORMS,
    "address": addresses.FORMS,
    "place_key": addresses.FORMS,
    "commune_code": {name: addresses.FORMS[name] for name in ("unit_form", "unit_candidates")},
}
_REPAIRS = "repairs"
_NOTHING = pl.lit([], pl.List(pl.String))
_READ_FIELDS = {
    "std": "value",
    "problem": "problem",
    "precision": "precision",
    "alt": "alt",
    "kind": "kind",
    "proposal": "proposal",
}
"""Forms that a reading gives, by the name it has there; the others are computed on whole columns."""


def forms_of(prop: Property) -> dict[str, pl.DataType]:
    """The columns that standardising the property adds, by suffix."""
    standard = {"std": _STANDARD_TYPES[prop.standard_type], "problem": pl.String()}
    return standard | _FORMS.get(prop.kind, {})


def read_type(prop: Property) -> pl.Struct:
    """The type of what `read_column` gives."""
    return pl.Struct(forms_of(prop) | {_REPAIRS: pl.String()})


def read_column(series: pl.Series, prop: Property) -> pl.Series:
    """A struct for each value: its standard value, the problem if any, its further forms, its repairs in one string."""
    rows = pl.DataFrame({"original": series.cast(pl.String)})
    values = rows.filter(pl.col("original").is_not_null()).unique()
    read = rows.join(_read_values(values, prop), on="original", how="left", maintain_order="left")
    forms = [_filled(name, dtype) for name, dtype in forms_of(prop).items()]
    return read.select(*forms, _REPAIRS).to_struct(series.name)


def _filled(name: str, dtype: pl.DataType) -> pl.Expr:
    """A list is never null, so that what reads it need not ask."""
    return pl.col(name).fill_null(_NOTHING) if isinstance(dtype, pl.List) else pl.col(name)


def _read_values(values: pl.DataFrame, prop: Property) -> pl.DataFrame:
    """The distinct originals with everything that is read from them."""
    kind = kind_of(prop)
    values = values.with_columns(value=pl.col("original").str.normalize("NFC"))
    values = values.with_columns(quick=kind.quick(values["value"]))
    readings = _readings(values.filter(pl.col("quick").is_null())["value"].unique(), prop, kind)
    read = values.join(readings, on="value", how="left")
    composed = pl.when(pl.col("value") != pl.col("original")).then(pl.lit(["unicode_composed"])).otherwise(_NOTHING)
    read = read.with_columns(
        pl.coalesce("quick", "std").alias("std"),
        pl.concat_list(composed, pl.col(_REPAIRS).fill_null(_NOTHING)).alias(_REPAIRS),
    )
    if kind.quick_kind is not None:
        read = read.with_columns(
            pl.when(pl.col("quick").is_not_null()).then(kind.quick_kind).otherwise("kind").alias("kind")
        )
    if "proposal" in forms_of(prop):
        read = read.with_columns(pl.coalesce("proposal", identifiers.quick_proposal(pl.col("quick"))))
        read = read.with_columns(has_check_digit=identifiers.has_check_digit(pl.col("std"), pl.col("kind")))
    if {"form", "core"} & forms_of(prop).keys():
        read = _with_name_forms(read, prop)
    if "detail" in forms_of(prop):
        read = read.with_columns(addresses.read(read["std"]))
    elif "unit_form" in forms_of(prop):
        read = read.with_columns(read_codes(read.select(code="std")))
    return read.with_columns(_told(prop.name))


def _told(name: str) -> pl.Expr:
    """The repairs as one sorted string, "name:repair,name:other"; null where there are none."""
    named = pl.col(_REPAIRS).list.unique().list.sort().list.eval(pl.lit(f"{name}:") + pl.element())
    return pl.when(pl.col(_REPAIRS).list.len() > 0).then(named.list.join(",")).alias(_REPAIRS)


def _readings(values: pl.Series, prop: Property, kind: Kind) -> pl.DataFrame:
    """One row for each value that is not read quickly."""
    fields = [name for name in forms_of(prop) if name in _READ_FIELDS]
    rows = []
    for value in values.to_list():
        reading = read_through(value, kind.steps, kind.reader)
        rows.append((value, *(getattr(reading, _READ_FIELDS[name]) for name in fields), list(reading.repairs)))
    types = {name: forms_of(prop)[name] for name in fields}
    return pl.DataFrame(rows, schema={"value": pl.String(), **types, _REPAIRS: pl.List(pl.String)}, orient="row")


def _with_name_forms(read: pl.DataFrame, prop: Property) -> pl.DataFrame:
    """With the forms of names; what a form leaves out is a repair too."""
    forms = names.forms(read["std"])
    read = pl.concat([read, forms], how="horizontal")
    left_out = [
        _named("form_of_address_ignored", pl.col("is_addressed")),
        _named("remark_ignored", pl.col("has_remark")),
    ]
    if "form" in forms_of(prop):
        read = read.with_columns(pl.concat_list(_REPAIRS, *left_out).alias(_REPAIRS))
    if "core" not in forms_of(prop):
        return read.with_columns(name_parts.parts(read))
    read = read.with_columns(core=organisations.core(read["key"]))
    return read.with_columns(name_parts.parts(read)) if "form" in forms_of(prop) else read


def _named(repair: str, is_repaired: pl.Expr) -> pl.Expr:
    return pl.when(is_repaired).then(pl.lit([repair])).otherwise(_NOTHING)
