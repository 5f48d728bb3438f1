"""How a record and the business register differ about an enterprise: name, code, and whether it still exists."""

import polars as pl

from matching import keys
from matching.discrepancies.compare import COMPARED, compared, kind_of_slip, slips
from matching.edits import edits

_ENDED = r"giải thể, phá sản|đã giải thể|đã phá sản|chấm dứt|thu hồi"
"""What the register writes of an enterprise that is no more; the codes are not confirmed, so its words are read."""
_HEAD_DIGITS = 10


def enterprise_names(local: pl.DataFrame, register: pl.LazyFrame) -> pl.DataFrame:
    """Names of enterprises: COMPARED."""
    name = "enterprise_name"
    entries = register.select(
        reference_id="enterprise_code__std",
        right_value=f"{name}__std",
        right_form=keys.words(pl.col(f"{name}__std").str.to_lowercase()),
        right_words=keys.words(keys.unaccented(pl.col(f"{name}__std"))),
        right_core=keys.words(pl.col(f"{name}__core")),
        right_legal_form=pl.col(f"{name}__legal_form"),
        short_core=keys.words(pl.col("short_name__core")),
        foreign_core=keys.words(pl.col("foreign_name__core")),
        representative=keys.sorted_words(keys.words(pl.col("representative_name__key"))),
    ).drop_nulls("right_form")
    both = local.join(entries.collect(), on="reference_id", how="inner")
    sides = [each for each in both.columns if each not in {"link", "reference_id", "field", "value", "right_value"}]
    distinct = both.select(sides).unique().with_row_index("pair")
    cores = (distinct[each].fill_null("").str.replace_all(" ", "") for each in ("core", "right_core"))
    kinds = distinct.with_columns(kind=_name_kind(edits(*cores))).drop("pair")
    told = both.join(kinds, on=sides, how="left", nulls_equal=True)
    return compared(told.with_columns(said=keys.squeezed(pl.col("form"))))


def _name_kind(core_edits: pl.Series) -> pl.Expr:
    form, core, words = pl.col("form"), pl.col("core"), pl.col("words")
    same_form = keys.squeezed(form) == keys.squeezed(pl.col("right_form"))
    same_core = (keys.squeezed(core) == keys.squeezed(pl.col("right_core"))).fill_null(False)
    other_form = (pl.col("legal_form") != pl.col("right_legal_form")).fill_null(False)
    # A core is written without accents, so what differs in accents alone shows in the words.
    same_words = keys.squeezed(words) == keys.squeezed(pl.col("right_words"))
    alias = pl.any_horizontal((core == pl.col(each)).fill_null(False) for each in ("short_core", "foreign_core"))
    mine, theirs = (pl.col(each).str.split(" ") for each in ("core", "right_core"))
    is_part = (mine.list.set_difference(theirs).list.len() == 0) | (theirs.list.set_difference(mine).list.len() == 0)
    return (
        pl.when(same_form)
        .then(None)
        .when(same_words)
        .then(pl.lit("accents_missing"))
        .when(same_core & other_form)
        .then(pl.lit("legal_form"))
        .when(same_core)
        .then(None)
        .when(alias)
        .then(pl.lit("alias"))
        .when((keys.sorted_words(words) == pl.col("representative")).fill_null(False))
        .then(pl.lit("representative"))
        .when((pl.lit(core_edits) <= 1) & core.is_not_null() & pl.col("right_core").is_not_null())
        .then(pl.lit("one_letter"))
        .when(is_part.fill_null(False))
        .then(pl.lit("words_missing"))
        .otherwise(pl.lit("other_name"))
    )


def enterprise_codes(local: pl.DataFrame) -> pl.DataFrame:
    """Codes of enterprises against that of the entry: COMPARED."""
    owned = local.filter(pl.col("field") == "number").with_columns(right=keys.digits(pl.col("reference_id")))
    number, right = pl.col("number"), pl.col("right")
    same_head = number.str.head(_HEAD_DIGITS) == right.str.head(_HEAD_DIGITS)
    kind = (
        pl.when((number != right) & same_head)
        .then(pl.lit("branch_number"))
        .otherwise(kind_of_slip(right, pl.lit(slips(owned, "right"))))
    )
    told = owned.with_columns(field=pl.lit("enterprise_code"), kind=kind, right_value="reference_id", said="number")
    return compared(told)


def after_end(events: pl.DataFrame, register: pl.LazyFrame) -> pl.DataFrame:
    """COMPARED of dossiers of an enterprise that had ended before the day they were received."""
    ended = register.filter(pl.col("legal_status__std").str.to_lowercase().str.contains(_ENDED)).select(
        reference_id="enterprise_code__std", right_value="legal_status__std", ended_on="changed_on__std"
    )
    late = events.join(ended.drop_nulls("ended_on").collect(), on="reference_id").filter(
        pl.col("day") > pl.col("ended_on")
    )
    value = pl.col("day").cast(pl.String)
    told = late.with_columns(field=pl.lit("legal_status"), kind=pl.lit("after_end"), value=value, said=value)
    return compared(told) if told.height else COMPARED.to_frame()
