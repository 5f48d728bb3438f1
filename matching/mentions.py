"""From standardised datasets to RECORDS: one row per person or enterprise that a record names, by a table of roles."""

from collections.abc import Mapping

import polars as pl

from matching import keys
from matching.linkages import ROLES
from matching.linkages.role import Role
from matching.owners import owner_reference
from matching.schemas import RECORDS, check

_IDENTIFYING_KINDS = ("citizen_id", "cmnd", "tax_code")
"""Other kinds (passport, placeholder, junk, lost) name nobody in the registers."""


def mentions(datasets: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """RECORDS of all datasets, numbered in the order of dataset, record and role."""
    parts = [
        _of_role(frame, dataset, role) for dataset, frame in sorted(datasets.items()) for role in ROLES.get(dataset, ())
    ]
    if not parts:
        return RECORDS.to_frame()
    collected = pl.concat(pl.collect_all(parts))
    # A key that comes twice keeps one row, chosen by content: never by the order of rows in a file.
    once = collected.sort("dataset", "record_id", "role", "_hash").unique(
        subset=["dataset", "record_id", "role"], keep="first", maintain_order=True
    )
    return check(once.drop("_hash").with_row_index("mention"), RECORDS)


def _of_role(frame: pl.LazyFrame, dataset: str, role: Role) -> pl.LazyFrame:
    is_owner = role.name == "owner"
    return frame.filter(pl.col("record_id").is_not_null()).select(
        "_hash",
        dataset=pl.lit(dataset),
        record_id="record_id",
        role=pl.lit(role.name),
        reference=owner_reference() if is_owner else pl.lit("population"),
        is_withdrawn=(pl.col("_op") == "delete").fill_null(False),
        is_named=pl.any_horizontal(pl.col(f"{each}__std").is_not_null() for each in (role.person, *role.numbers)),
        form=_form(role.person),
        words=_words(role.person),
        core=keys.words(pl.col("owner_name__core")) if is_owner else _null(pl.String),
        is_organisation=pl.col(f"{role.person}__is_organisation").fill_null(False),
        birth_date=_birth(role.birth_date),
        birth_precision=_extra(role.birth_date, "precision", pl.String),
        birth_alt=_swapped(role.birth_date),
        sex=pl.lit(role.sex, pl.Int16) if isinstance(role.sex, int) else _std(role.sex, pl.Int16),
        communes=keys.communes(f"{each}__unit_candidates" for each in role.places),
        province=_extra(role.address, "province_code", pl.String),
        address=keys.address(_extra(role.address, "detail", pl.String)),
        phone=_std(role.phone, pl.String),
        email=_std(role.email, pl.String).str.to_lowercase(),
        number=_number(role.numbers, 0),
        proposal=_proposal(role.numbers, 0),
        second_number=_if_named_so(role, _number(_second(role), 0)),
        second_proposal=_if_named_so(role, _proposal(_second(role), 0)),
        **_relative("mother", role.mother),
        **_relative("father", role.father),
        **_relative("spouse", role.spouse),
        child_words=_words(role.child[0]) if role.child else _null(pl.String),
        child_birth_date=_day(role.child[1]) if role.child else _null(pl.Date),
        child_number=_number((role.child[2],), 0) if role.child else _null(pl.String),
        event_date=_std(role.event_date, pl.Date).cast(pl.Date),
    )


def _null(dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
    return pl.lit(None, dtype)


def _std(name: str | None, dtype: type[pl.DataType]) -> pl.Expr:
    return pl.col(f"{name}__std") if name else _null(dtype)


def _swapped(name: str | None) -> pl.Expr:
    """The birth date with day and month in the other order: it may have been swapped long before it was sent."""
    if name is None:
        return _null(pl.Date)
    date = pl.col(f"{name}__std")
    day, month = date.dt.day(), date.dt.month()
    is_swappable = (pl.col(f"{name}__precision") == "day") & (day <= 12) & (day != month)
    return pl.when(is_swappable).then(pl.date(date.dt.year(), day, month))


def _birth(name: str | None) -> pl.Expr:
    """The birth date; the year 1900 and before is what spreadsheets make of an empty date."""
    date = _std(name, pl.Date)
    return pl.when(date.dt.year() > 1900).then(date)


def _extra(name: str | None, form: str, dtype: type[pl.DataType]) -> pl.Expr:
    return pl.col(f"{name}__{form}") if name else _null(dtype)


def _day(name: str) -> pl.Expr:
    return pl.when(pl.col(f"{name}__precision") == "day").then(pl.col(f"{name}__std"))


def _form(name: str) -> pl.Expr:
    return keys.person(pl.col(f"{name}__form"))


def _words(name: str) -> pl.Expr:
    return keys.unaccented(keys.person(pl.col(f"{name}__key")))


def _number(names: tuple[str, ...], position: int) -> pl.Expr:
    if position >= len(names):
        return _null(pl.String)
    name = names[position]
    return pl.when(pl.col(f"{name}__kind").is_in(_IDENTIFYING_KINDS)).then(keys.digits(pl.col(f"{name}__std")))


def _proposal(names: tuple[str, ...], position: int) -> pl.Expr:
    return keys.digits(pl.col(f"{names[position]}__proposal")) if position < len(names) else _null(pl.String)


def _second(role: Role) -> tuple[str, ...]:
    """The property of the second number, if any: the role's own, or that of who handed the record in."""
    return role.namesake[1:] if role.namesake else role.numbers[1:]


def _if_named_so(role: Role, number: pl.Expr) -> pl.Expr:
    if role.namesake is None:
        return number
    names = (keys.sorted_words(_words(name)) for name in (role.namesake[0], role.person))
    return pl.when(next(names) == next(names)).then(number)


def _relative(relation: str, properties: tuple[str, str] | None) -> dict[str, pl.Expr]:
    if properties is None:
        return {f"{relation}_{part}": _null(pl.String) for part in ("form", "words", "number")}
    name, number = properties
    return {
        f"{relation}_form": _form(name),
        f"{relation}_words": _words(name),
        f"{relation}_number": _number((number,), 0),
    }
