"""What a candidate would change, counted before it does: by table, unit and role, the most harmful first."""

import pytest

from tests.warehouse.samples import incoming, persons, publication, rows_of
from warehouse.changes import HARM, Change, RoleChange, would_change
from warehouse.offer import offer
from warehouse.publish import publish


@pytest.fixture
def conn(shared):
    with shared.transaction(force_rollback=True):
        yield shared


def dossier(key, unit, linked_to=None, **values):
    status = {"owner_link_status": "linked" if linked_to else "not_found", "owner_person_id": linked_to}
    return {"dossier_id": key, "processing_unit": unit, **status, **values}


BEFORE = [
    dossier("d1", "A", "P1"),
    dossier("d2", "A", "P2"),
    dossier("d3", "A"),
    dossier("d4", "B", "P3"),
    dossier("d5", "B", "P3"),
    dossier("d6", None, "P4"),
]


def compared(conn, load, before, after, entities=()):
    """What the rows `after` would change in a release with the rows `before`."""
    for rows in (before, after):
        ids = sorted({row["owner_person_id"] for row in rows if row["owner_person_id"]})
        load(dossier=rows_of("dossier", *rows), person=persons(**dict.fromkeys(ids, "An")))
        if rows is before:
            publish(conn, publication())
    offer(conn, publication("run-2", "state-2", entities=incoming("incoming_entity", *entities)))
    found = would_change(conn)
    return found, {(each.table, each.unit): each for each in found.units}


def test_rows_are_counted_by_the_unit_that_reads_them(conn, load):
    after = [each for each in BEFORE if each["dossier_id"] != "d6"]
    after[2] = dossier("d3", "A", status="9")
    after[4] = dossier("d5", "C", "P3")
    _, units = compared(conn, load, BEFORE, [*after, dossier("d7", "C")])
    assert units["dossier", "A"] == Change("dossier", "A", rows_before=3, changed=1, links_before=2)
    # d5 moved from B to C: it is B that loses sight of it.
    assert units["dossier", "B"] == Change("dossier", "B", rows_before=2, changed=1, links_before=2)
    assert units["dossier", "C"] == Change("dossier", "C", added=1)
    assert units["dossier", None] == Change("dossier", None, rows_before=1, removed=1, links_before=1)


def test_links_are_new_lost_or_to_somebody_else(conn, load):
    after = [dossier("d1", "A", "P9"), dossier("d2", "A"), dossier("d3", "A", "P8"), *BEFORE[3:]]
    found, units = compared(conn, load, BEFORE, after)
    counts = (units["dossier", "A"].linked, units["dossier", "A"].lost, units["dossier", "A"].reidentified)
    assert counts == (1, 1, 1)
    assert RoleChange("dossier", "owner", links_before=5, linked=1, lost=1, reidentified=1) in found.roles


def test_a_removed_row_is_no_lost_link(conn, load):
    _, units = compared(conn, load, BEFORE, BEFORE[1:])
    assert (units["dossier", "A"].removed, units["dossier", "A"].lost) == (1, 0)


def test_an_id_that_forwards_to_the_new_one_is_the_same_person(conn, load):
    forwarding = [
        {"entity_id": "P1", "kind": "person", "reference_id": "001", "successor_id": "P9"},
        {"entity_id": "P9", "kind": "person", "reference_id": "009"},
    ]
    found, units = compared(conn, load, BEFORE, [dossier("d1", "A", "P9"), *BEFORE[1:]], forwarding)
    assert (units["dossier", "A"].changed, units["dossier", "A"].reidentified) == (1, 0)
    assert (found.joined, found.split) == (0, 0)


def forwards_already(conn):
    """What the migration to keyed ids leaves: the published ids forward to those of every later candidate."""
    for old, new in (("P1", "K1"), ("P2", "K2"), ("P3", "K3"), ("P4", "K4")):
        conn.execute(
            "INSERT INTO ledger.entity (entity_id, kind) VALUES (%(new)s, 'person'), (%(old)s, 'person')",
            {"old": old, "new": new},
        )
        conn.execute("INSERT INTO ledger.forwarding VALUES (%s, %s, 0)", (old, new))


AGAIN = [row | {"owner_person_id": row["owner_person_id"] and f"K{row['owner_person_id'][1:]}"} for row in BEFORE]


