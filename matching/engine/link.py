"""The whole way of linking any two tables, as a table of contents: sources and a description in, links out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from matching.engine import block, choose_rules, clusters, compare, decide, losses, probability, tell_kin, train, weigh
from matching.engine.model import Model
from matching.engine.sides import Side, Sides
from matching.engine.spec import Cardinality, Spec
from matching.engine.tables import Plan, Table, check_ids, prepare
from matching.engine.verdicts import Verdicts
from matching.reasons import Reason, Status

LINKS = pl.Schema(
    {
        "left_id": pl.String,
        "right_id": pl.String,
        "weight": pl.Float64,
        "probability": pl.Float64,
        "status": pl.String,
        "reason": pl.String,
    }
)
"""One row per left record and its answer; with many partners allowed one row per pair, and one for who has none.

`right_id` is null unless linked or in review. `weight` is bits of evidence counted from the worst level of each
comparison; `probability` that the pair is true, its rivals considered.
"""
_FAR_BELOW = 8.0
"""log2 odds below even at which a pair no longer matters."""
_PRIOR_SHARE = 0.5

Report = Callable[[block.RuleCount], None]
"""Told of every rule before its pairs are weighed."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linkage gives."""

    links: pl.DataFrame
    """LINKS, sorted by ids."""
    model: Model
    pairs: pl.DataFrame
    """Every pair that came near: left_id, right_id, a code and `<field>_bits` per comparison, bits, probability."""
    thresholds: decide.Thresholds
    rules: tuple[block.RuleCount, ...]
    found_share: float | None
    """Estimated share of the matches that blocking kept."""
    clusters: pl.DataFrame | None = None
    """Dedupe: [id, cluster_id] of every record."""
    start_bits: float = 0.0
    """log2 odds of a pair before anything is compared."""


def link(
    left: pl.LazyFrame,
    right: pl.LazyFrame,
    spec: Spec,
    *,
    model: Model | None = None,
    verdicts: Verdicts | None = None,
    report: Report | None = None,
) -> Linked:
    """The links between two tables as `spec` describes them; `model` weighs without being learnt anew.

    SpecError where an id is missing, or stands twice among the rows that are compared.
    """
    verdicts = verdicts or Verdicts.none(spec)
    plan = Plan.of(spec, spec.rules or choose_rules.choose(left, right, spec))
    mine = prepare(left, plan, is_left=True)
    theirs = mine if spec.is_dedupe else prepare(right, plan, is_left=False, like=mine)
    for table, own_id in ((mine, spec.left_id), (theirs, spec.right_id)):
        check_ids(table, own_id)
    plan = plan.fitted(mine, theirs)
    found = block.blocks(mine, theirs, plan)
    if report:
        for told in _counts(found, plan):
            report(told)
    learnt = model or train.train(mine, theirs, plan, found, verdicts)
    theirs = replace(theirs, rows=weigh.with_rarity(theirs, learnt))
    scored = verdicts.still_open(_scored(mine, theirs, plan, learnt, found), mine, theirs)
    if model is None and not spec.has_rivals:
        near = tell_kin.Near.of(scored, mine, theirs, plan, learnt)
        apart = tell_kin.told_apart(near, learnt, train.pseudo_matches(mine, theirs, plan, verdicts))
        if apart is not learnt:
            learnt = apart
            scored = verdicts.still_open(_scored(mine, theirs, plan, learnt, found), mine, theirs)
    sizes = probability.Sizes(mine.height, theirs.height, spec.cardinality)
    p, share = probability.settle(scored, sizes, None if model is None else model.match_share)
    learnt = replace(learnt, match_share=share)
    named = scored.with_columns(
        p,
        gain=probability.log_odds(scored["bits"], sizes, share),
        id_l=mine.rows["id"].gather(scored["l"]),
        id_r=theirs.rows["id"].gather(scored["r"]),
        weight=weigh.weights(scored, learnt, compare.code_names(plan)),
    )
    start = float(probability.log_odds(pl.Series([0.0]), sizes, share).item())
    answer = _answered(named, mine, theirs, plan, learnt, found)
    links, grouped = verdicts.obeyed(answer.links, answer.clusters, named.select("id_l", "id_r", "weight"))
    return replace(answer, links=links, clusters=grouped, start_bits=start)


