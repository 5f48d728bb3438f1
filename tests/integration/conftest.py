"""A Prefect server for the session and runs of the flow in this process; every run's books are held to balance."""

import shutil

import psycopg
import pytest

import warehouse
from flows import orchestrator
from flows.books import balance
from tests.integration.deliveries import small_drop


@pytest.fixture(scope="session")
def prefect(tmp_path_factory):
    with orchestrator.server(tmp_path_factory.mktemp("prefect")) as ready:
        ready()
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    return small_drop(tmp_path_factory.mktemp("sample") / "drop")


class Installation:
    """A workspace with its database, as an operator has one."""

    def __init__(self, root, url):
        self.root, self.url, self.summary = root, url, None

    def run(self, *drops, **overrides):
        from flows.nightly import nightly  # noqa: PLC0415 - Prefect reads its settings when first imported

        summary = nightly(None, {"workspace": str(self.root), "drops": [str(each) for each in drops], **overrides})
        for book in summary["books"]:
            balance(book)
        return summary

    def ask(self, question):
        with warehouse.connect(self.url) as connection:
            return question(connection)

    def tables(self):
        return self.ask(warehouse.checksums)

    def column(self, statement):
        return [row[0] for row in self.ask(lambda connection: connection.execute(statement).fetchall())]


@pytest.fixture
def installation(prefect, database_url, tmp_path, monkeypatch):
    """An installation that has never run."""
    monkeypatch.setenv("DOISOAT_DATABASE", database_url)
    return Installation(tmp_path / "workspace", database_url)


@pytest.fixture(scope="session")
def first_run(prefect, server_url, template_database, sample, tmp_path_factory):
    """Database and workspace after one run on the sample, made once for all tests that begin there."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database first_run template {template_database}")
    made = Installation(
        tmp_path_factory.mktemp("first") / "workspace", server_url.replace("@/doisoat?", "@/first_run?")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISOAT_DATABASE", made.url)
        made.summary = made.run(sample)
    return made


@pytest.fixture
def installed(first_run, new_database, tmp_path, monkeypatch):
    """An installation that has run once on the sample; `summary` is that run's."""
    made = Installation(tmp_path / "workspace", new_database("first_run"))
    shutil.copytree(first_run.root, made.root)
    made.summary = first_run.summary
    monkeypatch.setenv("DOISOAT_DATABASE", made.url)
    return made
