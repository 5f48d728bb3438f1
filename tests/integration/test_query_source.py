"""A PostgreSQL source read by query: a one-stop system's replica becomes a full delivery like any other."""

import psycopg
import pytest

from tests.integration.deliveries import DOSSIER, read

ROWS = 30


@pytest.fixture
def replica(second_database_url, sample):
    """A database that holds the first dossiers of the sample under the source's own names."""
    rows = read(sample / DOSSIER).head(ROWS)
    columns = ", ".join(f'"{name}" text' for name in rows.columns)
    with psycopg.connect(second_database_url, autocommit=True) as connection:
        connection.execute(f"create schema source create table dossier ({columns})")
        with connection.cursor().copy("copy source.dossier from stdin") as copy:
            for row in rows.iter_rows():
                copy.write_row(row)
    return second_database_url


@pytest.fixture
def settings_file(tmp_path):
    (tmp_path / "dossier.sql").write_text('select * from source.dossier order by "MaHoSo"', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    path = tmp_path / "doisoat.toml"
    path.write_text(
        f'drops = ["{tmp_path}/empty"]\n[[query_sources]]\nname = "one-stop-replica"\nurl_variable = "REPLICA_URL"\n'
        f'batch_size = 7\n[query_sources.queries]\ndossier = "{tmp_path}/dossier.sql"\n',
        encoding="utf-8",
    )
    return path


def nightly(installation, settings_file):
    from flows.nightly import nightly as flow  # noqa: PLC0415 - Prefect reads its settings when first imported

    return flow(str(settings_file), {"workspace": str(installation.root)})


def test_the_rows_of_the_query_are_delivered_and_published(installation, replica, settings_file, monkeypatch):
    monkeypatch.setenv("REPLICA_URL", replica)
    summary = nightly(installation, settings_file)
    assert summary["books"][0]["received"] == ROWS
    assert installation.column("select count(*) from published.dossier") == [summary["books"][0]["accepted"]]


def test_the_same_rows_the_next_night_are_nothing_new(installation, replica, settings_file, monkeypatch):
    monkeypatch.setenv("REPLICA_URL", replica)
    nightly(installation, settings_file)
    assert nightly(installation, settings_file)["status"] == "nothing_new"


def test_without_the_variable_that_holds_its_url_the_run_names_it(installation, settings_file, monkeypatch):
    monkeypatch.delenv("REPLICA_URL", raising=False)
    with pytest.raises(Exception, match="REPLICA_URL"):
        nightly(installation, settings_file)
