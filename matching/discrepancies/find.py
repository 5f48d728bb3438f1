"""All that linked records and the registers say differently: one row a record, role and field.

The rows follow from the records, the register and the decisions alone: neither the order of rows nor the night matters.
"""

from collections.abc import Callable, Mapping

import polars as pl

from contracts import received
from matching.discrepancies import companies, compare, told
from matching.discrepancies.blame import blamed, keepers, local_office
from matching.discrepancies.compare import COMPARED, compared
from matching.discrepancies.told import Place, readable_commune
from matching.discrepancies.words import FIELDS, KINDS
from matching.reasons import Reason, Status
from matching.schemas import check

DISCREPANCIES = pl.Schema(
    {
        "dataset": pl.String,
        "record_id": pl.String,
        "role": pl.String,
        "field": pl.String,
        "kind": pl.String,
        "gravity": pl.Int16,
        "local_value": pl.String,
        "register_value": pl.String,
        "value_classification": pl.String,
        "likely_wrong": pl.String,
        "likely_wrong_reason": pl.String,
        "office": pl.String,
        "link_reason": pl.String,
        "is_confirmed": pl.Boolean,
        "delivery_id": pl.String,
    }
)
"""One row a record, role and field, sorted by them."""

CERTAIN = (
    Reason.IDENTIFIER_AND_NAME,
    Reason.IDENTIFIER_AND_BIRTH_DATE,
    Reason.FORMER_IDENTIFIER_AND_NAME,
    Reason.IDENTIFIER_AND_REPRESENTATIVE,
    Reason.DECIDED_BY_STEWARD,
)
"""Reasons of links that a difference cannot put in doubt."""
_CERTAIN_WITH_BIRTH_DATE = Reason.REPAIRED_IDENTIFIER_AND_NAME
_LIVING = ("owner", "husband", "wife", "mother")
"""Roles that only the living act in; a father may die before the birth, a child's may be registered later."""
_READ = ("__std", "__form", "__key", "__precision", "__core", "__legal_form", "__unit_form", "__unit_candidates")
"""Forms of a register's properties that are compared."""


def find(held: Mapping[str, pl.LazyFrame], decisions: pl.DataFrame) -> pl.DataFrame:
    """DISCREPANCIES of all that is held, by the links of `decisions`; rows held are one a record."""
    linked = decisions.filter(pl.col("status") == Status.LINKED.value).sort("record_id", "role").with_row_index("link")
    parts, properties = [COMPARED.to_frame()], []
    for reference, of_register in _OF_REGISTERS.items():
        some = told.places(held, linked, reference)
        if some and reference in held:
            key = _KEYS[reference]
            columns = [name for name in held[reference].collect_schema() if name.endswith(_READ)]
            rows = held[reference].select(columns)
            entries = rows.join(linked.lazy(), left_on=key, right_on="reference_id", how="semi").collect()
            parts += of_register(some, entries.lazy(), linked)
            properties.append(told.properties(some))
    facts = pl.concat(parts).join(_about(held, linked), on="link", how="left")
    differing = blamed(facts.filter(pl.col("kind").is_not_null()), facts)
    if differing.is_empty():
        return DISCREPANCIES.to_frame()
    return _finished(differing, facts, held, pl.concat(properties))


def _persons(some: list[Place], register: pl.LazyFrame, links: pl.DataFrame) -> list[pl.DataFrame]:
    homes = _homes(register, _KEYS["population"], "permanent_commune", "current_commune")
    return [
        compare.persons_names(told.names(some), register),
        compare.birth_dates(told.dates(some), register),
        compare.persons_numbers(told.numbers(some), register),
        compare.persons_codes(told.codes(some), register),
        compare.communes(told.communes(some, "commune"), homes),
        _after_death(some, links),
    ]


def _enterprises(some: list[Place], register: pl.LazyFrame, _links: pl.DataFrame) -> list[pl.DataFrame]:
    office = _homes(register, _KEYS["enterprise"], "office_commune")
    return [
        companies.enterprise_names(told.enterprises(some), register),
        companies.enterprise_codes(told.numbers(some)),
        compare.communes(told.communes(some, "office_commune"), office),
        companies.after_end(told.events(some, ("owner",)), register),
    ]


_OF_REGISTERS: Mapping[str, Callable[[list[Place], pl.LazyFrame, pl.DataFrame], list[pl.DataFrame]]] = {
    "population": _persons,
    "enterprise": _enterprises,
}
_KEYS = {"population": "citizen_id__std", "enterprise": "enterprise_code__std"}


def _homes(register: pl.LazyFrame, key: str, *names: str) -> pl.DataFrame:
    """[reference_id, value, communes] of the first place of entries, second_value and second_communes of another."""
    columns = {}
    for prefix, name in zip(("", "second_"), names, strict=False):
        columns[f"{prefix}value"] = readable_commune(pl.col(f"{name}__std"), pl.col(f"{name}__unit_form"))
        codes = pl.col(f"{name}__unit_candidates")
        columns[f"{prefix}communes"] = pl.when(codes.list.len() > 0).then(codes.list.sort().list.join(" "))
    known = pl.any_horizontal(pl.col([name for name in columns if name.endswith("communes")]).is_not_null())
    return register.select(reference_id=key, **columns).filter(known).collect()


