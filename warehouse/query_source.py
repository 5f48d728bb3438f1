"""Reads another system's database by query, in batches, as the text a file of it would hold."""

from collections.abc import Iterator, Sequence

import polars as pl
import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.string import TextLoader

from warehouse.connection import Connection, open_connection, place_of
from warehouse.errors import SourceQueryError
from warehouse.queries import query as stored


class _TruthLoader(Loader):
    """Booleans as words: `t` and `f` are PostgreSQL's private way to write them."""

    def load(self, data: Buffer) -> str:
        return "true" if bytes(data) == b"t" else "false"


def read_batches(url: str, query: str, batch_size: int) -> Iterator[pl.DataFrame]:
    """The rows of a query, `batch_size` at a time, every column as text; at least one frame, empty without rows.

    Reads through a server-side cursor in a read-only transaction, so memory stays flat and nothing can be changed.
    """
    conn = open_connection(url)
    try:
        _load_all_as_text(conn)
        conn.read_only = True
        conn.execute(stored("source_session"))
        with conn.transaction(), conn.cursor(name="doisoat") as cursor:
            cursor.execute(query.rstrip().rstrip(";").encode())
            schema = {each.name: pl.String for each in cursor.description or ()}
            rows = cursor.fetchmany(batch_size)
            yield _frame(rows, schema)
            while rows := cursor.fetchmany(batch_size):
                yield _frame(rows, schema)
    except psycopg.Error as exc:
        raise SourceQueryError(place_of(url), exc.sqlstate or type(exc).__name__) from exc
    finally:
        conn.close()


def _load_all_as_text(conn: Connection) -> None:
    for each in conn.adapters.types:
        conn.adapters.register_loader(each.oid, TextLoader)
        if each.array_oid:
            conn.adapters.register_loader(each.array_oid, TextLoader)
    conn.adapters.register_loader("bool", _TruthLoader)


def _frame(rows: Sequence[tuple[object, ...]], schema: dict[str, type[pl.String]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row") if rows else pl.DataFrame(schema=schema)
