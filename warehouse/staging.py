"""Standardised rows into `staging.<dataset>`, where gate one checks them."""

import polars as pl
from psycopg import sql

from contracts import Contract
from warehouse.connection import Connection
from warehouse.copy import copy_frame, postgres_type
from warehouse.errors import FrameMismatchError, translated
from warehouse.queries import template
from warehouse.tables import definitions

ROW_COLUMNS = ("record_id", "_delivery_id", "_file", "_row", "_op", "_hash")
"""What every standardised row has besides the forms of its properties."""


def stage(conn: Connection, contract: Contract, frame: pl.DataFrame) -> int:
    """Makes `staging.<dataset>` anew from a STANDARD frame; the number of rows.

    `row_id` numbers the rows of the frame from 0 unless the frame brings its own.
    """
    types = _column_types(contract, frame)
    if "row_id" not in frame.columns:
        frame = frame.with_row_index("row_id")
    table = sql.Identifier("staging", contract.dataset)
    with translated(f"stage {contract.dataset}"), conn.transaction():
        conn.execute(template("staging/create", table=table, columns=definitions(types)))
        rows = copy_frame(conn, "staging", contract.dataset, frame.select(list(types)))
        conn.execute(template("staging/analyze", table=table))
    return rows


def _column_types(contract: Contract, frame: pl.DataFrame) -> dict[str, str]:
    types = {"row_id": "bigint", **dict.fromkeys(ROW_COLUMNS, "text"), "_row": "bigint"}
    for each in contract.properties:
        standard = {each.name: "text", f"{each.name}__std": each.standard_type, f"{each.name}__problem": "text"}
        forms = [name for name in frame.columns if name.startswith(f"{each.name}__") and name not in standard]
        types |= standard | {name: postgres_type(frame.schema[name]) for name in forms}
    types["repairs"] = "text[]"
    missing = [name for name in types if name not in frame.columns and name != "row_id"]
    if missing:
        raise FrameMismatchError(f"staging.{contract.dataset}", missing=missing)
    return types
