"""What the row tells about a commune code that was used again in July 2025: its day, and the commune of the address.

A code written before the reform is the old unit's. A later one may be either, as old codes outlive the reform: then the
address decides, by the commune's name or by where it lies, and where it does not the code stays ambiguous.
"""

import datetime as dt
from functools import cache
from typing import NamedTuple

import polars as pl

from contracts import Contract
from matching.standardise.units import tables
from matching.standardise.units.change import old_meanings, read_codes


class Written(NamedTuple):
    """A commune code, the address beside it, and when both were written, where the row says so."""

    code: str
    address: str
    written: str | None = None


WRITTEN = {
    "dossier": (Written("owner_commune_code", "owner_address", "received_at"),),
    "enterprise": (Written("office_commune", "office_address"),),
    "population": (Written("permanent_commune", "permanent_detail"), Written("current_commune", "current_detail")),
}
"""A register is brought up to date: the day of an entry does not tell when its code was written."""

_BEFORE = tables.NEW_FROM - dt.timedelta(days=1)
_FORMS = ["old", "new", "ambiguous"]


def with_meanings(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The frame with `unit_form` and `unit_candidates` of ambiguous commune codes as their rows tell."""
    for each in WRITTEN.get(contract.dataset, ()):
        frame = _with_meaning(frame, each)
    return frame


def _with_meaning(frame: pl.DataFrame, written: Written) -> pl.DataFrame:
    form, candidates = f"{written.code}__unit_form", f"{written.code}__unit_candidates"
    rows = _asked(frame, written)
    if rows.is_empty():
        return frame
    distinct = rows.unique("key", maintain_order=True).with_row_index("place")
    read = _read(distinct)
    place = rows.join(distinct.select("key", "place"), on="key", how="left", maintain_order="left")["place"]
    # The rows' own meanings, then those read: each row takes one of them.
    at = pl.select(pl.int_range(frame.height, dtype=pl.UInt32, eager=False)).to_series()
    at = at.scatter(rows["row"], place + frame.height)
    own = frame.select(form, candidates)
    read = read.rename(dict(zip(read.columns, own.columns, strict=True)))
    # Gathering from one piece costs a fraction of gathering from two.
    return frame.with_columns(pl.concat([own, read], rechunk=True)[at])


def _asked(frame: pl.DataFrame, written: Written) -> pl.DataFrame:
    """Rows with an ambiguous code of which they tell something, by a `key` of all that they tell."""
    is_before = pl.lit(False) if written.written is None else pl.col(f"{written.written}__std") < tables.NEW_FROM
    rows = frame.select(
        row=pl.int_range(pl.len(), dtype=pl.UInt32),
        code=f"{written.code}__std",
        meaning=f"{written.code}__unit_form",
        commune=f"{written.address}__commune_code",
        form=f"{written.address}__unit_form",
        is_before=is_before.fill_null(value=False),
    )
    rows = rows.filter(pl.col("meaning") == "ambiguous", pl.col("is_before") | pl.col("commune").is_not_null())
    return rows.with_columns(key=_key())


def _key() -> pl.Expr:
    """All in one number, which is told apart sooner than words are."""
    code, commune = (pl.col(name).cast(pl.Int64).fill_null(0) for name in ("code", "commune"))
    form = pl.col("form").replace_strict(_FORMS, range(1, 4), default=0, return_dtype=pl.Int64)
    return ((code * 100_000 + commune) * 4 + form) * 2 + pl.col("is_before").cast(pl.Int64)


def _read(asked: pl.DataFrame) -> pl.DataFrame:
    named = asked.join(_communes(), on=["commune", "form"], how="left", maintain_order="left")
    return read_codes(named.with_columns(on_date=pl.when("is_before").then(pl.lit(_BEFORE))))


@cache
def _communes() -> pl.DataFrame:
    """Commune, form, `name` and `communes`, the new communes that it stands for, of what an address may name."""
    old = tables.old_communes().select(commune="code", name="name")
    old = old.join(old_meanings().rename({"old_code": "commune", "candidates": "communes"}), on="commune")
    new = tables.new_communes().select("name", commune="code", communes=pl.concat_list("code"))
    both = old.join(new.drop("name"), on="commune")
    both = both.select("commune", "name", communes=pl.col("communes").list.set_union("communes_right"))
    forms = zip(_FORMS, (old, new.select(old.columns), both), strict=True)
    return pl.concat([frame.with_columns(form=pl.lit(form)) for form, frame in forms])
