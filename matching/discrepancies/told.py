"""What linked records say, and what the register says of whom they are linked to: one row a link, field and value.

Both sides are read through the same comparable forms as in matching (`matching.keys`), so that what matching holds for
the same is no difference here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from contracts import received
from matching import keys
from matching.linkages import ROLES
from matching.linkages.role import Role
from matching.standardise.units import tables

_NUMBERS = ("citizen_id", "cmnd", "tax_code")
_SPOUSED = "marriage"
"""A birth names the other parent, who need not be the spouse."""
_DAY = "day"


@dataclass(frozen=True, slots=True)
class Place:
    """One role of one dataset, with the rows held of it that are linked; `link` numbers the links."""

    dataset: str
    role: Role
    rows: pl.LazyFrame

    def has(self, name: str) -> bool:
        """Whether the dataset has such a property."""
        return name in received()[self.dataset].names


def places(held: Mapping[str, pl.LazyFrame], links: pl.DataFrame, reference: str) -> list[Place]:
    """The roles that are linked to a register, each with the rows it has links of."""
    found = []
    for (dataset, role_name), some in sorted(
        links.filter(pl.col("reference") == reference).group_by("dataset", "role")
    ):
        role = next(each for each in ROLES[str(dataset)] if each.name == role_name)
        chosen = some.lazy().select("link", "record_id", "reference_id")
        columns = [name for name in held[str(dataset)].collect_schema() if name.split("__")[0] in _asked(role)]
        rows = held[str(dataset)].select("record_id", *columns).join(chosen, on="record_id", how="inner")
        # Read once: every field below selects from it.
        found.append(Place(str(dataset), role, rows.collect().lazy()))
    return found


def _asked(role: Role) -> set[str | None]:
    """The properties that a role is held against the register by."""
    kin = [each for pair in (role.mother, role.father, role.spouse) for each in pair or ()]
    sex = role.sex if isinstance(role.sex, str) else None
    ethnicity = f"{role.person.removesuffix('_name')}_ethnicity"
    return {role.person, *role.numbers, role.birth_date, sex, *role.places, role.event_date, *kin, ethnicity}


def _gathered(parts: Iterable[pl.LazyFrame], schema: Mapping[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=dict(schema)), *pl.collect_all(list(parts))])


_PLACE = {"link": pl.UInt32, "reference_id": pl.String, "field": pl.String, "value": pl.String}


def _selected(place: Place, field: str, name: str, **forms: pl.Expr) -> pl.LazyFrame:
    """The value as it is shown: the standard one, or the text that was not understood."""
    value = pl.coalesce(pl.col(f"{name}__std").cast(pl.String), pl.col(name))
    return place.rows.select("link", "reference_id", field=pl.lit(field), value=value, **forms)


def names(some: Iterable[Place]) -> pl.DataFrame:
    """[link, reference_id, field, value, form, words] of every personal name."""
    parts = []
    for place in some:
        for field, name in _names_of(place).items():
            form = keys.person(pl.col(f"{name}__form"))
            words = keys.unaccented(keys.person(pl.col(f"{name}__key")))
            parts.append(_selected(place, field, name, form=form, words=words).drop_nulls("form"))
    return _gathered(parts, _PLACE | {"form": pl.String, "words": pl.String})


def _names_of(place: Place) -> dict[str, str]:
    role = place.role
    relatives = _relatives_of(place)
    return {"name": role.person} | {f"{whose}_name": of[0] for whose, of in relatives.items()}


def _relatives_of(place: Place) -> dict[str, tuple[str, str]]:
    role = place.role
    named = {"mother": role.mother, "father": role.father}
    named["spouse"] = role.spouse if place.dataset == _SPOUSED else None
    return {whose: of for whose, of in named.items() if of}


def dates(some: Iterable[Place]) -> pl.DataFrame:
    """[link, reference_id, field, value, date, precision] of every birth date."""
    parts = []
    for place in some:
        name = place.role.birth_date
        if name:
            # The year 1900 and before is what spreadsheets make of an empty date.
            forms = {"date": pl.col(f"{name}__std"), "precision": pl.col(f"{name}__precision")}
            parts.append(_selected(place, "birth_date", name, **forms).filter(pl.col("date").dt.year() > 1900))
    return _gathered(parts, _PLACE | {"date": pl.Date, "precision": pl.String})


def numbers(some: Iterable[Place]) -> pl.DataFrame:
    """[link, reference_id, field, value, number] of every number that can be one of the register's."""
    parts = []
    for place in some:
        for field, name in _numbers_of(place).items():
            can_be = pl.col(f"{name}__kind").is_in(_NUMBERS) | pl.col(f"{name}__proposal").is_not_null()
            number = pl.when(can_be.fill_null(False)).then(keys.digits(pl.col(f"{name}__std")))
            parts.append(_selected(place, field, name, number=number).drop_nulls("number"))
    return _gathered(parts, _PLACE | {"number": pl.String})


