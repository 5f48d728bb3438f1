"""What firm links say of records that are still open: whose phone it is, who the parents, spouse and child are.

One look more is all there is, so no chain forms; and only firm links speak.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from matching.contacts import contacts_of_the_open
from matching.linkages import ROLES
from matching.linkages.role import Role
from matching.linkages.thresholds import FIRM_ODDS
from matching.reasons import Status

RELATIONS = ("mother", "father", "spouse", "child")
LINKS = tuple(f"{relation}_link" for relation in RELATIONS)
"""Columns with the reference_id that another role of the same record is firmly linked to."""


@dataclass(frozen=True, slots=True)
class Support:
    """`contacts` [profile, target] that share a phone or e-mail; `relatives` [profile, mother_link, …]."""

    contacts: pl.DataFrame
    relatives: pl.DataFrame

    @property
    def profiles(self) -> pl.DataFrame:
        """[profile] of all who are supported."""
        return pl.concat([self.contacts.select("profile"), self.relatives.select("profile")]).unique()

    def told(self, profiles: pl.DataFrame) -> pl.DataFrame:
        """The profiles, and whom their relatives are linked to."""
        return profiles.join(self.relatives, on="profile", how="left", maintain_order="left")

    def named(self, profiles: pl.DataFrame) -> pl.DataFrame:
        """The profiles with the numbers of their linked relatives in place of those they give."""
        numbers = (pl.coalesce(link, number).alias(number) for link, number in zip(LINKS, _NUMBERS, strict=True))
        return self.told(profiles).with_columns(numbers).drop(LINKS)


_NUMBERS = tuple(f"{relation}_number" for relation in RELATIONS)


def support_of_the_open(decided: pl.DataFrame, register: pl.DataFrame) -> Support:
    """What is known of the profiles that are not linked, from the links of other records and roles."""
    named = decided.join(register.select("target", "reference_id"), on="target", how="left", maintain_order="left")
    return Support(contacts_of_the_open(decided), _relatives(named))


def _relatives(decided: pl.DataFrame) -> pl.DataFrame:
    # By evidence of their own: a mother found through the child must not tell who the child is.
    is_firm = (pl.col("status") == Status.LINKED.value) & (pl.col("own_odds") >= FIRM_ODDS)
    firm = decided.filter(is_firm).select("dataset", "record_id", "role", "reference_id")
    is_open = pl.col("status").is_in([Status.REVIEW.value, Status.NOT_FOUND.value])
    asked = decided.filter(is_open).select("dataset", "record_id", "role", "profile")
    found = [
        asked.filter((pl.col("dataset") == dataset) & (pl.col("role") == role))
        .join(firm.filter(pl.col("role") == other).drop("role"), on=["dataset", "record_id"])
        .select("profile", "reference_id", relation=pl.lit(f"{relation}_link"))
        for dataset, role, relation, other in _related_roles()
    ]
    # Records that say the same may name others behind the same words: then nobody is meant.
    known = pl.concat(found).unique().filter(pl.len().over("profile", "relation") == 1)
    columns = [pl.col("reference_id").filter(pl.col("relation") == name).first().alias(name) for name in LINKS]
    return known.group_by("profile").agg(columns).sort("profile")


def _related_roles() -> Iterator[tuple[str, str, str, str]]:
    """(dataset, role, relation, the relative's role): who is named beside whom, by the properties of their names."""
    for dataset, roles in ROLES.items():
        by_name = {role.person: role.name for role in roles}
        for role in roles:
            for relation in RELATIONS:
                other = by_name.get(_name_of(role, relation))
                if other:
                    yield dataset, role.name, relation, other


def _name_of(role: Role, relation: str) -> str:
    properties: tuple[str, ...] | None = getattr(role, relation)
    return properties[0] if properties else ""
