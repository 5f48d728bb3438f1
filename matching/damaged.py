"""Names with words that no name of the register holds: what they may have been before letters were lost or mistyped.

Vietnamese names are made of few hundred syllables, so a word that is none of them can be put right word by word. The
repairs only lead to candidates; how well a candidate fits is judged by the name as it was written.
"""

import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from matching import keys

_FEWEST_BEARERS = 2
"""Persons of the register that a word needs before it counts as a syllable of names."""
_MOST_REPAIRS = 60
"""Repairs of one name; beyond them it says too little."""


def repaired_names(profiles: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """[profile, sorted_words] of the register's names that a damaged name may have been."""
    syllables = _syllables(register)
    words = profiles.select("profile", word=pl.col("words").str.split(" ")).explode("word").drop_nulls()
    words = words.with_columns(place=pl.int_range(pl.len()).over("profile"))
    is_damaged = ~pl.col("word").is_in(syllables.implode()) & (pl.col("word").str.len_chars() > 1)
    damaged = words.filter(is_damaged).filter(pl.len().over("profile") <= 2)
    repairs = _repairs(damaged["word"].unique().sort(), syllables)
    mended = words.join(damaged.select("profile").unique(), on="profile", how="semi").join(
        repairs, on="word", how="left", maintain_order="left"
    )
    mended = mended.with_columns(pl.coalesce("repairs", pl.concat_list("word")).alias("repairs"))
    mended = mended.filter(pl.col("repairs").list.len().product().over("profile") <= _MOST_REPAIRS)
    names = mended.select("profile", "place", sorted_words="repairs")
    return _combined(names).join(
        register.select(sorted_words=keys.sorted_words(pl.col("words"))).unique(), on="sorted_words", how="semi"
    )


def _syllables(register: pl.DataFrame) -> pl.Series:
    words = register.select(word=pl.col("words").str.split(" ")).explode("word").drop_nulls()
    counted = words.group_by("word").len("bearers").filter(pl.col("bearers") >= _FEWEST_BEARERS)
    return counted["word"].sort()


def _repairs(damaged: pl.Series, syllables: pl.Series) -> pl.DataFrame:
    """[word, repairs]: the syllables one slip away, or those that fit around the lost letters."""
    distances = cdist(damaged.to_list(), syllables.to_list(), scorer=OSA.distance, score_cutoff=1, workers=-1)
    rows, columns = (distances <= 1).nonzero()
    slips = pl.DataFrame({"word": damaged.gather(rows), "repair": syllables.gather(columns)}, schema=_REPAIR)
    lost = damaged.filter(damaged.str.contains("?", literal=True)).to_frame("word")
    pattern = pl.concat_str(pl.lit("^"), pl.col("word").str.replace_all("?", ".?", literal=True), pl.lit("$"))
    filled = lost.join(syllables.to_frame("repair"), how="cross").filter(pl.col("repair").str.contains(pattern))
    both = pl.concat([slips, filled]).unique().sort("word", "repair")
    return both.group_by("word", maintain_order=True).agg(repairs="repair")


_REPAIR = {"word": pl.String, "repair": pl.String}


def _combined(names: pl.DataFrame) -> pl.DataFrame:
    """Every way of taking one repair for each place of a name, the words in alphabetical order."""
    made = names.filter(pl.col("place") == 0).explode("sorted_words").drop("place")
    for place in sorted(set(names["place"].to_list()) - {0}):
        more = names.filter(pl.col("place") == place).select("profile", more="sorted_words").explode("more")
        made = made.join(more, on="profile", how="left").select(
            "profile", pl.concat_str("sorted_words", "more", separator=" ", ignore_nulls=True).alias("sorted_words")
        )
    return made.with_columns(keys.sorted_words(pl.col("sorted_words"))).unique()
