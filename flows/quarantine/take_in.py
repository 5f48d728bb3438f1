"""Takes answers in: from sheets, or rows named on the command line. All of them, or none with every reason told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import warehouse
from contracts import Contract, received
from expectations.json_texts import as_object
from flows.pull.hashing import content_hashes
from flows.quarantine import answered
from flows.quarantine.errors import AnswersRefusedError, Fault, NotReleasableError
from flows.quarantine.export import new_batch
from flows.quarantine.layout import ANSWER, ID, NOTE, is_line, readable
from flows.quarantine.standing import unique_key
from flows.quarantine.verify import TO, Verified, Waiting, same_as_before, structural_rules, twice, verify
from flows.quarantine.vocabulary import CORRECTED, KEPT, PROPOSED, WITHDRAWN

_TAKING_AWAY = (CORRECTED, PROPOSED, WITHDRAWN)
"""Answers after which a row no longer stands beside another of its key."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the answers of some sheets."""

    by_event: dict[str, int]
    repeated: int
    """Answers given alike before."""
    settled: int
    """Answers to rows that were settled meanwhile."""


def take_in(conn: warehouse.Connection, paths: Sequence[Path], actor: str) -> Taken:
    """Takes the answers of all sheets in; AnswersRefusedError with every fault, and nothing is done."""
    installation = warehouse.quarantine.installation_id(conn)
    read = answered.read(list(dict.fromkeys(path.resolve() for path in paths)), installation)
    rows = warehouse.quarantine.open_rows(conn)
    ids = {each for sheet in read.sheets for each in sheet.rows[ID].drop_nulls()}
    settled = warehouse.quarantine.settled(conn, ids - set(rows["quarantine_id"]))
    found = [verify(sheet, Waiting(rows, settled, installation)) for sheet in read.sheets]
    faults = [*read.faults, *(fault for each in found for fault in (*each.faults, *answered.not_text(each.sheet)))]
    faults += twice(found)
    if not faults:
        faults += _beside_another(rows, found)
    if faults:
        raise AnswersRefusedError(faults)
    batch = new_batch("answers")
    events = [_events_of(each, rows, actor, batch) for each in found]
    whole = pl.concat([warehouse.quarantine.EVENTS.to_frame(), *events]).unique("quarantine_id", keep="first")
    if len(whole):
        warehouse.quarantine.record_answers(conn, whole.sort("quarantine_id"), actor, batch)
    repeated = sum(int(same_as_before(each.answers).sum()) for each in found)
    counts = dict(whole["event"].value_counts().sort("event").iter_rows())
    return Taken(counts, repeated, sum(each.settled for each in found))


def release(conn: warehouse.Connection, ids: Sequence[str], actor: str, reason: str) -> int:
    """Accepts rows as they are although they broke rules; NotReleasableError where one cannot be."""
    rows = _named(conn, ids)
    obstacles = _not_releasable(warehouse.quarantine.open_rows(conn), rows)
    if obstacles:
        raise NotReleasableError(obstacles)
    batch = new_batch("release")
    parts = []
    for dataset in rows["dataset"].unique().sort():
        contract, own = received()[dataset], rows.filter(pl.col("dataset") == dataset)
        parts.append(_events(own, KEPT, readable(contract, own), contract))
    _record(conn, pl.concat(parts), actor, batch, reason)
    return rows.height


def withdraw(conn: warehouse.Connection, ids: Sequence[str], actor: str, reason: str) -> int:
    """Settles rows that are no records; they are never published."""
    rows = _named(conn, ids)
    _record(conn, _events(rows, WITHDRAWN), actor, new_batch("withdraw"), reason)
    return rows.height


def give_back(conn: warehouse.Connection, ids: Sequence[str], actor: str, reason: str, until: dt.date) -> int:
    """Notes that rows went back to their source, to be corrected there until this day."""
    rows = _named(conn, ids)
    batch = new_batch("return")
    events = _events(rows, "returned").with_columns(
        actor=pl.lit(actor), batch=pl.lit(batch), reason=pl.lit(reason), due_on=pl.lit(until)
    )
    warehouse.quarantine.record_return(conn, events, actor, batch)
    return rows.height


def _record(conn: warehouse.Connection, events: pl.DataFrame, actor: str, batch: str, reason: str) -> None:
    signed = events.with_columns(actor=pl.lit(actor), batch=pl.lit(batch), reason=pl.lit(reason))
    warehouse.quarantine.record_answers(conn, signed, actor, batch)


def _named(conn: warehouse.Connection, ids: Sequence[str]) -> pl.DataFrame:
    """The open rows of these ids, which may be shortened; NotReleasableError where one names none, or several."""
    rows = warehouse.quarantine.open_rows(conn)
    found, obstacles = [], []
    for each in dict.fromkeys(ids):
        own = rows.filter(pl.col("quarantine_id").str.starts_with(each))
        if len(own) != 1:
            several = ("nhiều dòng có mã này; hãy ghi mã dài hơn", "several rows begin so; give more of the id")
            none = (
                "không có dòng nào đang chờ với mã này; xem doisoat quarantine list --rows",
                "no row with this id waits; see doisoat quarantine list --rows",
            )
            obstacles.append((each, *(several if len(own) else none)))
        elif own["state"].item() == "answered":
            who = own["last_actor"].item()
            obstacles.append(
                (each, f"{who} đã trả lời; lần chạy sau sẽ nhận", f"{who} answered it; the next run obeys")
            )
        found.append(own)
    if obstacles:
        raise NotReleasableError(obstacles)
    return pl.concat(found).unique("quarantine_id", maintain_order=True)


