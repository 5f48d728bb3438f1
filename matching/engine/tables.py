"""The two tables made ready: comparable values, blocking keys and how rare a value is, without the original text.

The right table may be far larger than memory: it is read in parts, and of each only the rows stay that share a key
with the left one, beside counts of all values and a sample of all rows. Which rows are in the sample depends on their
ids, never on their order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine import keys
from matching.engine.counts import Counts
from matching.engine.kinds import Kind, kind_of
from matching.engine.spec import Comparison, Rule, Spec
from matching.errors import SpecError
from matching.parallel import in_turn

_ID_SEED = 11
_ENDS_PER_KEY = 32
_SAMPLE = 50_000
"""Rows of each table from which random pairs are drawn."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one side: `row`, `id`, `v0`, `v1`, … per comparison, and `k0`, `k1`, … per rule with one key."""

    rows: pl.DataFrame
    several: tuple[pl.DataFrame | None, ...]
    """Per rule with several keys a record: [k, row]."""
    sample: pl.DataFrame
    """Rows of the whole table for random pairs, in the order of `order`, a hash of their ids."""
    height: int
    """Rows of the whole table, kept or not."""
    counts: tuple[Counts | None, ...]
    """Per comparison weighed by frequency: how often values stand in the whole table."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What of each side is made ready."""

    kinds: tuple[Kind, ...]
    spec: Spec
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, spec: Spec, rules: Sequence[Rule]) -> "Plan":
        """The plan of a linkage with these rules."""
        return cls(tuple(kind_of(each) for each in spec.comparisons), spec, tuple(rules))

    def fitted(self, left: "Table", right: "Table") -> "Plan":
        """The plan with kinds that have seen a sample of the values of both tables."""
        kinds = tuple(kind.fitted(left.sample[f"v{at}"], right.sample[f"v{at}"]) for at, kind in enumerate(self.kinds))
        return replace(self, kinds=kinds)

    def columns(self, *, is_left: bool) -> list[str]:
        """The columns of the source that are read, each once."""
        compared = [each.left if is_left else each.right for each in self.spec.comparisons]
        keyed = [name for rule in self.rules for name in keys.columns_of(rule, is_left=is_left)]
        own_id = self.spec.left_id if is_left else self.spec.right_id
        return list(dict.fromkeys([own_id, *compared, *keyed]))


def prepare(source: pl.LazyFrame, plan: Plan, *, is_left: bool, like: Table | None = None) -> Table:
    """The table made ready; with `like`, hardly any row is kept that shares no key with it."""
    shared = None if like is None else _Shared.of(like)

    def part(read: tuple[int, pl.DataFrame]) -> _Part:
        start, chunk = read
        return _part(chunk, plan, is_left=is_left, shared=shared, start=start)

    return _joined(in_turn(part, _chunks(source.select(plan.columns(is_left=is_left)), plan)), plan)


def _chunks(source: pl.LazyFrame, plan: Plan) -> Iterator[tuple[int, pl.DataFrame]]:
    start = 0
    yield start, source.head(0).collect()  # a table without rows has columns too
    for chunk in source.collect_batches(chunk_size=plan.spec.limits.rows_at_once, maintain_order=True):
        yield start, chunk
        start += chunk.height
    if not start:
        # A source without rows may give no batch at all, yet its columns are needed.
        yield 0, source.head(0).collect()


def check_ids(table: Table, name: str) -> None:
    """SpecError where an id is missing, or stands in two of the rows that were kept."""
    ids = table.rows["id"]
    if ids.null_count():
        vi = f'cột "{name}" có ô trống; mỗi dòng phải có mã riêng'
        raise SpecError(name, "an id is missing; every row needs one of its own", (), vi=vi)
    if ids.hash().n_unique() < len(ids) and ids.n_unique() < len(ids):
        vi = f'cột "{name}" có mã lặp lại; mỗi mã chỉ được có một dòng'
        raise SpecError(name, "an id stands in two rows; it may stand in one only", (), vi=vi)


@dataclass(frozen=True, slots=True)
class _Part:
    rows: pl.DataFrame
    several: list[pl.DataFrame | None]
    sample: pl.DataFrame
    height: int
    counts: list[Counts | None]


def _part(chunk: pl.DataFrame, plan: Plan, *, is_left: bool, shared: "_Shared | None", start: int) -> _Part:
    own_id = raw(plan.spec.left_id if is_left else plan.spec.right_id)
    text = with_values(chunk, plan, is_left=is_left, start=start)
    values = text.select(
        "row",
        pl.col(own_id).cast(pl.String).alias("id"),
        *(f"v{at}" for at in range(len(plan.kinds))),
        *(
            keys.scalar_key(rule, key_columns(rule, plan, is_left=is_left)).alias(f"k{at}")
            for at, rule in enumerate(plan.rules)
            if not keys.is_several(rule)
        ),
        order=pl.col(own_id).cast(pl.String).hash(_ID_SEED),
    )
    several = [
        keys.several_keys(text, rule, key_columns(rule, plan, is_left=is_left)) if keys.is_several(rule) else None
        for rule in plan.rules
    ]
    counts = [
        Counts.of_part(value_hash(values[f"v{at}"])) if kind.is_weighed_by_frequency else None
        for at, kind in enumerate(plan.kinds)
    ]
    sample = _first(values).drop("row")
    kept = values.drop("order")
    if shared is not None:
        kept, several = shared.kept(kept, several)
    return _Part(kept, several, sample, chunk.height, counts)


