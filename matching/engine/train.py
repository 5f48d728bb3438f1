"""Learns a model: u from random pairs, m by EM under each blocking rule in turn, fields of the rule's keys left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching.engine import block, chance, compare, em
from matching.engine.counts import Counts
from matching.engine.decided import Decided, matches_by_code, undecided
from matching.engine.em import Fitted, Floats
from matching.engine.kinds import Kind
from matching.engine.model import Field, Model, Training
from matching.engine.tables import Plan, Table, value_hash
from matching.engine.verdicts import Verdicts
from matching.parallel import in_turn

_PRIOR_MATCHES = 20.0
"""Pseudo-matches behind the assumed shares of levels."""
_CLEANINGS = 3
"""Times that matches are taken out of the random pairs, each time with better figures of them."""
_MOST_OTHERS = 0.5
_FEWEST_OTHERS = 0.01
_HARDLY_TWICE = 0.02
_RECORDS = 30_000
"""Left records of a rule that are learnt from: more say the same again."""
_LEAST_MATCHES = 20.0
"""Expected matches below which a rule says too little of a field."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Counts of the patterns of one rule's pairs."""

    patterns: NDArray[np.int8]
    counts: Floats
    held_out: frozenset[int]
    pairs: int
    """All pairs of the rule, of which these are a sample."""
    rivals: em.Rivals | None
    """Where a left record has one partner at most."""
    known: tuple[Floats, ...]
    """Per field: matches that stewards decided among the rule's pairs, by code, in the measure of the sample."""


def train(
    left: Table, right: Table, plan: Plan, found: Sequence[block.Blocks], verdicts: Verdicts | None = None
) -> Model:
    """The model of these tables, before its prior is settled on the candidates."""
    decided = Decided.of(verdicts or Verdicts.none(plan.spec), left, right, plan)
    random = chance.levels_by_chance(left, right, plan)
    runs = [run for run in in_turn(lambda each: _run(each, left, right, plan, decided), found) if run is not None]
    all_pairs = left.height * (right.height - 1) / 2 if plan.spec.is_dedupe else left.height * right.height
    share, m = 0.0, [_assumed(kind) / _PRIOR_MATCHES for kind in plan.kinds]
    prior = [_assumed(kind) for kind in plan.kinds]
    for _ in range(_CLEANINGS):
        u = [chance.without_matches(seen, share, each) for seen, each in zip(random, m, strict=True)]
        fitted = [
            em.estimate(
                each.patterns,
                each.counts,
                u,
                prior=[assumed + known for assumed, known in zip(prior, each.known, strict=True)],
                held_out=each.held_out,
                rivals=each.rivals,
            )
            for each in runs
        ]
        m = [_combined(at, fitted, prior[at] + decided.matches[at]) for at in range(len(plan.kinds))]
        matches = max((each.share * run.pairs for each, run in zip(fitted, runs, strict=True)), default=0.0)
        share = min(matches / max(all_pairs, 1.0), 0.5)
    partners = 2 * matches / max(left.height, 1) if plan.spec.is_dedupe else 0.0
    fields = [_field(at, plan, right, m[at], u[at], partners) for at in range(len(plan.kinds))]
    training = Training(
        rounds=max((each.rounds for each in fitted), default=0),
        has_converged=bool(fitted) and all(each.has_converged for each in fitted),
        fingerprint=_fingerprint(left, right),
        verdicts=decided.rows.height,
    )
    return Model(tuple(fields), 0.5, training)


def pseudo_matches(left: Table, right: Table, plan: Plan, verdicts: Verdicts) -> list[Floats]:
    """By field and code the matches to start from: those assumed, and those that stewards decided."""
    decided = Decided.of(verdicts, left, right, plan)
    return [_assumed(kind) + known for kind, known in zip(plan.kinds, decided.matches, strict=True)]


def _counted(codes: pl.DataFrame) -> pl.DataFrame:
    return codes.group_by(codes.columns).len("count").sort(codes.columns)


def _run(found: block.Blocks, left: Table, right: Table, plan: Plan, decided: Decided) -> _Run | None:
    """A sample of one rule's pairs; None where the rule leaves too little to tell matches by."""
    at = next(place for place, rule in enumerate(plan.rules) if rule.name == found.count.rule)
    held_out = _held_out(plan, at)
    if len(plan.kinds) - len(held_out) < 2 or found.count.pairs == 0:
        return None
    share = min(plan.spec.limits.training_pairs / len(plan.rules) / found.count.pairs, _RECORDS / left.height)
    order = pl.col("id").hash(plan.spec.seed) / float(2**64)
    chosen = left.rows.select(l="row", order=order).filter(pl.col("order") < share).select("l")
    joined = found.left.join(chosen, on="l", how="semi").join(found.right, on="k").select("l", "r").unique()
    if plan.spec.is_dedupe:
        # Whichever of the two was chosen brings the pair; of two chosen ones it comes once.
        joined = joined.filter(pl.col("l") != pl.col("r"))
        joined = joined.select(pl.min_horizontal("l", "r").alias("l"), pl.max_horizontal("l", "r").alias("r")).unique()
    known = decided.of_rule(found)
    joined = undecided(joined, known, has_rivals=plan.spec.has_rivals)
    if not joined.height:
        return None
    joined = _by_ids(joined, left, right)
    codes = compare.patterns(left.rows[joined["l"]], right.rows[joined["r"]], plan)
    counted = _counted(codes)
    patterns = counted.drop("count").to_numpy().astype(np.int8)
    rivals = _rivals(codes, counted, joined["l"]) if plan.spec.has_rivals else None
    matches = tuple(each * min(share, 1.0) for each in matches_by_code(known, plan))
    return _Run(patterns, counted["count"].to_numpy().astype(float), held_out, found.count.pairs, rivals, matches)


