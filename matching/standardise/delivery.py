"""Standardises a delivery: as a frame, from a file a chunk at a time, or as chunks that nobody holds together.

What a row alone tells is the same in any chunks. What other rows tell (`rows.shared_numbers`) is counted over all of
them and applied afterwards, so the chunks of a delivery give just the rows that the whole gives.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import polars as pl

from contracts import Contract
from matching.parallel import in_turn
from matching.standardise.citizen_ids import contradictions_of, held_against_rows
from matching.standardise.columns import REPAIRS, forms_of, read_property
from matching.standardise.row_places import with_meanings
from matching.standardise.rows import claims, shared_numbers, without_shared

CHUNK = 200_000
"""Rows standardised at a time where memory should follow the chunk and not the delivery."""
_MOST_THREADS = 4
"""Each holds a chunk; what Python does in them does not run at once, so more gain little."""


def standardise(frame: pl.LazyFrame, contract: Contract) -> pl.LazyFrame:
    """The frame with `repairs`, `record_id`, and each property's `__std`, `__problem` and further forms."""
    return frame.map_batches(
        partial(_standardise, contract=contract),
        predicate_pushdown=False, projection_pushdown=False, slice_pushdown=False,
        schema=frame.collect_schema() | _added(contract),
    )  # fmt: skip


def standardise_delivery(frame: pl.LazyFrame, contract: Contract) -> pl.DataFrame:
    """The rows that `standardise` gives, read and standardised in chunks."""
    chunks = frame.collect_batches(chunk_size=CHUNK, maintain_order=True)
    done = list(standardise_in_chunks(chunks, contract))
    rows = pl.concat(done) if done else standardise_rows(frame.collect(), contract)
    return _without_shared(rows, contract)


def standardise_in_chunks(chunks: Iterable[pl.DataFrame], contract: Contract) -> Iterator[pl.DataFrame]:
    """Each chunk as `standardise_rows` gives it, in order; a few at once, and no more than those are held."""
    # Columns of one chunk come before those of the next, so that the last chunk has all threads, too.
    with ThreadPoolExecutor(min(pl.thread_pool_size(), _MOST_THREADS)) as columns:
        one = partial(standardise_rows, contract=contract, each_of=columns.map)
        yield from in_turn(one, chunks, most=_MOST_THREADS)


def standardise_rows(
    frame: pl.DataFrame, contract: Contract, each_of: Callable[..., Iterable[Any]] = map
) -> pl.DataFrame:
    """What `standardise` gives without what other rows tell: any part of a frame gives its part of the result.

    `each_of` does what `map` does, and may read several columns at once.
    """
    # Columns in pieces of other lengths than the new ones would be copied anew by every select.
    frame = frame.rechunk()
    columns: Iterable[pl.DataFrame] = each_of(partial(read_property, frame), contract.properties)
    read = dict(zip((each.name for each in contract.properties), columns, strict=True))
    forms = [
        read[each.name][name].alias(f"{each.name}__{name}") for each in contract.properties for name in forms_of(each)
    ]
    repairs = _repairs([read[name][REPAIRS] for name in sorted(read, key=_before_its_repairs)], frame.height)
    rows = frame.with_columns(*forms, repairs, _record_id(contract, read))
    return with_meanings(held_against_rows(rows, contract), contract)


def _standardise(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    return _without_shared(standardise_rows(frame, contract), contract)


def _without_shared(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    return without_shared(rows, shared_numbers([claims(rows, contract)]), contract)


def _added(contract: Contract) -> dict[str, pl.DataType]:
    forms = {f"{each.name}__{name}": dtype for each in contract.properties for name, dtype in forms_of(each).items()}
    rows = dict.fromkeys(("record_id", *contradictions_of(contract)), pl.String())
    return forms | {REPAIRS: pl.List(pl.String()), **rows}


def _before_its_repairs(name: str) -> str:
    return f"{name}:"


def _repairs(told: list[pl.Series], height: int) -> pl.Series:
    """Sorted unique "property:repair" of the row; each column brings its own sorted, so only columns need an order."""
    some = [each.alias(str(at)) for at, each in enumerate(told) if each.null_count() < height]
    if not some:
        return pl.repeat([], height, dtype=pl.List(pl.String), eager=True).alias(REPAIRS)
    row = pl.concat_str(pl.all(), separator=",", ignore_nulls=True)
    empty = pl.lit([], pl.List(pl.String))
    split = pl.when(pl.col("row") == "").then(empty).otherwise(pl.col("row").str.split(","))
    return pl.DataFrame(some).select(row=row).select(split.alias(REPAIRS)).to_series()


def _record_id(contract: Contract, read: dict[str, pl.DataFrame]) -> pl.Series:
    """The dataset and the standard values of the key; null where a part of the key is null."""
    parts = [pl.lit(read[name]["std"]) for name in contract.key]
    joined = pl.concat_str(pl.lit(f"{contract.dataset}:"), pl.concat_str(parts, separator="|"))
    return pl.select(joined.alias("record_id")).to_series()
