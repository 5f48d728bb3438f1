"""Links in two times, ids that forward and never die, flags: on a real PostgreSQL, night after night."""

import random
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import psycopg
import pytest

import contracts
from tests.warehouse.samples import empty_table, incoming, link, publication
from warehouse.connection import Connection, connect
from warehouse.publish import load_candidate, publish
from warehouse.rollback import Order, rollback

Rows = list[tuple[Any, ...]]


class Nights:
    """One warehouse, published to again and again; `moments` has the end of each night, from 1 on."""

    def __init__(self, conn: Connection) -> None:
        self.conn, self.moments = conn, [self.now(conn)]
        for table, contract in contracts.published().items():
            if table != "release":
                load_candidate(conn, contract, empty_table(table))

    @staticmethod
    def now(conn: Connection) -> datetime:
        row = conn.execute("SELECT clock_timestamp()").fetchone()
        assert row
        return row[0]

    def publish(self, *links: dict[str, Any], retired: dict[str, str] | None = None, flags: Any = ()) -> int | None:
        """One night in which these links are decided and these ids retired; its release."""
        ids = {each["entity_id"]: (each["kind"], None) for each in links if each["entity_id"]}
        ids |= {old: ("person", new) for old, new in (retired or {}).items()}
        entities = [{"entity_id": each, "kind": kind, "successor_id": to} for each, (kind, to) in ids.items()]
        frames = {
            "decisions": incoming("incoming_link", *links),
            "entities": incoming("incoming_entity", *entities),
            "flags": incoming("incoming_flag", *flags),
        }
        done = publish(self.conn, publication(f"run-{len(self.moments)}", f"state-{len(self.moments)}", **frames))
        self.moments.append(self.now(self.conn))
        return done.release

    def ask(self, statement: str, *values: object) -> Rows:
        return self.conn.execute(statement.encode(), values or None).fetchall()

    def resolve(self, entity_id: str, *, night: int | None = None) -> str | None:
        if night is None:
            [(found,)] = self.ask("SELECT ledger.resolve(%s)", entity_id)
        else:
            [(found,)] = self.ask("SELECT ledger.resolve(%s, %s)", entity_id, self.moments[night])
        return found


def named(record_id: str, local_id: str, register_id: str | None = None, **values: Any) -> dict[str, Any]:
    """A record that names somebody, linked to an entry of the register or not."""
    unlinked = {"status": "not_found", "reason": "no_candidate", "reference_id": None}
    about = {"decider": "model", "decided_by": "m1", "kind": "person", "local_id": local_id}
    own = {"entity_id": register_id or local_id, "reference_id": register_id}
    return link(record_id, **{**(own if register_id else own | unlinked), **about, **values})


@pytest.fixture
def nights(conn: Connection) -> Nights:
    return Nights(conn)


