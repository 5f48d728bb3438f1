"""The challenger's opinion of a run's doubtful decisions, and how far it and the model disagreed in former runs."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from contracts import received
from matching.verdicts import labels_of

FEWEST_OF_EACH = 20
"""Decisions of each kind below which there is nothing to be taught by: the challenger is not even loaded."""
FORMER_RUNS = 30
"""Whose shares are told beside the present one."""

Entry = dict[str, Any]
"""A JSON-able opinion of one register, as the summary holds it."""


def second_opinion(
    decisions: pl.DataFrame, held: Mapping[str, pl.LazyFrame], verdicts: pl.DataFrame, entries: Mapping[str, int]
) -> tuple[list[Entry], pl.DataFrame]:
    """What the summary holds of each register, and [record_id, role, difference] of the doubtful decisions."""
    differences = pl.DataFrame(schema={"record_id": pl.String, "role": pl.String, "difference": pl.Float64})
    is_match = labels_of(verdicts)["is_match"]
    if min(int(is_match.sum()), int((~is_match).sum())) < FEWEST_OF_EACH:
        return [], differences
    from matching.linkage import decided_pairs  # noqa: PLC0415 - brings what it compares by, only where it is taught
    from matching.second_opinion import opinions  # noqa: PLC0415 - brings scikit-learn, only where it is taught

    local = {name: rows for name, rows in held.items() if received()[name].roles}
    registers = {name: rows for name, rows in held.items() if name not in local}
    told = opinions(decisions, decided_pairs(local, registers, verdicts=verdicts), entries)
    parts = [each.doubtful.select(differences.columns) for each in told]
    return [
        {
            "reference": each.reference,
            "challenger": each.name,
            "labels": each.labels,
            "doubtful": each.doubtful.height,
            "share": round(each.share, 6),
        }
        for each in told
    ], pl.concat([differences, *parts])


def with_former(entries: Iterable[Entry], runs: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The opinions with the shares of former runs, oldest first; runs: summaries, newest first."""
    former: dict[str, list[Entry]] = {}
    for run in list(runs)[::-1]:
        for each in run.get("second_opinion") or ():
            told = {"started_at": run["started_at"], "share": each["share"]}
            former.setdefault(each["reference"], []).append(told)
    return [each | {"former": former.get(each["reference"], [])} for each in entries]
