"""From a standardised register to REGISTER: its entries in the order of their key, in comparable forms.

A row's forms follow from its own fields alone, so they are made once and kept: a night makes those of new rows.
"""

from collections.abc import Callable, Mapping

import polars as pl

from matching import keys
from matching.schemas import REGISTER, check

PREPARED = pl.Schema([("source", pl.UInt64()), *((name, REGISTER[name]) for name in REGISTER if name != "target")])
"""Rows of a register in comparable forms, by a hash of the fields that they are made of."""


def prepare(reference: str, frame: pl.LazyFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """REGISTER of a standardised register, and PREPARED of its rows, those that are `known` not made again."""
    forms = _FORMS[reference]()
    fields = sorted({name for form in forms.values() for name in form.meta.root_names()})
    rows = _live(frame).select(fields).with_columns(source=pl.struct(fields).hash()).collect()
    made = rows.join(known, on="source", how="anti").select("source", **forms)
    if reference == "population":
        made = made.with_columns(**keys.of_name(pl.col("words")))
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in PREPARED.items() if name not in made.columns]
    standing = known.join(rows, on="source", how="semi")
    prepared = pl.concat([standing, check(made.with_columns(absent), PREPARED)])
    return _entries(prepared.drop("source").drop_nulls("reference_id")), prepared.unique("source", keep="none")


def _entries(prepared: pl.DataFrame) -> pl.DataFrame:
    # One entry a key, chosen by content; the key orders the entries, so `target` is the same for any row order.
    is_repeated = prepared["reference_id"].is_duplicated()
    repeated = prepared.filter(is_repeated).sort(pl.all()).unique("reference_id", keep="first", maintain_order=True)
    once = pl.concat([prepared.filter(~is_repeated), repeated]).sort("reference_id")
    return check(once.with_row_index("target"), REGISTER)


def _population() -> dict[str, pl.Expr]:
    """The persons of the population register."""
    return {
        "reference_id": pl.col("citizen_id__std"),
        "form": _form("full_name"),
        "words": _words("full_name"),
        "birth_date": pl.col("birth_date__std"),
        "birth_precision": pl.col("birth_date__precision"),
        "sex": pl.col("sex__std"),
        "communes": keys.communes(f"{each}_commune__unit_candidates" for each in ("permanent", "current")),
        "province": pl.coalesce("permanent_province__std", "current_province__std"),
        "address": keys.address(pl.col("permanent_detail__std")),
        "second_address": keys.address(pl.col("current_detail__std")),
        "cmnd": keys.digits(pl.col("cmnd__std")),
        "former_number": keys.digits(pl.col("former_citizen_id__std")),
        "mother_form": _form("mother_name"),
        "mother_words": _words("mother_name"),
        "mother_number": keys.digits(pl.col("mother_citizen_id__std")),
        "father_form": _form("father_name"),
        "father_words": _words("father_name"),
        "father_number": keys.digits(pl.col("father_citizen_id__std")),
        "spouse_form": _form("spouse_name"),
        "spouse_words": _words("spouse_name"),
        "spouse_number": keys.digits(pl.col("spouse_citizen_id__std")),
        "head_number": keys.digits(pl.col("head_citizen_id__std")),
    }


def _enterprise() -> dict[str, pl.Expr]:
    """The enterprises and branches of the business register."""
    return {
        "reference_id": pl.col("enterprise_code__std"),
        "form": keys.words(pl.col("enterprise_name__std").str.to_lowercase()),
        "words": keys.words(keys.unaccented(pl.col("enterprise_name__std"))),
        "core": keys.words(pl.col("enterprise_name__core")),
        "short_core": keys.words(pl.col("short_name__core")),
        "foreign_core": keys.words(pl.col("foreign_name__core")),
        "communes": keys.communes(["office_commune__unit_candidates", "office_address__unit_candidates"]),
        "province": pl.col("office_address__province_code"),
        "address": keys.address(pl.col("office_address__detail")),
        "representative_form": _form("representative_name"),
        "representative_words": _words("representative_name"),
        "representative_number": keys.digits(pl.col("representative_id_number__std")),
    }


def _live(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.filter((pl.col("_op") != "delete").fill_null(True) & pl.col("record_id").is_not_null())


def _form(name: str) -> pl.Expr:
    return keys.words(pl.col(f"{name}__form"))


def _words(name: str) -> pl.Expr:
    return keys.words(pl.col(f"{name}__key"))


_FORMS: Mapping[str, Callable[[], dict[str, pl.Expr]]] = {"population": _population, "enterprise": _enterprise}
