"""Standardises one column: vectorised where values have the usual form, the few others each distinct one once.

Where values repeat, only the distinct ones are read at all.
"""

from collections.abc import Sequence

import polars as pl

from contracts import Property
from matching.lower_case import lowered
from matching.standardise import addresses, identifiers, name_parts, names, office_codes, organisations
from matching.standardise.column_tables import read_again
from matching.standardise.distinct import told_apart
from matching.standardise.kinds import Kind, QuickReader, kind_of
from matching.standardise.reading import read_through
from matching.standardise.text import compose
from matching.standardise.tidied import tidied
from matching.standardise.units.change import read_codes

_STANDARD_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(), "date": pl.Date(), "timestamp": pl.Datetime("us"),
    "smallint": pl.Int16(), "boolean": pl.Boolean(),
}  # fmt: skip
_DATE_FORMS: dict[str, pl.DataType] = {"precision": pl.String(), "alt": pl.Date()}
_NAME_FORMS: dict[str, pl.DataType] = {
    **{name: pl.String() for name in ("form", "key", *name_parts.PARTS)},
    "is_organisation": pl.Boolean(),
}
_ORGANISATION_FORMS: dict[str, pl.DataType] = {
    "core": pl.String(), "is_branch": pl.Boolean(), "legal_form": pl.String(), "places": pl.String(),
}  # fmt: skip
_FORMS: dict[str, dict[str, pl.DataType]] = {
    "date": _DATE_FORMS,
    "citizen_id": {"kind": pl.String()},
    "identifier": {
        **dict.fromkeys(("kind", "proposal", "proposal_repair"), pl.String()),
        "has_check_digit": pl.Boolean(),
    },
    "person_name": _NAME_FORMS,
    "owner_name": {**_NAME_FORMS, **_ORGANISATION_FORMS},
    "organisation_name": _ORGANISATION_FORMS,
    "address": addresses.FORMS,
    "place_key": addresses.FORMS,
    "dossier_code": office_codes.DOSSIER_FORMS,
    "office": office_codes.OFFICE_FORMS,
    "commune_code": {name: addresses.FORMS[name] for name in ("unit_form", "unit_candidates")},
}
_OFFICE_FORMS = {"dossier_code": office_codes.dossier_forms, "office": office_codes.office_forms}
REPAIRS = "repairs"
"""Beside the forms: the repairs of the value as one sorted string, "name:repair,name:other"; null for none."""
_COMPOSED = "unicode_composed"
_LEGACY_FONT = "legacy_font"
_READ_FIELDS = {
    "std": "value",
    "problem": "problem",
    "precision": "precision",
    "alt": "alt",
    "kind": "kind",
    "proposal": "proposal",
    "proposal_repair": "proposal_repair",
}
"""Forms that a reading gives, by the name it has there; the others are computed on whole columns."""
_READ = {*_READ_FIELDS, "has_check_digit"}
_DEAR_FORMS = {"form", "core"}
"""Kinds with one of these are read by distinct values even where few repeat."""
_REPEATS = 3
"""From so many rows a distinct value on, finding the distinct ones costs less than reading all."""
_SAMPLED = 8
"""One row of so many tells how often values repeat."""


def forms_of(prop: Property) -> dict[str, pl.DataType]:
    """The columns that standardising the property adds, by suffix."""
    standard = {"std": _STANDARD_TYPES[prop.standard_type], "problem": pl.String()}
    return standard | _FORMS.get(prop.kind, {})


def read_column(series: pl.Series, prop: Property) -> pl.Series:
    """A struct for each value: its standard value, the problem if any, its further forms, its repairs in one string."""
    values = series.cast(pl.String).rename("original")
    if not _is_read_by_distinct(values, prop):
        return _read_values(values, prop).to_struct(series.name)
    distinct, at = told_apart(values)
    return _gathered(_read_values(distinct, prop), at).to_struct(series.name)


def _gathered(read: pl.DataFrame, at: pl.Series) -> pl.DataFrame:
    """The rows in these places; a column of nulls needs no looking up."""
    is_told = [each.null_count() < len(each) for each in read]
    return pl.DataFrame(
        each.gather(at) if told else pl.Series(each.name, [None], each.dtype).new_from_index(0, len(at))
        for each, told in zip(read, is_told, strict=True)
    )


def read_property(frame: pl.DataFrame, prop: Property) -> pl.DataFrame:
    """`read_column` of the frame's column of that name, read in the table it was in where the frame tells one."""
    values, changed = read_again(frame, prop.name)
    read = read_column(values, prop).struct.unnest()
    if changed is None:
        return read
    return read.with_columns(_with_repairs(read, changed, [pl.lit(f"{prop.name}:{_LEGACY_FONT}")]))


def _is_read_by_distinct(values: pl.Series, prop: Property) -> bool:
    if kind_of(prop).quick is None or _DEAR_FORMS & forms_of(prop).keys():
        return True
    # An estimate: whichever way is taken, the result is the same.
    some = values.gather_every(_SAMPLED)
    return some.n_unique() * _REPEATS < len(some)


