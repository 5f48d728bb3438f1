"""What stays as it was when the register was prepared, whatever changes later: model, counts, and the large blocks.

So a pair's weight, and whether it is a candidate at all, depend on its two records and on nothing else. That is why
a night that looks only at what is new answers as a full run would.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from matching.engine import probability, weigh
from matching.engine.counts import times_of
from matching.engine.link import least_bits
from matching.engine.model import Model
from matching.engine.register import fitting
from matching.engine.register import manifest as books
from matching.engine.register.arrays import Hashes, Keyed, Rows, is_among, mapped
from matching.engine.register.manifest import Manifest
from matching.engine.register.reading import Read
from matching.engine.tables import Plan, value_hash
from matching.engine.train import bits_of_counts

MOST_ENTRIES = 5_000
"""Entries of one key above which it is cut by a further field, unless its rule says otherwise."""
_ODD = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a pair is judged by."""

    plan: Plan
    model: Model
    height: int
    totals: tuple[int | None, ...]
    counts: tuple[Keyed | None, ...]
    """Per comparison weighed by frequency: values that stood twice or oftener, with their counts."""
    large: tuple[Hashes, ...]
    """Per rule: keys of too many entries, cut by a further value."""
    aside: tuple[Hashes, ...]
    """Per rule: keys of too many entries even so; nobody is looked for under them."""
    scales: weigh.Scales

    @property
    def cut(self) -> float:
        """Bits below which a pair is not kept."""
        return least_bits(self.height)

    def start_bits(self, locals_: int) -> float:
        """log2 odds of a pair before anything is compared, as `link.Linked` has them."""
        odds = probability.log_odds(pl.Series([0.0]), self.sizes(locals_), self.model.match_share)
        return float(odds.item())

    def sizes(self, locals_: int) -> probability.Sizes:
        """Rows of both sides, the register's as many as when it was prepared."""
        return probability.Sizes(locals_, self.height, self.plan.spec.cardinality)

    def keyed(self, read: Read) -> list[tuple[Hashes, Rows]]:
        """Per rule: the keys that the rows are looked for under."""
        return [self._keyed(at, frame, read.values) for at, frame in enumerate(read.keyed)]

    def _keyed(self, at: int, frame: pl.DataFrame, values: pl.DataFrame) -> tuple[Hashes, Rows]:
        is_large = pl.Series(is_among(frame["k"].to_numpy(), self.large[at]))
        if not is_large.any():
            return pair(frame)
        fine = refined(frame.filter(is_large), values, self.plan)
        fine = fine.filter(~pl.Series(is_among(fine["k"].to_numpy(), self.aside[at])))
        return pair(pl.concat([frame.filter(~is_large), fine]))

    def rarities(self, values: pl.DataFrame) -> pl.DataFrame:
        """t0, …: by how many bits agreement on each value says more than on an average one; null for a blank."""
        return pl.DataFrame(
            {
                f"t{at}": self._rarity(values[f"v{at}"], at, counts, total)
                for at, (counts, total) in enumerate(zip(self.counts, self.totals, strict=True))
                if counts is not None and total is not None
            },
            height=values.height,
        )

    def _rarity(self, values: pl.Series, at: int, counts: Keyed, total: int) -> pl.Series:
        hashes = value_hash(values)
        count = times_of(hashes.fill_null(0).to_numpy(), counts.hashes, counts.rows)
        bits = rarity(pl.Series(count), total, self.model, at)
        return pl.select(pl.when(hashes.is_not_null()).then(bits)).to_series()


def pair(frame: pl.DataFrame) -> tuple[Hashes, Rows]:
    """Keys and rows of [k, row]."""
    return frame["k"].to_numpy(), frame["row"].cast(pl.UInt32).to_numpy()


def rarity(counts: pl.Series, total: int, model: Model, at: int) -> pl.Series:
    """The bits of values by how often they stood in the register."""
    told = bits_of_counts(pl.col("count"), float(total), model.fields[at])
    return counts.alias("count").to_frame().select(told).to_series()


def refined(keyed: pl.DataFrame, values: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """[k, row] of large keys once per compared value, the value part of the key."""
    finer = []
    for at in range(len(plan.kinds)):
        told = keyed.with_columns(v=values[f"v{at}"].gather(keyed["row"])).drop_nulls("v")
        mixed = pl.col("k") * pl.lit(_ODD, pl.UInt64) + pl.col("v").hash(at)
        finer.append(told.select(mixed.alias("k"), "row"))
    return pl.concat(finer)


def most_entries(plan: Plan, at: int) -> int:
    """Entries that a key of the rule may have."""
    return plan.rules[at].largest_block or MOST_ENTRIES


def opened(folder: Path, manifest: Manifest) -> Frozen:
    """What `prepare` froze."""
    plan = fitting.fitted(Plan.of(manifest.spec, manifest.spec.rules), folder / books.FROZEN)
    model = Model.from_json((folder / books.MODEL).read_text(encoding="utf-8"))
    inside = folder / books.FROZEN
    counts = tuple(
        None if total is None else Keyed.opened(inside / f"count{at}") for at, total in enumerate(manifest.totals)
    )
    large, aside = (
        tuple(mapped(inside / f"{name}{at}.npy").astype(np.uint64) for at in range(len(plan.rules)))
        for name in ("large", "aside")
    )
    return Frozen(plan, model, manifest.height, manifest.totals, counts, large, aside, weigh.scales(model, plan))
