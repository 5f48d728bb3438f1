"""From pairs to links, as the engine decides: by form where a record's answer is its own, else over all records."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine import compare, decide, probability, weigh
from matching.engine.link import LINKS
from matching.engine.register.frozen import Frozen
from matching.engine.register.segments import Side
from matching.engine.spec import Cardinality, Costs
from matching.reasons import Reason, Status


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, open."""

    forms: Side
    entries: Side
    held: Frozen

    def named(self, pairs: pl.DataFrame, sizes: probability.Sizes) -> pl.DataFrame:
        """The pairs [l, r, …] with what `decide` reads, but for ids."""
        share = self.held.model.match_share
        p, _ = probability.settle(pairs, sizes, share)
        return pairs.with_columns(
            p,
            gain=probability.log_odds(pairs["bits"], sizes, share),
            weight=weigh.weights(pairs, self.held.model, compare.code_names(self.held.plan)),
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """What a night answers."""

    links: pl.DataFrame
    """As `link.LINKS`."""
    thresholds: decide.Thresholds
    set_aside: int = 0
    """Local records of which too many have the same too many candidates."""


def best_of_forms(pairs: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    """The best pair of each form, for records that may have one partner each whoever else has it."""
    ids = sides.entries.values["id"].gather(pairs["r"]).alias("id_r")
    return decide.choose(sides.named(pairs.with_columns(ids), sides.held.sizes(1)), Cardinality.MANY_TO_ONE)


def from_forms(chosen: pl.DataFrame, locals_: pl.DataFrame, sides: Sides, costs: Costs) -> Answers:
    """The links of all local records by the best pair of their form."""
    place = np.full(sides.forms.height, -1, dtype=np.int64)
    place[chosen["l"].to_numpy()] = np.arange(chosen.height)
    at = place[locals_["form"].to_numpy()]
    has_any = at >= 0
    limits = decide.thresholds(chosen["probability"].gather(at[has_any]), costs)
    answered = decide.answered(chosen, limits)
    place_of = pl.Series(at).set(pl.Series(~has_any), None)
    told = answered.select(*_LINK_COLUMNS).select(pl.all().gather(place_of))
    without = _without_candidates(locals_["form"], sides)
    filled = told.with_columns(pl.coalesce(name, without[name]).alias(name) for name in without.columns)
    return Answers(filled.with_columns(left_id=locals_["id"]).select(LINKS.names()), limits)


def from_records(pairs: pl.DataFrame, locals_: pl.DataFrame, sides: Sides, costs: Costs) -> Answers:
    """The links of all local records, decided over all of them."""
    spec = sides.held.plan.spec
    rows, set_aside = _expanded(pairs, locals_, sides)
    chosen = decide.choose(sides.named(rows, sides.held.sizes(locals_.height)), spec.cardinality)
    limits = decide.thresholds(chosen["probability"], costs)
    answered = decide.answered(chosen, limits)
    told = answered.select("id_l", *_LINK_COLUMNS).rename({"id_l": "left_id"})
    if spec.cardinality is Cardinality.MANY_TO_MANY:
        told = told.filter(pl.col("right_id").is_not_null())
    alone = locals_.join(told, left_on="id", right_on="left_id", how="anti")
    return Answers(_with_alone(told, alone, sides), limits, set_aside)


_IS_SHOWN = pl.col("status").is_in([Status.LINKED.value, Status.REVIEW.value])
_LINK_COLUMNS = (
    pl.when(_IS_SHOWN).then("id_r").alias("right_id"),
    pl.col("weight"),
    pl.col("probability"),
    pl.col("status"),
    pl.col("reason"),
)


def _expanded(pairs: pl.DataFrame, locals_: pl.DataFrame, sides: Sides) -> tuple[pl.DataFrame, int]:
    """The pairs of records, both sides numbered by their ids, and how many records were set aside.

    Addresses tell which night a row came: neither a tie nor the order of a sum may depend on them.
    """
    largest = sides.held.plan.spec.limits.largest_block
    copies = locals_.group_by("form").len("copies")
    sized = pairs.group_by("l").len("pairs").join(copies, left_on="l", right_on="form")
    large = sized.filter(pl.col("pairs").cast(pl.Int64) * pl.col("copies") > largest)
    kept = pairs.join(large.select("l"), on="l", how="anti").rename({"l": "form", "r": "address"})
    kept = kept.with_columns(id_r=sides.entries.values["id"].gather(kept["address"]))
    kept = kept.with_columns(r=pl.col("id_r").rank("dense"))
    rows = kept.join(locals_.with_row_index("l").rename({"id": "id_l"}), on="form")
    return rows.sort("l", "r"), int(large["copies"].sum())


def _with_alone(told: pl.DataFrame, alone: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    """The links, and the records that have no candidate."""
    nothing = pl.DataFrame(schema={"right_id": pl.String, "weight": pl.Float64}).clear(alone.height)
    without = pl.concat(
        [alone.select(left_id="id"), nothing, _without_candidates(alone["form"], sides)], how="horizontal"
    )
    return pl.concat([told.select(LINKS.names()), without.select(LINKS.names())]).sort("left_id", "right_id")


def _without_candidates(forms: pl.Series, sides: Sides) -> pl.DataFrame:
    """[probability, status, reason] of records without one: nobody comes near, or the record says nothing."""
    values = sides.forms.values
    said = [name for name in values.columns if name.startswith("v")]
    is_silent = values.select(pl.all_horizontal(pl.col(said).is_null())).to_series().gather(forms)
    silent = pl.when(is_silent)
    return pl.select(
        probability=pl.repeat(0.0, len(forms)),
        status=silent.then(pl.lit(Status.UNLINKABLE.value)).otherwise(pl.lit(Status.NOT_FOUND.value)),
        reason=silent.then(pl.lit(Reason.NO_USABLE_EVIDENCE.value)).otherwise(pl.lit(Reason.NO_CANDIDATE.value)),
    )


def candidates_of(pairs: pl.DataFrame, locals_: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    """Every pair of records that came near, as `link.Linked` has them."""
    spec = sides.held.plan.spec
    rows, _ = _expanded(pairs, locals_, sides)
    named = sides.named(rows, sides.held.sizes(locals_.height))
    codes = [pl.col(f"c{at}").alias(each.field) for at, each in enumerate(spec.comparisons)]
    told = weigh.bits_by_field(rows.with_columns(r="address"), sides.entries.values, sides.held.model)
    ids = [pl.col("id_l").alias("left_id"), pl.col("id_r").alias("right_id")]
    return named.select(*ids, *codes, *told, "bits", "probability")