def _read_values(values: pl.Series, prop: Property) -> pl.DataFrame:
    """One row for each value with its forms, in their order, and its repairs."""
    read = _read_alone(values, prop)
    if {"form", "core"} & forms_of(prop).keys():
        read = _with_name_forms(read, prop)
    if "detail" in forms_of(prop):
        read = read.with_columns(addresses.read(read["std"]))
    elif "unit_form" in forms_of(prop):
        read = read.with_columns(read_codes(read.select(code="std")))
    elif prop.kind in _OFFICE_FORMS:
        read = read.with_columns(_OFFICE_FORMS[prop.kind](read["std"]))
    return read.select(*forms_of(prop), REPAIRS)


def _read_alone(values: pl.Series, prop: Property) -> pl.DataFrame:
    """What a reading gives of each value, and its repairs."""
    kind = kind_of(prop)
    if kind.quick is None:
        return _read_one_by_one(values, prop, kind)
    read = _completed(kind.quick(values), prop)
    is_left = (values != "").fill_null(value=False) & read["std"].is_null()
    return _put(read, is_left, _read_unusual(values.filter(is_left), prop, kind.quick)) if is_left.any() else read


def _completed(read: pl.DataFrame, prop: Property) -> pl.DataFrame:
    """With every form that a reading gives, and repairs; null where the frame lacks them."""
    types = _types(prop)
    lacking = [pl.lit(None, dtype).alias(name) for name, dtype in types.items() if name not in read.columns]
    return read.with_columns(lacking).select(list(types))


def _types(prop: Property) -> dict[str, pl.DataType]:
    """The forms that need no whole column, and repairs."""
    return {name: dtype for name, dtype in forms_of(prop).items() if name in _READ} | {REPAIRS: pl.String()}


def _put(read: pl.DataFrame, is_place: pl.Series, rows: pl.DataFrame) -> pl.DataFrame:
    """The frame with these rows, in their order, in the places."""
    places = is_place.arg_true()
    # Scattering works in place, on what it is given.
    return read.select(each.clone().scatter(places, rows[each.name]) for each in read)


def _read_unusual(values: pl.Series, prop: Property, quick: QuickReader) -> pl.DataFrame:
    """Values that no quick reader takes as they are: tidied first, as many are usual then, else read one by one."""
    distinct = values.unique()
    tidy = tidied(distinct, prop.name, kind_of(prop).column_steps)
    read = _completed(quick(tidy["value"]), prop).with_columns(tidy[REPAIRS], distinct)
    is_usual = read["std"].is_not_null()
    others = distinct.filter(~is_usual)
    read = pl.concat([read.filter(is_usual), _read_one_by_one(others, prop, kind_of(prop)).with_columns(others)])
    return values.to_frame().join(read, on="original", how="left", maintain_order="left").drop("original")


def _read_one_by_one(values: pl.Series, prop: Property, kind: Kind) -> pl.DataFrame:
    types = _types(prop)
    fields = [_READ_FIELDS[name] for name in types if name in _READ_FIELDS]
    rows = []
    for original in values:
        value = compose(original or "")
        reading = read_through(value, kind.steps, kind.reader)
        repairs = {*reading.repairs, *([_COMPOSED] if original and value != original else [])}
        told = ",".join(f"{prop.name}:{repair}" for repair in sorted(repairs)) or None
        rows.append((*(getattr(reading, field) for field in fields), told))
    schema = {name: dtype for name, dtype in types.items() if name in _READ_FIELDS or name == REPAIRS}
    read = pl.DataFrame(rows, schema=schema, orient="row")
    if "has_check_digit" in types:
        read = read.with_columns(has_check_digit=identifiers.has_check_digit(pl.col("std"), pl.col("kind")))
    return read.select(list(types))


def _with_name_forms(read: pl.DataFrame, prop: Property) -> pl.DataFrame:
    """With the forms of names, which are the same in any letter case; what a form leaves out is a repair too."""
    distinct, at = told_apart(lowered(read["std"]))
    read = pl.concat([read, _name_forms(distinct, prop)[at]], how="horizontal")
    return _with_left_out(read, prop.name) if "form" in forms_of(prop) else read


def _name_forms(lower: pl.Series, prop: Property) -> pl.DataFrame:
    found = names.forms(lower)
    if "core" in forms_of(prop):
        found = found.with_columns(organisations.forms(found, are_all=prop.kind == "organisation_name"))
    return found.with_columns(name_parts.parts(found)) if "form" in forms_of(prop) else found


def _with_left_out(read: pl.DataFrame, name: str) -> pl.DataFrame:
    is_addressed, has_remark = pl.col("is_addressed"), pl.col("has_remark")
    shorter = read.select((is_addressed | has_remark).fill_null(value=False)).to_series().arg_true()
    told = [
        pl.when(is_addressed).then(pl.lit(f"{name}:form_of_address_ignored")),
        pl.when(has_remark).then(pl.lit(f"{name}:remark_ignored")),
    ]
    return read.with_columns(_with_repairs(read, shorter, told))


def _with_repairs(read: pl.DataFrame, at: pl.Series, told: Sequence[pl.Expr]) -> pl.Series:
    """The repairs with some more in these places, each once and in order."""
    whole = pl.concat_str(pl.col(REPAIRS), *told, separator=",", ignore_nulls=True)
    repairs = whole.str.split(",").list.unique().list.sort().list.join(",")
    # Scattering works in place, on what it is given.
    return read[REPAIRS].clone().scatter(at, read[at].select(repairs).to_series())
