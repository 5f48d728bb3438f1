"""Who occurs: persons and enterprises from registers and records, whatever the order of rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

import contracts
from warehouse import candidate, occurring
from warehouse.copy import POLARS_TYPES
from warehouse.identity import entity_ids, identified

SECRET = bytes(range(32))
LINKED = {"status": "linked", "reason": "identifier_and_name", "reference_id": "001"}
PEOPLE: Sequence[dict[str, Any]] = (
    {"record_id": "dossier:1", **LINKED, "name": "AN", "on": date(2026, 1, 5)},
    {"record_id": "dossier:2", **LINKED, "name": "Ân", "on": date(2026, 3, 5), "delivery": "one-stop/d2"},
    {"record_id": "dossier:3", "key": "b", "name": "Bình cũ", "on": date(2025, 1, 1)},
    {"record_id": "dossier:4", "key": "b", "name": "Bình", "on": date(2026, 1, 1), "reference_id": "001"},
    {"record_id": "dossier:5", "key": "b", "name": "Bình không ngày"},
    {"record_id": "dossier:6", "key": None, "status": "unlinkable", "reason": "not_named"},
    {"record_id": "dossier:7", **LINKED, "reference_id": "009", "name": "Chi", "on": date(2026, 2, 2)},
    {"record_id": "dossier:8", "key": "g", "name": "Gỗ Vạn", "reference": "enterprise"},
)
"""Two linked to one entry, three unlinked that are one person, nobody, one whose entry is gone, a company."""


def of(dataset: str, rows: Sequence[dict[str, Any]], **constants: Any) -> pl.LazyFrame:
    """Rows as they are held: the standard forms given, the others null."""
    contract = contracts.received()[dataset]
    schema = {f"{each.name}__std": POLARS_TYPES[each.standard_type] for each in contract.properties}
    schema |= {f"{each.name}__precision": pl.String() for each in contract.of_kind("date")}
    schema |= {f"{each.name}__kind": pl.String() for each in contract.properties}
    schema |= {"record_id": pl.String(), "_delivery_id": pl.String()}
    lists = {"repairs": pl.List(pl.String()), "failed_rules": pl.List(pl.String())}
    filled = [dict.fromkeys(schema) | {each: [] for each in lists} | constants | row for row in rows]
    return pl.DataFrame(filled, schema=schema | lists).lazy()


def dossiers(rows: Sequence[dict[str, Any]] = PEOPLE) -> dict[str, pl.LazyFrame]:
    held = [
        {"record_id": each["record_id"], "owner_name__std": each.get("name"), "_delivery_id": each.get("delivery")}
        for each in rows
    ]
    return {"dossier": of("dossier", [each | {"_delivery_id": each["_delivery_id"] or "one-stop/d1"} for each in held])}


def population(*rows: dict[str, Any]) -> pl.LazyFrame:
    usual = {"citizen_id__std": "001", "full_name__std": "NGUYỄN VĂN ÂN", "sex__std": 1}
    return of("population", [usual | row for row in rows], _delivery_id="population-db/d1")


def decided(rows: Sequence[dict[str, Any]] = PEOPLE) -> pl.DataFrame:
    usual = {"dataset": "dossier", "role": "owner", "reference": "population", "reference_id": None, "model": "m1"}
    open_ = {"status": "not_found", "reason": "no_candidate"}
    filled = [usual | open_ | {"key": each["record_id"], "on": None} | each for each in rows]
    columns = ("dataset", "record_id", "role", "reference", "reference_id", "status", "reason", "model")
    given = pl.DataFrame(
        [{name: each[name] for name in columns} for each in filled], schema=dict.fromkeys(columns, pl.String)
    )
    keys = [(each["record_id"], "owner", each["reference"], each["key"], each["on"]) for each in filled if each["key"]]
    names = {"record_id": pl.String, "role": pl.String, "reference": pl.String, "key": pl.String, "about_on": pl.Date}
    return identified(given, pl.DataFrame(keys, schema=names, orient="row"), SECRET)


def register_id(key: str) -> str:
    return entity_ids("person", pl.Series([key]), SECRET)[0]


def local_id(key: str) -> str:
    return entity_ids("person", pl.Series([key]), SECRET, is_local=True)[0]


def persons(register: pl.LazyFrame | None, rows: Sequence[dict[str, Any]] = PEOPLE) -> pl.DataFrame:
    return occurring.person_table(register, occurring.appearances(dossiers(rows), decided(rows)))


def row(table: pl.DataFrame, person_id: str) -> dict[str, Any]:
    return table.row(by_predicate=pl.col("person_id") == person_id, named=True)


def test_who_is_linked_is_told_by_the_register() -> None:
    told = row(persons(population({})), register_id("001"))
    assert (told["is_in_register"], told["citizen_id"], told["full_name"]) == (True, "001", "NGUYỄN VĂN ÂN")
    assert (told["dossier_count"], told["event_count"]) == (2, 0)
    assert (told["first_record_on"], told["last_record_on"]) == (date(2026, 1, 5), date(2026, 3, 5))
    assert told["sources"] == ["one-stop/d1", "one-stop/d2", "population-db/d1"]


def test_who_is_not_is_told_by_the_most_recent_record_and_without_a_number() -> None:
    told = row(persons(population({})), local_id("b"))
    assert (told["is_in_register"], told["citizen_id"], told["full_name"]) == (False, None, "Bình")
    assert (told["dossier_count"], told["sources"]) == (3, ["one-stop/d1"])
    assert told["last_record_on"] == date(2026, 1, 1)


def test_a_linked_entry_that_the_register_lost_still_has_a_row() -> None:
    told = row(persons(population({})), register_id("009"))
    assert (told["is_in_register"], told["citizen_id"], told["full_name"]) == (False, None, "Chi")


def test_without_a_register_everybody_is_told_by_records() -> None:
    table = persons(None)
    assert table.height == 3
    assert not table["is_in_register"].any()


def test_nobody_occurs_where_nobody_is_named() -> None:
    assert persons(population({}), ()).is_empty()
    assert persons(population({}), PEOPLE[5:6]).is_empty()


def test_a_company_is_an_enterprise_and_no_person() -> None:
    seen = occurring.appearances(dossiers(), decided())
    [company] = occurring.enterprise_table(None, seen).to_dicts()
    assert (company["enterprise_name"], company["is_in_register"], company["dossier_count"]) == ("Gỗ Vạn", False, 1)
    assert "Gỗ Vạn" not in occurring.person_table(None, seen)["full_name"].to_list()


def test_every_person_of_a_dossier_stands_in_the_table_of_persons() -> None:
    seen = occurring.appearances(dossiers(), decided())
    pairs, people = occurring.person_dossier_table(seen), occurring.person_table(population({}), seen)
    assert pairs.height == 6
    assert set(pairs["person_id"]) == set(people["person_id"])
    assert pairs.filter(pl.col("dossier_id") == "dossier:4").row(0, named=True) == {
        "person_id": local_id("b"),
        "dossier_id": "dossier:4",
        "role": "owner",
        "link_status": "not_found",
        "link_reason": "no_candidate",
        "received_on": date(2026, 1, 1),
        "delivery_id": "one-stop/d1",
    }


def test_a_local_table_names_whom_a_record_means_linked_or_not() -> None:
    table = candidate.local_table("dossier", dossiers()["dossier"], decided())
    ids = dict(table.select("dossier_id", "owner_person_id").iter_rows())
    assert (ids["dossier:1"], ids["dossier:3"], ids["dossier:6"]) == (register_id("001"), local_id("b"), None)


@pytest.mark.parametrize("make", [occurring.person_table, lambda register, seen: occurring.person_dossier_table(seen)])
def test_shuffled_rows_give_the_same_table(make: Any) -> None:
    shuffled = PEOPLE[::-1]
    one, other = (
        make(population({}), occurring.appearances(dossiers(rows), decided(rows))) for rows in (PEOPLE, shuffled)
    )
    assert one.equals(other)


def test_ids_are_given_to_all_who_occur() -> None:
    found = occurring.entities(population({}), decided(), SECRET)
    assert set(found["entity_id"]) == {register_id("001"), register_id("009"), local_id("b")} | set(
        entity_ids("enterprise", pl.Series(["g"]), SECRET, is_local=True)
    )
    assert row(found.rename({"entity_id": "person_id"}), local_id("b"))["reference_id"] is None
    assert found["successor_id"].null_count() == found.height


def test_a_reissued_number_forwards_to_its_successor() -> None:
    found = occurring.entities(population({"former_citizen_id__std": "000"}), decided(), SECRET)
    retired = found.filter(pl.col("successor_id").is_not_null())
    assert retired.select("entity_id", "successor_id").rows() == [(register_id("000"), register_id("001"))]


def test_a_former_number_that_is_linked_itself_is_not_retired() -> None:
    found = occurring.entities(population({"former_citizen_id__std": "009"}), decided(), SECRET)
    assert found["successor_id"].null_count() == found.height


def test_of_two_who_claim_one_former_number_the_choice_does_not_depend_on_order() -> None:
    both = [{"former_citizen_id__std": "000"}, {"citizen_id__std": "009", "former_citizen_id__std": "000"}]
    one, other = (occurring.entities(population(*rows), decided(), SECRET) for rows in (both, both[::-1]))
    assert one.equals(other)
    assert one["successor_id"].count() == 1
