"""From a standardised register to REGISTER: its entries in the order of their key, in comparable forms."""

import polars as pl

from matching import keys
from matching.schemas import REGISTER, check


def population(frame: pl.LazyFrame) -> pl.DataFrame:
    """The persons of the population register."""
    return _prepared(
        _live(frame).select(
            reference_id="citizen_id__std",
            form=_form("full_name"),
            words=_words("full_name"),
            birth_date="birth_date__std",
            birth_precision="birth_date__precision",
            sex="sex__std",
            communes=keys.communes(f"{each}_commune__unit_candidates" for each in ("permanent", "current")),
            province=pl.coalesce("permanent_province__std", "current_province__std"),
            address=keys.address(pl.col("permanent_detail__std")),
            second_address=keys.address(pl.col("current_detail__std")),
            cmnd=keys.digits(pl.col("cmnd__std")),
            former_number=keys.digits(pl.col("former_citizen_id__std")),
            mother_form=_form("mother_name"),
            mother_words=_words("mother_name"),
            mother_number=keys.digits(pl.col("mother_citizen_id__std")),
            father_form=_form("father_name"),
            father_words=_words("father_name"),
            father_number=keys.digits(pl.col("father_citizen_id__std")),
            spouse_form=_form("spouse_name"),
            spouse_words=_words("spouse_name"),
            spouse_number=keys.digits(pl.col("spouse_citizen_id__std")),
            head_number=keys.digits(pl.col("head_citizen_id__std")),
        )
    )


def enterprise(frame: pl.LazyFrame) -> pl.DataFrame:
    """The enterprises and branches of the business register."""
    return _prepared(
        _live(frame).select(
            reference_id="enterprise_code__std",
            form=keys.words(pl.col("enterprise_name__std").str.to_lowercase()),
            words=keys.words(keys.unaccented(pl.col("enterprise_name__std"))),
            core=keys.words(pl.col("enterprise_name__core")),
            short_core=keys.words(pl.col("short_name__core")),
            foreign_core=keys.words(pl.col("foreign_name__core")),
            communes=keys.communes(["office_commune__unit_candidates", "office_address__unit_candidates"]),
            province="office_address__province_code",
            address=keys.address(pl.col("office_address__detail")),
            representative_form=_form("representative_name"),
            representative_words=_words("representative_name"),
            representative_number=keys.digits(pl.col("representative_id_number__std")),
        )
    )


def _live(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.filter((pl.col("_op") != "delete").fill_null(True) & pl.col("record_id").is_not_null())


def _prepared(frame: pl.LazyFrame) -> pl.DataFrame:
    entries = frame.filter(pl.col("reference_id").is_not_null()).collect()
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in REGISTER.items() if name not in entries.columns]
    # One entry a key, chosen by content; the key orders the entries, so `target` is the same for any row order.
    filled = entries.with_columns(absent).drop("target").sort(pl.all()).sort("reference_id", maintain_order=True)
    once = filled.unique(subset=["reference_id"], keep="first", maintain_order=True).sort("reference_id")
    return check(once.with_row_index("target"), REGISTER)


def _form(name: str) -> pl.Expr:
    return keys.words(pl.col(f"{name}__form"))


def _words(name: str) -> pl.Expr:
    return keys.words(pl.col(f"{name}__key"))