def test_an_id_that_forwards_already_is_the_same_person(conn, load):
    forwards_already(conn)
    found, units = compared(conn, load, BEFORE, AGAIN)
    assert (units["dossier", "A"].changed, units["dossier", "A"].reidentified) == (2, 0)
    assert (found.joined, found.split) == (0, 0)


def test_among_ids_that_forward_already_somebody_else_is_still_told(conn, load):
    forwards_already(conn)
    found, units = compared(conn, load, BEFORE, [dossier("d1", "A", "K3"), *AGAIN[1:4], dossier("d5", "B", "K9")])
    assert (units["dossier", "A"].reidentified, units["dossier", "B"].reidentified) == (1, 1)
    assert (found.joined, found.split) == (1, 1)


def test_two_people_whose_records_become_those_of_one_are_joined(conn, load):
    found, units = compared(conn, load, BEFORE, [dossier("d1", "A", "P3"), *BEFORE[1:]])
    assert (found.joined, found.split, units["dossier", "A"].joined) == (1, 0, 1)


def test_a_person_whose_records_become_those_of_two_is_split(conn, load):
    found, units = compared(conn, load, BEFORE, [*BEFORE[:4], dossier("d5", "B", "P9"), BEFORE[5]])
    assert (found.joined, found.split, units["dossier", "B"].split) == (0, 1, 1)


def test_a_person_joined_in_two_units_is_one_person(conn, load):
    before = [dossier("d1", "A", "P1"), dossier("d2", "B", "P1"), dossier("d3", "B", "P2")]
    after = [dossier("d1", "A", "P2"), dossier("d2", "B", "P2"), before[2]]
    found, units = compared(conn, load, before, after)
    assert (found.joined, units["dossier", "A"].joined, units["dossier", "B"].joined) == (1, 1, 1)


def test_somebody_elses_record_outranks_a_hundred_corrected_values(conn, load):
    many = [dossier(f"m{place}", "B") for place in range(60)]
    corrected = [row | {"status": "9"} for row in many]
    found, _ = compared(conn, load, [*BEFORE, *many], [dossier("d1", "A", "P9"), *BEFORE[1:], *corrected])
    assert [each.unit for each in found.units if each.table == "dossier"] == ["A", "B"]


def test_the_weights_follow_the_order_of_harm():
    order = ["reidentified", "lost", "joined", "removed", "changed", "added"]
    assert [HARM[each] for each in order] == sorted((HARM[each] for each in order), reverse=True)
    assert HARM["joined"] == HARM["split"]


def test_the_same_again_would_change_nothing(conn, load):
    found, units = compared(conn, load, BEFORE, BEFORE[::-1])
    assert found.is_empty
    assert units == {}


def test_a_first_candidate_only_adds(conn, load):
    load(dossier=rows_of("dossier", *BEFORE))
    offer(conn, publication())
    found = would_change(conn)
    total = next(each for each in found.tables if each.table == "dossier")
    assert total == Change("dossier", added=6, linked=5)
    assert not found.is_empty


def test_a_decision_that_no_published_column_shows_is_a_change(conn, load):
    load()
    publish(conn, publication())
    decision = {"dataset": "dossier", "record_id": "d1", "role": "owner", "status": "review", "reason": "twin"}
    offer(conn, publication("run-2", "state-2", decisions=incoming("incoming_link", decision)))
    found = would_change(conn)
    assert (found.decisions, found.is_empty) == (1, False)


def test_every_role_is_counted_by_itself(conn, load):
    def wedding(husband, wife):
        roles = {"husband": husband, "wife": wife}
        links = {f"{role}_person_id": who for role, who in roles.items()}
        return {"marriage_id": "m1"} | {f"{role}_link_status": "linked" for role in roles} | links

    load(marriage=rows_of("marriage", wedding("P1", "P2")))
    publish(conn, publication())
    load(marriage=rows_of("marriage", wedding("P1", "P3")))
    offer(conn, publication("run-2", "state-2"))
    found = {each.role: each.reidentified for each in would_change(conn).roles if each.table == "marriage"}
    assert found == {"husband": 0, "wife": 1}


@pytest.mark.parametrize("unit", ["UBND phường '; DROP TABLE ops.run; --", "", "%(x)s {x}"])
def test_whatever_a_unit_is_called_is_only_a_name(conn, load, unit):
    _, units = compared(conn, load, [dossier("d1", unit)], [dossier("d1", unit, status="9")])
    assert units["dossier", unit].changed == 1
