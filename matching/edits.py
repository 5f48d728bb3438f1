"""Edit distance between two columns of text, pair by pair."""

import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist


def edits(left: pl.Series, right: pl.Series) -> pl.Series:
    """Edits, a swap of neighbours counted as one, up to 3; compared as code points, so that accents count."""
    counted = cpdist(left.to_list(), right.to_list(), scorer=OSA.distance, score_cutoff=2, workers=-1)
    return pl.Series("edits", counted, pl.Int32)