@pytest.fixture(scope="module")
def told(server_url: str, template_database: str) -> Iterator[Nights]:
    """Five nights of one dossier, read by many tests and changed by none.

    1: in review, and another dossier linked. 2: linked. 3: the same, its weight moved, another record came. 4: a
    steward confirmed another. 5: the record was corrected to another day, and the other dossier withdrawn.
    """
    with psycopg.connect(server_url, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE history TEMPLATE {template_database}".encode())
    with connect(server_url.replace("@/doisoat?", "@/history?")) as conn:
        made = Nights(conn)
        day = {"about_on": date(2026, 3, 1)}
        other = named("dossier:2", "L2", "R2", about_on=date(2025, 1, 1))
        undated = named("dossier:3", "L3", "R3")
        linked = named("dossier:1", "L1", "R1", **day)
        made.publish(named("dossier:1", "L1", **day, status="review", reason="twin", weight=4.0), other)
        made.publish(linked | {"weight": 20.0, "evidence": "first"}, other)
        made.publish(linked | {"weight": 21.0, "evidence": "later"}, other, undated)
        conn.execute(
            "INSERT INTO ledger.verdict (record_id, role, reference, reference_id, verdict, steward) VALUES"
            " ('dossier:1', 'owner', 'population', 'R9', 'same', 'lan')"
        )
        by_steward = {"reason": "decided_by_steward", "decider": "steward", "decided_by": None, "weight": None}
        confirmed = named("dossier:1", "L1", "R9", **day, **by_steward)
        made.publish(confirmed, other, undated)
        made.publish(confirmed | {"about_on": date(2026, 4, 1)}, undated)
        yield made


AT = {
    "before anything": (0, None, []),
    "the first night": (1, None, [("dossier:1", "review", "L1", 4.0, "m1"), ("dossier:2", "linked", "R2", 20.5, "m1")]),
    "linked then": (2, None, [("dossier:1", "linked", "R1", 20.0, "m1"), ("dossier:2", "linked", "R2", 20.5, "m1")]),
    "with the weight of then": (
        3,
        date(2026, 3, 1),
        [("dossier:1", "linked", "R1", 21.0, "m1"), ("dossier:2", "linked", "R2", 20.5, "m1")],
    ),
    "a steward's": (
        4,
        date(2026, 3, 1),
        [("dossier:1", "linked", "R9", None, "lan"), ("dossier:2", "linked", "R2", 20.5, "m1")],
    ),
    "of an earlier day": (4, date(2026, 2, 28), [("dossier:2", "linked", "R2", 20.5, "m1")]),
    "corrected since to a later day": (5, date(2026, 3, 1), []),
    "of the day it was corrected to": (5, date(2026, 4, 1), [("dossier:1", "linked", "R9", None, "lan")]),
    "undated ones without a day only": (
        5,
        None,
        [("dossier:1", "linked", "R9", None, "lan"), ("dossier:3", "linked", "R3", 20.5, "m1")],
    ),
}
"""Believed after which night, about which day: (record, status, whom, weight, who decided)."""


@pytest.mark.parametrize("case", AT)
def test_what_was_believed_then_about_a_day_is_told(told: Nights, case: str) -> None:
    night, about, expected = AT[case]
    columns = "record_id, status, entity_id, weight, decided_by"
    asked = f"SELECT {columns} FROM ledger.links_at(%s, %s) ORDER BY record_id"
    assert told.ask(asked, told.moments[night], about) == expected


def test_the_history_of_a_record_tells_who_decided_on_what_evidence(told: Nights) -> None:
    columns = "from_release, to_release, about_on, status, entity_id, decider, decided_by, first_weight, weight"
    assert told.ask(f"SELECT {columns} FROM ledger.believed('dossier:1', 'owner')") == [
        (1, 2, date(2026, 3, 1), "review", "L1", "model", "m1", 4.0, 4.0),
        (2, 4, date(2026, 3, 1), "linked", "R1", "model", "m1", 20.0, 21.0),
        (4, 5, date(2026, 3, 1), "linked", "R9", "steward", "lan", None, None),
        (5, None, date(2026, 4, 1), "linked", "R9", "steward", "lan", None, None),
    ]


def test_first_figures_are_kept_only_where_they_moved(told: Nights) -> None:
    assert told.ask("SELECT record_id, weight, evidence FROM ledger.first_figures") == [("dossier:1", 20.0, "first")]


@pytest.mark.parametrize("name", ["resolve", "resolve_in_release", "links_at", "believed"])
def test_a_function_is_described_in_both_languages(told: Nights, name: str) -> None:
    comments = told.ask(
        "SELECT obj_description(p.oid) FROM pg_proc AS p WHERE pronamespace = 'ledger'::regnamespace AND proname = %s",
        name,
    )
    assert comments
    assert all(comment.count("\n") == 1 for (comment,) in comments)


def test_every_table_and_view_of_the_ledger_that_came_with_history_is_described(told: Nights) -> None:
    relations = ["entity", "first_figures", "flag", "forwarding", "link", "open_flag", "resolved"]
    assert told.ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relname = ANY(%s)"
        " AND obj_description(oid) LIKE E'%%\n%%' ORDER BY relname",
        relations,
    ) == [(each,) for each in relations]


def test_another_model_with_the_same_answer_is_another_link(nights: Nights) -> None:
    nights.publish(named("dossier:1", "L1", "R1"))
    nights.publish(named("dossier:1", "L1", "R1", model="m2", decided_by="m2"))
    history = nights.ask("SELECT model, from_release FROM ledger.believed('dossier:1', 'owner')")
    assert history == [("m1", 1), ("m2", 2)]


def test_a_second_move_of_the_weight_keeps_the_first_figures(nights: Nights) -> None:
    for weight in (20.0, 21.0, 22.0, 22.0):
        nights.publish(named("dossier:1", "L1", "R1", weight=weight))
    history = nights.ask("SELECT first_weight, weight, from_release FROM ledger.believed('dossier:1', 'owner')")
    assert history == [(20.0, 22.0, 1)]