def dedupe(
    source: pl.LazyFrame,
    spec: Spec,
    *,
    model: Model | None = None,
    verdicts: Verdicts | None = None,
    report: Report | None = None,
) -> Linked:
    """Records of one table that mean the same, and the cluster of each."""
    of_one = replace(spec, cardinality=Cardinality.DEDUPE)
    return link(source, source, of_one, model=model, verdicts=verdicts, report=report)


def least_bits(height: int) -> float:
    """Bits below which a pair with a right table of this height no longer matters."""
    return float(np.log2(max(height, 2) / _PRIOR_SHARE)) - _FAR_BELOW


def _scored(left: Table, right: Table, plan: Plan, model: Model, found: Sequence[block.Blocks]) -> pl.DataFrame:
    """All pairs worth keeping, with their codes and bits, each once; the right rows tell their rarity."""
    sides = Sides(*(Side.of(table.rows, len(plan.kinds)) for table in (left, right)))
    at_once = plan.spec.limits.pairs_at_once
    made = (
        pairs for each in found for pairs in block.pairs(each, right, at_once=at_once, is_dedupe=plan.spec.is_dedupe)
    )
    scored = weigh.weigh_all(made, sides, plan, by=weigh.scales(model, plan), cut=least_bits(right.height))
    return scored.unique(["l", "r"], keep="any").sort("l", "r")


def _answered(
    named: pl.DataFrame, left: Table, right: Table, plan: Plan, model: Model, found: Sequence[block.Blocks]
) -> Linked:
    spec = plan.spec
    chosen = decide.choose(named, spec.cardinality)
    at = decide.thresholds(chosen["probability"], spec.costs)
    answered = decide.answered(chosen, at)
    grouped = None
    if spec.is_dedupe:
        answered, grouped = clusters.clustered(answered, left.rows["id"], at)
    links = _links(answered, left, plan)
    share = losses.found_share(answered, left, right, plan)
    codes = [pl.col(f"c{place}").alias(each.field) for place, each in enumerate(spec.comparisons)]
    ids = [pl.col("id_l").alias("left_id"), pl.col("id_r").alias("right_id")]
    pairs = named.select(*ids, *codes, *weigh.bits_by_field(named, right.rows, model), "bits", "probability")
    return Linked(links, model, pairs, at, _counts(found, plan), share, grouped)


def _counts(found: Sequence[block.Blocks], plan: Plan) -> tuple[block.RuleCount, ...]:
    """What each rule made, as a person counts pairs."""
    counts = ((each.count, each.left.height) for each in found)
    return tuple(count.of_one_table(rows) if plan.spec.is_dedupe else count for count, rows in counts)


def _links(answered: pl.DataFrame, left: Table, plan: Plan) -> pl.DataFrame:
    is_shown = pl.col("status").is_in([Status.LINKED.value, Status.REVIEW.value])
    told = answered.select(
        left_id="id_l",
        right_id=pl.when(is_shown).then("id_r"),
        weight="weight",
        probability="probability",
        status="status",
        reason="reason",
    )
    if plan.spec.cardinality in (Cardinality.MANY_TO_MANY, Cardinality.DEDUPE):
        told = told.filter(pl.col("right_id").is_not_null())
    if plan.spec.is_dedupe:
        return told.select(LINKS.names()).sort("left_id", "right_id")
    others = left.rows.filter(~pl.col("id").is_in(told["left_id"].implode()))
    is_silent = pl.all_horizontal(pl.col(f"v{at}").is_null() for at in range(len(plan.kinds)))
    silent = pl.when(is_silent)
    alone = others.select(
        left_id="id",
        right_id=pl.lit(None, pl.String),
        weight=pl.lit(None, pl.Float64),
        probability=pl.lit(0.0),
        status=silent.then(pl.lit(Status.UNLINKABLE.value)).otherwise(pl.lit(Status.NOT_FOUND.value)),
        reason=silent.then(pl.lit(Reason.NO_USABLE_EVIDENCE.value)).otherwise(pl.lit(Reason.NO_CANDIDATE.value)),
    )
    return pl.concat([told.select(LINKS.names()), alone]).sort("left_id", "right_id")
