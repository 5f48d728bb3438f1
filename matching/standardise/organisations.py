"""Names of enterprises: the core that remains without the legal form and the words that most of them share."""

import polars as pl

_COMMON_WORDS = (
    r"trach nhiem huu han|mot thanh vien|hai thanh vien(?: tro len)?|doanh nghiep tu nhan"
    r"|cong ty|co phan|hop danh|hop tac xa"
    r"|lien hiep|chi nhanh|van phong dai dien|dia diem kinh doanh|ho kinh doanh|tap doan|tong cong ty"
    r"|thuong mai|dich vu|san xuat|xay dung|xuat nhap khau|dau tu"
    r"|company limited|joint stock company|limited liability|limited|company|corporation|branch"
    r"|c ty|cty|ct|tnhh|t n h h|cp|mtv|2tv|dntn|htx|cn|vpdd|hkd|tm|dv|sx|xd|xnk|dt|tmdv|sxtm|co ltd|ltd|jsc|corp|inc|co"
)
_CORE = rf"\b(?:{_COMMON_WORDS})\b"


def core(keys: pl.Series) -> pl.Series:
    """The unaccented names without legal form and common words; the whole name where nothing else remains."""
    words = keys.str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars()
    cores = words.str.replace_all(_CORE, " ").str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.select(pl.when(cores != "").then(cores).otherwise(words)).to_series()
