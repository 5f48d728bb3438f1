"""One sentence a steward understands: the strongest reasons for a pair, then those against it; no value of a record.

Of one explanation and of millions of pairs it is made by the same expressions, from CLUES.
"""

from collections.abc import Callable

import polars as pl

from matching.explain.explanation import Explanation
from matching.explain.words import Code, Words, one_in_en, one_in_vi

CLUES = pl.Schema(
    {"row": pl.UInt32, "vi": pl.String, "en": pl.String, "bits": pl.Float64, "frequency": pl.Float64},
)
"""What fields say of pairs, in the order of the fields; `row` is the pair's place."""
LEAST_BITS = 1.0
"""What says less, for or against, is not worth a word: it does not double the odds."""
_MOST_FOR, _MOST_AGAINST = 3, 2
_RARE, _COMMON = 1 / 5000, 1 / 200
"""Shares of the others: rarer, or more common, is told in a word too."""


def sentence(explanation: Explanation) -> Words:
    """The sentence of one pair."""
    rows = [(0, *clue.meaning, clue.bits, clue.frequency) for clue in explanation.clues]
    told = sentences(pl.DataFrame(rows, CLUES, orient="row"), pl.Series([explanation.rivals]))
    return Words(*told.row(0))


def sentences(clues: pl.DataFrame, rivals: pl.Series) -> pl.DataFrame:
    """[vi, en], one row for each of `rivals`: the log2 odds that other candidates take from the pair."""
    told = clues.lazy().with_columns(vi=_told("vi", one_in_vi), en=_told("en", one_in_en))
    strongest = told.filter(pl.col("bits") >= LEAST_BITS).sort(
        "row", "bits", descending=[False, True], maintain_order=True
    )
    contrary = told.filter(pl.col("bits") <= -LEAST_BITS).sort("row", "bits", maintain_order=True)
    return (
        rivals.alias("rivals")
        .to_frame()
        .lazy()
        .with_row_index("row")
        .join(_listed(strongest, _MOST_FOR), on="row", how="left", maintain_order="left")
        .join(_listed(contrary, _MOST_AGAINST), on="row", how="left", maintain_order="left", suffix="_against")
        .select(_sentence("vi"), _sentence("en"))
        .collect()
    )


_WORDS: dict[str, Words] = {
    "rare": Words("hiếm gặp, ", "rare, "),
    "common": Words("phổ biến, ", "common, "),
    "but": Words("{}; nhưng {}", "{}; but {}"),
    "against": Words("ít điều cho thấy hai bên là một; {}", "little says that both are the same; {}"),
    "nothing": Words("dữ liệu quá ít để nói hai bên là một", "too little is said to tell whether both are the same"),
    "rivals": Words("; có ứng viên khác cũng khớp", "; another candidate fits too"),
}


def _told(lang: Code, one_in: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """The meaning, and how rare the agreeing value is where that counted."""
    share = pl.col("frequency").clip(1e-15, 1.0)
    rare, common = (pl.lit(_WORDS[each].of(lang)) for each in ("rare", "common"))
    adjective = pl.when(share <= _RARE).then(rare).when(share >= _COMMON).then(common).otherwise(pl.lit(""))
    return pl.when(share.is_null()).then(lang).otherwise(pl.format("{} ({}{})", lang, adjective, one_in(share)))


def _listed(clues: pl.LazyFrame, most: int) -> pl.LazyFrame:
    """Of each row the first so many, joined."""
    first = clues.group_by("row", maintain_order=True).head(most)
    return first.group_by("row", maintain_order=True).agg(pl.col("vi", "en").str.join("; "))


def _sentence(lang: Code) -> pl.Expr:
    strongest, contrary = pl.col(lang), pl.col(f"{lang}_against")
    whole = (
        pl.when(strongest.is_not_null() & contrary.is_not_null())
        .then(pl.format(_WORDS["but"].of(lang), strongest, contrary))
        .when(strongest.is_not_null())
        .then(strongest)
        .when(contrary.is_not_null())
        .then(pl.format(_WORDS["against"].of(lang), contrary))
        .otherwise(pl.lit(_WORDS["nothing"].of(lang)))
    )
    rivals = pl.when(pl.col("rivals") <= -LEAST_BITS).then(pl.lit(_WORDS["rivals"].of(lang))).otherwise(pl.lit(""))
    return pl.concat_str(whole.str.head(1).str.to_uppercase(), whole.str.slice(1), rivals, pl.lit(".")).alias(lang)
