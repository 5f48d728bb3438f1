"""Connecting, and what is said when that fails."""

import pytest

from warehouse import connection
from warehouse.connection import connect
from warehouse.errors import DatabaseUnreachableError, UnsupportedServerError


@pytest.mark.parametrize("url", ["postgresql://user:secret@127.0.0.1:1/x", "not a url"], ids=["nobody there", "no url"])
def test_an_unreachable_database_is_named_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnreachableError) as caught:
        connect(url)
    assert "secret" not in str(caught.value)


def test_an_old_server_is_refused(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "OLDEST_VERSION", 990000)
    with pytest.raises(UnsupportedServerError, match="PostgreSQL 15 or later"):
        connect(database_url)


def test_sessions_have_our_name_and_time_zone(database_url: str) -> None:
    with connect(database_url) as conn:
        row = conn.execute("SELECT current_setting('TimeZone'), current_setting('application_name')").fetchone()
    assert row == ("Asia/Ho_Chi_Minh", "doisoat")