def _not_releasable(waiting: pl.DataFrame, rows: pl.DataFrame) -> list[tuple[str, str, str]]:
    obstacles = []
    for dataset in rows["dataset"].unique().sort():
        contract, own = received()[dataset], rows.filter(pl.col("dataset") == dataset)
        lines = own.filter(is_line(own))
        keyless = own.filter(structural_rules(contract, own["rules"]) & ~is_line(own))
        doubled = _of_doubled_keys(contract, waiting, own, set(own["quarantine_id"]))
        for part, vi, en in (
            (lines, "dòng không đọc được hoặc là yêu cầu xóa: sửa ở nguồn, hoặc rút bằng withdraw",
             "it cannot be read, or asks for a deletion: correct it at the source, or withdraw it"),
            (keyless, "thiếu khóa hoặc khóa không hiểu được: không thành bản ghi; hãy sửa khóa",
             "its key is missing or not understood, so it is no record; correct the key"),
            (doubled, "còn dòng khác cùng khóa đang chờ: hãy rút (withdraw) dòng kia trước",
             "another row of its key waits: withdraw that one first"),
        ):  # fmt: skip
            obstacles += [(each, vi, en) for each in part["quarantine_id"]]
    return obstacles


def _of_doubled_keys(contract: Contract, waiting: pl.DataFrame, rows: pl.DataFrame, kept: set[str]) -> pl.DataFrame:
    """Those of the rows beside which another of their key waits that is not taken away."""
    others = waiting.filter((pl.col("dataset") == contract.dataset) & pl.col("record_id").is_not_null())
    beside = others.filter(pl.len().over("record_id") > 1)
    is_doubled = pl.col("rules").list.contains(unique_key(contract))
    return rows.filter(is_doubled & pl.col("quarantine_id").is_in(list(kept))).join(beside, on="record_id", how="semi")


def _beside_another(waiting: pl.DataFrame, found: Sequence[Verified]) -> list[Fault]:
    """Rows kept although another row of their key waits on."""
    taken_away = {
        each for one in found for each in one.answers.filter(pl.col("word").is_in(_TAKING_AWAY))[ID]
    }  # fmt: skip
    left = waiting.filter(
        ~pl.col("quarantine_id").is_in(list(taken_away))
        & ~((pl.col("state") == "answered") & (pl.col("last_event") == CORRECTED))
    )
    faults = []
    for one in found:
        contract, sheet = received()[one.sheet.dataset], one.sheet
        kept = set(one.answers.filter(pl.col("word") == KEPT)[ID])
        if not kept:
            continue
        rows = waiting.filter(pl.col("quarantine_id").is_in(list(kept)))
        doubled = _of_doubled_keys(contract, left, rows, kept)["quarantine_id"].implode()
        for at in one.answers.filter(pl.col(ID).is_in(doubled))["at"]:
            vi = "còn dòng khác cùng khóa; hãy trả lời “Không phải hồ sơ này” cho dòng kia thì mới giữ được dòng này"
            en = "another row of its key waits; answer “Không phải hồ sơ này” there, then this one can be kept"
            faults.append(Fault(sheet.file, sheet.title, at, sheet.headers[ANSWER], vi, en))
    return faults


def _events_of(one: Verified, rows: pl.DataFrame, actor: str, batch: str) -> pl.DataFrame:
    """The events of a sheet's answers; those given alike before are left out."""
    contract = received()[one.sheet.dataset]
    new = one.answers.filter(~same_as_before(one.answers)).with_columns(
        event=pl.when(pl.col("word") == PROPOSED).then(pl.lit(CORRECTED)).otherwise("word"),
        place=pl.concat_str(pl.lit(f"{one.sheet.file} · {one.sheet.title} · "), "at"),
    )
    parts = [warehouse.quarantine.EVENTS.to_frame()]
    for event in new["event"].unique().sort():
        own = new.filter(pl.col("event") == event)
        open_ = own.select(quarantine_id=ID).join(rows, on="quarantine_id", how="left", maintain_order="left")
        is_handed_in = event in (CORRECTED, KEPT)
        texts = own.select(pl.col(TO + name).alias(name) for name in contract.names) if is_handed_in else None
        signed = _events(open_, event, texts, contract).with_columns(
            own["place"], own[NOTE].alias("reason"), actor=pl.lit(actor), batch=pl.lit(batch)
        )
        parts.append(signed.select(warehouse.quarantine.EVENTS.names()))
    return pl.concat(parts)


def _events(
    rows: pl.DataFrame, event: str, texts: pl.DataFrame | None = None, contract: Contract | None = None
) -> pl.DataFrame:
    """Unsigned events for open rows, with the texts that are handed in and their hash."""
    nothing = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    answer, digest = nothing, nothing
    if texts is not None and contract is not None:
        sent = texts.with_columns(_op=pl.lit("upsert"))
        digest = content_hashes(sent, [*contract.names, "_op"])
        answer = texts.select(as_object({name: pl.col(name) for name in contract.names})).to_series()
    return pl.DataFrame(
        {
            "quarantine_id": rows["quarantine_id"],
            "event": pl.repeat(event, rows.height, dtype=pl.String, eager=True),
            **dict.fromkeys(("actor", "batch", "place", "reason"), nothing),
            "due_on": pl.repeat(None, rows.height, dtype=pl.Date, eager=True),
            "original_hash": rows["content_hash"],
            "answer_hash": digest,
            "answer": answer,
        },
        schema=warehouse.quarantine.EVENTS,
    )
