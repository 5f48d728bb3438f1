"""The door to Great Expectations: runs checks on one PostgreSQL table and says which rows fail.

Importing this module takes seconds, so the gates load it only when they run. The library works in memory, without its
analytics, progress bars, data docs or log lines: its messages quote values, and ours must not.
"""

import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from expectations.errors import CheckError, MissingColumnsError, MissingTableError
from expectations.suites.check import Check, NoRowWhere, NotNull, Null, OneOf, RowCount, Unique, columns_of

os.environ["GX_ANALYTICS_ENABLED"] = "false"
with warnings.catch_warnings():
    # The library imports modules of the standard library that newer Pythons deprecate.
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )
    from great_expectations.datasource.fluent.interfaces import Batch, GxDatasourceWarning, TestConnectionError
    from great_expectations.exceptions.exceptions import GreatExpectationsError
    from great_expectations.expectations.row_conditions import Column

    # Its package exports the expectations without saying so to type checkers.
    gxe: Any = import_module("great_expectations.expectations")

logging.getLogger("great_expectations").setLevel(logging.CRITICAL + 1)

ROW_ID, OPERATION = "row_id", "_op"
ALL = 2**31 - 1
"""Without it the library lists the first 20 failing rows only."""

# One row with an array: of plain rows the library would fetch the first 200 only.
_ROWS = "SELECT count(*) AS failed, array_agg(row_id) AS row_ids FROM {{batch}} WHERE {condition} HAVING count(*) > 0"
_COUNT = "SELECT count(*) AS failed FROM {{batch}} WHERE {condition} HAVING count(*) > 0"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the library found for one check."""

    check: Check
    success: bool
    failed: int
    row_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table to check, as found in the database."""

    schema: str
    name: str
    columns: frozenset[str]
    rows: int

    @property
    def title(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"


def driver_url(url: str, schema: str) -> sa.URL:
    """The libpq URL for SQLAlchemy's psycopg driver, with that schema as the one searched.

    The schema rides on the connection because the library has given up its own argument for it.
    """
    parsed = sa.make_url(url)
    given = parsed.query.get("options", "")
    options = given if isinstance(given, str) else " ".join(given)
    searched = f"{options} -csearch_path={schema}".strip()
    return parsed.set(drivername="postgresql+psycopg").update_query_dict({"options": searched})


def table(url: str, schema: str, name: str) -> Table:
    """Columns and row count of a table; MissingTableError if there is none."""
    found = find_table(url, schema, name)
    if found is None:
        raise MissingTableError(f"{schema}.{name}")
    return found


def find_table(url: str, schema: str, name: str) -> Table | None:
    """Columns and row count of a table, or None if there is none."""
    with _our_errors(f"{schema}.{name}"):
        engine = sa.create_engine(driver_url(url, schema))
        try:
            inspector = sa.inspect(engine)
            if not inspector.has_table(name, schema=schema):
                return None
            columns = frozenset(each["name"] for each in inspector.get_columns(name, schema=schema))
            with engine.connect() as connection:
                rows = connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name, schema=schema)))
            return Table(schema, name, columns, rows or 0)
        finally:
            engine.dispose()


def run(url: str, target: Table, checks: Sequence[Check]) -> list[Outcome]:
    """Runs the checks in PostgreSQL, all of them, and returns their outcomes in the given order."""
    lacking = {column for each in checks for column in columns_of(each.demand)} - target.columns
    if lacking:
        raise MissingColumnsError(target.title, lacking)
    expectations = [_expectation(each, place, target) for place, each in enumerate(checks)]
    with _our_errors(target.title), _batch(url, target) as batch:
        suite = gx.ExpectationSuite(name=target.title, expectations=expectations)
        validated: Any = batch.validate(suite, result_format=_result_format(target))
    outcomes = {}
    for each in validated.results:
        place = each.expectation_config.meta["place"]
        outcomes[place] = _outcome(checks[place], each, target)
    return [outcomes[place] for place in range(len(checks))]


