"""What most unusual values need, for whole columns: composed, nothing invisible, the right Đ, single spaces.

Only of values whose other characters are those of plain Vietnamese text, so that no earlier step of a kind (mojibake,
legacy fonts) could read them otherwise. Each repair has the name of the step that does the same to one value.
"""

from collections.abc import Callable

import polars as pl

from matching.standardise.text import D_STROKE, VIETNAMESE_LETTERS

_BARE = f" -~{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()}\ufeff\u200b\t"
_WITH_D = f"[{_BARE}{''.join(D_STROKE)}]*"
# The signs that look like Đ are other letters in the legacy fonts, but not beside letters that only Unicode has.
_PLAIN = rf"^(?:[{_BARE}]*|{_WITH_D}[ăđĩơũưĂĐĨƠŨƯẠ-ỹ]{_WITH_D})$"
_STEPS: tuple[tuple[str, Callable[[pl.Expr], pl.Expr]], ...] = (
    ("invisible_character", lambda text: text.str.replace_all("[\ufeff\u200b]", "")),
    ("lookalike_letter", lambda text: text.str.replace_many(list(D_STROKE), list(D_STROKE.values()))),
    ("spaces_collapsed", lambda text: text.str.replace_all("[ \t]+", " ").str.strip_chars(" ")),
)
"""In order of their names, as repairs are told."""
_COMPOSED = "unicode_composed"


def tidied(originals: pl.Series, name: str) -> pl.DataFrame:
    """[value, repairs]: each text after these steps, and "name:repair,name:other" where they changed it."""
    value = pl.col("value")
    rows = originals.alias("original").to_frame().with_columns(value=pl.col("original").str.normalize("NFC"))
    rows = rows.with_columns(is_plain=value.str.contains(_PLAIN), **{_COMPOSED: value != pl.col("original")})
    for repair, step in _STEPS:
        stepped = pl.when("is_plain").then(step(value)).otherwise(value)
        rows = rows.with_columns(value=stepped, **{repair: stepped != value})
    told = (pl.when(each).then(pl.lit(f"{name}:{each}")) for each in (*(repair for repair, _ in _STEPS), _COMPOSED))
    joined = pl.concat_str(*told, separator=",", ignore_nulls=True)
    return rows.select("value", repairs=pl.when(joined != "").then(joined))