def _by_ids(joined: pl.DataFrame, left: Table, right: Table) -> pl.DataFrame:
    """The pairs in an order of their ids, so that sums come out the same to the last bit for any order of rows."""
    l_id, r_id = left.rows["id"].gather(joined["l"]), right.rows["id"].gather(joined["r"])
    return joined.with_columns(one=l_id.hash(), two=r_id.hash()).sort("one", "two").select("l", "r")


def _rivals(codes: pl.DataFrame, counted: pl.DataFrame, left: pl.Series) -> em.Rivals:
    places = counted.drop("count").with_row_index("pattern")
    pattern = codes.join(places, on=codes.columns, how="left", maintain_order="left")["pattern"]
    return em.Rivals(pattern.to_numpy().astype(np.int64), _numbered(left))


def _numbered(rows: pl.Series) -> NDArray[np.int64]:
    """Rows numbered from 0 as they come, without gaps."""
    distinct = rows.unique(maintain_order=True).to_frame("row").with_row_index("number")
    return (
        rows.to_frame("row")
        .join(distinct, on="row", how="left", maintain_order="left")["number"]
        .to_numpy()
        .astype(np.int64)
    )


def _held_out(plan: Plan, at: int) -> frozenset[int]:
    """The comparisons that read a column of the rule: in its blocks they agree by construction."""
    mine = {key.left for key in plan.rules[at].keys}
    return frozenset(place for place, each in enumerate(plan.spec.comparisons) if each.left in mine)


def _assumed(kind: Kind) -> Floats:
    """Pseudo-matches by code: most agree; a fifth is spread over the other levels, the better the more."""
    levels = len(kind.levels)
    shape = np.arange(1, levels, dtype=float)
    rest = 0.2 * shape / shape.sum() if levels > 1 else np.array([])
    return np.asarray(_PRIOR_MATCHES * np.concatenate((rest, [0.8])))


def _combined(at: int, fitted: Iterable[Fitted], assumed: Floats) -> Floats:
    """The mean over the rules that did not hold the field out, each by its expected matches; else what is assumed."""
    told = [(each.m[at], each.matches[at]) for each in fitted if each.matches[at] >= _LEAST_MATCHES]
    if not told:
        return np.asarray(assumed / assumed.sum())
    weights = np.array([weight for _, weight in told])
    mean = np.average(np.array([m for m, _ in told]), axis=0, weights=weights)
    return np.asarray(mean / mean.sum())


def _field(at: int, plan: Plan, right: Table, m: Floats, u: Floats, partners: float) -> Field:
    comparison, kind = plan.spec.comparisons[at], plan.kinds[at]
    expected = partners * float(m[-1])
    alone, mean_u = _rarity(right.counts[at], float(u[-1]), expected)
    worst_first = kind.levels[::-1]
    if kind.is_weighed_by_frequency:
        u = np.append(u[:-1] / u[:-1].sum() * (1 - mean_u), mean_u)
    return Field(
        field=comparison.field,
        kind=comparison.kind,
        levels=tuple(each.name for each in worst_first),
        m=tuple(map(float, m)),
        u=tuple(map(float, u)),
        # Where hardly a value comes twice, none is rarer than another.
        rarity=tuple(each.rarity if alone > _HARDLY_TWICE else 0.0 for each in worst_first),
        partners=expected,
        alone=alone,
        mean_u=mean_u,
    )


def _rarity(counts: Counts | None, sampled: float, partners: float) -> tuple[float, float]:
    """How many others a single value stands for, and P(equal | not a match) over values as often as records have them.

    Counted among the other entries of the right table, less the record's own partners, which are no chance.
    """
    if counts is None or not counts.total:
        return 0.0, sampled
    # In order of size, so that the sum is the same to the last bit whatever the values hash to.
    count = np.sort(counts.times).astype(float)
    others = float((count * np.maximum(count - 1 - partners, 0)).sum())
    alone = float(np.clip(others / counts.total, _FEWEST_OTHERS, _MOST_OTHERS))
    mean_u = (others / counts.total + alone) / max(counts.total, 2)
    return alone, min(max(mean_u, 1e-12), 0.999)


def rarity_bits(values: pl.Series, counts: Counts, field: Field) -> pl.Series:
    """By how many bits agreement on each value says more than on an average one; null for a blank."""
    times = counts.of_values(value_hash(values)).alias("count").to_frame()
    return times.select(bits_of_counts(pl.col("count"), float(counts.total), field)).to_series()


def bits_of_counts(count: pl.Expr, total: float, field: Field) -> pl.Expr:
    """The same for a value that stands `count` times among `total`."""
    others = pl.max_horizontal(count.cast(pl.Float64) - 1 - field.partners, 0.0)
    u = (others + field.alone) / max(total, 2)
    return pl.when(count.is_not_null()).then((field.mean_u / u).log(2).cast(pl.Float32))


def _fingerprint(left: Table, right: Table) -> str:
    """A hash of the samples that were learnt from, which do not depend on the order of rows."""
    hashes = [int(side.sample["order"].sum()) if side.sample.height else 0 for side in (left, right)]
    return f"{hashes[0] & 0xFFFFFFFFFFFFFFFF:016x}{hashes[1] & 0xFFFFFFFFFFFFFFFF:016x}"
