"""What most unusual values need, for whole columns: composed, nothing invisible, the right Đ, single spaces.

Only of values whose other characters are those of plain Vietnamese text, so that no earlier step of a kind (mojibake,
legacy fonts) could read them otherwise. Each repair has the name of the step that does the same to one value.
"""

from collections.abc import Callable

import polars as pl

from matching.standardise.text import D_STROKE, VIETNAMESE_LETTERS

Steps = tuple[tuple[str, Callable[[pl.Expr], pl.Expr]], ...]
"""Names of repairs, and what does each to a column of texts."""

_ASCII = " -~\ufeff\u200b\t"
_BARE = f"{_ASCII}{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()}"
_WITH_SIGNS = f"[{_BARE}{''.join(D_STROKE)}\u00a0]*"
# Signs that look like Đ, and the no-break space, are letters in other tables, but not beside what only Unicode has.
_PLAIN = rf"^(?:[{_BARE}]*|[{_ASCII}\u00a0]*|{_WITH_SIGNS}[ăđĩơũưĂĐĨƠŨƯẠ-ỹ]{_WITH_SIGNS})$"
_STEPS: Steps = (
    ("invisible_character", lambda text: text.str.replace_all("[\ufeff\u200b]", "")),
    ("lookalike_letter", lambda text: text.str.replace_many(list(D_STROKE), list(D_STROKE.values()))),
    ("spaces_collapsed", lambda text: text.str.replace_all("[ \t\u00a0]+", " ").str.strip_chars(" ")),
)
_COMPOSED = "unicode_composed"


def tidied(originals: pl.Series, name: str, further: Steps = ()) -> pl.DataFrame:
    """[value, repairs]: each text after these steps, and "name:repair,name:other" in order where they changed it."""
    value = pl.col("value")
    rows = originals.alias("original").to_frame().with_columns(value=pl.col("original").str.normalize("NFC"))
    rows = rows.with_columns(is_plain=value.str.contains(_PLAIN), **{_COMPOSED: value != pl.col("original")})
    for repair, step in (*_STEPS, *further):
        stepped = pl.when("is_plain").then(step(value)).otherwise(value)
        rows = rows.with_columns(value=stepped, **{repair: stepped != value})
    repairs = sorted(set(rows.columns) - {"original", "value", "is_plain"})
    told = (pl.when(each).then(pl.lit(f"{name}:{each}")) for each in repairs)
    joined = pl.concat_str(*told, separator=",", ignore_nulls=True)
    return rows.select("value", repairs=pl.when(joined != "").then(joined))
