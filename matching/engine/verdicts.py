"""What stewards decided of pairs: taught to the model, obeyed in the links, and refused where they contradict.

A pair called the same is a link whatever its weight; one called different never is; and where a record may have one
partner, a decided one leaves it no other.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from matching.engine import decided_clusters
from matching.engine.components import components
from matching.engine.spec import Cardinality, Spec
from matching.engine.tables import Table
from matching.errors import VerdictError
from matching.reasons import Reason, Status

DECISIONS = pl.Schema({"left_id": pl.String, "right_id": pl.String, "verdict": pl.String})
"""One row a decided pair; of a deduplicated table both ids are of that table, in either order."""
WORDS = ("same", "different")
_PAIR = ["left_id", "right_id"]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decided pairs that do not contradict each other."""

    pairs: pl.DataFrame
    """[left_id, right_id, is_match], each once; of a dedupe the smaller id is left."""
    cardinality: Cardinality

    @classmethod
    def of(cls, decisions: pl.DataFrame, spec: Spec) -> Self:
        """The verdicts of DECISIONS; VerdictError names the rows that cannot all be obeyed."""
        told = decisions.select(pl.col(name).cast(pl.String).str.strip_chars() for name in DECISIONS)
        _check_words(told)
        if spec.is_dedupe:
            told = told.with_columns(left_id=pl.min_horizontal(_PAIR), right_id=pl.max_horizontal(_PAIR))
        _check_contradictions(told, spec.cardinality)
        pairs = told.select(*_PAIR, is_match=pl.col("verdict") == "same").unique().sort(_PAIR)
        return cls(pairs, spec.cardinality)

    @classmethod
    def none(cls, spec: Spec) -> Self:
        """No verdicts."""
        return cls.of(DECISIONS.to_frame(), spec)

    @property
    def is_dedupe(self) -> bool:
        """Whether both ids are of one table."""
        return self.cardinality is Cardinality.DEDUPE

    def rows(self, left: Table, right: Table) -> pl.DataFrame:
        """[l, r, is_match] of the pairs whose rows both tables kept."""
        mine, theirs = (
            table.rows.select(pl.col("row").alias(side), pl.col("id").alias(name))
            for table, side, name in ((left, "l", "left_id"), (right, "r", "right_id"))
        )
        if not self.pairs.height:
            return pl.DataFrame(schema={"l": mine.schema["l"], "r": theirs.schema["r"], "is_match": pl.Boolean})
        found = self.pairs.join(mine, on="left_id").join(theirs, on="right_id").select("l", "r", "is_match")
        if self.is_dedupe:
            found = found.with_columns(l=pl.min_horizontal("l", "r"), r=pl.max_horizontal("l", "r"))
        return found.sort("l", "r")

    def still_open(self, scored: pl.DataFrame, left: Table, right: Table) -> pl.DataFrame:
        """The scored pairs without those ruled out, and without the rivals of those decided to be the same."""
        known = self.rows(left, right)
        if not known.height:
            return scored
        told = scored.join(known, on=["l", "r"], how="left", maintain_order="left")
        is_same, is_open = pl.col("is_match").fill_null(False), pl.col("is_match").fill_null(True)
        for side in self._sides():
            partners = known.filter("is_match")[side].implode()
            is_open &= is_same | ~pl.col(side).is_in(partners)
        return told.filter(is_open).drop("is_match")

    def _sides(self) -> tuple[str, ...]:
        """The sides whose rows have one partner at most."""
        by_cardinality = {Cardinality.MANY_TO_ONE: ("l",), Cardinality.ONE_TO_ONE: ("l", "r")}
        return by_cardinality.get(self.cardinality, ())

    def obeyed(
        self, links: pl.DataFrame, clusters: pl.DataFrame | None, weighed: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame | None]:
        """LINKS and clusters as the stewards decided; `weighed` tells [id_l, id_r, weight] of all open pairs."""
        if not self.pairs.height:
            return links, clusters
        if clusters is not None:
            links, clusters = decided_clusters.obeyed(links, clusters, self.pairs)
        same = self.pairs.filter("is_match").select(_PAIR)
        # Of a dedupe the links have either record first.
        either = pl.concat([same, same.select(left_id="right_id", right_id="left_id")]) if self.is_dedupe else same
        others = links.join(either, on=_PAIR, how="anti")
        if not self.is_dedupe:
            # A record with a decided partner needs no row that says it has none.
            is_answered = pl.col("left_id").is_in(same["left_id"].implode())
            others = others.filter(~(is_answered & (pl.col("right_id").is_null() | bool(self._sides()))))
            others = others.with_columns(reason=self._why_nobody())
        linked = _decided(same, self._weights(weighed)).select(links.columns)
        return pl.concat([others, linked]).sort(_PAIR), clusters

    def _why_nobody(self) -> pl.Expr:
        """The reasons; of whom nobody else comes near, that a steward ruled out who did."""
        is_ruled_out = pl.col("left_id").is_in(self.pairs.filter(~pl.col("is_match"))["left_id"].implode())
        is_alone = pl.col("reason") == Reason.NO_CANDIDATE.value
        return pl.when(is_ruled_out & is_alone).then(pl.lit(Reason.DECIDED_BY_STEWARD.value)).otherwise("reason")

    def _weights(self, weighed: pl.DataFrame) -> pl.DataFrame:
        told = weighed.select(left_id="id_l", right_id="id_r", weight="weight")
        if self.is_dedupe:
            told = told.with_columns(left_id=pl.min_horizontal(_PAIR), right_id=pl.max_horizontal(_PAIR))
        return told


