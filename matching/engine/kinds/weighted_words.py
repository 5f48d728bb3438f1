"""Texts as rows of a sparse matrix of their words, so that what millions of pairs share is a product of rows.

Words are told by a hash, and a row has them in order of it: so a sum is the same whatever else is compared at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine import keys

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Split = Callable[[pl.Series], pl.DataFrame]
"""From texts to [at, word]; `at` is the text's place."""
_SEED = 5
_AT_ONCE = 250_000
"""Pairs whose rows are held at a time."""
_PIECES = r"[0-9]+|[^\W\d_]+"
_CODE = r"\S*[0-9]\S*"


def words(texts: pl.Series) -> pl.DataFrame:
    """Words and numbers without accents; a code such as `KDL-40V` also as a whole, as another may write `KDL40V`."""
    rows = texts.alias("text").to_frame().with_row_index("at").with_columns(keys.unaccented(pl.col("text")))
    pieces = rows.select("at", word=pl.col("text").str.extract_all(_PIECES)).explode("word", empty_as_null=False)
    codes = rows.select("at", word=pl.col("text").str.extract_all(_CODE)).explode("word", empty_as_null=False)
    bare = codes.select("at", word=pl.col("word").str.replace_all(r"[\W_]+", ""))
    return pl.concat([pieces, bare])


def plain_words(texts: pl.Series) -> pl.DataFrame:
    """What stands between single spaces."""
    rows = texts.alias("word").to_frame().with_row_index("at")
    return rows.with_columns(pl.col("word").str.split(" ")).explode("word").filter(pl.col("word") != "")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word counts: [word (its hash), weight], and a word that is not among them."""

    known: pl.DataFrame
    unknown: float = 1.0

    @classmethod
    def equal(cls) -> "Weights":
        """All words alike."""
        return cls(pl.DataFrame(schema={"word": pl.UInt64, "weight": pl.Float64}))

    @classmethod
    def by_rarity(cls, texts: pl.Series, split: Split) -> "Weights":
        """Inverse document frequency: the rarer a word among the texts, the more it counts."""
        distinct = texts.drop_nulls().alias("text").value_counts(name="count")
        found = _hashed(split(distinct["text"]))
        counted = found.with_columns(count=distinct["count"].gather(found["at"]))
        often = counted.group_by("word").agg(pl.col("count").cast(pl.UInt64).sum()).sort("word")
        rows = float(distinct["count"].sum())
        return cls(often.select("word", weight=(1.0 + rows / pl.col("count")).log()), float(np.log(1.0 + rows)))


def _hashed(found: pl.DataFrame) -> pl.DataFrame:
    """Each word of a text once, as its hash."""
    return found.select("at", pl.col("word").hash(_SEED)).unique()


@dataclass(frozen=True, slots=True)
class Shared:
    """For each pair the weight of the words that both have, and of those that each has, all squared."""

    both: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]

    @property
    def cosine(self) -> NDArray[np.float64]:
        """1 where both have the same words, 0 where they share none."""
        return self.both / np.sqrt(np.maximum(self.left * self.right, np.finfo(float).tiny))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts by their places among the distinct ones, so that each text is looked at once."""

    distinct: pl.Series
    left: NDArray[np.uint32]
    right: NDArray[np.uint32]

    @classmethod
    def of(cls, left: pl.Series, right: pl.Series) -> "Pairs":
        """The pairs of two columns, row by row."""
        both = pl.concat([left.alias("value"), right.alias("value")]).to_frame()
        # Hashes are told apart faster than texts.
        both = both.with_columns(hash=pl.col("value").hash())
        distinct = both.unique("hash", keep="any").with_row_index("at")
        at = both.select("hash").join(distinct.select("hash", "at"), on="hash", how="left", maintain_order="left")["at"]
        places = at.to_numpy()
        return cls(distinct["value"], places[: len(left)], places[len(left) :])

    def at(self, rows: pl.Series) -> "Pairs":
        """Some of the pairs, their texts among the same distinct ones."""
        some = rows.to_numpy()
        return Pairs(self.distinct, self.left[some], self.right[some])

    def values(self) -> tuple[pl.Series, pl.Series]:
        """The two columns."""
        return self.distinct.gather(pl.Series(self.left)), self.distinct.gather(pl.Series(self.right))

    def shared(self, split: Split, weights: Weights | None = None) -> Shared:
        """What the texts of each pair share; all words alike without weights."""
        matrix = _matrix(self.distinct, split, weights or Weights.equal())
        own = np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64)
        both = np.empty(len(self.left))
        for start in range(0, len(both), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            both[part] = matrix[self.left[part]].multiply(matrix[self.right[part]]).sum(axis=1)
        return Shared(both, own[self.left], own[self.right])

    def forms(self, made: pl.DataFrame) -> pl.DataFrame:
        """Forms of the distinct texts side by side for each pair, those of the right one with `_2` behind."""
        theirs = made[self.right].select(pl.all().name.suffix("_2"))
        return pl.concat([made[self.left], theirs], how="horizontal")


def _matrix(texts: pl.Series, split: Split, weights: Weights) -> "csr_array":
    from scipy.sparse import csr_array  # noqa: PLC0415 - loads as long as a small linkage takes

    found = _hashed(split(texts)).join(weights.known, on="word", how="left")
    rows = found.with_columns(pl.col("weight").fill_null(weights.unknown)).sort("at", "word")
    column = rows["word"].rank("dense").to_numpy().astype(np.int32) - 1
    ends = np.concatenate(([0], np.cumsum(np.bincount(rows["at"].to_numpy(), minlength=len(texts)))))
    shape = (len(texts), int(column.max()) + 1 if len(column) else 1)
    return csr_array((rows["weight"].to_numpy(), column, ends), shape=shape)
