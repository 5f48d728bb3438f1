"""What speaks against stewards' verdicts now: a verdict stands whatever the engine thinks, and people are told."""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from matching.kept import Kept
from matching.learnt import STATED
from matching.linkages.thresholds import REVIEW_ODDS
from matching.reasons import Contrary, Status
from matching.schemas import CONTRARY, VERDICTS, check
from matching.world import World

_PLACE, _PAIR = ["record_id", "role"], ["profile", "target"]


def speaks_against(
    world: World, profiled: pl.DataFrame, profiles: pl.DataFrame, verdicts: pl.DataFrame | None, own: pl.DataFrame
) -> pl.DataFrame:
    """CONTRARY of the verdicts about one register; `own` are its DECISIONS before the verdicts overrule them.

    `profiled` are RECORDS with `profile`, `profiles` one of each profile; pairs called different are weighed too.
    """
    given = (VERDICTS.to_frame() if verdicts is None else verdicts).filter(pl.col("reference") == world.reference)
    if given.is_empty() or world.register.is_empty():
        return CONTRARY.to_frame()
    targets = world.register.select("target", "reference_id")
    placed = given.join(profiled.select(*_PLACE, "profile"), on=_PLACE).join(targets, on="reference_id", how="left")
    weighed = placed.join(_edges(world, profiles, placed), on=_PAIR, how="left")
    answers = own.select(*_PLACE, "status", own_id="reference_id", own_evidence="evidence")
    told = weighed.join(answers, on=_PLACE, how="left").with_columns(kind=_kind())
    against = told.filter(pl.col("kind").is_not_null()).with_columns(
        other_id=pl.when(pl.col("kind").is_in(_OTHERS)).then("own_id"),
        evidence=pl.when(pl.col("kind").is_in(_OTHERS)).then("own_evidence").otherwise("evidence"),
    )
    return check(against, CONTRARY).sort(*_PLACE, "reference_id", "kind")


def _edges(world: World, profiles: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    """[profile, target, odds, evidence, is_settled] of the pairs decided on."""
    pairs = placed.select(_PAIR).drop_nulls().unique()
    asked = profiles.join(pairs, on="profile", how="semi")
    pairs = pairs.join(asked, on="profile", how="semi")
    levels = world.levels(asked, Kept.empty(STATED[world.reference]).levels)
    return world.without_bars().edges(pairs, levels).select(*_PAIR, "odds", "evidence", "is_settled")


_OTHERS = (Contrary.ANOTHER_FITS.value, Contrary.FOUND_IN_REGISTER.value)
"""Where the evidence is that of another entry."""


def _kind() -> pl.Expr:
    """The gravest that holds."""
    verdict, is_linked = pl.col("verdict"), pl.col("status") == Status.LINKED.value
    is_same = verdict == "same"
    is_other = is_linked & (pl.col("own_id") != pl.col("reference_id"))
    cases: Mapping[Contrary, pl.Expr] = MappingProxyType(
        {
            Contrary.ENTRY_GONE: is_same & pl.col("target").is_null(),
            Contrary.ANOTHER_FITS: is_same & is_other,
            Contrary.WEIGHS_TOO_LITTLE: is_same & (pl.col("odds") < REVIEW_ODDS),
            Contrary.NUMBER_AGREES: (verdict == "different") & pl.col("is_settled"),
            Contrary.FOUND_IN_REGISTER: (verdict == "not_in_register") & is_linked,
        }
    )
    return pl.coalesce(*(pl.when(case).then(pl.lit(kind.value)) for kind, case in cases.items()))