def _decided(same: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """LINKS of pairs that a steward called the same; the weight is null where no rule made the pair."""
    return same.join(weights, on=_PAIR, how="left").with_columns(
        probability=pl.lit(1.0),
        status=pl.lit(Status.LINKED.value),
        reason=pl.lit(Reason.DECIDED_BY_STEWARD.value),
    )


def _check_words(told: pl.DataFrame) -> None:
    is_blank = pl.any_horizontal(pl.col(name).fill_null("") == "" for name in _PAIR)
    _refuse(told, is_blank, "thiếu mã; mỗi quyết định phải có left_id và right_id", "an id is missing; give both ids")
    known = " / ".join(WORDS)
    is_unknown = ~pl.col("verdict").is_in(WORDS).fill_null(False)
    _refuse(told, is_unknown, f"verdict phải là {known}", f"the verdict must be {known}")


def _check_contradictions(told: pl.DataFrame, cardinality: Cardinality) -> None:
    is_torn = pl.col("verdict").n_unique().over(_PAIR) > 1
    vi, en = "cùng một cặp mà vừa same vừa different; giữ một", "the same pair is called same and different; keep one"
    _refuse(told, is_torn, vi, en)
    is_same = pl.col("verdict") == "same"
    if cardinality is Cardinality.DEDUPE:
        vi, en = "một bản ghi so với chính nó; bỏ dòng này", "a record is paired with itself; leave the row out"
        _refuse(told, pl.col("left_id") == pl.col("right_id"), vi, en)
        vi = "các quyết định same nối hai bản ghi đã gọi là different; sửa một trong các dòng"
        en = "decisions `same` connect two records that are called different; correct one of them"
        _refuse(told, ~is_same & pl.Series(_is_connected(told)), vi, en)
    for side, other, allowed in (
        ("left_id", "right_id", (Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE)),
        ("right_id", "left_id", (Cardinality.ONE_TO_ONE,)),
    ):
        if cardinality in allowed:
            several = is_same & (pl.col(other).filter(is_same).n_unique().over(side) > 1)
            vi = f"{cardinality.value} chỉ cho một bạn, mà một {side} có nhiều same; giữ một"
            en = f"{cardinality.value} allows one partner, yet a {side} has several `same`; keep one"
            _refuse(told, several, vi, en)


def _is_connected(told: pl.DataFrame) -> np.ndarray:
    """Whether decisions `same` connect the two records of each row."""
    ids = pl.concat([told["left_id"], told["right_id"]])
    place = ids.rank("dense").to_numpy().astype(np.int64) - 1 if len(ids) else np.array([], dtype=np.int64)
    one, two = place[: told.height], place[told.height :]
    same, size = (told["verdict"] == "same").to_numpy(), int(place.max(initial=-1)) + 1
    label = components(one[same], two[same], size)
    return np.asarray(label[one] == label[two])


def _refuse(told: pl.DataFrame, is_wrong: pl.Expr, vi: str, en: str) -> None:
    rows = told.select(is_wrong.alias("wrong")).to_series().arg_true()
    if len(rows):
        raise VerdictError(rows.to_list(), vi, en)
