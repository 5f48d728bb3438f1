"""The words of a grant: taken as they are meant, or refused with the one that cannot be; never run as SQL."""

import psycopg
import pytest

from tests.warehouse.access.ground import PASSWORD, log_in, terms
from warehouse import access
from warehouse.access.errors import (
    DepartmentNameError,
    GrantTermsError,
    UngrantableTableError,
    UnknownDepartmentError,
)
from warehouse.connection import Connection

HOSTILE = [
    "'; DROP SCHEMA access CASCADE; --",
    '"; DROP SCHEMA access CASCADE; --',
    "$$; DROP SCHEMA access CASCADE; $$",
    "') OR true --",
    "%s %(name)s %%",
    "{table} {0} {}",
    "\\'; SELECT 1; --",
    "[red]x[/red]",
    "عربي",
    "x" * 500,
]
UNSEEN = ["", "   ", "a\0b", "a\nb", "a\x1b[31mb", "a\u202eb", "a\u200bb", "a\udcffb", "x" * 501]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_kept_as_it_is(conn: Connection, department: str, url: str, text: str) -> None:
    access.add_department(conn, department, text, PASSWORD, text)
    given = terms(purpose=text, basis=text, units=[text])
    access.grant(conn, department, given, text)
    (found,) = access.grants_of(conn, department)
    assert (found.purpose, found.legal_basis, found.granted_by, list(found.units)) == (text, text, text, [text])
    with log_in(url, department) as session:
        assert session.execute(f"SELECT * FROM dept_{department}.dossier".encode()).fetchall() == []


@pytest.mark.parametrize("password", [each for each in HOSTILE if len(each) >= 12] + ["mật khẩu tiếng Việt 😀"])
def test_a_hostile_password_lets_in_and_nothing_else(conn: Connection, added: str, url: str, password: str) -> None:
    access.set_password(conn, added, password, "Lan")
    log_in(url, added, password).close()
    with pytest.raises(psycopg.OperationalError):
        log_in(url, added)


@pytest.mark.parametrize("text", UNSEEN)
@pytest.mark.parametrize("term", ["purpose", "basis", "units"])
def test_a_text_that_is_empty_endless_or_unseen_is_refused(term: str, text: str) -> None:
    with pytest.raises(GrantTermsError, match=rf"^{term}"):
        terms(**{term: [text] if term == "units" else text})


@pytest.mark.parametrize("text", UNSEEN)
def test_nor_is_it_a_title_or_somebody(conn: Connection, department: str, text: str) -> None:
    with pytest.raises(GrantTermsError, match=r"^title"):
        access.add_department(conn, department, text, PASSWORD, "Lan")
    with pytest.raises(GrantTermsError, match=r"^by"):
        access.add_department(conn, department, "Sở", PASSWORD, text)


@pytest.mark.parametrize("name", [*HOSTILE, *UNSEEN, "Y_te", "y-te", "sở", "1a", "a", "a" * 42, "y_te\n", "y_tế"])
def test_a_name_that_can_be_none_is_refused_everywhere(conn: Connection, name: str) -> None:
    for call in (
        lambda: access.add_department(conn, name, "Sở", PASSWORD, "Lan"),
        lambda: access.set_password(conn, name, PASSWORD, "Lan"),
        lambda: access.grant(conn, name, terms(), "Lan"),
        lambda: access.revoke(conn, name, "dossier", "Lan"),
        lambda: access.close_department(conn, name, "Lan"),
        lambda: access.grants_of(conn, name),
        lambda: access.uses_of(conn, name, 1),
    ):
        with pytest.raises(DepartmentNameError):
            call()


def test_an_unknown_department_is_answered_with_the_known_ones(conn: Connection, added: str) -> None:
    for call in (
        lambda: access.set_password(conn, "khong_co", PASSWORD, "Lan"),
        lambda: access.grant(conn, "khong_co", terms(), "Lan"),
        lambda: access.revoke(conn, "khong_co", "dossier", "Lan"),
        lambda: access.close_department(conn, "khong_co", "Lan"),
        lambda: access.grants_of(conn, "khong_co"),
        lambda: access.uses_of(conn, "khong_co", 1),
    ):
        with pytest.raises(UnknownDepartmentError, match=added):
            call()


@pytest.mark.parametrize("table", [*HOSTILE, *UNSEEN, "DOSSIER", "published.dossier", "change", "population"])
def test_a_table_that_is_not_published_is_answered_with_those_that_are(table: str) -> None:
    with pytest.raises(UngrantableTableError, match="birth, death, "):
        terms(table)


@pytest.mark.parametrize("columns", [*HOSTILE, "", "owner_name", "public,internal", "secret", "internal,", "public,x"])
def test_columns_that_are_not_a_level_and_names_are_refused(columns: str) -> None:
    with pytest.raises(GrantTermsError, match=r"^columns"):
        terms(columns=columns)


@pytest.mark.parametrize("until", [*HOSTILE, *UNSEEN, "31/12/2027", "2027-02-30", "2020-01-01", "9999-12-31", "now"])
def test_a_day_that_is_none_or_over_is_refused(until: str) -> None:
    with pytest.raises(GrantTermsError, match=r"^until"):
        terms(until=until)


@pytest.mark.parametrize(
    ("table", "units"), [("dossier", []), ("dossier", ["*"]), ("dossier", ["all", "x"]), ("person", ["x"])]
)
def test_units_that_say_too_little_or_too_much_are_refused(table: str, units: list[str]) -> None:
    with pytest.raises(GrantTermsError, match=r"^units"):
        terms(table, units=units)


def test_a_unit_is_taken_in_the_one_spelling_of_unicode() -> None:
    assert terms(units=["UBND pho\u031b\u0300ng *"]).unit_prefixes == ("UBND phờng ",)
