"""Which rows wait in quarantine as a run goes on: those it adds, and those that wait no more, with the reason.

A row waits until its record is delivered again, its source's full delivery has it no more, or its answer was taken in.
"""

from dataclasses import dataclass, field

import polars as pl

from expectations.quarantine import QUARANTINE
from flows.quarantine.sources import corrected_source, is_corrections
from flows.quarantine.standing import SETTLED
from flows.receipt import Receipt

CLOSINGS = pl.Schema({"quarantine_id": pl.String, "resolution": pl.String, "successor_id": pl.String})
_ID = "quarantine_id"


@dataclass(slots=True)
class Cases:
    """The cases of all datasets, brought forward delivery by delivery."""

    waiting: pl.DataFrame
    """QUARANTINE: what waits now."""
    answers: pl.DataFrame
    """The answers that stand, as the warehouse gives them."""
    added: list[pl.DataFrame] = field(default_factory=list)
    closings: pl.DataFrame = field(default_factory=CLOSINGS.to_frame)

    def take_in(self, done: Receipt, dataset: str, rows: pl.DataFrame, quarantined: pl.DataFrame) -> None:
        """Takes note of one dataset of a delivery: all its rows, `_settled` marked, and those of them held back."""
        again = quarantined[_ID].implode()
        others = self.waiting.filter((pl.col("dataset") == dataset) & ~pl.col(_ID).is_in(again))
        found = [self._answered(done, quarantined), _by_record(others, rows, quarantined)]
        if done.kind == "full":
            found.append(_no_longer_sent(done, others, rows))
        closed = pl.concat([CLOSINGS.to_frame(), *found]).unique(_ID, keep="first", maintain_order=True)
        closed = closed.join(others, on=_ID, how="semi", maintain_order="left")
        gone = pl.concat([closed[_ID], quarantined[_ID]]).implode()
        self.waiting = pl.concat([self.waiting.filter(~pl.col(_ID).is_in(gone)), quarantined])
        self.closings = pl.concat([self.closings.filter(~pl.col(_ID).is_in(gone)), closed])
        self.added.append(quarantined)

    def of_the_run(self) -> pl.DataFrame:
        """QUARANTINE: every row that the run held back, each once, by its latest place."""
        whole = pl.concat([QUARANTINE.to_frame(), *self.added])
        return whole.unique(_ID, keep="last", maintain_order=True)

    def _answered(self, done: Receipt, quarantined: pl.DataFrame) -> pl.DataFrame:
        """The rows whose answers this delivery is made of; an answer that breaks a rule takes its row's place."""
        if not is_corrections(done.source):
            return CLOSINGS.to_frame()
        batch = done.delivery_id.split("/", maxsplit=1)[1]
        own = self.answers.filter(
            (pl.col("batch") == batch)
            & (pl.col("answer") != "withdrawn")
            & (corrected_source("delivery_id") == done.source.removesuffix(".corrections"))
        )
        broken = quarantined.select(answer_hash="content_hash", successor_id=_ID)
        joined = own.join(broken.unique("answer_hash", keep="any"), on="answer_hash", how="left", maintain_order="left")
        is_taken = pl.col("successor_id").is_null()
        return joined.select(
            _ID, pl.when(is_taken).then("answer").otherwise(pl.lit("replaced")), "successor_id"
        ).rename({"answer": "resolution"})


def _by_record(waiting: pl.DataFrame, rows: pl.DataFrame, quarantined: pl.DataFrame) -> pl.DataFrame:
    """Rows of a record of which the delivery has another: a better one, or one that waits in their place."""
    news = rows.filter(~pl.col(SETTLED)).select("record_id").drop_nulls().unique()
    successors = quarantined.drop_nulls("record_id").group_by("record_id").agg(successor_id=pl.col(_ID).min())
    found = waiting.join(news, on="record_id", how="semi", maintain_order="left").join(
        successors, on="record_id", how="left", maintain_order="left"
    )
    is_better = pl.col("successor_id").is_null()
    why = pl.when(is_better).then(pl.lit("delivered_again")).otherwise(pl.lit("replaced"))
    return found.select(_ID, resolution=why, successor_id="successor_id")


def _no_longer_sent(done: Receipt, waiting: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the source, and corrections of them, whose content its full delivery has no more."""
    own = waiting.filter(corrected_source("delivery_id") == done.source)
    gone = own.filter(pl.col("origin_hash").is_null() | ~pl.col("origin_hash").is_in(rows["_hash"].implode()))
    return gone.select(_ID, resolution=pl.lit("no_longer_sent"), successor_id=pl.lit(None, pl.String))