def _after_death(some: list[Place], links: pl.DataFrame) -> pl.DataFrame:
    """COMPARED of acts of persons whose death is registered, and linked with certainty, for an earlier day."""
    certain = links.filter(pl.col("reason").is_in([each.value for each in CERTAIN])).select("link")
    deaths = told.events(some, ("deceased",)).join(certain, on="link", how="semi")
    first = deaths.group_by("reference_id").agg(died_on=pl.col("day").min())
    late = told.events(some, _LIVING).join(first, on="reference_id").filter(pl.col("day") > pl.col("died_on"))
    day, died = (pl.col(each).cast(pl.String) for each in ("day", "died_on"))
    return compared(
        late.with_columns(field=pl.lit("life"), kind=pl.lit("after_death"), value=day, right_value=died, said=day)
    )


def _about(held: Mapping[str, pl.LazyFrame], links: pl.DataFrame) -> pl.DataFrame:
    """Of each link: whose it is, its reason, the local office and the delivery."""
    parts = []
    for dataset in sorted(links["dataset"].unique()):
        name = received()[dataset].unit_property
        rows = held[dataset]
        candidates = f"{name}__unit_candidates"
        has_unit = candidates in rows.collect_schema()
        # Without an office the source that delivered the row answers for it.
        source = pl.col("_delivery_id").str.split("/").list.first()
        office = local_office(pl.col(f"{name}__std"), pl.col(candidates) if has_unit else None) if name else source
        told_of = rows.select("record_id", delivery_id="_delivery_id", office=pl.coalesce(office, source))
        parts.append(links.filter(pl.col("dataset") == dataset).lazy().join(told_of, on="record_id", how="left"))
    columns = ["link", "dataset", "record_id", "role", "reference", "reference_id", "reason", "delivery_id", "office"]
    return pl.concat(part.select(columns) for part in parts).collect() if parts else _nobody(columns)


def _nobody(columns: list[str]) -> pl.DataFrame:
    return pl.DataFrame(schema={each: pl.UInt32 if each == "link" else pl.String for each in columns})


def _finished(
    differing: pl.DataFrame, facts: pl.DataFrame, held: Mapping[str, pl.LazyFrame], properties: pl.DataFrame
) -> pl.DataFrame:
    kept = pl.concat(
        keepers(reference, held[reference]).with_columns(reference=pl.lit(reference))
        for reference in _OF_REGISTERS
        if reference in held
    )
    keys = ["reference", "reference_id"]
    wrong = differing.lazy().filter(pl.col("likely_wrong") == "register").select(keys).unique()
    keeper = kept.join(wrong, on=keys, how="semi").unique(keys, keep="any").collect()
    agreeing = facts.filter((pl.col("field") == "birth_date") & pl.col("kind").is_null())["link"]
    reason = pl.col("reason")
    is_certain = reason.is_in([each.value for each in CERTAIN])
    is_repaired = (reason == _CERTAIN_WITH_BIRTH_DATE.value) & pl.col("link").is_in(agreeing.implode())
    is_registers = pl.col("likely_wrong") == "register"
    finished = (
        differing.join(keeper, on=keys, how="left")
        .join(_classified(properties), on=["dataset", "role", "field"], how="left")
        .with_columns(
            gravity=_gravity(),
            office=pl.coalesce(pl.when(is_registers).then("keeper"), "office"),
            link_reason=reason,
            is_confirmed=is_certain | is_repaired,
        )
    )
    return check(finished, DISCREPANCIES).sort("record_id", "role", "field")


def _gravity() -> pl.Expr:
    of_field = pl.col("field").replace_strict(
        {each.name: each.gravity for each in FIELDS.values()}, return_dtype=pl.Int16
    )
    most = pl.col("kind").replace_strict({each.name: each.most for each in KINDS.values()}, return_dtype=pl.Int16)
    return pl.min_horizontal(of_field, most)


def _classified(properties: pl.DataFrame) -> pl.DataFrame:
    """[dataset, role, field, value_classification], as the contract classifies the local value.

    The values of `life` and `legal_status` are days of acts, but what they say of the person is personal.
    """
    classes = [
        received()[dataset][name].classification for dataset, name in properties.select("dataset", "property").rows()
    ]
    given = pl.Series("value_classification", classes, pl.String)
    least = pl.when((pl.col("field") == "life") & (given == "public")).then(pl.lit("personal")).otherwise(given)
    columns = ["dataset", "role", "field"]
    return properties.select(*columns, least.alias(given.name)).unique(columns, keep="first", maintain_order=True)
