"""Stable ids."""

import hashlib
from datetime import date
from typing import Any

import polars as pl

from warehouse.identity import entity_ids, identified
from warehouse.publication import INCOMING

SECRET = bytes(range(32))


def test_an_id_is_a_function_of_the_key_alone() -> None:
    keys = pl.Series(["001", "002", None, "001"])
    ids = entity_ids("person", keys, SECRET).to_list()
    assert ids == entity_ids("person", keys.reverse(), SECRET).reverse().to_list()
    assert (ids[0], ids[2]) == (ids[3], None)
    assert ids[0] != ids[1]


def test_persons_and_enterprises_never_share_an_id() -> None:
    person, enterprise = (entity_ids(kind, pl.Series(["0101"]), SECRET)[0] for kind in ("person", "enterprise"))
    assert (person[0], enterprise[0], len(person)) == ("P", "E", 21)
    assert person[1:] != enterprise[1:]


def test_no_keys_give_no_ids() -> None:
    assert entity_ids("person", pl.Series([], dtype=pl.String), SECRET).to_list() == []
    assert entity_ids("person", pl.Series([None, None], dtype=pl.String), SECRET).to_list() == [None, None]


def test_without_the_key_an_id_tells_no_number() -> None:
    keys = pl.Series(["001090000001"])
    own, other = (entity_ids("person", keys, secret)[0] for secret in (SECRET, bytes(32)))
    assert own != other
    assert own != "P" + hashlib.sha256(b"person:001090000001").hexdigest()[:20]


def test_a_register_key_and_the_same_words_of_a_record_are_two_ids() -> None:
    keys = pl.Series(["001"])
    assert entity_ids("person", keys, SECRET)[0] != entity_ids("person", keys, SECRET, is_local=True)[0]


def decisions(*rows: dict[str, Any]) -> pl.DataFrame:
    usual = {"dataset": "dossier", "role": "owner", "model": "m1", "reason": "twin", "reference_id": None}
    schema = {name: INCOMING["incoming_link"][name] for name in ("dataset", "record_id", "role", "reference")}
    schema |= {name: pl.String() for name in ("reference_id", "status", "reason", "model")}
    return pl.DataFrame([usual | row for row in rows], schema=schema)


def occurrences(**keys: str) -> pl.DataFrame:
    rows = [(each, "owner", "population", key, date(2026, 3, 1)) for each, key in keys.items()]
    names = {"record_id": pl.String, "role": pl.String, "reference": pl.String, "key": pl.String, "about_on": pl.Date}
    return pl.DataFrame(rows, schema=names, orient="row")


LINKED = {"reference": "population", "status": "linked", "reference_id": "001"}
OPEN = {"reference": "population", "status": "review", "reference_id": "001"}
NOBODY = {"reference": "population", "status": "unlinkable"}


def test_whom_a_record_names_is_the_entry_where_linked_and_its_own_id_elsewhere() -> None:
    given = decisions({"record_id": "a", **LINKED}, {"record_id": "b", **OPEN}, {"record_id": "c", **NOBODY})
    found = identified(given, occurrences(a="k", b="k"), SECRET)
    [entry] = entity_ids("person", pl.Series(["001"]), SECRET)
    [local] = entity_ids("person", pl.Series(["k"]), SECRET, is_local=True)
    assert found["entity_id"].to_list() == [entry, local, None]
    assert found["local_id"].to_list() == [local, local, None]
    assert found["kind"].to_list() == ["person", "person", None]
    assert found["about_on"].to_list() == [date(2026, 3, 1), date(2026, 3, 1), None]


def test_an_enterprise_is_told_by_the_register_it_belongs_to() -> None:
    given = decisions({"record_id": "a", **LINKED, "reference": "enterprise"})
    found = identified(given, occurrences(a="k").with_columns(reference=pl.lit("enterprise")), SECRET)
    assert found.select("kind").row(0) == ("enterprise",)
    assert (found["entity_id"][0][0], found["local_id"][0][0]) == ("E", "E")


def test_a_model_is_named_and_a_steward_left_to_the_ledger() -> None:
    by_steward = {"record_id": "b", **LINKED, "reason": "decided_by_steward"}
    found = identified(decisions({"record_id": "a", **LINKED}, by_steward), occurrences(), SECRET)
    assert found.select("decider", "decided_by").rows() == [("model", "m1"), ("steward", None)]


def test_shuffled_decisions_give_the_same_ids() -> None:
    given = decisions({"record_id": "a", **LINKED}, {"record_id": "b", **OPEN}, {"record_id": "c", **OPEN})
    named = occurrences(a="k", b="k", c="m")
    shuffled = identified(given.reverse(), named.reverse(), SECRET)
    assert shuffled.sort("record_id").equals(identified(given, named, SECRET))


def test_nothing_decided_identifies_nobody() -> None:
    assert identified(decisions(), occurrences(), SECRET).is_empty()
