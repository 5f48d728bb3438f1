"""From EDGES to an answer per record and role: threshold and margin, one-to-one where the event demands it.

Nothing here looks at the order of rows: what cannot be told apart by evidence goes to a steward.
"""

from functools import reduce

import polars as pl

from matching.edges import BEST_FIRST, WORST_LAST
from matching.engine.spec import Cardinality
from matching.linkages import ROLES
from matching.linkages.thresholds import DAYS_AFTER_DEATH, DEATH_BITS, FIRM_ODDS, LINK_ODDS, MARGIN_BITS, REVIEW_ODDS
from matching.reasons import STATUS_REASONS, Reason, Status

_ONCE = [role.name for roles in ROLES.values() for role in roles if role.cardinality is Cardinality.ONE_TO_ONE]
"""Roles that a person has once in a lifetime: one birth, one death."""
_NOT_REGISTERED = (
    r"^(ho kinh doanh|hkd|ubnd|uy ban|dang uy|chi bo|truong|chua|nha tho|dinh|ban quan ly|ban qlda|trung tam|benh vien"
    r"|so |phong |chi cuc|cuc |kho bac|hoi |doan |cong an|toa an|vien kiem sat|mat tran|lien doan|tram y te)"
)
"""Bodies and household businesses that stand in neither register unless they have a code of their own."""


