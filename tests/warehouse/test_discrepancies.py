"""The candidate table of differences: stable ids, and the release that each stands since."""

import polars as pl
import pytest

import contracts
from tests.warehouse.samples import incoming, link, publication
from tests.warehouse.test_tickets import difference
from warehouse.discrepancies import standing, table
from warehouse.publish import load_candidate, publish

NOTHING = pl.DataFrame(schema={"discrepancy_id": pl.String, "first_release": pl.Int32})


@pytest.fixture
def made():
    """Differences of a person's dossier and of an enterprise's, and the links."""
    found = pl.DataFrame([difference(f"dossier:{n}") for n in (1, 2)]).drop("first_release", "discrepancy_id")
    firm = {"reference": "enterprise", "reference_id": "3700000004", "entity_id": "E1"}
    decisions = incoming("incoming_link", link("dossier:1", entity_id="P1"), link("dossier:2", **firm))
    kind = pl.col("reference").replace({"population": "person"})
    return found, decisions.with_columns(kind=kind)


def test_a_difference_has_the_stable_id_of_whom_the_record_is_linked_to(made):
    rows = table(*made, NOTHING, 7).sort("record_id")
    assert rows.select("person_id", "enterprise_id", "first_release").rows() == [("P1", None, 7), (None, "E1", 7)]


@pytest.mark.parametrize(
    ("column", "value", "is_same"),
    [("kind", "other_date", True), ("local_value", "1990", True), ("field", "sex", False), ("role", "wife", False)],
)
def test_the_id_names_the_matter_and_not_how_the_values_differ_tonight(made, column, value, is_same):
    found, decisions = made
    if column == "role":
        decisions = decisions.with_columns(role=pl.lit(value))
    before, after = (
        table(*made, NOTHING, 1),
        table(found.with_columns(pl.lit(value).alias(column)), decisions, NOTHING, 1),
    )
    assert (set(before["discrepancy_id"]) == set(after["discrepancy_id"])) is is_same


def test_a_link_to_somebody_else_is_another_matter(made):
    found, decisions = made
    elsewhere = decisions.with_columns(entity_id=pl.col("entity_id") + "9")
    ids = [set(table(found, each, NOTHING, 1)["discrepancy_id"]) for each in (decisions, elsewhere)]
    assert not ids[0] & ids[1]


def test_a_difference_that_is_published_keeps_the_release_it_stands_since(conn, load, made):
    found, decisions = made
    load(discrepancy=table(found, decisions, standing(conn), 1))
    publish(conn, publication(decisions=decisions))
    both = pl.concat([found, found.head(1).with_columns(field=pl.lit("sex"))])
    rows = table(both, decisions, standing(conn), 2)
    assert sorted(rows.select("field", "first_release").rows()) == [("birth_date", 1), ("birth_date", 1), ("sex", 2)]


def test_no_differences_make_an_empty_table(conn, made):
    found, decisions = made
    nothing = table(found.head(0), decisions, standing(conn), 1)
    assert load_candidate(conn, contracts.published()["discrepancy"], nothing) == 0
