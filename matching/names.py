"""How alike two personal names are: small integer levels, computed once per distinct pair of names."""

import polars as pl

from matching import keys
from matching.edits import edits
from matching.linkages.person import NAME

_SHORTEST_FOR_TWO_SLIPS = 12
"""Letters a name needs before two slips still point to the same name."""

_LEAST_KEPT = 0.55
"""Share of its letters that a damaged name must have kept to say anything."""


def compare_names(pairs: pl.DataFrame, left: str, right: str) -> pl.DataFrame:
    """The pairs with a column `level` added: a code of NAME, null where a side is blank.

    `left` and `right` are prefixes: each side is read from `<prefix>_form` and `<prefix>_words`.
    """
    columns = {"left_form": f"{left}_form", "left": f"{left}_words", "right_form": f"{right}_form"}
    columns["right"] = f"{right}_words"
    distinct = pairs.select(**columns).unique().drop_nulls()
    compared = distinct.with_columns(_same_words()).with_columns(_level(distinct))
    return pairs.join(
        compared.select("level", **{columns[name]: name for name in columns}),
        on=list(columns.values()),
        how="left",
        maintain_order="left",
    )


def _same_words() -> list[pl.Expr]:
    return [
        (pl.col("left") == pl.col("right")).alias("is_same"),
        (keys.squeezed(pl.col("left")) == keys.squeezed(pl.col("right"))).alias("is_squeezed_same"),
        _is_reordered().alias("is_reordered"),
        (keys.surname(pl.col("left")) != keys.surname(pl.col("right"))).alias("is_moved"),
        (_one_tone("left_form") == _one_tone("right_form")).alias("is_one_tone"),
        (keys.folded(pl.col("left")) == keys.folded(pl.col("right"))).alias("is_folded_same"),
    ]


def _level(distinct: pl.DataFrame) -> pl.Expr:
    slips = edits(
        distinct.select(keys.squeezed(pl.col("left"))).to_series(),
        distinct.select(keys.squeezed(pl.col("right"))).to_series(),
    )
    edited = pl.lit(slips)
    is_bare = _only_lacks_accents("left_form", "right_form") | _only_lacks_accents("right_form", "left_form")
    is_long = pl.col("right").str.len_chars() >= _SHORTEST_FOR_TWO_SLIPS
    code = NAME.code
    return (
        pl.when(pl.col("left_form") == pl.col("right_form"))
        .then(code("exact"))
        .when(pl.col("is_one_tone") | (pl.col("is_squeezed_same") & is_bare))
        .then(code("unaccented"))
        .when(pl.col("is_squeezed_same"))
        .then(code("near"))
        .when(pl.col("is_reordered"))
        .then(code("reordered"))
        .when(pl.col("is_folded_same") | (edited <= 1) | (pl.lit(_sorted_slips(distinct)) & pl.col("is_moved")))
        .then(code("near"))
        .when(_is_what_is_left())
        .then(code("damaged"))
        .when(_kept_share() < _LEAST_KEPT)
        .then(None)
        .when(_agrees_by_initials())
        .then(code("initials"))
        .when(_is_subset("left", "right") | _is_subset("right", "left"))
        .then(code("subset"))
        .when((edited <= 2) & is_long)
        .then(code("close"))
        .when(keys.given(pl.col("left")) == keys.given(pl.col("right")))
        .then(code("given"))
        .otherwise(code("different"))
        .cast(pl.Int8)
        .alias("level")
    )


def _is_what_is_left() -> pl.Expr:
    """The record lost letters (each `?` is one or none), and most of the name is left to agree."""
    written = keys.squeezed(pl.col("left")).str.replace_all("?", ".?", literal=True)
    # No pattern where nothing was lost: one for every name would be compiled, at great cost.
    has_lost = (_kept_share() < 1) & (_kept_share() >= _LEAST_KEPT)
    pattern = pl.when(has_lost).then(pl.concat_str(pl.lit("^"), written, pl.lit("$")))
    return keys.squeezed(pl.col("right")).str.contains(pattern, strict=False).fill_null(False)


def _kept_share() -> pl.Expr:
    """The share of letters of a name that were not lost."""
    written = keys.squeezed(pl.col("left"))
    return 1 - written.str.count_matches("?", literal=True) / written.str.len_chars()


def _sorted_slips(distinct: pl.DataFrame) -> pl.Series:
    """Whether one slip is left once the words of both are in alphabetical order."""
    sides = (distinct.select(keys.sorted_words(pl.col(side))).to_series() for side in ("left", "right"))
    return edits(*sides) <= 1


def _is_reordered() -> pl.Expr:
    """Same words, other surname place. Middle and given name swapped is another name: brothers are called so."""
    same = keys.sorted_words(pl.col("left")) == keys.sorted_words(pl.col("right"))
    return same & (keys.surname(pl.col("left")) != keys.surname(pl.col("right")))


def _one_tone(side: str) -> pl.Expr:
    """The text with ngã written as hỏi, which half of the country does not tell apart."""
    return pl.col(side).str.normalize("NFD").str.replace_all("\u0303", "\u0309", literal=True)


def _only_lacks_accents(side: str, other: str) -> pl.Expr:
    """The words that one side spells otherwise are all without accents there."""
    otherwise = _words_of(side).list.set_difference(_words_of(other))
    return otherwise.list.eval(pl.element().str.contains(r"^[a-z0-9?]*$")).list.all()


def _words_of(side: str) -> pl.Expr:
    return pl.col(side).str.split(" ")


def _full_words(side: str) -> pl.Expr:
    return pl.col(side).str.extract_all(r"\S{2,}")


def _agrees_by_initials() -> pl.Expr:
    """The same initials in any order, and every word the record writes out is a word of the other name."""
    same = keys.sorted_initials(pl.col("left")) == keys.sorted_initials(pl.col("right"))
    written = _full_words("left")
    return (
        same
        & (written.list.len() < _words_of("left").list.len())
        & (written.list.set_difference(_full_words("right")).list.len() == 0)
    )


def _is_subset(short: str, long: str) -> pl.Expr:
    """All words stand in the longer name: with the same given name, or a whole name before a clerk's remark."""
    count = _words_of(short).list.len()
    is_begun = pl.col(long).str.starts_with(pl.col(short)) & (count >= 3)
    same_given = keys.given(pl.col(short)) == keys.given(pl.col(long))
    return (
        (count >= 2) & (_words_of(short).list.set_difference(_words_of(long)).list.len() == 0) & (same_given | is_begun)
    )