def decide(mentions: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """The mentions with target, status, reason, weight, runner_up_weight, odds and evidence."""
    best = _best_and_runner_up(edges)
    answered = mentions.join(best, on="profile", how="left", maintain_order="left").with_columns(_reason())
    decided = answered.with_columns(
        status=pl.col("reason").replace_strict(_STATUS_OF, default=None, return_dtype=pl.String)
    )
    checks = (_once_in_a_lifetime, _two_roles_two_people, _dead_before_the_event, _without_nobody)
    return reduce(lambda frame, check: check(frame), checks, decided)


_ANSWERED_ELSEWHERE = {Reason.DECIDED_BY_STEWARD, Reason.TAKEN_BY_ANOTHER}
"""Reasons of more than one status; none of them is given here before its status is."""
_STATUS_OF = {
    reason.value: status.value for status, reasons in STATUS_REASONS.items() for reason in reasons - _ANSWERED_ELSEWHERE
}


def _best_and_runner_up(edges: pl.DataFrame) -> pl.DataFrame:
    """The best edge of every profile beside the second best."""
    ordered = edges.sort(BEST_FIRST, descending=WORST_LAST)
    grouped = ordered.group_by("profile", maintain_order=True)
    return grouped.agg(
        pl.col("target", "weight", "odds", "own_odds", "evidence", "kind", "doubt", "is_holder_only").first(),
        runner_up_odds=pl.col("odds").get(1, null_on_oob=True),
        runner_up_weight=pl.col("weight").get(1, null_on_oob=True),
        is_number_contradicted=pl.col("is_holder_only").any(),
    )


def _reason() -> pl.Expr:
    odds = pl.col("odds")
    is_organisation = (pl.col("reference") == "enterprise") & pl.col("words").str.contains(_NOT_REGISTERED).fill_null(
        False
    )
    has_name = pl.col("words").str.contains(r"\S\S").fill_null(False) & (
        pl.col("words").str.contains(" ", literal=True)
        | pl.col("birth_date").is_not_null()
        | pl.col("core").is_not_null()
    )
    has_evidence = has_name | pl.col("number").is_not_null() | pl.col("second_number").is_not_null()
    is_close = (odds - pl.col("runner_up_odds") < MARGIN_BITS).fill_null(False)
    cases: list[tuple[pl.Expr, Reason | pl.Expr]] = [
        (pl.col("is_withdrawn"), Reason.WITHDRAWN),
        (~pl.col("is_named"), Reason.NOT_NAMED),
        ((odds >= LINK_ODDS) & (pl.col("doubt") == Reason.TWIN.value), Reason.TWIN),
        ((odds >= LINK_ODDS) & is_close, Reason.CLOSE_RUNNER_UP),
        ((odds >= LINK_ODDS) & pl.col("is_holder_only"), Reason.IDENTIFIER_CONTRADICTED),
        (
            (odds >= LINK_ODDS) & pl.col("doubt").is_not_null() & pl.col("is_number_contradicted"),
            Reason.IDENTIFIER_CONTRADICTED,
        ),
        ((odds >= LINK_ODDS) & pl.col("doubt").is_not_null(), pl.col("doubt")),
        (odds >= LINK_ODDS, pl.col("kind")),
        (pl.col("is_number_contradicted"), Reason.IDENTIFIER_CONTRADICTED),
        (odds >= REVIEW_ODDS, Reason.WEIGHT_BETWEEN_THRESHOLDS),
        (is_organisation, Reason.NOT_PERSON_NOR_ENTERPRISE),
        (~has_evidence, Reason.NO_USABLE_EVIDENCE),
        (odds.is_null(), Reason.NO_CANDIDATE),
    ]
    answers = [
        pl.when(condition).then(reason if isinstance(reason, pl.Expr) else pl.lit(reason.value))
        for condition, reason in cases
    ]
    return pl.coalesce(*answers, pl.lit(Reason.WEIGHT_BELOW_THRESHOLD.value)).alias("reason")


def _once_in_a_lifetime(decided: pl.DataFrame) -> pl.DataFrame:
    """Of several births or deaths of one person the clearly best keeps its link; the others, or all, go to review."""
    event = ["dataset", "role", "reference", "target"]
    is_claim = pl.col("role").is_in(_ONCE) & (pl.col("status") == Status.LINKED.value)
    claims = decided.filter(is_claim)
    ranked = claims.with_columns(
        claims=pl.len().over(event),
        first=pl.col("odds").max().over(event),
        second=pl.col("odds").top_k(2).min().over(event),
    )
    wins = (pl.col("odds") == pl.col("first")) & (pl.col("first") - pl.col("second") >= MARGIN_BITS)
    losers = ranked.filter((pl.col("claims") > 1) & ~wins).select("mention")
    return _to_review(decided, losers, Reason.TAKEN_BY_ANOTHER)


def _two_roles_two_people(decided: pl.DataFrame) -> pl.DataFrame:
    """Husband and wife, or parent and child, are never the same person."""
    linked = decided.filter(pl.col("status") == Status.LINKED.value)
    twice = linked.filter(pl.len().over("dataset", "record_id", "reference", "target") > 1).select("mention")
    return _to_review(decided, twice, Reason.SAME_PERSON_TWICE)


def _dead_before_the_event(decided: pl.DataFrame) -> pl.DataFrame:
    """Who had died before the event of another record is hardly meant there: a namesake, or a wrong death."""
    linked = decided.filter((pl.col("status") == Status.LINKED.value) & (pl.col("reference") == "population"))
    is_death = (pl.col("role") == "deceased") & (pl.col("odds") >= FIRM_ODDS)
    deaths = linked.filter(is_death).group_by("target").agg(died_on=pl.col("event_date").min())
    days = pl.col("role").replace_strict(dict(DAYS_AFTER_DEATH), default=None, return_dtype=pl.Int64)
    doubtful = linked.filter(pl.col("odds") < LINK_ODDS + DEATH_BITS).join(deaths, on="target")
    later = doubtful.filter(pl.col("event_date") > pl.col("died_on") + pl.duration(days=days))
    return _to_review(decided, later.select("mention"), Reason.DEAD_BEFORE_EVENT)


def _to_review(decided: pl.DataFrame, mentions: pl.DataFrame, reason: Reason) -> pl.DataFrame:
    moved = pl.col("mention").is_in(mentions["mention"].implode())
    return decided.with_columns(
        status=pl.when(moved).then(pl.lit(Status.REVIEW.value)).otherwise("status"),
        reason=pl.when(moved).then(pl.lit(reason.value)).otherwise("reason"),
    )


def _without_nobody(decided: pl.DataFrame) -> pl.DataFrame:
    """Who is not linked and not in review has no reference entry to show."""
    is_shown = pl.col("status").is_in([Status.LINKED.value, Status.REVIEW.value])
    return decided.with_columns(target=pl.when(is_shown).then("target"))
