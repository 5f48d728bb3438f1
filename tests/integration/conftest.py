"""A Prefect server for the session and runs of the flow in this process; every run's books are held to balance."""

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
        self.root, self.url = root, url

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
    monkeypatch.setenv("DOISOAT_DATABASE", database_url)
    return Installation(tmp_path / "workspace", database_url)
