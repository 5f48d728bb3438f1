"""The legal form that an enterprise's name states, from a closed list, in Vietnamese or in another language."""

import polars as pl

from matching.standardise.organisation_words import LIMITED, with_slips

_ONE_MEMBER = rf"m ?t{{1,2}} ?v|1 ?tv|1 thanh vien|{with_slips('mot thanh vien')}"
_MORE_MEMBERS = "2 ?tv|(?:2|hai) thanh vien"
_STATED = {
    "lien_hiep_htx": "lien hiep (?:hop tac xa|htx)",
    "htx": rf"htx|cooperative|{with_slips('hop tac xa')}",
    "to_hop_tac": "to hop tac",
    "ho_kinh_doanh": rf"hkd|ho kd|{with_slips('ho kinh doanh')}",
    "dntn": rf"dn ?tn|private enterprise|{with_slips('doanh nghiep tu nhan')}",
    "hop_danh": rf"partnership|{with_slips('cong ty hop danh')}|cty hop danh",
    "co_phan": rf"jsc|joint stock|ctcp|(?:cty|c ty|cong ty|ct) cp|{with_slips('co phan')}",
    "tnhh": rf"{LIMITED}|{with_slips('trach nhiem huu han')}|pte|co ltd|ltd|limited|llc|gmbh",
}
"""Each form by the words that state it, unaccented; the form that a name states first is its own."""
LEGAL_FORMS = (*_STATED, "tnhh_1tv", "tnhh_2tv")
"""Every form; `tnhh` where the name does not say how many members the company has."""

_WITHIN = "^(?:cong doan|chi bo|dang bo|doan thanh nien) "
"""What stands within an enterprise is none itself."""


def legal_forms(keys: pl.Series) -> pl.Series:
    """The form that each unaccented name states; null where it states none ("công ty Minh Anh", "Minh Anh Corp")."""
    words = keys.alias("words").to_frame().with_columns(pl.col("words").str.replace_all("[^a-z0-9]+", " "))
    # Where a match begins is found far sooner than what it holds.
    placed = words.with_columns(
        pl.col("words").str.find(rf"\b(?:{stated})\b").alias(form) for form, stated in _STATED.items()
    ).with_columns(first=pl.min_horizontal(*_STATED))
    form = pl.coalesce(pl.when(pl.col(form) == pl.col("first")).then(pl.lit(form)) for form in _STATED)
    told = placed.select("words", form=pl.when(~pl.col("words").str.contains(_WITHIN)).then(form))
    return told.select(pl.when(form="tnhh").then(_members()).otherwise("form").alias("legal_form")).to_series()


def _members() -> pl.Expr:
    """A limited company's form by how many members its name states."""
    return (
        pl.when(pl.col("words").str.contains(rf"\b(?:{_ONE_MEMBER})\b"))
        .then(pl.lit("tnhh_1tv"))
        .when(pl.col("words").str.contains(rf"\b(?:{_MORE_MEMBERS})\b"))
        .then(pl.lit("tnhh_2tv"))
        .otherwise(pl.lit("tnhh"))
    )