@contextmanager
def _batch(url: str, target: Table) -> Iterator[Batch]:
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    connection = driver_url(url, target.schema).render_as_string(hide_password=False)
    with warnings.catch_warnings():
        # Its PostgreSQL source, which it recommends instead, refuses URLs of a unix socket.
        warnings.simplefilter("ignore", GxDatasourceWarning)
        source = context.data_sources.add_sql("warehouse", connection_string=connection)
    try:
        asset = source.add_table_asset(target.name, table_name=target.name)
        yield asset.add_batch_definition_whole_table("all").get_batch()
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()


def _result_format(target: Table) -> dict[str, Any]:
    if ROW_ID not in target.columns:
        return {"result_format": "COMPLETE", "partial_unexpected_count": 0}
    return {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": [ROW_ID],
        "partial_unexpected_count": ALL,
        "exclude_unexpected_values": True,
    }


def _expectation(check: Check, place: int, target: Table) -> Any:  # noqa: ANN401, PLR0911 - gxe is untyped; one return a kind of demand
    common: dict[str, Any] = {"meta": {"rule": check.rule, "place": place}, "description": check.title_en}
    skips_deletes = OPERATION in target.columns and not check.is_for_deletes
    rows = {**common, "row_condition": Column(OPERATION) != "delete"} if skips_deletes else common
    match check.demand:
        case NotNull(column):
            return gxe.ExpectColumnValuesToNotBeNull(column=column, **rows)
        case Null(column):
            return gxe.ExpectColumnValuesToBeNull(column=column, **rows)
        case OneOf(column, values):
            return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(values), **rows)
        case Unique((column,)):
            return gxe.ExpectColumnValuesToBeUnique(column=column, **common)
        case Unique(columns):
            return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(columns), **common)
        case NoRowWhere(condition, _):
            return gxe.UnexpectedRowsExpectation(
                unexpected_rows_query=_query(condition, skips_deletes, target), **common
            )
        case RowCount(minimum, maximum):
            return gxe.ExpectTableRowCountToBeBetween(min_value=minimum, max_value=maximum, **common)


def _query(condition: str, skips_deletes: bool, target: Table) -> str:
    template = _ROWS if ROW_ID in target.columns else _COUNT
    whole = f"({condition}) AND {OPERATION} <> 'delete'" if skips_deletes else f"({condition})"
    return template.format(condition=whole.replace("{", "{{").replace("}", "}}"))


def _outcome(check: Check, found: ExpectationValidationResult, target: Table) -> Outcome:
    if _raised(found.exception_info):
        # Only the rule is named: the library's text may quote values.
        raise CheckError(target.title, "biểu thức lỗi / its expression fails", rule=check.rule)
    if isinstance(check.demand, RowCount):
        return Outcome(check, bool(found.success), 0 if found.success else 1)
    if isinstance(check.demand, NoRowWhere):
        rows = found.result["details"]["unexpected_rows"]
        if not rows:
            return Outcome(check, True, 0)
        return Outcome(check, False, rows[0]["failed"], tuple(sorted(rows[0].get("row_ids", ()))))
    failed = found.result.get("unexpected_count") or 0  # None for a table without rows
    listed = found.result.get("unexpected_index_list") or ()
    row_ids = tuple(sorted(row_id for part in listed for row_id in part[ROW_ID]))
    return Outcome(check, failed == 0, failed, row_ids)


def _raised(info: dict[str, Any]) -> bool:
    # A flat record where nothing went wrong; else one record by metric.
    if "raised_exception" in info:
        return bool(info["raised_exception"])
    return any(each.get("raised_exception") for each in info.values())


@contextmanager
def _our_errors(title: str) -> Iterator[None]:
    try:
        yield
    except (sa.exc.SQLAlchemyError, GreatExpectationsError, TestConnectionError) as exc:
        # The cause is named by kind only, and not chained: its text may hold the URL's password or a value.
        raise CheckError(title, type(exc).__name__) from None
