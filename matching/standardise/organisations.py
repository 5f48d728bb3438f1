"""Names of enterprises: the core that remains without the legal form and the words that most of them share."""

import polars as pl

from matching.standardise.organisation_words import FORMS_WITH_SLIPS, LIMITED

_COMMON_WORDS = (
    r"hai thanh vien(?: tro len)?|thanh vien|van phong giao dich|dia diem kinh doanh|lien hiep|tap doan|tong cong ty"
    r"|thuong mai|dich vu|san xuat|xay dung|xuat nhap khau|dau tu"
    r"|company limited|joint stock company|limited liability|representative office|limited|company|corporation|branch"
    rf"|{FORMS_WITH_SLIPS}|{LIMITED}"
    r"|c ty|cty|ctcp|ct|cp|m ?t{1,2} ?v|mt|2tv|dntn|dn tn|htx|c n|cn|vpdd|vp dd|hkd|tm|dv|sx|xd|xnk|dt|tmdv|sxtm"
    r"|co ltd|pte ltd|ltd|jsc|corp|inc|llc|gmbh|co"
)
_CORE = rf"\b(?:{_COMMON_WORDS})\b"
_LONGER = rf"[^a-z0-9 ]|  |^ | $|{_CORE}"
"""In a name that is not its own core."""


def core(keys: pl.Series) -> pl.Series:
    """The unaccented names without legal form and common words; the whole name where nothing else remains."""
    longer = keys.str.contains(_LONGER).arg_true()
    words = keys.gather(longer).str.replace_all("[^a-z0-9]+", " ").str.strip_chars()
    cores = words.str.replace_all(_CORE, " ").str.replace_all("  +", " ").str.strip_chars()
    shortened = pl.select(pl.when(cores != "").then(cores).otherwise(words)).to_series()
    # Scattering works in place, on what it is given.
    return keys.clone().scatter(longer, shortened)
