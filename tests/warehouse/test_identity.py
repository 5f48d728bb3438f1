"""Stable ids."""

import polars as pl

from warehouse.identity import entity_ids


def test_an_id_is_a_function_of_the_key_alone() -> None:
    keys = pl.Series(["001", "002", None, "001"])
    ids = entity_ids("person", keys).to_list()
    assert ids == entity_ids("person", keys.reverse()).reverse().to_list()
    assert (ids[0], ids[2]) == (ids[3], None)
    assert ids[0] != ids[1]


def test_persons_and_enterprises_never_share_an_id() -> None:
    person, enterprise = (entity_ids(kind, pl.Series(["0101"]))[0] for kind in ("person", "enterprise"))
    assert (person[0], enterprise[0], len(person)) == ("P", "E", 21)
    assert person[1:] != enterprise[1:]


def test_no_keys_give_no_ids() -> None:
    assert entity_ids("person", pl.Series([], dtype=pl.String)).to_list() == []
    assert entity_ids("person", pl.Series([None, None], dtype=pl.String)).to_list() == [None, None]
