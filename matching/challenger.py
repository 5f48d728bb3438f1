"""A second opinion: a classifier taught by stewards' decisions, which scores the pairs that the model scored.

The model never sees these decisions, so where the two differ one of them is wrong, and those pairs are worth a look.
The challenger decides nothing. Of each comparison it sees the level that was reached, one indicator a level; a blank is
none of them. Stewards look at doubtful pairs, so of others it knows little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import polars as pl
from recordlinkage import LogisticRegressionClassifier, NaiveBayesClassifier

from matching.levels import Field

FEWEST_OF_EACH = 20
"""Decisions `same`, and decisions `different`, below which nothing can be learnt."""
FEWEST_FOR_LOGISTIC = 200
"""Decisions below which naive Bayes is taught: its few figures need fewer of them (Ng & Jordan 2002)."""
_NOT_FIELDS = ("left_id", "right_id", "bits", "probability", "weight")
_SMOOTHING = 1.0


@dataclass(frozen=True, slots=True)
class TooFewLabels:
    """Why there is no challenger."""

    same: int
    different: int

    @property
    def vi(self) -> str:
        """The sentence in Vietnamese."""
        told = f"{self.same} quyết định cùng, {self.different} quyết định khác"
        return f"Chưa đủ quyết định của cán bộ để học: {told}; cần mỗi loại {FEWEST_OF_EACH}."

    @property
    def en(self) -> str:
        """The sentence in English."""
        told = f"{self.same} decisions `same`, {self.different} `different`"
        return f"Too few decisions of stewards to learn from: {told}; {FEWEST_OF_EACH} of each are needed."


@dataclass(frozen=True, slots=True)
class Challenger:
    """A classifier that was taught."""

    name: str
    fields: tuple[str, ...]
    features: tuple[tuple[str, str], ...]
    """Field and level of each indicator."""
    labels: int
    classifier: LogisticRegressionClassifier | NaiveBayesClassifier

    def score(self, levels: pl.DataFrame) -> pl.Series:
        """`challenger`: the probability that each pair is true, for each row its levels by field."""
        told = levels.select(self.fields)
        patterns = told.unique().sort(self.fields)
        if not patterns.height:
            return pl.Series("challenger", [], pl.Float64)
        scores = self.classifier.prob(_indicators(patterns, self.features))
        # Rounded, for sums of other lengths differ in their last digits.
        scored = patterns.with_columns(challenger=pl.Series(scores.to_numpy()).round(9))
        return told.join(scored, on=self.fields, how="left", nulls_equal=True, maintain_order="left")["challenger"]


def levels_of_pairs(pairs: pl.DataFrame) -> pl.DataFrame:
    """The levels of a general linkage's candidates, one column a field: their codes as text, null for a blank."""
    fields = [name for name in pairs.columns if name not in _NOT_FIELDS and not _is_bits(name, pairs.columns)]
    return pairs.select(pl.when(pl.col(name) > 0).then(pl.col(name).cast(pl.String)).alias(name) for name in fields)


def _is_bits(name: str, columns: Sequence[str]) -> bool:
    """Whether it is the `<field>_bits` of another column: how much a level says is no level."""
    return name.endswith("_bits") and name.removesuffix("_bits") in columns


def levels_of_evidence(evidence: pl.Series, fields: Iterable[Field]) -> pl.DataFrame:
    """The levels of EDGES or DECISIONS, one column a field: their names, null for a blank."""
    told = evidence.alias("evidence").to_frame()
    return told.select(
        pl.col("evidence").str.json_path_match(f"$.{field.name}[0]").alias(field.name) for field in fields
    )


def train(levels: pl.DataFrame, is_match: pl.Series) -> Challenger | TooFewLabels:
    """The challenger of decided pairs, the same whatever their order: levels by field, and what was decided."""
    same = int(is_match.sum())
    if min(same, len(is_match) - same) < FEWEST_OF_EACH:
        return TooFewLabels(same, len(is_match) - same)
    fields = tuple(levels.columns)
    known = levels.with_columns(is_match.alias("_is_match")).sort(*fields, "_is_match")
    features = tuple(_features(known, fields))
    name, classifier = _classifier(len(is_match))
    matches = pd.Index(known["_is_match"].arg_true().to_numpy())
    classifier.fit(_indicators(known, features), matches)
    return Challenger(name, fields, features, len(is_match), classifier)


def _classifier(labels: int) -> tuple[str, LogisticRegressionClassifier | NaiveBayesClassifier]:
    if labels < FEWEST_FOR_LOGISTIC:
        return "naive Bayes", NaiveBayesClassifier(alpha=_SMOOTHING)
    return "logistic regression", LogisticRegressionClassifier(max_iter=1_000)


def _features(known: pl.DataFrame, fields: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Field and level of every level that some of the pairs have and some have not: others say nothing."""
    for field in fields:
        counts = known[field].drop_nulls().value_counts().sort(field)
        yield from ((field, level) for level, count in counts.rows() if count < known.height)


def _indicators(levels: pl.DataFrame, features: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Levels that were not seen in training are taken for blanks."""
    named = levels.select(
        (pl.col(field) == level).fill_null(False).cast(pl.Int8).alias(f"{field}={level}") for field, level in features
    )
    return pd.DataFrame(named.to_numpy(), columns=named.columns)


def disagreements(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `difference` between `probability` and `challenger`, those that differ most first."""
    difference = (pl.col("probability") - pl.col("challenger")).abs().round(9)
    ids = [name for name in ("left_id", "right_id", "record_id", "role", "reference_id") if name in pairs.columns]
    ordered = pairs.with_columns(difference=difference)
    return ordered.sort("difference", *ids, descending=[True, *(False for _ in ids)])


def disagreement_share(pairs: pl.DataFrame, *, linked_from: float) -> float:
    """The share of pairs that one of the two would link and the other would not; 0 of none."""
    if not pairs.height:
        return 0.0
    would_link = pl.col("probability") >= linked_from, pl.col("challenger") >= linked_from
    return float(pairs.select((would_link[0] != would_link[1]).mean()).item())
