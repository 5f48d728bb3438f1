"""From compared and weighed pairs to EDGES: what kind of link each would be, and what forbids it."""

from collections.abc import Iterable

import polars as pl

from matching.explain import evidence
from matching.grounds import (
    enterprise_doubt,
    enterprise_kind,
    is_settled_enterprise,
    is_settled_person,
    own_odds,
    person_doubt,
    person_kind,
)
from matching.levels import Field
from matching.linkages.enterprise import COMPANY_NAME, ENTERPRISE, TAX_CODE
from matching.linkages.person import BIRTH, NAME, NUMBER, PERSON
from matching.reasons import Reason
from matching.schemas import EDGES, check
from matching.twins import by_name_alone

_KEPT_PER_PROFILE = 5
"""Best edges kept for each profile: the best, its runner-up, and a few for the steward."""
BEST_FIRST = ["profile", "is_holder_only", "odds", "target"]
WORST_LAST = [False, False, True, False]
"""Who shares the number and nothing else is last: a parent or agent gave theirs for the person meant."""


def person_edges(weighed: pl.DataFrame, twins: pl.DataFrame) -> pl.DataFrame:
    """EDGES of persons; `twins` as [target, twin]."""
    judged = weighed.with_columns(kind=person_kind(), doubt=person_doubt(), is_holder_only=_holds_only()).with_columns(
        own_odds=own_odds(),
        doubt=pl.when(by_name_alone(weighed, twins)).then(pl.lit(Reason.TWIN.value)).otherwise("doubt"),
    )
    return _told(_best(judged), is_settled_person(), PERSON)


def enterprise_edges(weighed: pl.DataFrame) -> pl.DataFrame:
    """EDGES of enterprises."""
    owns = pl.col("number").fill_null(0) == TAX_CODE.code("own")
    judged = weighed.with_columns(
        own_odds=pl.col("odds"),
        kind=enterprise_kind(),
        doubt=enterprise_doubt(),
        is_holder_only=owns & (pl.col("name") == COMPANY_NAME.code("different")).fill_null(False),
    )
    return _told(_best(judged), is_settled_enterprise(), ENTERPRISE)


def _holds_only() -> pl.Expr:
    """Whether the entry has the number, and neither the name nor the birth date."""
    holds = pl.col("number").fill_null(0) >= NUMBER.code("former")
    differs = (pl.col("name").fill_null(1) <= NAME.code("given")) & (
        pl.col("birth_date").fill_null(0) <= BIRTH.code("different")
    )
    return (holds & differs).fill_null(False)


def _best(edges: pl.DataFrame) -> pl.DataFrame:
    slim = edges.select(BEST_FIRST).with_row_index("row").sort(BEST_FIRST, descending=WORST_LAST)
    return edges[slim.group_by("profile", maintain_order=True).head(_KEPT_PER_PROFILE)["row"]]


def _told(best: pl.DataFrame, is_settled: pl.Expr, fields: Iterable[Field]) -> pl.DataFrame:
    # Written for the best alone, which decides: a pair's evidence costs more than its weight.
    first = best.unique("profile", keep="first").select("profile", "target", evidence=evidence(fields))
    told = best.join(first, on=["profile", "target"], how="left", maintain_order="left")
    return check(told.with_columns(is_settled=is_settled), EDGES)
