"""Names of enterprises: the core that remains without the legal form and the words that most of them share."""

import polars as pl

from matching.standardise.legal_forms import legal_forms
from matching.standardise.organisation_places import SHORT, places, written_out
from matching.standardise.organisation_words import FORMS_WITH_SLIPS, LIMITED

_COMMON_WORDS = (
    r"(?:hai|2) thanh vien(?: tro len)?|1 thanh vien|thanh vien|to hop tac(?: xa)?|van phong giao dich"
    r"|dia diem kinh doanh|lien hiep|tap doan|tong cong ty|private enterprise"
    r"|thuong mai|dich vu|san xuat|xay dung|xuat nhap khau|dau tu"
    r"|company limited|joint stock(?: company| co)?|limited liability|representative office|branch"
    rf"|{FORMS_WITH_SLIPS}|{LIMITED}"
    r"|c ty|cty|ctcp|ct|cp|m ?t{1,2} ?v|mt|[12] ?tv|dntn|dn tn|htx|c n|cn|vpdd|vp dd|hkd|tm|dv|sx|xd|xnk|dt|tmdv|sxtm"
    r"|(?:co )?(?:ltd|jsc|limited|company|corporation|corp|inc|llc)|pte|gmbh"
)
_CORE = rf"\b(?:{_COMMON_WORDS})\b"
_COMPANY_AT_THE_END = r"^(\S.*?) co$"
"""English only where no Vietnamese form stands before it: "cơ", "cổ" and "có" are words of names."""
_LONGER = rf"[^a-z0-9 ]|  |^ | $|{_CORE}| co$|{SHORT}"
"""In a name that is not its own core."""


def forms(names: pl.DataFrame, *, are_all: bool) -> pl.DataFrame:
    """`core`, `legal_form` and `places` of each `key`; the last two only where it `is_organisation`, or all are.

    Among the owners of dossiers most are persons, whose names state neither.
    """
    is_read = pl.lit(value=True) if are_all else pl.col("is_organisation").fill_null(value=False)
    rows = names.select(pl.col("key").is_not_null() & is_read).to_series().arg_true()
    told = names["key"].gather(rows)
    found = pl.DataFrame([legal_forms(told), places(told)])
    nothing = pl.repeat(None, names.height, dtype=pl.String, eager=True)
    # Scattering works in place, on what it is given.
    placed = [nothing.clone().scatter(rows, each).alias(each.name) for each in found]
    return pl.DataFrame([core(names["key"]).alias("core"), *placed])


def core(keys: pl.Series) -> pl.Series:
    """The unaccented names without legal form and common words, places in one spelling.

    The whole name where nothing else remains.
    """
    longer = keys.str.contains(_LONGER).arg_true()
    words = written_out(keys.gather(longer).str.replace_all("[^a-z0-9]+", " ").str.strip_chars())
    read = words.alias("words").to_frame().with_columns(core=_shortened())
    shortened = read.select(pl.when(pl.col("core") != "").then("core").otherwise("words")).to_series()
    # Scattering works in place, on what it is given.
    return keys.clone().scatter(longer, shortened)


def _shortened() -> pl.Expr:
    words = pl.col("words")
    cores = words.str.replace_all(_CORE, " ").str.replace_all("  +", " ").str.strip_chars()
    return pl.when(cores == words).then(words.str.replace(_COMPANY_AT_THE_END, "$1")).otherwise(cores)