def _numbers_of(place: Place) -> dict[str, str]:
    own = dict(zip(("number", "second_number"), place.role.numbers, strict=False))
    return own | {f"{whose}_number": of[1] for whose, of in _relatives_of(place).items()}


def codes(some: Iterable[Place]) -> pl.DataFrame:
    """[link, reference_id, field, value] of sex and ethnic group."""
    parts = []
    for place in some:
        role = place.role
        ethnicity = f"{role.person.removesuffix('_name')}_ethnicity"
        if isinstance(role.sex, str):
            parts.append(_selected(place, "sex", role.sex).filter(pl.col("value").is_in(["1", "2"])))
        if place.has(ethnicity):
            known = place.rows.filter(pl.col(f"{ethnicity}__std").is_not_null())
            parts.append(_selected(Place(place.dataset, role, known), "ethnicity", ethnicity))
    return _gathered(parts, _PLACE)


def communes(some: Iterable[Place], field: str) -> pl.DataFrame:
    """[link, reference_id, field, value, communes] of where somebody lives or an enterprise sits.

    The first of the role's places that names a unit; a role without an address says where something happened only.
    """
    parts = []
    for place in some:
        role = place.role
        if role.address is None:
            continue
        named = [pl.col(f"{each}__unit_candidates").list.len().fill_null(0) > 0 for each in role.places]

        def first(form: str, role: Role = role, named: list[pl.Expr] = named) -> pl.Expr:
            each_form = (pl.col(f"{name}__{form}") for name in role.places)
            return pl.coalesce(pl.when(is_so).then(value) for is_so, value in zip(named, each_form, strict=True))

        value = readable_commune(first("std"), first("unit_form"))
        codes = first("unit_candidates").list.sort().list.join(" ")
        said = place.rows.select("link", "reference_id", field=pl.lit(field), value=value, communes=codes)
        parts.append(said.drop_nulls("communes"))
    return _gathered(parts, _PLACE | {"communes": pl.String})


def readable_commune(value: pl.Expr, form: pl.Expr) -> pl.Expr:
    """A commune code with the name it had in its time; text that is no code stays as it is."""
    now, before = (
        value.replace_strict(dict(listed.select("code", "name").iter_rows()), default=None, return_dtype=pl.String)
        for listed in (tables.new_communes(), tables.old_communes())
    )
    name = pl.when(form == "new").then(now).when(form == "old").then(before)
    return pl.coalesce(pl.concat_str(name, pl.lit(" ("), value, pl.lit(")")), value)


def enterprises(some: Iterable[Place]) -> pl.DataFrame:
    """[link, reference_id, field, value, form, words, core, legal_form] of the names of enterprises."""
    parts = []
    for place in some:
        name = place.role.person
        forms = {
            "form": keys.words(pl.col(f"{name}__std").str.to_lowercase()),
            "words": keys.words(keys.unaccented(pl.col(f"{name}__std"))),
            "core": keys.words(pl.col(f"{name}__core")),
            "legal_form": pl.col(f"{name}__legal_form"),
        }
        parts.append(_selected(place, "enterprise_name", name, **forms).drop_nulls("form"))
    forms_of = {"form": pl.String, "words": pl.String, "core": pl.String, "legal_form": pl.String}
    return _gathered(parts, {**_PLACE, **forms_of})


def events(some: Iterable[Place], roles: Iterable[str]) -> pl.DataFrame:
    """[link, reference_id, day] of what somebody did in one of these roles, where the day is known."""
    parts = []
    for place in some:
        name = place.role.event_date
        if name is None or place.role.name not in roles:
            continue
        # Moments have no precision of their own: they are days at least.
        precise = f"{name}__precision"
        is_day = pl.col(precise) == _DAY if precise in place.rows.collect_schema() else pl.lit(True)
        day = pl.when(is_day).then(pl.col(f"{name}__std").cast(pl.Date))
        parts.append(place.rows.select("link", "reference_id", day=day).drop_nulls("day"))
    return _gathered(parts, {"link": pl.UInt32, "reference_id": pl.String, "day": pl.Date})


def properties(some: Iterable[Place]) -> pl.DataFrame:
    """[dataset, role, field, property] of the local property behind each field, for its classification."""
    found = []
    for place in some:
        role = place.role
        of = _names_of(place) | _numbers_of(place)
        of |= {"enterprise_name": role.person, "enterprise_code": (role.numbers or ("",))[0]}
        for field, name in (("birth_date", role.birth_date), ("commune", role.address), ("life", role.event_date)):
            of |= {field: name} if name else {}
        of |= {"sex": role.sex} if isinstance(role.sex, str) else {}
        of |= {"ethnicity": f"{role.person.removesuffix('_name')}_ethnicity"}
        of |= {"office_commune": role.address or "", "legal_status": role.event_date or ""}
        found += [(place.dataset, role.name, field, name) for field, name in of.items() if place.has(name)]
    columns = ("dataset", "role", "field", "property")
    return pl.DataFrame(found, schema=dict.fromkeys(columns, pl.String), orient="row")