def test_conflicting_stewards_are_all_named(nights: Nights) -> None:
    for reference_id, steward in (("R1", "lan"), ("R2", "an"), ("R1", "mai")):
        nights.ask(
            "INSERT INTO ledger.verdict (record_id, role, reference, reference_id, verdict, steward)"
            " VALUES ('dossier:1', 'owner', 'population', %s, 'same', %s) RETURNING 1",
            reference_id,
            steward,
        )
    conflict = {"status": "review", "reason": "steward_conflict", "decider": "steward", "decided_by": None}
    nights.publish(named("dossier:1", "L1", **conflict))
    assert nights.ask("SELECT decided_by FROM ledger.believed('dossier:1', 'owner')") == [("an, mai",)]


def test_a_local_id_forwards_when_its_record_is_linked_and_comes_back_when_it_is_not(nights: Nights) -> None:
    nights.publish(named("dossier:1", "L1"))
    nights.publish(named("dossier:1", "L1", "R1"))
    nights.publish(named("dossier:1", "L1"))
    assert [nights.resolve("L1", night=each) for each in range(4)] == [None, "L1", "R1", "L1"]
    assert (nights.resolve("L1"), nights.resolve("R1")) == ("L1", "R1")
    in_release = nights.ask("SELECT ledger.resolve_in_release('L1', r) FROM generate_series(1, 3) AS r ORDER BY r")
    assert in_release == [("L1",), ("R1",), ("L1",)]


def test_a_record_linked_from_the_beginning_gets_an_id_of_its_own_only_when_it_needs_one(nights: Nights) -> None:
    nights.publish(named("dossier:1", "L1", "R1"))
    assert nights.resolve("L1") is None
    nights.publish(named("dossier:1", "L1"))
    assert (nights.resolve("L1"), nights.resolve("R1")) == ("L1", "R1")


def test_a_shared_local_id_forwards_only_when_all_its_records_agree(nights: Nights) -> None:
    nights.publish(named("dossier:1", "S"), named("dossier:2", "S"))
    nights.publish(named("dossier:1", "S", "R1"), named("dossier:2", "S"))
    assert nights.resolve("S") == "S"
    nights.publish(named("dossier:1", "S", "R1"), named("dossier:2", "S", "R2"))
    assert nights.resolve("S") == "S"
    nights.publish(named("dossier:1", "S", "R1"), named("dossier:2", "S", "R1"))
    assert nights.resolve("S") == "R1"


def test_a_corrected_record_takes_its_former_id_along(nights: Nights) -> None:
    nights.publish(named("dossier:1", "before"))
    nights.publish(named("dossier:1", "after", "R1"))
    assert [nights.resolve("before", night=each) for each in (1, 2)] == ["before", "R1"]
    nights.publish(named("dossier:1", "after"))
    assert nights.resolve("before") == "after"
    nights.publish(named("dossier:1", "before"))
    assert (nights.resolve("before"), nights.resolve("after")) == ("before", "before")


def test_an_id_whose_record_is_gone_stays_what_it_was(nights: Nights) -> None:
    nights.publish(named("dossier:1", "L1"), named("dossier:2", "L2", "R2"))
    nights.publish()
    assert (nights.resolve("L1"), nights.resolve("R2")) == ("L1", "R2")


def test_a_retired_number_forwards_until_the_register_knows_it_again(nights: Nights) -> None:
    nights.publish(named("dossier:1", "L1", "old"))
    nights.publish(named("dossier:1", "L1", "new"), retired={"old": "new"})
    assert nights.resolve("old") == "new"
    nights.publish(named("dossier:1", "L1", "old"), retired={"new": "old"})
    assert [nights.resolve(each) for each in ("old", "new")] == ["old", "old"]
    assert [nights.resolve("old", night=each) for each in (1, 2, 3)] == ["old", "new", "old"]


def test_forwarding_alone_is_a_release(nights: Nights) -> None:
    assert nights.publish(named("dossier:1", "L1", "new")) == 1
    assert nights.publish(named("dossier:1", "L1", "new"), retired={"old": "new"}) == 2
    assert nights.publish(named("dossier:1", "L1", "new"), retired={"old": "new"}) == 2
    assert nights.publish(named("dossier:1", "L1", "new")) == 2
    assert nights.resolve("old") == "new"


