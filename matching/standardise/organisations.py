"""Names of enterprises: the core that remains without the legal form and the words that most of them share."""

import polars as pl

from matching.standardise.organisation_words import FORMS_WITH_SLIPS, LIMITED

_COMMON_WORDS = (
    r"hai thanh vien(?: tro len)?|thanh vien|van phong giao dich|dia diem kinh doanh|lien hiep|tap doan|tong cong ty"
    r"|thuong mai|dich vu|san xuat|xay dung|xuat nhap khau|dau tu"
    r"|company limited|joint stock company|limited liability|representative office|limited|company|corporation|branch"
    rf"|{FORMS_WITH_SLIPS}|{LIMITED}"
    r"|c ty|cty|ctcp|ct|cp|m ?t{1,2} ?v|mt|2tv|dntn|dn tn|htx|c n|cn|vpdd|vp dd|hkd|tm|dv|sx|xd|xnk|dt|tmdv|sxtm"
    r"|co ltd|ltd|jsc|corp|inc|co"
)
_CORE = rf"\b(?:{_COMMON_WORDS})\b"


def core(keys: pl.Series) -> pl.Series:
    """The unaccented names without legal form and common words; the whole name where nothing else remains."""
    words = keys.str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars()
    cores = words.str.replace_all(_CORE, " ").str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.select(pl.when(cores != "").then(cores).otherwise(words)).to_series()
