"""Tables to check: staged rows and release candidates, written straight to the test's own database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from contracts import Contract, published, received

Row = Mapping[str, Any]
Stage = Callable[..., Contract]

TYPES = {
    "text": sa.Text(),
    "date": sa.Date(),
    "timestamp": sa.DateTime(),
    "smallint": sa.SmallInteger(),
    "boolean": sa.Boolean(),
    "text[]": sa.ARRAY(sa.Text()),
    "integer": sa.Integer(),
    "bigint": sa.BigInteger(),
    "double precision": sa.Float(),
}
SOUND = {
    "date": date(2001, 2, 3),
    "timestamp": datetime(2001, 2, 3, 4, 5),
    "smallint": 1,
    "boolean": True,
    "text[]": [],
    "integer": 1,
    "bigint": 1,
    "double precision": 1.0,
}


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    made = sa.create_engine(sa.make_url(database_url).set(drivername="postgresql+psycopg"))
    with made.begin() as connection:
        for schema in ("staging", "candidate", "published"):
            connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
    yield made
    made.dispose()


def _create(engine: sa.Engine, schema: str, name: str, columns: Mapping[str, Any], rows: Sequence[Row]) -> None:
    table = sa.Table(name, sa.MetaData(), *(sa.Column(each, kind) for each, kind in columns.items()), schema=schema)
    with engine.begin() as connection:
        table.drop(connection, checkfirst=True)
        table.create(connection)
        if rows:
            connection.execute(table.insert(), [dict.fromkeys(columns) | each for each in rows])


@pytest.fixture
def stage(engine: sa.Engine) -> Stage:
    """Stages rows that break no rule of the contract unless told otherwise; row ids count from 1."""

    def make(dataset: str, rows: Sequence[Row], *, has_operations: bool = True, blank: bool = False) -> Contract:
        contract = received()[dataset]
        columns: dict[str, Any] = {"row_id": sa.BigInteger(), "record_id": sa.Text(), "_delivery_id": sa.Text()}
        if has_operations:
            columns["_op"] = sa.Text()
        for each in contract.properties:
            columns |= {each.name: sa.Text(), f"{each.name}__std": TYPES[each.standard_type]}
            columns |= {f"{each.name}__{form}": sa.Text() for form in ("problem", "kind", "precision", "contradiction")}
        sound = {} if blank else dict.fromkeys(contract.names, "x")
        operation = {"_op": "upsert"} if has_operations else {}
        full = [
            {"row_id": place, "record_id": f"{dataset}:{place}"} | operation | sound | each
            for place, each in enumerate(rows, start=1)
        ]
        _create(engine, "staging", dataset, columns, full)
        return contract

    return make


@pytest.fixture
def put(engine: sa.Engine) -> Callable[..., None]:
    """Writes a sound published table of so many rows, changed where told, to `candidate` or `published`."""

    def make(schema: str, name: str, rows: int, **changed: Any) -> None:
        contract = published()[name]
        columns = {each.name: TYPES[each.physical_type] for each in contract.properties if each.name != "release"}
        full = []
        for place in range(1, rows + 1):
            row = {each.name: SOUND.get(each.physical_type, f"{each.name} {place}") for each in contract.properties}
            row |= {each: "not_found" for each in contract.names if each.endswith("_link_status")}
            row |= {each.name: None for each in contract.properties if each.references}
            row.pop("release")
            full.append(row | (changed if place == 1 else {}))
        _create(engine, schema, name, columns, full)

    return make