def test_a_rollback_restores_links_and_where_ids_forward(nights: Nights) -> None:
    nights.publish(named("dossier:1", "L1"), named("dossier:2", "L2"))
    nights.publish(named("dossier:1", "L1", "R1"), named("dossier:2", "L2"))
    nights.publish(named("dossier:1", "L1"), named("dossier:2", "L2", "R2"))
    rollback(nights.conn, 2, Order("Lan", "test"))
    assert [nights.resolve(each) for each in ("L1", "L2", "R2")] == ["R1", "L2", "R2"]
    whom = "SELECT record_id, entity_id, local_id FROM ledger.link WHERE ended_at IS NULL ORDER BY record_id"
    assert nights.ask(whom) == [("dossier:1", "R1", "L1"), ("dossier:2", "L2", "L2")]
    assert [nights.resolve("L1", night=each) for each in (1, 2, 3)] == ["L1", "R1", "L1"]


@pytest.mark.parametrize("seed", range(3))
def test_no_id_ever_dies_whatever_the_nights_bring(nights: Nights, seed: int) -> None:
    chance, heard, retired = random.Random(seed), {}, {}
    records = {f"dossier:{each}": (f"L{each}", None) for each in range(6)}
    for night in range(1, 8):
        for record in chance.sample(sorted(records), 3):
            local = chance.choice([records[record][0], "shared", f"{record}/{chance.randint(1, 3)}"])
            records[record] = (local, chance.choice([None, "R1", "R2", "R3"]))
        here = {record: told for record, told in records.items() if chance.random() < 0.8}
        occurring = {entry for _, entry in here.values() if entry}
        retired = {each: chance.choice(sorted(occurring)) for each in ("R1", "R2", "R3") if occurring - {each}}
        retired = {old: new for old, new in retired.items() if old not in occurring}
        nights.publish(*(named(record, *told) for record, told in here.items()), retired=retired)
        for local, entry in here.values():
            assert nights.resolve(entry or local) == (entry or local)
            fellows = {other for name, other in here.values() if name == local}
            if entry and fellows == {entry} and nights.resolve(local):
                assert nights.resolve(local) == entry
        ids = [each for (each,) in nights.ask("SELECT entity_id FROM ledger.entity")]
        heard[night] = {each: nights.resolve(each) for each in ids}
        assert None not in heard[night].values()
        assert dict(nights.ask("SELECT entity_id, current_id FROM ledger.resolved")) == heard[night]
        assert all(nights.resolve(now) == now for now in heard[night].values() if now)
    later = {night: {each: nights.resolve(each, night=night) for each in ids} for night, ids in heard.items()}
    assert later == heard


AGAINST = {
    "record_id": "dossier:1",
    "role": "owner",
    "reference": "population",
    "reference_id": "R1",
    "verdict": "same",
    "kind": "another_fits",
    "other_id": "R2",
}
OPEN = "SELECT kind, other_id FROM ledger.open_flag ORDER BY flag_id"


def test_a_flag_is_raised_once_and_closed_when_its_reason_is_gone(nights: Nights) -> None:
    for _ in range(2):
        nights.publish(flags=[AGAINST])
    assert nights.ask(OPEN) == [("another_fits", "R2")]
    nights.publish()
    assert nights.ask(OPEN) == []
    nights.publish(flags=[AGAINST])
    assert nights.ask("SELECT closed_as FROM ledger.flag ORDER BY flag_id") == [("gone",), (None,)]


def test_a_flag_that_a_steward_answered_is_not_raised_again_but_another_reason_is(nights: Nights) -> None:
    nights.publish(flags=[AGAINST])
    nights.ask(
        "INSERT INTO ledger.verdict (record_id, role, reference, reference_id, verdict, steward)"
        " VALUES ('dossier:1', 'owner', 'population', 'R1', 'same', 'lan') RETURNING 1"
    )
    for _ in range(2):
        nights.publish(flags=[AGAINST])
    assert nights.ask(OPEN) == []
    nights.publish(flags=[AGAINST | {"other_id": "R3"}])
    assert nights.ask(OPEN) == [("another_fits", "R3")]


def test_flags_alone_make_no_release(nights: Nights) -> None:
    assert nights.publish(named("dossier:1", "L1", "R1")) == 1
    assert nights.publish(named("dossier:1", "L1", "R1"), flags=[AGAINST]) == 1