def _first(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that may be in the sample."""
    return rows.filter(pl.col("order") <= pl.col("order").bottom_k(_SAMPLE).max())


_RAW = "raw:"
"""Before the names of the source's columns, which may be any."""


def raw(column: str) -> str:
    """What a column of the source is called beside the values."""
    return f"{_RAW}{column}"


def with_values(chunk: pl.DataFrame, plan: Plan, *, is_left: bool, start: int = 0) -> pl.DataFrame:
    """`row`, the source's columns under their `raw` names, and `v0`, `v1`, … of its comparable values."""
    text = chunk.select(pl.all().name.prefix(_RAW)).with_row_index("row", offset=start)
    return text.with_columns(
        _value(each, kind, is_left).alias(f"v{at}")
        for at, (each, kind) in enumerate(zip(plan.spec.comparisons, plan.kinds, strict=True))
    )


def key_columns(rule: Rule, plan: Plan, *, is_left: bool) -> list[str]:
    """The columns that the rule's keys are made of: a compared value itself where a key takes all of it."""
    compared = {(each.left, each.right): f"v{at}" for at, each in enumerate(plan.spec.comparisons)}
    given = [raw(name) for name in keys.columns_of(rule, is_left=is_left)]
    return [
        compared.get((key.left, key.right), name) if key.form == "value" else name
        for key, name in zip(rule.keys, given, strict=True)
    ]


def _value(comparison: Comparison, kind: Kind, is_left: bool) -> pl.Expr:
    return kind.value(pl.col(raw(comparison.left if is_left else comparison.right)))


def value_hash(values: pl.Series) -> pl.Series:
    """A hash of each value, null of null."""
    if values.dtype == pl.UInt64:
        return values
    rows = values.alias("value").to_frame()
    return rows.select(pl.when(pl.col("value").is_not_null()).then(pl.col("value").hash(0))).to_series()


@dataclass(frozen=True, slots=True)
class _Shared:
    """The keys of the other table, in a form that tells of millions of rows at once whether they may have one."""

    scalar: dict[str, NDArray[np.bool_]]
    """By key column: whether any key of the other table ends in these bits."""
    several: tuple[pl.DataFrame | None, ...]

    @classmethod
    def of(cls, like: Table) -> Self:
        """The keys of the table."""
        names = [name for name in like.rows.columns if name.startswith("k")]
        return cls({name: _ends(like.rows[name]) for name in names}, like.several)

    def kept(
        self, rows: pl.DataFrame, several: list[pl.DataFrame | None]
    ) -> tuple[pl.DataFrame, list[pl.DataFrame | None]]:
        """The rows that have a key of the other table, and hardly any that have none."""
        shared = [
            None if frame is None or theirs is None else frame.join(theirs.select("k"), on="k", how="semi")
            for frame, theirs in zip(several, self.several, strict=True)
        ]
        is_hit = np.zeros(rows.height, dtype=bool)
        for name, ends in self.scalar.items():
            key = rows[name]
            is_hit |= ends[key.fill_null(0).to_numpy() & np.uint64(len(ends) - 1)] & key.is_not_null().to_numpy()
        start = rows["row"].head(1).sum()
        for frame in shared:
            if frame is not None:
                is_hit[frame["row"].to_numpy() - start] = True
        return rows.filter(pl.Series(is_hit)), shared


def _ends(keys_of_all: pl.Series) -> NDArray[np.bool_]:
    """Which remainders the keys have; so many are told apart that a strange key seldom ends like one of them."""
    known = keys_of_all.drop_nulls().to_numpy()
    ends = np.zeros(_ENDS_PER_KEY << max(len(known), 1).bit_length(), dtype=bool)
    ends[known & np.uint64(len(ends) - 1)] = True
    return ends


def _joined(made: Iterable[_Part], plan: Plan) -> Table:
    """The parts as one; `row` is renumbered, so that it is a place in `rows`."""
    parts: list[_Part] = []
    sample: pl.DataFrame | None = None
    for part in made:
        sample = part.sample if sample is None else _first(pl.concat([sample, part.sample]))
        parts.append(replace(part, sample=sample.clear()))
    sample = pl.DataFrame() if sample is None else sample.sort("order", "id").head(_SAMPLE)
    kept = pl.concat([part.rows for part in parts])
    renumbered = kept.select("row").with_row_index("new")
    several = [
        None
        if not keys.is_several(rule)
        else pl.concat([each for part in parts if (each := part.several[at]) is not None])
        .join(renumbered, on="row")
        .select("k", row="new")
        for at, rule in enumerate(plan.rules)
    ]
    counts = [_summed([part.counts[at] for part in parts]) for at in range(len(plan.kinds))]
    rows = kept.drop("row").with_row_index("row")
    return Table(rows, tuple(several), sample, sum(part.height for part in parts), tuple(counts))


def _summed(parts: list[Counts | None]) -> Counts | None:
    known = [each for each in parts if each is not None]
    return Counts.of(known) if known else None
