"""Phrases and figures in both languages, as an explanation writes them."""

from typing import Literal, NamedTuple

import polars as pl

Code = Literal["vi", "en"]
_COMMON = 0.5
"""Share from which one of so many says nothing: 1 in 1."""
_RAREST = 1e-15
"""Share that stands for all rarer ones, which nobody counts out."""
_CERTAIN = 99.99
"""Percent beyond which a probability is no longer written out."""


class Words(NamedTuple):
    """A phrase in both languages."""

    vi: str
    en: str

    def of(self, lang: Code) -> str:
        """The phrase in one of them."""
        return self.vi if lang == "vi" else self.en


def one_in(share: float) -> Words:
    """A share as one of so many, to two digits: 1/8.000, 1 in 8,000; one of the half or more as 70%."""
    row = pl.DataFrame({"share": [share]}).select(vi=one_in_vi(pl.col("share")), en=one_in_en(pl.col("share")))
    return Words(*row.row(0))


def one_in_vi(share: pl.Expr) -> pl.Expr:
    """`one_in` of a column in Vietnamese."""
    return _told("1/{}", share, ".")


def one_in_en(share: pl.Expr) -> pl.Expr:
    """`one_in` of a column in English."""
    return _told("1 in {}", share, ",")


def _told(rare: str, share: pl.Expr, mark: str) -> pl.Expr:
    common = pl.format("{}%", (100 * share).floor().cast(pl.UInt8, strict=False))
    return pl.when(share >= _COMMON).then(common).otherwise(pl.format(rare, _grouped(share, mark)))


def _grouped(share: pl.Expr, mark: str) -> pl.Expr:
    """How many to one, its thousands grouped."""
    digits = (1 / share.clip(_RAREST, 1.0)).round_sig_figs(2).round(0).cast(pl.UInt64).cast(pl.String)
    groups = digits.str.reverse().str.extract_all(r"[0-9]{1,3}").list.join(mark)
    return groups.str.reverse()


def bits(value: float) -> Words:
    """Bits with their sign and one decimal: +13,0 and +13.0."""
    return _localised("±0" if round(value, 1) == 0 else f"{value:+.1f}")


def percent(probability: float) -> Words:
    """A probability, never rounded to never or always."""
    value = 100 * probability
    if value > _CERTAIN:
        return _localised(f"> {_CERTAIN}%")
    if value < 100 - _CERTAIN:
        return _localised(f"< {100 - _CERTAIN:.2f}%")
    digits = 2 if value > 99 or value < 1 else 0
    return _localised(f"{round(value, digits):g}%")


def _localised(english: str) -> Words:
    signed = english.replace("-", "−")
    return Words(signed.replace(".", ","), signed)
