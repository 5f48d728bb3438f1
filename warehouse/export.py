"""A release as Parquet files with a manifest of checksums, for departments that cannot query the database."""

import hashlib
import json
import os
import shutil
from collections.abc import Container
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from psycopg import sql

import contracts
from contracts import Contract
from warehouse.connection import Connection
from warehouse.copy import POLARS_TYPES
from warehouse.copy_out import fetch_batches
from warehouse.errors import ReleaseGoneError, translated
from warehouse.queries import names, query, template

ROWS_A_GROUP = 50_000
MANIFEST = "manifest.json"


def export_release(conn: Connection, folder: Path, release: int) -> Path:
    """Writes `folder/release-000001` with a Parquet file a table; its path. One exported already is left alone."""
    target = folder / f"release-{release:06d}"
    with translated("export the release"), conn.transaction():
        conn.execute(query("reading/snapshot"))
        state = _state_of(conn, release)
        if _exported_state(target) == state:
            return target
        folder.mkdir(parents=True, exist_ok=True)
        # Under another name until it is whole: a reader of the folder never sees half a release.
        unfinished = folder / f".{target.name}.{os.getpid()}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        try:
            _write_release(conn, unfinished, release, state)
            shutil.rmtree(target, ignore_errors=True)
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _state_of(conn: Connection, release: int) -> str:
    row = conn.execute(query("export/current")).fetchone()
    if row is None or row[0] != release:
        raise ReleaseGoneError(release, row[0] if row else None)
    return str(row[1])


def _exported_state(target: Path) -> str | None:
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return str(manifest.get("state"))


def _write_release(conn: Connection, folder: Path, release: int, state: str) -> None:
    tables = {}
    for table, contract in contracts.published().items():
        path = folder / f"{table}.parquet"
        rows = _write_table(conn, contract, path)
        tables[table] = {"file": path.name, "rows": rows, "sha256": _sha256(path)}
    manifest = {"release": release, "state": state, "tables": tables}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _write_table(conn: Connection, contract: Contract, path: Path) -> int:
    statement = template(
        "export/table",
        table=sql.Identifier("published", contract.dataset),
        columns=names(contract.names),
        key=names(contract.key),
    )
    schema = pl.DataFrame(schema={each.name: POLARS_TYPES[each.physical_type] for each in contract.properties})
    arrow_schema, rows = schema.to_arrow().schema, 0
    with pq.ParquetWriter(path, arrow_schema, compression="zstd") as writer:
        for frame in fetch_batches(conn, statement, ROWS_A_GROUP):
            rows += frame.height
            writer.write_table(pa.Table.from_batches(frame.to_arrow().to_batches(), arrow_schema))
    return rows


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_exports(folder: Path, keep: Container[int]) -> list[int]:
    """Removes the folders of releases that are not to be kept; their numbers."""
    names = {each: each.name.removeprefix("release-") for each in folder.glob("release-*")}
    found = {int(number): each for each, number in names.items() if number.isdecimal()}
    gone = sorted(number for number in found if number not in keep)
    for number in gone:
        shutil.rmtree(found[number], ignore_errors=True)
    return gone
