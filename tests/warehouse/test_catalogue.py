"""What the catalogue is told of the published tables: releases, changes, rows and the time they cover."""

from datetime import date

from tests.warehouse.samples import persons, publication, rows_of
from warehouse.catalogue import facts
from warehouse.publication import TableChange
from warehouse.publish import publish


def births(*days):
    return rows_of(
        "birth",
        *(
            {"birth_id": f"birth:{at}", "number": str(at), "book": "1", "registered_on": day, "registration_place": "A"}
            | {"repairs": [], "failed_rules": [], "delivery_id": "civil-registry/1"}
            | {
                f"{role}_link_{each}": "review"
                for role in ("child", "mother", "father")
                for each in ("status", "reason")
            }
            for at, day in enumerate(days)
        ),
    )


def test_before_the_first_release_there_is_nothing_to_tell(conn):
    found = facts(conn)
    assert (found.releases, dict(found.rows), dict(found.spans)) == ((), {}, {})


def test_releases_come_newest_first_with_what_each_changed(conn, load):
    load(person=persons(P1="An", P2="Bình"))
    publish(conn, publication())
    load(person=persons(P1="An", P3="Chi"))
    publish(conn, publication("run-2"))
    newest, first = facts(conn).releases
    assert (newest.number, newest.run_id, newest.changes) == (2, "run-2", (TableChange("person", 1, 0, 1),))
    assert first.changes == (TableChange("person", 2, 0, 0),)


def test_every_published_table_has_its_rows_and_those_with_days_the_time_they_cover(conn, load):
    load(birth=births(date(2026, 3, 1), None, date(2025, 12, 31)))
    publish(conn, publication())
    found = facts(conn)
    assert found.rows == {**dict.fromkeys(found.rows, 0), "birth": 3, "release": 1}
    assert dict(found.spans) == {"birth": (date(2025, 12, 31), date(2026, 3, 1))}
